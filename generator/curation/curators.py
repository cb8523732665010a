"""`content/curators.yml` → the people who may be credited."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from generator.model import Curator, Problem

_KEYS = ("name", "link")


def read_curators(content: Path) -> tuple[Mapping[str, Curator], tuple[Problem, ...]]:
    """Handle → Curator, and what is wrong with the file; no file means nobody is listed."""
    path = content / "curators.yml"
    shown = path.relative_to(content.parent).as_posix()
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        hint = "Write one handle a line, with name: and link: below it"
        return {}, (Problem(shown, line, "is not valid YAML", hint),)
    if root is None:
        return {}, ()
    if not isinstance(root, yaml.MappingNode):
        return {}, (Problem(shown, 1, "must map handles to people", "Write ada: {name: Ada Lovelace}"),)
    curators: dict[str, Curator] = {}
    problems: list[Problem] = []
    for handle, value in root.value:
        person = _person(value)
        line = handle.start_mark.line + 1
        if person is None or "name" not in person:
            text = f"curator {handle.value!r} must have a name, may have a link, and nothing else"
            problems.append(Problem(shown, line, text, "Write ada: {name: Ada Lovelace, link: https://…}"))
        else:
            curators[handle.value] = Curator(handle.value, person["name"], person.get("link"))
    return curators, tuple(problems)


def _person(node: yaml.Node) -> Mapping[str, str] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    pairs = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return pairs if len(pairs) == len(node.value) and set(pairs) <= set(_KEYS) else None
