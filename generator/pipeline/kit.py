"""A workshop by value: what workers elsewhere need to make the same pages as here, whatever lies around them.

MkDocs's settings go as they read here, so that neither an `INHERIT` nor an `!ENV` is resolved twice.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from generator.errors import TemplateError
from generator.fingerprint import followed
from generator.pipeline.making import DayMade, DayTask, Workshop, make_days
from generator.settings import Settings

_SETTINGS, _PAGES, _THEME, _DOCS = "mkdocs.yml", "site_templates/pages", "theme", "frame/docs"


@dataclass(frozen=True, slots=True)
class Kit:
    """Files by path; `key` is a digest of all of them, `home` the repository they were taken from."""

    key: str
    home: Path = field(compare=False)
    files: Mapping[str, bytes] = field(compare=False, repr=False)


def pack(settings: Settings, workshop: Workshop) -> Kit:
    """All that `make_days` reads of a workshop."""
    theme = settings.mkdocs.theme
    files = {_SETTINGS: _resolved(settings.path, _THEME if theme else None)}
    files.update(_below(settings.templates / "pages", _PAGES))
    files.update(_below(theme, _THEME) if theme else ())
    for name, data in _below(workshop.frame, _DOCS):
        # Pages link to assets and never look into them.
        files[name] = data if name.endswith(".md") else b""
    return Kit(workshop.key, settings.root, files)


def make_days_from(kit: Kit, tasks: Sequence[DayTask]) -> tuple[DayMade, ...]:
    """`make_days` where only the kit is at hand; TemplateError names the files as they are at home."""
    folder, workshop = _unpacked(kit)
    try:
        return make_days(workshop, tasks)
    except TemplateError as error:
        raise TemplateError(str(error).replace(folder.name, str(kit.home))) from error


@lru_cache(maxsize=1)
def _unpacked(kit: Kit) -> tuple["TemporaryDirectory[str]", Workshop]:
    """The kit's files in a folder that goes when another kit comes, or the process ends."""
    folder = TemporaryDirectory(prefix="broadsheet-", ignore_cleanup_errors=True)
    for name, data in kit.files.items():
        path = Path(folder.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder, Workshop(Path(folder.name, _SETTINGS), Path(folder.name, _DOCS), kit.key)


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for name, path in followed(folder):
        yield posixpath.join(prefix, name), path.read_bytes()


class _Loader(get_yaml_loader()):  # type: ignore[misc]  # MkDocs builds the class at run time
    """MkDocs's loader, which knows `!relative` only together with its configuration."""


def _path(_: yaml.Loader, node: yaml.Node) -> str:
    return str(node.value)


def _function(_: yaml.Loader, name: str, node: yaml.Node) -> str:
    return name


# Only Markdown extensions look at these, and our pages are finished HTML.
_Loader.add_constructor("!relative", _path)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _function)


def _resolved(path: Path, theme: str | None) -> bytes:
    """The settings file as it reads here, with the theme's folder at its place in the kit."""
    with path.open("rb") as file:
        config: dict[str, Any] = yaml_load(file, _Loader)
    config.pop("watch", None)  # folders of ours, for `serve`
    if theme:
        config["theme"]["custom_dir"] = theme
    return yaml.dump(config, allow_unicode=True, sort_keys=False).encode()
