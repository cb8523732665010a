"""A note file's text → front matter and body."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.curation.findings import Finding, FindingError
from generator.curation.strict_yaml import Entry, parse_mapping

MAX_BYTES = 4_096
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
    if lines[0].rstrip() != "---":
        raise FindingError(1, "does not start with ---", "Begin the file with a line of three hyphens")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise FindingError(1, "the front matter does not end", "Close it with a second line of three hyphens")
    head = "\n".join(lines[1:end])
    if len(head.encode()) > MAX_BYTES:
        raise FindingError(1, f"the front matter is over {MAX_BYTES} bytes", "Move the words below the second ---")
    entries, findings = parse_mapping(head, 2, _EMPTY)
    words = lines[end + 1 :]
    start = next((number for number, line in enumerate(words) if line.strip()), 0)
    return FrontMatter(entries, findings, "\n".join(words[start:]).rstrip(), end + start + 2)
