"""mkdocs.yml on disk → Settings; every problem at once, each with file, line and mend.

MkDocs's own `INHERIT` and `!ENV` work. Reading runs no code: Python tags stay unresolved.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from pydantic import BaseModel, ValidationError

from generator.errors import SettingsError
from generator.fingerprint import digest
from generator.model import Problem, Topic
from generator.settings import schema
from generator.settings.locating import Located, locate
from generator.settings.schema import BroadsheetSettings, MkDocsSettings, Settings, Site

_SECTION = ("extra", "broadsheet")
_PAGE_WISE = frozenset(("search", "material/search"))
"""Plugins that look at one page at a time, and that we know to."""
_DEFAULT_SITE_NAME = "Broadsheet"


def load_settings(path: Path) -> Settings:
    """Read and check the settings file; SettingsError carries every Problem."""
    path = path.absolute()
    text = _read(path)
    config = _parse(path)
    located = _locate_all(path, text)
    problems = [*_shape_problems(config, located), *_duplicate_problems(located)]
    section = _section(config)
    try:
        wanted = BroadsheetSettings.model_validate(section)
    except ValidationError as error:
        problems += [_problem(detail, located) for detail in error.errors(include_url=False)]
    else:
        problems += _topic_problems(wanted, located)
    if problems:
        raise SettingsError(sorted(set(problems), key=lambda problem: (problem.path, problem.line or 0, problem.text)))
    return _settings(path, config, wanted)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        hint = "Run broadsheet in the folder that holds mkdocs.yml, or name it with --config FILE"
        raise SettingsError([Problem(_shown(path), None, "there is no such file", hint)]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([Problem(_shown(path), None, f"cannot be read ({error})", "Save it as UTF-8")]) from error


class _Loader(get_yaml_loader(yaml.SafeLoader)):  # type: ignore[misc]  # MkDocs builds the class at run time
    """MkDocs's loader without the power to import Python objects."""


def _opaque(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> str:
    return f"!{suffix}"


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _opaque)
_Loader.add_multi_constructor("!", _opaque)


def _parse(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            config = yaml_load(file, _Loader)
    except ConfigurationError as error:
        cause = error.__context__
        mark = getattr(cause, "problem_mark", None)
        what = getattr(cause, "problem", None) or str(error)
        line = mark.line + 1 if mark else None
        hint = "Mend the YAML there; indentation and colons are the usual cause"
        raise SettingsError([Problem(_shown(path), line, f"is not valid YAML: {what}", hint)]) from error
    if not isinstance(config, dict):
        raise SettingsError([Problem(_shown(path), 1, "must be a mapping", "Start it with site_name: My digest")])
    return config


def _locate_all(path: Path, text: str) -> tuple[Located, ...]:
    """The file and its INHERIT ancestors, nearest first: an error may stem from any of them."""
    located = [locate(path, text)]
    parent = yaml.load(text, Loader=_Loader)
    while isinstance(parent, dict) and "INHERIT" in parent:
        path = (path.parent / str(parent["INHERIT"])).absolute()
        text = path.read_text(encoding="utf-8-sig")
        located.append(locate(path, text))
        parent = yaml.load(text, Loader=_Loader)
    return tuple(located)


def _section(config: Mapping[str, Any]) -> Any:
    extra = config.get("extra")
    section = extra.get("broadsheet") if isinstance(extra, dict) else None
    return _tuples({} if section is None else section)


def _tuples(value: Any) -> Any:
    """YAML lists → tuples, which is what strict frozen models take."""
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def _shape_problems(config: Mapping[str, Any], located: Sequence[Located]) -> Iterator[Problem]:
    """MkDocs's own keys that we rely on."""
    for key, wanted in (("docs_dir", "build/docs"), ("site_dir", "site")):
        if str(config.get(key)).rstrip("/") != wanted:
            where, line = _where((key,), located)
            yield Problem(where, line, f"{key} must be {wanted}", f"Write {key}: {wanted}")
    for key in ("site_name", "site_url", "site_description", "repo_url"):
        if not isinstance(config.get(key), str | None):
            where, line = _where((key,), located)
            yield Problem(where, line, f"{key} must be text", f'Write {key}: "…" in quotes')
    if not isinstance(config.get("extra", {}), dict):
        where, line = _where(("extra",), located)
        yield Problem(where, line, "extra must be a mapping", "Indent its keys below it")


def _duplicate_problems(located: Sequence[Located]) -> Iterator[Problem]:
    for file in located:
        for key, line in file.duplicates(_SECTION):
            yield Problem(_shown(file.path), line, f"{key!r} is written twice", "Keep one of the two")


def _topic_problems(wanted: BroadsheetSettings, located: Sequence[Located]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, topic in _topics(wanted):
        if topic.slug in seen:
            where, line = _where((*_SECTION, *key), located)
            text = f"topic {topic.name!r} has the address of {seen[topic.slug]!r} ({topic.slug})"
            yield Problem(where, line, text, "Give one of them a slug of its own")
        seen[topic.slug] = topic.name


def _topics(wanted: BroadsheetSettings) -> Iterator[tuple[tuple[str | int, ...], Topic]]:
    for index, topic in enumerate(wanted.topics):
        yield ("topics", index), topic.topic()
    for name, keyword in wanted.keywords.items():
        yield ("keywords", name), Topic(name=name, slug=schema.slugify(name) or "topic", any=keyword.filters)


def _problem(detail: Any, located: Sequence[Located]) -> Problem:
    location: tuple[str | int, ...] = detail["loc"]
    where, line = _where((*_SECTION, *location), located)
    name = _name(location)
    if detail["type"] == "extra_forbidden":
        return Problem(where, line, f"unknown setting {name}", _nearest(location))
    if detail["type"] == "union_tag_invalid":
        return Problem(where, line, f"{name}: unknown type", "Write type: huggingface, arxiv or feed")
    if detail["type"] == "union_tag_not_found":
        return Problem(where, line, f"{name} has no type", "Write type: huggingface, arxiv or feed")
    message = detail["msg"].removeprefix("Value error, ")
    what, _, mend = message.partition("; ")
    hint = mend[:1].upper() + mend[1:] if mend else f"It is {_value(detail['input'])} now"
    return Problem(where, line, f"{name}: {what[:1].lower()}{what[1:]}", hint)


def _name(location: tuple[str | int, ...]) -> str:
    """As the owner wrote it: without pydantic's mark of a key and without the tag of the source's type."""
    tagged = location[0] == "sources" and location[2:3] in (("huggingface",), ("arxiv",), ("feed",))
    written = location[:2] + location[3:] if tagged else location
    return ".".join(str(part) for part in (*_SECTION, *written) if part != "[key]")


def _value(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"


def _nearest(location: Sequence[str | int]) -> str:
    known = tuple(_model_at(location[:-1]).model_fields)
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    return f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(known)}"


def _model_at(location: Sequence[str | int]) -> type[BaseModel]:
    match location:
        case ("sources", _, "huggingface"):
            return schema.HuggingFaceSource
        case ("sources", _, "arxiv"):
            return schema.ArxivSource
        case ("sources", _, "feed"):
            return schema.FeedSource
        case ("topics", _):
            return schema.TopicSettings
        case ("keywords", _):
            return schema.KeywordFilters
        case ("fetch",):
            return schema.FetchSettings
        case ("ranking",):
            return schema.RankingWeights
    return BroadsheetSettings


def _where(keys: Sequence[str | int], located: Sequence[Located]) -> tuple[str, int | None]:
    """The file that holds most of `keys`, and the line there."""
    depths = [
        (sum(file.line(keys[: n + 1]) != file.line(keys[:n]) for n in range(len(keys))), file) for file in located
    ]
    _, best = max(depths, key=lambda pair: pair[0])
    return _shown(best.path), best.line(keys)


def _shown(path: Path) -> str:
    """Relative to where the user stands when that is shorter to read."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _settings(path: Path, config: Mapping[str, Any], wanted: BroadsheetSettings) -> Settings:
    url = config.get("site_url") or None
    site = Site(
        name=config.get("site_name") or _DEFAULT_SITE_NAME,
        url=f"{url.rstrip('/')}/" if url else None,
        description=config.get("site_description"),
        repo_url=config.get("repo_url"),
    )
    return Settings(
        path=path,
        site=site,
        timezone=ZoneInfo(wanted.timezone),
        sources=wanted.sources,
        fetch=wanted.fetch,
        topics=tuple(topic for _, topic in _topics(wanted)),
        ranking=wanted.ranking,
        mkdocs=_mkdocs(path, config),
    )


def _mkdocs(path: Path, config: Mapping[str, Any]) -> MkDocsSettings:
    theme = config.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    return MkDocsSettings(
        key=digest(repr(config)),
        theme=path.parent / str(folder) if folder else None,
        pages=tuple(page for _, page in _nav_pages(config.get("nav"))),
        entangled=_entangled(config),
    )


def _entangled(config: Mapping[str, Any]) -> str | None:
    """What makes one page depend on others: a plugin, a hook, a navigation of all pages or with titles to look up."""
    plugins = config.get("plugins", ["search"]) or []
    for plugin in plugins:
        name = str(next(iter(plugin), "")) if isinstance(plugin, dict) else str(plugin)
        if name not in _PAGE_WISE:
            return f"the plugin {name} may look at all pages"
    if config.get("hooks"):
        return "hooks may look at all pages"
    if not config.get("nav"):
        return "without nav every page stands in the navigation"
    untitled = next((page for title, page in _nav_pages(config["nav"]) if title is None), None)
    return f"nav gives {untitled} no title" if untitled else None


def _nav_pages(nav: Any, title: str | None = None) -> Iterator[tuple[str | None, str]]:
    """Title and file of every Markdown page that a navigation names, however deep."""
    if isinstance(nav, str) and nav.endswith(".md"):
        yield title, nav
    elif isinstance(nav, list):
        for item in nav:
            yield from _nav_pages(item)
    elif isinstance(nav, dict):
        for name, item in nav.items():
            yield from _nav_pages(item, str(name))
