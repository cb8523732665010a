"""A note file's text → front matter and body; every value stays the text that was typed.

YAML without its traps: no anchors, tags, merge keys or duplicate keys; `2401.12340` is not a number.
"""

from dataclasses import dataclass

import yaml

MAX_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys → value and line; a value is text or a tuple of texts."""

    values: dict[str, str | tuple[str, ...]]
    lines: dict[str, int]
    body: str


class FrontMatterError(Exception):
    """What is wrong, at which line, and how to mend it."""

    def __init__(self, line: int, text: str, hint: str) -> None:
        super().__init__(text)
        self.line, self.text, self.hint = line, text, hint


def parse_front_matter(text: str) -> FrontMatter:
    """Text that starts with a line `---` up to the next line `---`; FrontMatterError otherwise."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise FrontMatterError(1, "does not start with ---", "Begin the file with a line of three hyphens")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise FrontMatterError(1, "the front matter does not end", "Close it with a second line of three hyphens")
    head = "\n".join(lines[1:end])
    if len(head.encode()) > MAX_BYTES:
        raise FrontMatterError(1, f"the front matter is over {MAX_BYTES} bytes", "Move the words below the second ---")
    values, places = _mapping(head)
    return FrontMatter(values, places, "\n".join(lines[end + 1 :]).strip())


def _mapping(head: str) -> tuple[dict[str, str | tuple[str, ...]], dict[str, int]]:
    try:
        _refuse_traps(head)
        root = yaml.compose(head, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        hint = "Write key: value lines; put text with a colon or a # in quotes"
        raise FrontMatterError(line, f"is not valid YAML ({error.problem})", hint) from error
    except (yaml.YAMLError, ValueError) as error:
        raise FrontMatterError(2, "is not valid YAML", "Write key: value lines in plain text") from error
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError(2, "the front matter has no keys", 'Write at least paper: "2509.12345" and curator: you')
    values: dict[str, str | tuple[str, ...]] = {}
    places: dict[str, int] = {}
    for name, value in root.value:
        line = name.start_mark.line + 2
        if not isinstance(name, yaml.ScalarNode):
            raise FrontMatterError(line, "a key must be a word", "Write key: value")
        if name.value in values:
            raise FrontMatterError(line, f"{name.value} is written twice", "Keep one of the two")
        values[name.value], places[name.value] = _value(name.value, value), line
    return values, places


def _value(key: str, node: yaml.Node) -> str | tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return tuple(str(item.value) for item in node.value)
    raise FrontMatterError(node.start_mark.line + 2, f"{key} is nested", "Write one value, or a list of values")


def _refuse_traps(head: str) -> None:
    for token in yaml.scan(head, Loader=yaml.BaseLoader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken | yaml.DirectiveToken):
            text = "anchors (&), aliases (*), tags (!) and directives (%) are not allowed"
            raise FrontMatterError(token.start_mark.line + 2, text, "Put the value in quotes")
