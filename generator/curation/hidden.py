"""`content/hidden.yml` → what the owner has hidden.

Papers by id and notes by path, each with a reason, which is for the owner and is shown nowhere. What is hidden would
show again if a mistake in this file were passed over, so it stops a build as a mistake in settings does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.curation.findings import Finding, FindingError
from generator.curation.strict_yaml import Entry, read_file, read_mapping
from generator.identifiers import parse_paper_id
from generator.model import Problem, Severity
from generator.text import clean

_NAME = "hidden.yml"
_EXAMPLE = 'Write papers: {"2509.12345": the reason} or notes: {content/notes/…/NAME.md: the reason}'


@dataclass(frozen=True, slots=True)
class Hidden:
    """PaperIds and paths of notes relative to the repository; `problems` are what is wrong with the file."""

    papers: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which something might show that must not."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def read_hidden(content: Path) -> Hidden:
    """No file means that nothing is hidden."""
    try:
        entries, findings = read_file(content / _NAME, _EXAMPLE)
    except FindingError as error:
        return _hidden([], [], [error.finding])
    found = list(findings)
    for key, entry in entries.items():
        if key not in ("papers", "notes"):
            found.append(Finding(entry.line, f"unknown key {clean(key)!r}", _EXAMPLE))
    papers = list(_papers(_reasons(entries.get("papers"), found), found))
    notes = list(_notes(content, _reasons(entries.get("notes"), found), found))
    return _hidden(papers, notes, found)


def _hidden(papers: list[str], notes: list[str], found: list[Finding]) -> Hidden:
    ordered = sorted(found, key=lambda finding: finding.line or 0)
    return Hidden(frozenset(papers), frozenset(notes), tuple(finding.at(f"content/{_NAME}") for finding in ordered))


def _reasons(entry: Entry | None, found: list[Finding]) -> Iterator[tuple[str, int]]:
    """What is hidden, and the line that says so; nothing is hidden without a reason."""
    if entry is None or entry.value == "":
        return
    if not isinstance(entry.value, yaml.MappingNode):
        found.append(Finding(entry.line, "is no list of what is hidden and why", _EXAMPLE))
        return
    entries, findings = read_mapping(entry.value, 1)
    found += findings
    for name, reason in entries.items():
        if not isinstance(reason.value, str) or not reason.value.strip():
            found.append(
                Finding(reason.line, f"{clean(name)} is hidden without a reason", "Write one behind the colon")
            )
        yield name, reason.line


def _papers(names: Iterator[tuple[str, int]], found: list[Finding]) -> Iterator[str]:
    for name, line in names:
        if paper := parse_paper_id(name):
            yield paper
        else:
            hint = "Write an arXiv id, a DOI or what stands in the permalink after #, in quotes"
            found.append(Finding(line, f"{clean(name)!r} names no paper", hint))


def _notes(content: Path, names: Iterator[tuple[str, int]], found: list[Finding]) -> Iterator[str]:
    for name, line in names:
        yield name
        if not (name.startswith("content/notes/") and (content.parent / name).is_file()):
            hint = "Write it as content/notes/2025/10/2509.12345-ada.md, or delete the line if the note went"
            found.append(Finding(line, f"there is no note {clean(name)!r}", hint, Severity.NOTICE))
