"""mkdocs.yml on disk, with the files it inherits from → plain values, and where each of them is written.

MkDocs's own `INHERIT` and `!ENV` work. Reading runs no code: tags of Python and of plugins stay unresolved here, and
`loading` refuses those that would run code when MkDocs reads the file for itself.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from generator.errors import SettingsError
from generator.model import Problem
from generator.settings.locating import Located, locate, shown


class _Loader(get_yaml_loader(yaml.SafeLoader)):  # type: ignore[misc]  # MkDocs builds the class at run time
    """MkDocs's loader without the power to import Python objects."""

    def construct_document(self, node: yaml.Node) -> Any:
        self.deep_construct = True  # refuses a value that contains itself
        return super().construct_document(node)


def _opaque(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> str:
    return f"!{suffix} {yaml.serialize(node, allow_unicode=True)}"


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _opaque)
_Loader.add_multi_constructor("!", _opaque)


def read_config(path: Path) -> tuple[dict[str, Any], tuple[Located, ...]]:
    """All values, and the files they stand in, nearest first; SettingsError when one of the files cannot be read."""
    located = tuple(_with_ancestors(path))
    with path.open("rb") as file:
        return yaml_load(file, _Loader), located


def _with_ancestors(path: Path) -> Iterator[Located]:
    """The file and those it inherits from; each is read and refused before MkDocs's reader follows it."""
    seen: list[Path] = []
    parent: Path | None = path
    while parent is not None:
        seen.append(parent.resolve())
        text = _read(parent)
        values = _parse(parent, text)
        located = locate(parent, text)
        yield located
        parent = _parent(located, values)
        if parent is not None and parent.resolve() in seen:
            _refuse(located, f"INHERIT leads back to {shown(parent)}", "Let one of the files inherit from none")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        hint = "Run broadsheet in the folder that holds mkdocs.yml, or name it with --config FILE"
        raise SettingsError([Problem(shown(path), None, "there is no such file", hint)]) from error
    except UnicodeDecodeError as error:
        problem = Problem(shown(path), None, f"is not UTF-8 (byte {error.start})", "Save it as UTF-8")
        raise SettingsError([problem]) from error
    except OSError as error:
        hint = "Make it an ordinary readable file"
        raise SettingsError([Problem(shown(path), None, f"cannot be read ({error.strerror})", hint)]) from error


def _parse(path: Path, text: str) -> Mapping[str, Any]:
    """The file's own values; an empty file has none."""
    try:
        values = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else None
        hint = "Mend the YAML there; indentation and colons are the usual cause"
        raise SettingsError([Problem(shown(path), line, f"is not valid YAML: {what}", hint)]) from error
    if not isinstance(values, dict | None):
        raise SettingsError([Problem(shown(path), 1, "must be a mapping", "Start it with site_name: My digest")])
    return values or {}


def _parent(located: Located, values: Mapping[str, Any]) -> Path | None:
    """The file that INHERIT names, as MkDocs finds it."""
    if "INHERIT" not in values:
        return None
    name = values["INHERIT"]
    if not isinstance(name, str):
        _refuse(located, "INHERIT must name a file", "Write INHERIT: ../base.yml")
    parent = Path(os.path.normpath(located.path.parent / name))
    if not parent.exists():
        hint = "Mend the name, which counts from this file's folder, or leave INHERIT out"
        _refuse(located, f"INHERIT names {name}, and there is no such file", hint)
    return parent


def _refuse(located: Located, text: str, hint: str) -> NoReturn:
    raise SettingsError([Problem(shown(located.path), located.line(("INHERIT",)), text, hint)])
