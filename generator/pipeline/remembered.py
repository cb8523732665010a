"""What the catalogue remembers of its days, for pages over many of them: records at once, the rest when asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.catalogue import Catalogue
from generator.digest import DayRecord, read_best, read_lines, read_notes, read_record
from generator.model import DaySummary, NoteLine, PaperLink


@dataclass(frozen=True, slots=True)
class Recalled:
    """A day's record, read and as it was written: as a text it is the key of what is made of it."""

    record: DayRecord
    text: str

    @property
    def summary(self) -> DaySummary:
        """The day as lists show it."""
        return self.record.summary

    @property
    def date(self) -> date:
        """The day."""
        return self.record.summary.date


class Remembered:
    """The days of a catalogue that has a record of each, in order."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        recalled = catalogue.recall_all("day")
        texts = (recalled[str(day.date)][1] for day in catalogue.days)
        self.days = tuple(Recalled(read_record(text), text) for text in texts)
        self.records = tuple(day.record for day in self.days)

    def lines(self, day: date) -> Mapping[str, Sequence[PaperLink]]:
        """The day's papers by topic."""
        recalled = self._catalogue.recall("lines", str(day))
        return read_lines(recalled[1]) if recalled else {}

    def notes(self, day: date) -> Mapping[str, Sequence[NoteLine]]:
        """The day's notes by curator."""
        recalled = self._catalogue.recall("notes", str(day))
        return read_notes(recalled[1]) if recalled else {}

    def best(self, day: date) -> Sequence[PaperLink]:
        """The day's best papers."""
        recalled = self._catalogue.recall("best", str(day))
        return read_best(recalled[1]) if recalled else ()

    def titles(self, day: date) -> str:
        """The titles of the day's papers, as phrases are found in them."""
        recalled = self._catalogue.recall("titles", str(day))
        return recalled[1] if recalled else ""
