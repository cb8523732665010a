"""`content/` → everything that is wrong there, and what notes will look like."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator import links
from generator.catalogue import Catalogue, open_catalogue, read_context
from generator.curation import NoteReader
from generator.files import only_one
from generator.identifiers import anchor
from generator.model import Note, Problem
from generator.pages.wording import counted
from generator.pipeline.building import CATALOGUE, build_lock
from generator.pipeline.making import rules_of
from generator.settings import Settings
from generator.text import readable
from generator.vectors.files import VectorFiles


@dataclass(frozen=True, slots=True)
class NotePreview:
    """A good note and the paper it will stand on; title and site path are None while no listing has the paper."""

    note: Note
    title: str | None = None
    address: str | None = None

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.note.body.split())

    def __str__(self) -> str:
        where = f"on “{self.title}”, {self.address}" if self.address else "waits until fetch has found the paper"
        return f"{self.note.path}: {counted(self.words, 'word')} by {self.note.curator.name}, {where}"


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything in `content/` that is wrong, how much can be used, and notes as they will be."""

    problems: tuple[Problem, ...]
    notes: int
    listings: int
    previews: tuple[NotePreview, ...] = ()

    def summary(self) -> str:
        """What was read and can be used."""
        return f"{counted(self.notes, 'note')}, {counted(self.listings, 'listing')}"


def find_problems(settings: Settings, previewed: Container[str] = ()) -> Checked:
    """Read all of `content/`; `previewed` are paths of notes to show, relative to the repository."""
    notes = NoteReader(settings.content, settings.topics)
    path = settings.build / CATALOGUE
    with (
        only_one(build_lock(settings)),
        open_catalogue(path, settings.content, rules_of(settings), notes, map) as catalogue,
    ):
        found = (*notes.problems, *catalogue.problems(), *VectorFiles(settings.content).load()[1])
        wanted = [note for note in catalogue.notes() if note.path in previewed]
        return Checked(
            tuple(dict.fromkeys(found)), *catalogue.holdings(), tuple(_previews(settings, catalogue, wanted))
        )


def _previews(settings: Settings, catalogue: Catalogue, notes: Sequence[Note]) -> Iterator[NotePreview]:
    titles = Titles(settings, catalogue)
    for note in notes:
        place = catalogue.place(note.paper)
        if place is None:
            yield NotePreview(note)
        else:
            work, day = place
            yield NotePreview(note, titles.of(work, day), f"{links.day_path(day)}#{anchor(work)}")


class Titles:
    """Titles as pages show them; each day is read once."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._rules = rules_of(settings)
        self._days = {day.date: day for day in catalogue.days}
        self._known: dict[date, Mapping[str, str]] = {}

    def of(self, work: str, day: date) -> str | None:
        """The title of a work on the day that owns it."""
        if day not in self._known:
            context = read_context(self._catalogue.input(self._days[day]), self._rules, self._rules.matcher())
            papers = (paper for listing in context.listings for paper in listing.papers)
            self._known[day] = {context.works.get(paper.id, paper.id): readable(paper.title) for paper in papers}
        return self._known[day].get(work)
