"""mkdocs.yml on disk → Settings; every problem at once, each with file, line and mend."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from generator.errors import SettingsError
from generator.fingerprint import digest
from generator.model import Problem, Topic
from generator.settings import schema
from generator.settings.locating import Located, shown, where
from generator.settings.reading import read_config
from generator.settings.schema import BroadsheetSettings
from generator.settings.values import MkDocsSettings, Settings, Site
from generator.settings.wording import SECTION, explain

_PAGE_WISE = frozenset(("search", "material/search"))
"""Plugins that look at one page at a time, and that we know to."""
_READING_FILES = frozenset(("pymdownx.snippets", "pymdownx.b64"))
"""Markdown extensions whose pages change when no page does."""
_SLUGS = "!!python/object/apply:pymdownx.slugs.slugify"
"""The one call that Material's manual prescribes."""
_WRITE_SECTION = "Write broadsheet: indented below extra:, and its settings, such as sources:, indented below that"
_DEFAULT_SITE_NAME = "Broadsheet"


def load_settings(path: Path) -> Settings:
    """Read and check the settings file; SettingsError carries every Problem."""
    path = path.absolute()
    config, located = read_config(path)
    problems = [*_tag_problems(located), *_shape_problems(config, located), *_duplicate_problems(located)]
    section = _section(config)
    try:
        wanted = BroadsheetSettings.model_validate(section)
    except ValidationError as error:
        problems += [
            Problem(*where((*SECTION, *detail["loc"]), located), *explain(detail, section))
            for detail in error.errors(include_url=False)
        ]
    else:
        problems += _topic_problems(wanted, located)
    if problems:
        raise SettingsError(sorted(set(problems), key=lambda problem: (problem.path, problem.line or 0, problem.text)))
    return _settings(path, config, wanted)


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


def _tag_problems(located: Sequence[Located]) -> Iterator[Problem]:
    """Tags that would run code when MkDocs reads the file; `!!python/name:` imports a module and calls nothing."""
    for file in located:
        for tag, line in file.python_tags():
            if not tag.startswith("!!python/name:") and tag != _SLUGS:
                hint = "Write the value itself; of Python's tags only !!python/name: is taken"
                yield Problem(shown(file.path), line, f"{tag} could run code", hint)


def _shape_problems(config: Mapping[str, Any], located: Sequence[Located]) -> Iterator[Problem]:
    """MkDocs's own keys that we rely on."""
    for key, wanted in (("docs_dir", "build/docs"), ("site_dir", "site")):
        if str(config.get(key)).rstrip("/") != wanted:
            file, line = where((key,), located)
            yield Problem(file, line, f"{key} must be {wanted}", f"Write {key}: {wanted}")
    for key in ("site_name", "site_url", "site_description", "repo_url"):
        if not isinstance(config.get(key), str | None):
            file, line = where((key,), located)
            yield Problem(file, line, f"{key} must be text", f'Write {key}: "…" in quotes')
    extra = config.get("extra") or {}
    if not isinstance(extra, dict):
        file, line = where(("extra",), located)
        yield Problem(file, line, "extra must be a mapping", "Indent its keys below it")
    elif SECTION[1] not in extra:
        close = difflib.get_close_matches(SECTION[1], map(str, extra), n=1)
        file, line = where(("extra", *close), located)
        if close:
            yield Problem(file, line, f"unknown setting extra.{close[0]}", f"Did you mean {SECTION[1]}?")
        else:
            yield Problem(file, line, "there is no extra.broadsheet", _WRITE_SECTION)


def _duplicate_problems(located: Sequence[Located]) -> Iterator[Problem]:
    for file in located:
        for key, line in file.duplicates(SECTION):
            yield Problem(shown(file.path), line, f"{key!r} is written twice", "Keep one of the two")


def _topic_problems(wanted: BroadsheetSettings, located: Sequence[Located]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key, topic in _topics(wanted):
        if topic.slug in seen:
            file, line = where((*SECTION, *key), located)
            text = f"topic {topic.name!r} has the address of {seen[topic.slug]!r} ({topic.slug})"
            yield Problem(file, line, text, "Give one of them a slug of its own")
        seen[topic.slug] = topic.name


def _topics(wanted: BroadsheetSettings) -> Iterator[tuple[tuple[str | int, ...], Topic]]:
    for index, topic in enumerate(wanted.topics):
        yield ("topics", index), topic.topic()
    for name, keyword in wanted.keywords.items():
        yield ("keywords", name), Topic(name=name, slug=schema.slugify(name) or "topic", any=keyword.filters)


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
        machine_summaries=wanted.machine_summaries,
        search=wanted.search,
        community=wanted.community,
        contributing=wanted.contributing,
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
    if config.get("extra_templates"):
        return "extra_templates may list all pages"
    for extension in _extensions(config):
        if extension in _READING_FILES:
            return f"the extension {extension} reads other files"
    if not config.get("nav"):
        return "without nav every page stands in the navigation"
    untitled = next((page for title, page in _nav_pages(config["nav"]) if title is None), None)
    return f"nav gives {untitled} no title" if untitled else None


def _extensions(config: Mapping[str, Any]) -> Iterator[str]:
    """The names of the Markdown extensions."""
    for extension in config.get("markdown_extensions") or ():
        yield from extension if isinstance(extension, dict) else (str(extension),)


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
