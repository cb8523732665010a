"""Listings and stored vectors → what each day gives to the related papers of later ones, kept in the catalogue.

Those are the papers that the day owns and shows whatever people write about them, each with its title and the place of
its vector. A vector is looked for in the file of the day, and of earlier days that list the paper too, but do not show
it for its topics.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from generator.catalogue import Catalogue, CatalogueDay, DayInput
from generator.errors import ContentError
from generator.fingerprint import digest, program_digest
from generator.pipeline.making import Composer, composer_at, composer_of, rules_of
from generator.pipeline.workers import Crew
from generator.settings import Settings
from generator.vectors.files import Packed, VectorFiles
from generator.vectors.texts import text_hash, text_of

KIND: Final = "given"
_CHUNK = 25
"""Days that one task reads."""
_FEW = 60
"""Days for which no process is worth its start."""


class GivenPaper(NamedTuple):
    """A paper with a vector, by its file's place among the day's files and its row there; as JSON without names."""

    anchor: str
    title: str
    file: int
    row: int


@dataclass(frozen=True, slots=True)
class Given:
    """A day's papers by anchor, and the days whose files hold their vectors, each with the file's checksum."""

    files: tuple[tuple[date, str], ...]
    papers: tuple[GivenPaper, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A day's papers by anchor: anchor, title and the hash of the text that its vector stands for.

    `key` is that of the input they were read from.
    """

    date: date
    key: str
    papers: tuple[tuple[str, str, bytes], ...]


_GIVEN = TypeAdapter(Given)


def read_given(text: str) -> Given:
    """What the catalogue keeps."""
    return _GIVEN.validate_json(text)


class GivenPapers:
    """What the days of a catalogue give under these settings."""

    def __init__(self, settings: Settings, catalogue: Catalogue, crew: Crew) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._crew = crew
        self._files = VectorFiles(settings.content)
        made_under = repr((rules_of(settings), tuple(settings.sources)))
        self._key = partial(digest, program_digest(), made_under)

    def refresh(self) -> Mapping[date, str]:
        """Bring the catalogue up to date; for each day that gives something, in order, a digest of what it gives."""
        files = self._places()
        known = self._known()
        missing = [
            day
            for day in self._catalogue.days
            if day.date in files and self._key_of(day.key, files[day.date]) not in known.get(day.date, ())
        ]
        for shown in self._shown(missing):
            key = self._key_of(shown.key, files[shown.date])
            given, stamp = self._given(shown, files[shown.date])
            self._catalogue.remember(KIND, str(shown.date), f"{key} {stamp}", _GIVEN.dump_json(given).decode())
        self._catalogue.forget_others(KIND, set(map(str, files)))
        return {
            day: stamp
            for day, (_, stamp) in sorted((self._known() if missing else known).items())
            if stamp and day in files
        }

    def _known(self) -> Mapping[date, tuple[str, str]]:
        """Key and digest of what is kept."""
        kept = ((name, key.partition(" ")) for name, key in self._catalogue.keys(KIND).items())
        return {date.fromisoformat(name): (key, stamp) for name, (key, _, stamp) in kept}

    def _places(self) -> Mapping[date, Sequence[tuple[date, str]]]:
        """Where the vectors of each day's papers may be, for days that have such files, each with its checksum."""
        if not (self._settings.search.meaning and self._files.folder.is_dir()):
            return {}
        check = cache(self._files.check)
        held_back = self._catalogue.held_back()
        days = ((day.date, (day.date, *held_back.get(day.date, ()))) for day in self._catalogue.days)
        found = {day: [(place, seen.hex()) for place in places if (seen := check(place))] for day, places in days}
        return {day: places for day, places in found.items() if places}

    def _key_of(self, key: str, files: Sequence[tuple[date, str]]) -> str:
        return self._key(key, repr(files))

    def _given(self, shown: _Shown, files: Sequence[tuple[date, str]]) -> tuple[Given, str]:
        """With the digest of what later days can see of it."""
        packed = [self._read(day) for day, _ in files]
        places = {key: (file, row) for file in reversed(range(len(files))) for row, key in enumerate(packed[file].keys)}
        papers = [GivenPaper(name, title, *places[key]) for name, title, key in shown.papers if key in places]
        seen = [
            part for paper in papers for part in (paper.anchor, paper.title, _components(packed[paper.file], paper.row))
        ]
        return Given(tuple(files), tuple(papers)), digest(*seen) if seen else ""

    def _read(self, day: date) -> Packed:
        """One that cannot be used counts as empty, as `check` tells of it."""
        try:
            return self._files.read(self._files.path(day))
        except ContentError:
            return Packed(self._files.size, (), b"", b"")

    def _shown(self, days: Sequence[CatalogueDay]) -> Iterator[_Shown]:
        """Few are read here; a far crew could not read the settings, which are here."""
        inputs = map(self._catalogue.input, days)
        if len(days) <= _FEW or self._crew.is_far:
            return map(partial(_shown_of, composer_of(self._settings)), inputs)
        chunks = iter(lambda: tuple(islice(inputs, _CHUNK)), ())
        read = partial(_read_shown, self._settings.path, self._settings.mkdocs.key)
        return chain.from_iterable(self._crew.each(read, chunks))


def _components(packed: Packed, row: int) -> bytes:
    return packed.components[row * packed.size : (row + 1) * packed.size]


def _read_shown(settings: Path, key: str, days: Sequence[DayInput]) -> list[_Shown]:
    """What a worker does; `key` is that of the settings."""
    return [_shown_of(composer_at(settings, key), day) for day in days]


def _shown_of(composer: Composer, day: DayInput) -> _Shown:
    ranked = sorted(composer.without_notes(day).papers, key=lambda ranked: ranked.anchor)
    papers = tuple((each.anchor, each.paper.title, text_hash(text_of(each.paper))) for each in ranked)
    return _Shown(day.date, day.key, papers)
