"""What roll-ups and search need of each day, kept in the catalogue under a key of all that it is made of."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from generator.catalogue import Catalogue, CatalogueDay
from generator.fingerprint import digest, program_digest
from generator.pipeline.making import rules_of
from generator.settings import Settings

KINDS = ("day", "lines", "notes", "best", "documents", "titles")


class Records:
    """The records of a catalogue's days under these settings."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        made_under = repr((rules_of(settings), settings.ranking, tuple(settings.sources)))
        self._key = partial(digest, program_digest(), made_under)

    def missing(self) -> list[CatalogueDay]:
        """The days without a record, or with one that was made of something else."""
        known = self._catalogue.keys("day")
        return [day for day in self._catalogue.days if known.get(str(day.date)) != self._key(day.key)]

    def forget_others(self) -> None:
        """Leave no record of days that went."""
        names = {str(day.date) for day in self._catalogue.days}
        for kind in KINDS:
            self._catalogue.forget_others(kind, names)

    def keep(self, day: date, key: str, texts: Sequence[str]) -> None:
        """Put down what was made of an input with this key, in the order of `KINDS`."""
        name, key = str(day), self._key(key)
        for kind, text in zip(KINDS, texts, strict=True):
            self._catalogue.remember(kind, name, key, text)
