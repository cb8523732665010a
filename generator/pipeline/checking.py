"""`content/` → everything that is wrong there, and what notes will look like."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator import links
from generator.catalogue import Catalogue, CatalogueDay, read_context
from generator.files import only_one
from generator.identifiers import anchor
from generator.model import Note, Problem
from generator.pages.wording import counted
from generator.pipeline.building import build_lock, opened_catalogue
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
    found: list[Problem] = []
    with only_one(build_lock(settings)), opened_catalogue(settings, settings.build, map, found.append) as catalogue:
        found.extend(VectorFiles(settings.content).load()[1])
        notes = [note for note in catalogue.notes() if note.path in previewed]
        return Checked(tuple(found), *catalogue.holdings(), tuple(_previews(settings, catalogue, notes)))


def _previews(settings: Settings, catalogue: Catalogue, notes: Sequence[Note]) -> Iterator[NotePreview]:
    days = {day.date: day for day in catalogue.days} if notes else {}
    titles: dict[date, Mapping[str, str]] = {}
    for note in notes:
        place = catalogue.place(note.paper)
        if place is None:
            yield NotePreview(note)
            continue
        work, day = place
        if day not in titles:
            titles[day] = _titles(settings, catalogue, days[day])
        yield NotePreview(note, titles[day].get(work), f"{links.day_path(day)}#{anchor(work)}")


def _titles(settings: Settings, catalogue: Catalogue, day: CatalogueDay) -> Mapping[str, str]:
    """By work, as a page shows them."""
    rules = rules_of(settings)
    context = read_context(catalogue.input(day), rules, rules.matcher())
    papers = (paper for listing in context.listings for paper in listing.papers)
    return {context.works.get(paper.id, paper.id): readable(paper.title) for paper in papers}
