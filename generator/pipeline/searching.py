"""A query → papers of the site that stands in `site/`, ranked as the site's own page ranks them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.links import day_path
from generator.model import Json
from generator.settings import Settings

if TYPE_CHECKING:
    from generator.search.reader import Slot


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper found; `path` leads to it from the site's root."""

    title: str
    authors: str
    day: str
    path: str
    votes: int | None
    marks: tuple[str, ...]
    snippet: str

    def as_json(self) -> dict[str, Json]:
        """For `--json`."""
        fields: dict[str, Json] = {name: getattr(self, name) for name in self.__slots__}
        return {**fields, "marks": list(self.marks)}


@dataclass(frozen=True, slots=True)
class Answer:
    """Papers, best first; `said` are hints and corrections in whole sentences."""

    hits: tuple[Hit, ...]
    total: int
    is_exact: bool
    said: tuple[str, ...]


def search(settings: Settings, query: str, limit: int) -> Answer:
    """The best papers for a query. BroadsheetError when the site has no index, or one of another version."""
    from generator.search.searcher import Searcher  # numpy, which other commands start without

    site = settings.output
    searcher = Searcher(
        lambda name: (site / "search" / name).read_bytes(),
        lambda path: (site / path / "index.html").read_text(encoding="utf-8"),
    )
    found = searcher.find(query, limit)
    corrected = (f"No paper has “{typed}”; showing “{meant}”." for typed, meant in found.corrections)
    hits = tuple(_hit(slot) for _, slot in found.papers)
    return Answer(hits, found.total, found.is_exact, (*found.hints, *corrected))


def _hit(slot: "Slot") -> Hit:
    from generator.search.slots import CODE, NOTE, PICK, WITHDRAWN

    names = {PICK: "pick", NOTE: "note", CODE: "code", WITHDRAWN: "withdrawn"}
    marks = tuple(name for flag, name in names.items() if slot.flags & flag)
    path = day_path(slot.day) + (f"#{slot.anchor}" if slot.anchor else "")
    return Hit(slot.title, slot.authors, slot.day.isoformat(), path, slot.votes, marks, slot.snippet)
