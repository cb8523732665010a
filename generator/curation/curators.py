"""`content/curators.yml` → the people who may be credited."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from generator.model import Curator, Problem

_KEYS = ("name", "link")


@dataclass(frozen=True, slots=True)
class Curators:
    """People by handle; `wrong` are entries that cannot be used, by handle; `broken`: the whole file cannot be."""

    people: Mapping[str, Curator] = field(default_factory=dict)
    wrong: Mapping[str, Problem] = field(default_factory=dict)
    broken: Problem | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the file."""
        return (self.broken,) if self.broken else tuple(self.wrong.values())


def read_curators(content: Path) -> Curators:
    """No file means nobody is listed."""
    path = content / "curators.yml"
    shown = path.relative_to(content.parent).as_posix()
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except FileNotFoundError:
        return Curators()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        hint = "Write one handle a line, with name: and link: below it"
        return Curators(broken=Problem(shown, line, "is not valid YAML", hint))
    if root is None:
        return Curators()
    if not isinstance(root, yaml.MappingNode):
        line = root.start_mark.line + 1
        return Curators(broken=Problem(shown, line, "must map handles to people", "Write ada: {name: Ada Lovelace}"))
    people: dict[str, Curator] = {}
    wrong: dict[str, Problem] = {}
    for key, value in root.value:
        handle = key.value if isinstance(key, yaml.ScalarNode) else "…"
        person = _person(value)
        if handle == "…" or person is None or "name" not in person:
            text = f"curator {handle!r} must have a name, may have a link, and nothing else"
            hint = "Write ada: {name: Ada Lovelace, link: https://…}"
            wrong[handle] = Problem(shown, key.start_mark.line + 1, text, hint)
        else:
            people[handle] = Curator(handle, person["name"], person.get("link"))
    return Curators(people, wrong)


def _person(node: yaml.Node) -> Mapping[str, str] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    pairs = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return pairs if len(pairs) == len(node.value) and set(pairs) <= set(_KEYS) else None
