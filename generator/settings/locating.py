"""YAML text → the line of any key in it, so that an error can say where to look."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

_PYTHON = "tag:yaml.org,2002:python/"


@dataclass(frozen=True, slots=True)
class Located:
    """One YAML file as composed nodes; lines count from 1."""

    path: Path
    root: yaml.Node | None

    def line(self, keys: Sequence[Hashable]) -> int | None:
        """The line of the deepest part of `keys` that the file holds; None when it holds not even the first.

        Parts that are neither key nor index here (a union's tag in a validator's location) are passed over.
        """
        node, line = self.root, None
        for key in keys:
            found = _child(node, key)
            if found is not None:
                line, node = found
        return line

    def duplicates(self, keys: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """Keys written twice at or below `keys`, with the line of the second."""
        node = self.root
        for key in keys:
            found = _child(node, key)
            if found is None:
                return ()
            node = found[1]
        return tuple(_duplicates(node))

    def python_tags(self) -> Iterator[tuple[str, int]]:
        """Every tag that names something of Python, as it is usually written, with its line."""
        for node in _nodes(self.root):
            if node.tag.startswith(_PYTHON):
                yield f"!!python/{node.tag.removeprefix(_PYTHON)}", node.start_mark.line + 1


def locate(path: Path, text: str) -> Located:
    """Compose `text` without constructing any value; the caller has parsed it already, so it is YAML."""
    return Located(path, yaml.compose(text, Loader=yaml.SafeLoader))


def where(keys: Sequence[str | int], located: Sequence[Located]) -> tuple[str, int | None]:
    """The file that holds most of `keys`, as `shown`, and the line there."""
    depths = [
        (sum(file.line(keys[: n + 1]) != file.line(keys[:n]) for n in range(len(keys))), file) for file in located
    ]
    _, best = max(depths, key=lambda pair: pair[0])
    return shown(best.path), best.line(keys)


def shown(path: Path) -> str:
    """Relative to where the user stands when that is shorter to read."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _child(node: yaml.Node | None, key: Hashable) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        item = node.value[key]
        return item.start_mark.line + 1, item
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line + 1, value
    return None


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Every node once, however many aliases lead to it."""
    seen: set[yaml.Node] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _duplicates(node: yaml.Node | None) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for name, value in node.value:
            if isinstance(name.value, str) and name.value in seen:
                found.append((name.value, name.start_mark.line + 1))
            seen.add(str(name.value))
            found.extend(_duplicates(value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            found.extend(_duplicates(item))
    return found
