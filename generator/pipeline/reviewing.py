"""A stranger's commit → what is wrong with its notes, judged and shown by the program and content that stand here.

    read proposal | check what stands here | put the notes in | check again | whose notes are they

Nothing of the stranger's is taken but the bytes of regular note files.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator.curation.curators import Curators, read_curators
from generator.curation.front_matter import parse_front_matter
from generator.curation.naming import PLACEHOLDER, note_name
from generator.curation.reader import note_text
from generator.files import discard, make_room, write_atomic
from generator.model import Note, Problem, Severity
from generator.pages.wording import counted
from generator.pipeline.checking import NotePreview, find_problems
from generator.pipeline.proposal import Proposal, read_proposal, recent_notes
from generator.settings import Settings
from generator.text import clean

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Review:
    """What the author of a proposal and the owner of the digest should know.

    `other` are the changed paths that are no notes; `needs_owner`: more than the author's own notes change.
    """

    problems: tuple[Problem, ...]
    previews: tuple[NotePreview, ...]
    other: tuple[str, ...]
    needs_owner: bool

    @property
    def is_good(self) -> bool:
        """False when anything has to be mended."""
        return all(problem.severity is Severity.NOTICE for problem in self.problems)


def review(settings: Settings, base: str, head: str, author: str, now: datetime) -> Review:
    """Put the notes of commit `head` into `content/`, where commit `base` is checked out, and check them.

    `author` is the GitHub login of who proposes them. BroadsheetError when git cannot tell the commits apart.
    """
    proposal = read_proposal(settings.root, base, head)
    cap = settings.contributing.notes_a_week
    recent = recent_notes(settings.root, base, int((now - _WEEK).timestamp())) if cap else frozenset()
    before = find_problems(settings, {*proposal.notes, *recent})
    there = frozenset(path for path in proposal.notes if (settings.root / path).exists())
    _put(settings, proposal.notes)
    after = find_problems(settings, proposal.notes)

    known = set(before.problems)
    caused = [found for found in after.problems if found.path in proposal.notes or found not in known]
    notes = (_by_path(before.previews), _by_path(after.previews))
    signed = _Signatures(author, read_curators(settings.content), there, *notes)
    own = [*signed.findings(proposal)]
    if cap:
        own += signed.too_many(proposal, recent, cap)
    own += _unseen(proposal, signed.after, {found.path for found in caused})
    replaced = {(found.path, found.line) for found in own if found.severity is Severity.WARNING}
    kept = (found for found in caused if not _is_echo(found, replaced))
    problems = sorted((*proposal.refused, *kept, *own), key=_urgency)
    needs_owner = bool(proposal.other) or any(signed.is_foreign(path) for path in proposal.notes)
    return Review(tuple(problems), after.previews, proposal.other, needs_owner)


def _urgency(found: Problem) -> tuple[bool, str, int]:
    """Notices last, since a report ends somewhere; then by place."""
    return found.severity is Severity.NOTICE, found.path, found.line or 0


def _put(settings: Settings, notes: Mapping[str, bytes | None]) -> None:
    for path, data in notes.items():
        place = settings.root / path
        if data is None:
            discard(place)
        else:
            make_room(place, settings.root)
            write_atomic(place, data, durable=False)


def _by_path(previews: Iterable[NotePreview]) -> Mapping[str, Note]:
    return {preview.note.path: preview.note for preview in previews}


def _unseen(proposal: Proposal, shown: Mapping[str, Note], named: set[str]) -> Iterator[Problem]:
    """Notes that will not stand on the site though nothing is wrong with them."""
    for path, data in proposal.notes.items():
        if data is not None and path not in shown and path not in named:
            hint = "The owner knows why: content/hidden.yml and content/curators.yml tell"
            yield Problem(path, None, "will not be shown", hint, Severity.NOTICE)


def _is_echo(found: Problem, replaced: set[tuple[str, int | None]]) -> bool:
    """True for a general notice on a line of which we say exactly what to write."""
    return found.severity is Severity.NOTICE and (found.path, found.line) in replaced


@dataclass(frozen=True, slots=True)
class _Signatures:
    """Who proposes notes, which files there were, whose notes these were, and whose there would be; by path."""

    author: str
    curators: Curators
    there: Collection[str]
    before: Mapping[str, Note]
    after: Mapping[str, Note]

    def is_foreign(self, path: str) -> bool:
        """True for a note of somebody else, and for one of nobody knows whom: it is hidden, or cannot be read."""
        return path in self.there and not self._is_theirs(self.before, path)

    def findings(self, proposal: Proposal) -> Iterator[Problem]:
        """What the author may not sign, and what is not theirs to change."""
        for path, data in proposal.notes.items():
            if self.is_foreign(path):
                verb = "changed" if data is not None else "deleted"
                what = f"note by {self.before[path].curator.name}" if path in self.before else "note that is not shown"
                text = f"is a {what}, {verb} by {self._name}"
                yield Problem(path, None, text, "The owner decides whether it may be", Severity.NOTICE)
            note = self.after.get(path)
            if note and data and not self._is_author(note) and not self._keeps_signature(note):
                yield self._unsigned(note, data)

    def too_many(self, proposal: Proposal, recent: Iterable[str], cap: int) -> Iterator[Problem]:
        """A word on the first new note when a week brings more than the owner asks for."""
        new = sorted(path for path in proposal.notes if path not in self.before and self._is_theirs(self.after, path))
        total = len(new) + sum(self._is_theirs(self.before, path) for path in recent)
        if new and total > cap:
            text = f"makes {counted(total, 'note')} by {self._name} within a week"
            hint = f"The owner asks for at most {cap}; this stops nothing"
            yield Problem(new[0], None, text, hint, Severity.NOTICE)

    def _is_theirs(self, notes: Mapping[str, Note], path: str) -> bool:
        return path in notes and self._is_author(notes[path])

    def _is_author(self, note: Note) -> bool:
        login = note.curator.github
        return login is not None and login.lower() == self.author.lower()

    def _keeps_signature(self, note: Note) -> bool:
        """True where a note of somebody else stays signed by them."""
        before = self.before.get(note.path)
        return before is not None and before.curator.handle == note.curator.handle

    def _unsigned(self, note: Note, data: bytes) -> Problem:
        line = parse_front_matter(note_text(data)).line("curator")
        handle = self.curators.by_login(self.author).handle
        is_example = note.curator.handle == PLACEHOLDER
        text = "is signed as the example" if is_example else f"is signed by {note.curator.name}, not by {self._name}"
        hint = f"Write curator: {handle}, and name the file {note_name(note.paper, handle)}"
        if not is_example and note.curator.github is None:
            hint += f"; or ask the owner to add github: {self._name} to {note.curator.handle} in content/curators.yml"
        return Problem(note.path, line, text, hint, Severity.WARNING)

    @property
    def _name(self) -> str:
        return clean(self.author, 100) or "somebody"
