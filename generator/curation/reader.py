"""Note files → Notes, and everything that is wrong with each file."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.curation.curators import GITHUB, is_login, read_curators
from generator.curation.findings import Finding, FindingError
from generator.curation.front_matter import FrontMatter, parse_front_matter
from generator.curation.hidden import read_hidden
from generator.curation.house_rules import name_findings, unsaid_machine
from generator.curation.naming import PLACEHOLDER
from generator.curation.rendering import render_note
from generator.fingerprint import digest
from generator.identifiers import parse_paper_id
from generator.model import Curator, Note, Problem, Severity, Topic
from generator.text import clean

MAX_BODY_BYTES = 20_000
MAX_FILE_BYTES = 32_000
_KEYS = ("paper", "curator", "pick", "topics", "written_with_ai")
_ACCOUNT = re.compile(r"(?:@|github:\s*|(?:https://)?github\.com/)([^/]+)/?", re.IGNORECASE)
_CURLY = re.compile("[\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}]")
_PAPER = 'Write an arXiv id, a DOI or the permalink of the paper here, as in paper: "2509.12345"'
_CURATOR = "Write your handle from content/curators.yml, or github:<your login>"


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note, None where an error leaves it out, and all that is wrong with its file."""

    note: Note | None
    problems: tuple[Problem, ...] = ()


class NoteReader:
    """Reads note files of one repository; `problems` is what is wrong with its curators and with what is hidden.

    `key` is a digest of all that a note may name, and of what is hidden: equal keys read the same bytes to the same
    note.
    """

    def __init__(self, content: Path, topics: Sequence[Topic]) -> None:
        self._curators = read_curators(content)
        self._topics = {key: topic.slug for topic in topics for key in (topic.slug, topic.name.casefold())}
        self.hidden = read_hidden(content)
        self.problems = (*self._curators.problems(), *self.hidden.problems)
        hidden = (sorted(self.hidden.papers), sorted(self.hidden.notes))
        self.key = digest(repr(self._curators), repr(sorted(self._topics.items())), repr(hidden))

    @property
    def curators(self) -> Mapping[str, Curator]:
        """The people in `content/curators.yml`, by handle."""
        return self._curators.people

    def read(self, path: str, data: bytes) -> ReadNote:
        """One note file; `path` is relative to the repository.

        What is wrong with it may be one of `problems`: a curator who cannot be credited.
        """
        if path in self.hidden.notes:
            return ReadNote(None)
        try:
            front = parse_front_matter(note_text(data))
        except FindingError as error:
            return ReadNote(None, (error.finding.at(path),))
        return _Reading(path, front).note(self)

    def curator(self, handle: str, line: int, path: str) -> Curator | Problem:
        """Who signs with `handle`, or why nobody can."""
        if person := self._curators.people.get(handle):
            return person
        login = handle.removeprefix(GITHUB)
        if login != handle and is_login(login):
            return self._curators.by_login(login)
        if (account := _ACCOUNT.fullmatch(handle)) and is_login(account[1]):
            hint = f"Write {GITHUB}{account[1]}"
            return Finding(line, f"nobody has the handle {clean(handle)!r}", hint).at(path)
        if cause := self._curators.broken or self._curators.unusable.get(handle):
            return cause.at("content/curators.yml")
        close = difflib.get_close_matches(handle, self._curators.people, n=1)
        hint = f"Did you mean {close[0]}? Or write github:<your login>" if close else _CURATOR
        return Finding(line, f"nobody has the handle {clean(handle)!r}", hint).at(path)

    def topic(self, name: str) -> str | None:
        """A topic's slug by slug or name, however it is capitalised."""
        return self._topics.get(name) or self._topics.get(name.casefold())

    def nearest_topic(self, name: str) -> str:
        """What to write instead of a topic that nobody knows."""
        if not self._topics:
            return "This site has no topics: leave the line out"
        close = difflib.get_close_matches(name.casefold(), self._topics, n=1)
        known = ", ".join(dict.fromkeys(self._topics.values()))
        return f"Did you mean {self._topics[close[0]]}?" if close else f"Topics of this site: {known}"


class _Reading:
    """One file on its way to a note; collects what is wrong."""

    def __init__(self, path: str, front: FrontMatter) -> None:
        self._path = path
        self._front = front
        self._found = [finding.at(path) for finding in front.findings]

    def note(self, reader: NoteReader) -> ReadNote:
        self._refuse_unknown_keys()
        paper = self._paper()
        curator = self._curator(reader)
        pick, written_with_ai = self._flag("pick"), self._flag("written_with_ai")
        topics = self._topics(reader)
        html = self._html()
        if paper and curator:
            typed = str(self._front.entries["curator"].value)
            self._add(*name_findings(self._path, paper, {typed, curator.handle}, self._front.line("paper")))
        if "written_with_ai" not in self._front.entries:
            self._add(*unsaid_machine(self._front.body, self._front.body_line))
        problems = tuple(sorted(dict.fromkeys(self._found), key=lambda problem: problem.line or 0))
        if paper is None or curator is None or any(found.severity is Severity.ERROR for found in problems):
            return ReadNote(None, problems)
        note = Note(paper, curator, self._front.body, html, pick, topics, written_with_ai, self._path)
        return ReadNote(note, problems)

    def _add(self, *findings: Finding) -> None:
        self._found += [finding.at(self._path) for finding in findings]

    def _refuse_unknown_keys(self) -> None:
        for key, entry in self._front.entries.items():
            if key not in _KEYS:
                close = difflib.get_close_matches(key, _KEYS, n=1)
                hint = f"Did you mean {close[0]}?" if close else f"Known keys: {', '.join(_KEYS)}"
                self._add(Finding(entry.line, f"unknown key {clean(key)!r}", hint))

    def _single(self, key: str, hint: str) -> str | None:
        entry = self._front.entries.get(key)
        if entry is not None and isinstance(entry.value, str) and entry.value.strip():
            return entry.value.strip()
        is_told = any(f"{key} is " in problem.text for problem in self._found)  # nested, or written twice
        if not is_told and not any(key == other.lower() for other in self._front.entries if other != key):
            what = f"{key} is missing" if entry is None else f"{key} is empty or no single value"
            self._add(Finding(self._front.line(key), what, hint))
        return None

    def _paper(self) -> str | None:
        value = self._single("paper", _PAPER)
        if value is None:
            return None
        paper_id = parse_paper_id(value)
        if paper_id is None:
            hint = 'Write straight quotes: "' if _CURLY.search(value) else _PAPER
            self._add(Finding(self._front.line("paper"), f"{clean(value)!r} names no paper", hint))
        return paper_id

    def _curator(self, reader: NoteReader) -> Curator | None:
        handle = self._single("curator", _CURATOR)
        if handle is None:
            return None
        line = self._front.line("curator")
        if handle == PLACEHOLDER:
            hint = "Put your own login in its place, here and in the name of the file"
            self._add(Finding(line, "is signed with the login of the example", hint, Severity.NOTICE))
        found = reader.curator(handle, line, self._path)
        if isinstance(found, Curator):
            return found
        self._found.append(found)
        return None

    def _flag(self, key: str) -> bool:
        entry = self._front.entries.get(key)
        if entry is not None and entry.value not in ("true", "false"):
            hint = f"Write {key}: true or {key}: false, or leave the line out"
            self._add(Finding(entry.line, f"{key} must be true or false", hint))
        return entry is not None and entry.value == "true"

    def _topics(self, reader: NoteReader) -> tuple[str, ...]:
        entry = self._front.entries.get("topics")
        if entry is None:
            return ()
        if not isinstance(entry.value, tuple):
            shown = clean(entry.value) if isinstance(entry.value, str) else "one, two"
            self._add(Finding(entry.line, "topics must be a list", f"Write topics: [{shown}]"))
            return ()
        slugs = {name: reader.topic(name) for name in entry.value}
        for name, slug in slugs.items():
            if slug is None:
                self._add(Finding(entry.line, f"unknown topic {clean(name)!r}", reader.nearest_topic(name)))
        return tuple(dict.fromkeys(slug for slug in slugs.values() if slug))

    def _html(self) -> str:
        body, line = self._front.body, self._front.body_line
        if not body:
            self._add(Finding(None, "has no words", "Write below the second --- why the paper matters"))
            return ""
        if len(body.encode()) > MAX_BODY_BYTES:
            what = f"is longer than {MAX_BODY_BYTES} bytes"
            self._add(Finding(None, what, "Shorten it, or link to the long version"))
            return ""
        try:
            rendered = render_note(body, line)
        except FindingError as error:
            self._add(error.finding)
            return ""
        self._add(*rendered.findings)
        return rendered.html


def note_text(data: bytes) -> str:
    """A note file's bytes as text with plain line ends; FindingError when they are too many, or no UTF-8."""
    if len(data) > MAX_FILE_BYTES:
        raise FindingError(None, f"is longer than {MAX_FILE_BYTES} bytes", "Shorten it")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise FindingError(None, f"is not UTF-8 (byte {error.start})", "Save it as UTF-8 text") from error
