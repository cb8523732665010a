"""A weekly list in Markdown → notes on the papers of the archive that it names by arXiv id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.catalogue import Catalogue, open_catalogue
from generator.curation import NoteReader
from generator.curation.naming import note_name, note_path, note_template, shown_id
from generator.curation.weekly import WeeklyItem, parse_weekly
from generator.errors import ContentError
from generator.files import only_one, walk, write_atomic
from generator.model import Curator, Problem
from generator.pipeline.building import CATALOGUE, build_lock
from generator.pipeline.importing import read_text
from generator.pipeline.making import rules_of
from generator.settings import Settings

_ADD = "Link to its page on arXiv, such as https://arxiv.org/abs/2509.12345"


@dataclass(frozen=True, slots=True)
class ImportedNotes:
    """How many notes an import wrote, how many stood there already, and what of the list became no note."""

    written: int
    unchanged: int
    problems: tuple[Problem, ...]


def import_notes(settings: Settings, path: Path, handle: str, strict: bool) -> ImportedNotes:
    """Write a note of the curator `handle` for every item of the list in `path` whose paper has a listing.

    A note that stands there already, with whatever words, is left alone. With `strict`, nothing is written when any
    item becomes no note. ContentError when nobody has the handle, or when the file cannot be read or holds no item.
    """
    reader = NoteReader(settings.content, settings.topics)
    curator = _curator(reader, handle)
    items = parse_weekly(read_text(path))
    if not items:
        hint = "An item is a table's row, a list's item or a numbered heading that names a paper by its arXiv id"
        raise ContentError(Problem(str(path), None, "holds no item", hint))
    with (
        only_one(build_lock(settings)),
        only_one(settings.content_lock),
        open_catalogue(settings.build / CATALOGUE, settings.content, rules_of(settings), reader, map) as catalogue,
    ):
        joining = _Joining(str(path), curator, catalogue, reader, settings.content)
        notes = dict(joining.notes(items))
        if strict and joining.problems:
            return ImportedNotes(0, 0, tuple(joining.problems))
        written = sum(write_atomic(settings.content.parent / place, data) for place, data in notes.items())
    return ImportedNotes(written, len(notes) - written, tuple(joining.problems))


def _curator(reader: NoteReader, handle: str) -> Curator:
    found = reader.curator(handle, 1, "--curator")
    if isinstance(found, Problem):
        raise ContentError(replace(found, line=None) if found.path == "--curator" else found)
    return found


class _Joining:
    """The items of one list on their way to notes; `problems` are those that become none."""

    def __init__(self, file: str, curator: Curator, catalogue: Catalogue, reader: NoteReader, content: Path) -> None:
        self.problems: list[Problem] = []
        self._file, self._curator, self._catalogue, self._reader = file, curator, catalogue, reader
        self._content = content
        self._there = _by_name(content)
        self._lines: dict[str, int] = {}

    def notes(self, items: Iterable[WeeklyItem]) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of each note, in the order of the list."""
        for item in items:
            found = self._note(item)
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                yield found

    def _note(self, item: WeeklyItem) -> tuple[str, bytes] | Problem:
        if item.paper is None:
            return self._wrong(item, "names no paper of arXiv", _ADD)
        shown, handle = shown_id(item.paper), self._curator.handle
        if not item.is_item:
            hint = "Make it an item of a list, a row of a table, or number its heading"
            return self._wrong(item, f"names {shown} outside of any item", hint)
        if not item.words:
            return self._wrong(item, f"says nothing about {shown}", "Write why it matters behind its name")
        if (day := self._catalogue.listed(item.paper)) is None:
            return self._wrong(item, f"is about {shown}, which no listing has", "Fetch or import the day it was on")
        if (line := self._lines.setdefault(item.paper, item.line)) != item.line:
            return self._wrong(item, f"is about {shown}, as line {line} is", "Put both into one item")
        data = f"{note_template(item.paper, handle, item.name, with_rules=False)}{item.words}\n".encode()
        if place := self._there.get(note_name(item.paper, handle)):
            return self._kept(item, place, data)
        return self._accepted(item, note_path(item.paper, handle, day), data)

    def _kept(self, item: WeeklyItem, place: str, data: bytes) -> tuple[str, bytes] | Problem:
        if (self._content.parent / place).read_bytes() == data:
            return place, data
        return self._wrong(
            item, f"has other words than {place}, which stays as it is", "Delete that file to take these"
        )

    def _accepted(self, item: WeeklyItem, place: str, data: bytes) -> tuple[str, bytes] | Problem:
        """What a contributor would be told of the note is told of the item."""
        problem = next(iter(self._reader.read(place, data).problems), None)
        return (place, data) if problem is None else self._wrong(item, problem.text, problem.hint)

    def _wrong(self, item: WeeklyItem, text: str, hint: str) -> Problem:
        return Problem(self._file, item.line, f"{item.name!r} {text}", hint)


def _by_name(content: Path) -> Mapping[str, str]:
    """Every file below `content/notes/` by its name, which tells paper and curator whatever the month."""
    return {name.rpartition("/")[2]: f"content/notes/{name}" for name, _ in walk(content / "notes")}
