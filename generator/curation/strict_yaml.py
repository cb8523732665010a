"""YAML without its traps: no anchors, aliases, tags, directives, merge keys or duplicate keys; values stay text.

`2401.12340` is not a number and `no` is a word. Depth and size are bounded before anything is built of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.curation.findings import Finding, FindingError
from generator.text import clean

_DEEPEST = 4
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_TRAPS = {
    yaml.AnchorToken: "an anchor (&)",
    yaml.AliasToken: "an alias (*)",
    yaml.TagToken: "a tag (!)",
    yaml.DirectiveToken: "a directive (%)",
}

Value = str | tuple[str, ...] | yaml.MappingNode
Slips = Sequence[tuple[re.Pattern[str], str]]
_SLIPS: Slips = ((re.compile(r"\s*\w+:[^\s:/].*"), "Write a blank behind the colon"),)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key's value, and the line it stands at; a mapping below it stays a node, for `read_mapping`."""

    value: Value
    line: int


Parsed = tuple[Mapping[str, Entry], tuple[Finding, ...]]
"""Entries by key, and what is wrong with single keys."""


def read_file(path: Path, hint: str) -> Parsed:
    """What `parse_mapping` makes of a file; nothing where there is none. FindingError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError) as error:
        mend = "Save it as an ordinary UTF-8 file"
        raise FindingError(None, "cannot be read as UTF-8 text", mend) from error
    return parse_mapping(text, 1, hint)


def parse_mapping(text: str, first_line: int, hint: str, slips: Slips = ()) -> Parsed:
    """Keys → entries, and what is wrong with single keys; `first_line` is the number of the text's first line.

    FindingError when the text is not YAML at all, holds a trap, or is no mapping, which `hint` tells how to write.
    `slips` are how lines look that people get wrong in such a text, and what to tell them.
    """
    root = _composed(text, first_line, (*slips, *_SLIPS))
    if root is None:
        return {}, ()
    if not isinstance(root, yaml.MappingNode):
        raise FindingError(root.start_mark.line + first_line, "there are no keys", hint)
    return read_mapping(root, first_line)


def read_mapping(root: yaml.MappingNode, first_line: int) -> Parsed:
    """The same for a mapping that a key holds."""
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for name, node in root.value:
        line = name.start_mark.line + first_line
        if not isinstance(name, yaml.ScalarNode):
            findings.append(Finding(line, "a key must be a word", "Write key: value"))
        elif name.value == "<<":
            findings.append(Finding(line, "merge keys (<<) are not allowed", "Write each key yourself"))
        elif name.value in entries:
            findings.append(Finding(line, f"{clean(name.value)} is written twice", "Keep one of the two"))
        elif (value := _value(node)) is None:
            findings.append(Finding(line, f"{clean(name.value)} is nested", "Write one value, or a list of values"))
        else:
            entries[str(name.value)] = Entry(value, line)
    return entries, tuple(findings)


def _value(node: yaml.Node) -> Value | None:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.MappingNode):
        return node
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return tuple(str(item.value) for item in node.value)
    return None


def _composed(text: str, first_line: int, slips: Slips) -> yaml.Node | None:
    try:
        _refuse_traps(yaml.scan(text, Loader=yaml.BaseLoader), first_line)
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else first_line
        raise FindingError(
            line, f"is not valid YAML ({error.problem})", _hint(text, line - first_line, slips)
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        what = f"holds a character that YAML does not allow (U+{int(error.character):04X})"
        raise FindingError(line, what, "Delete it; it is invisible in most editors") from error
    except (yaml.YAMLError, ValueError) as error:
        raise FindingError(first_line, "is not valid YAML", "Write key: value lines in plain text") from error


def _hint(text: str, number: int, slips: Slips) -> str:
    line = text.split("\n")[min(number, text.count("\n"))]
    general = "Write key: value lines; put text with a colon or a # in quotes"
    return next((hint for slip, hint in slips if slip.fullmatch(line)), general)


def _refuse_traps(tokens: Iterator[yaml.Token], first_line: int) -> None:
    depth, has_begun = 0, False
    for token in tokens:
        line = token.start_mark.line + first_line
        if trap := _TRAPS.get(type(token)):
            hint = "Put the value in quotes if it is meant word for word"
            raise FindingError(line, f"{trap} is not allowed", hint)
        if has_begun and isinstance(token, yaml.DocumentStartToken | yaml.DocumentEndToken):
            raise FindingError(line, "a second YAML document begins", "Keep one")
        has_begun |= not isinstance(token, yaml.StreamStartToken)
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEEPEST:
            raise FindingError(line, f"is nested more than {_DEEPEST} deep", "Write key: value lines")
