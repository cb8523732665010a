"""Documents of all days → the search index, segment by segment; only what changed is made again.

The base holds the closed months, without notes: those that ended more than `refresh_days` before the newest day, so
that a fetch hardly touches them. The second segment holds the days since, and again, in full, every older paper with a
note. While the closed months hold fewer papers than the others, all papers are the base.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic import TypeAdapter

from generator.catalogue import Catalogue, CatalogueDay, DayInput
from generator.dates import month_of
from generator.files import make_room, write_atomic
from generator.fingerprint import digest, processor, program_digest
from generator.pipeline.making import Composer, composer_at, composer_of
from generator.pipeline.workers import Crew
from generator.search.documents import DayDocuments, Document, documents_of, read_search_record
from generator.search.index import FOLDER, MANIFEST, Names, Placed, Segment, manifest, placed_files
from generator.settings import Settings
from generator.vectors.files import VectorFiles
from generator.vectors.weights import MODEL, SIZE

if TYPE_CHECKING:
    from generator.search.reference import Reference
    from generator.vectors.store import Stored

Keep = Callable[[str, str], bool]
Put = Callable[[str, str, bytes], None]
Read = Callable[[str], bytes]
_CHUNK = 25
"""Days that one task reads."""
_FEW = 60
"""Days for which no process is worth its start."""
_FOLDER = 16
"""Hexadecimal digits of the name of a segment's folder, which goes by what is in it."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A segment that stands, by the names of its files; `unencoded` papers in it have no vector of their own."""

    placed: Placed
    names: tuple[str, ...]
    encoder: str
    unencoded: int


_MADE = TypeAdapter(_Made)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which days make which segment, each with a digest of its documents; `noted` are older papers with notes."""

    base: Sequence[tuple[CatalogueDay, str]]
    has_notes: bool
    recent: Sequence[tuple[CatalogueDay, str]] = ()
    noted: tuple[Document, ...] = ()


class Indexer:
    """The index of a catalogue's days; `scratch` keeps what a segment of newer days needs of the base.

    Files go by `keep`, `put` and `read`, as those of a Ledger. What is made of a listing that a fetch beside this build
    changed since the catalogue read it is not remembered.
    """

    def __init__(self, settings: Settings, catalogue: Catalogue, crew: Crew, scratch: Path) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._crew = crew
        self._kept = scratch / "search-reference"
        sources = tuple(dict.fromkeys((*settings.sources, *catalogue.sources())))
        self._names = Names(tuple((topic.slug, topic.name) for topic in settings.topics), sources)
        self._files = VectorFiles(settings.content)
        self._reference: Reference | None = None
        self._is_as_planned = True

    def run(self, keep: Keep, put: Put, read: Read) -> int:
        """Make what is stale; how many papers have no vector though most do."""
        plan = self._plan()
        made: list[_Made] = []
        if plan.base:
            key = self._key(plan.base, (repr(plan.has_notes),), ())
            base = self._standing("base", key, keep) or self._place("base", key, put, self._build_base(plan, key))
            made.append(base)
            if plan.recent or plan.noted:
                made.append(self._recent(plan, key, keep, put))
        placed = [found.placed for found in made]
        latest = self._latest(placed, keep, put, read)
        body = manifest(placed, made[0].encoder if made else "", self._names, latest)
        put(MANIFEST, digest(body), body)
        return sum(found.unencoded for found in made)

    def _recent(self, plan: _Plan, base: str, keep: Keep, put: Put) -> _Made:
        key = self._key(plan.recent, (base, repr(plan.noted)), [found.day for found in plan.noted])
        if standing := self._standing("recent", key, keep):
            return standing
        from generator.search.recent import build_recent

        reference = self._referred(plan, base)
        days = [day for day, _ in plan.recent]
        documents = (*self._documents(days, with_notes=True), *plan.noted)
        stored = self._stored({*(day.date for day in days), *(found.day for found in plan.noted)})
        segment, unencoded = build_recent(reference, documents, stored, self._names)
        return self._place("recent", key, put, (segment, reference.encoder, unencoded))

    def _latest(self, placed: Sequence[Placed], keep: Keep, put: Put, read: Read) -> str:
        """Where the newest papers stand once more: a name that goes by what is in the file; empty without papers."""
        if not placed:
            return ""
        key = digest(program_digest(), *(found.folder for found in placed))
        known, name = self._catalogue.recall("index", "latest") or ("", "")
        if known != key or not keep(f"{FOLDER}{name}", key):
            from generator.search.latest import latest_slots

            data = latest_slots(placed, read)
            name = f"latest-{digest(data)[:_FOLDER]}.bin"
            put(f"{FOLDER}{name}", key, data)
            self._catalogue.remember("index", "latest", key, name)
        return name

    def _plan(self) -> _Plan:
        recalled = self._catalogue.recall_all("documents")
        days = [(day, read_search_record(recalled[str(day.date)][1])) for day in self._catalogue.days]
        return _plan([(day, found) for day, found in days if found.papers], self._settings.fetch.refresh_days)

    def _key(self, days: Sequence[tuple[CatalogueDay, str]], parts: Iterable[str], others: Iterable[date]) -> str:
        """Of all that a segment is made of."""
        made_of = [found for _, found in days]
        read = sorted({*(day.date for day, _ in days), *others}) if self._settings.search.meaning else ()
        vectors = [self._files.check(day) for day in read]
        return digest(program_digest(), processor(), repr(self._names), *parts, *made_of, *vectors)

    def _standing(self, kind: str, key: str, keep: Keep) -> _Made | None:
        known, text = self._catalogue.recall("index", kind) or ("", "")
        if known != key:
            return None
        made = _MADE.validate_json(text)
        return made if all(keep(name, key) for name in made.names) else None

    def _place(self, kind: str, key: str, put: Put, built: tuple[Segment, str, int]) -> _Made:
        segment, encoder, unencoded = built
        held = (part for name, data in sorted(segment.files.items()) for part in (name, data))
        folder = digest(*held)[:_FOLDER]
        files = placed_files(folder, segment)
        for name, data in files.items():
            put(name, key, data)
        made = _Made(Placed.of(folder, segment), tuple(files), encoder, unencoded)
        known = key if self._is_as_planned else ""  # else the next build makes it again
        self._catalogue.remember("index", kind, known, _MADE.dump_json(made).decode())
        return made

    def _build_base(self, plan: _Plan, key: str) -> tuple[Segment, str, int]:
        from generator.search.base import build_base

        days = [day for day, _ in plan.base]
        documents = tuple(self._documents(days, with_notes=plan.has_notes))
        base = build_base(documents, self._stored({day.date for day in days}), self._names)
        if self._is_as_planned:
            make_room(self._kept, self._kept.parent)
            data = base.reference.as_bytes()
            write_atomic(self._kept, _seal(key, data) + data, durable=False)
        self._reference = base.reference
        return base.segment, base.reference.encoder, base.predicted

    def _referred(self, plan: _Plan, key: str) -> "Reference":
        """What the base left, which is made again where it was lost."""
        from generator.search.reference import Reference

        if self._reference is None:
            with suppress(OSError):  # not there
                seal, end, data = self._kept.read_bytes().partition(b"\n")
                if seal + end == _seal(key, data):
                    self._reference = Reference.from_bytes(data)
        if self._reference is None:
            self._build_base(plan, key)
        return cast("Reference", self._reference)

    def _stored(self, days: Iterable[date]) -> "Stored | None":
        if not self._settings.search.meaning:
            return None
        from generator.vectors.store import VectorStore

        stored = VectorStore(self._settings.content, MODEL, SIZE).of_days(sorted(days))
        return stored if stored.rows else None

    def _documents(self, days: Sequence[CatalogueDay], *, with_notes: bool) -> Iterator[Document]:
        """Few are read here; a far crew could not read the settings, which are here."""
        inputs = [self._catalogue.input(day) for day in days]
        self._is_as_planned &= all(now.key == day.key for now, day in zip(inputs, days, strict=True))
        if len(inputs) <= _FEW or self._crew.is_far:
            return _documents_of(composer_of(self._settings), with_notes, inputs)
        waiting = iter(inputs)
        chunks = iter(lambda: tuple(islice(waiting, _CHUNK)), ())
        read = partial(_read_documents, self._settings.path, self._settings.mkdocs.key, with_notes)
        return chain.from_iterable(self._crew.each(read, chunks))


def _plan(days: Sequence[tuple[CatalogueDay, DayDocuments]], refresh_days: int) -> _Plan:
    if not days:
        return _Plan((), has_notes=False)
    newest = days[-1][0].date
    closed = [(day, found) for day, found in days if _month_end(day.date) + timedelta(days=refresh_days) < newest]
    if 2 * sum(found.papers for _, found in closed) < sum(found.papers for _, found in days):
        return _Plan([(day, found.full) for day, found in days], has_notes=True)
    return _Plan(
        base=[(day, found.plain) for day, found in closed],
        has_notes=False,
        recent=[(day, found.full) for day, found in days[len(closed) :]],
        noted=tuple(document for _, found in closed for document in found.noted),
    )


def _month_end(day: date) -> date:
    return month_of(day.replace(day=28) + timedelta(days=4)) - timedelta(days=1)


def _seal(key: str, data: bytes) -> bytes:
    return f"{digest(key, data)}\n".encode()


def _read_documents(settings: Path, key: str, with_notes: bool, days: Sequence[DayInput]) -> list[Document]:
    """What a worker does; `key` is that of the settings."""
    return list(_documents_of(composer_at(settings, key), with_notes, days))


def _documents_of(composer: Composer, with_notes: bool, days: Sequence[DayInput]) -> Iterator[Document]:
    digests = (composer.digest(day) if with_notes else composer.without_notes(day) for day in days)
    return chain.from_iterable(map(documents_of, digests))
