"""A note file's text → front matter and body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.curation.findings import Finding, FindingError
from generator.curation.strict_yaml import Entry, parse_mapping
from generator.text import clean

MAX_BYTES = 4_096
_SHOWN = 30
_DASHES = re.compile("[-\N{EN DASH}\N{EM DASH}]{2,}")
"""What was meant to be three hyphens."""
_SLIPS = (
    (re.compile(r"\s*curator:\s*@.*"), "Write curator: github: and the login, without @ and without a blank"),
    (re.compile(r"\s*curator:\s*github:\s.*"), "Write no blank behind github:"),
    (re.compile(r"[^:]*\w[^:]*\s[^:]*"), "Sentences go below the second line of hyphens"),
)
_EMPTY = 'Write at least paper: "2509.12345" and curator: github:your-login'


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys → value and line, what is wrong with single keys, and the body, which begins at `body_line`."""

    entries: Mapping[str, Entry]
    findings: tuple[Finding, ...]
    body: str
    body_line: int

    def line(self, key: str) -> int:
        """Where a key stands, or would have to."""
        return self.entries[key].line if key in self.entries else 1


def parse_front_matter(text: str) -> FrontMatter:
    """Text that starts with a line `---`, up to the next line `---`; FindingError when it cannot be read at all."""
    lines = text.split("\n")
    if not text.strip():
        raise FindingError(1, "is empty", "Write a note, as content/pages/contribute.md shows it")
    if lines[0].rstrip() != "---":
        found = f"“{clean(lines[0], _SHOWN)}”" if lines[0].strip() else "empty"
        hint = f"Begin the file with a line of three hyphens; its first line is {found}"
        raise FindingError(1, "does not start with ---", hint)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        near = next((number for number, line in enumerate(lines[1:], 2) if _DASHES.fullmatch(line.strip())), 1)
        raise FindingError(near, "the front matter does not end", "Close it with a second line of three hyphens")
    head = "\n".join(lines[1:end])
    if len(head.encode()) > MAX_BYTES:
        raise FindingError(1, f"the front matter is over {MAX_BYTES} bytes", "Move the words below the second ---")
    entries, findings = parse_mapping(head, 2, _EMPTY, _SLIPS)
    words = lines[end + 1 :]
    start = next((number for number, line in enumerate(words) if line.strip()), 0)
    return FrontMatter(entries, findings, "\n".join(words[start:]).rstrip(), end + start + 2)
