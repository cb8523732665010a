"""Papers in `content/listings/` that have no vector → `content/vectors/`, a file a day; safe to kill and run again.

Nothing here imports numpy until there is a paper to encode, so that a digest goes without the extra `meaning`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive import Archive
from generator.errors import BroadsheetError, ContentError
from generator.files import only_one
from generator.model import Problem
from generator.settings import Settings
from generator.vectors.files import VectorFiles
from generator.vectors.texts import text_hash, text_of
from generator.vectors.weights import local_folder, weights_folder

if TYPE_CHECKING:
    from generator.vectors.encoder import Encoder

_Todo = Mapping[date, Mapping[bytes, str]]
"""Texts to encode by day and hash, in order of day."""


@dataclass(frozen=True, slots=True)
class ToEncode:
    """So many papers have no vector."""

    papers: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """So many papers of a day have their vectors now, on disk."""

    day: date
    papers: int


EncodeEvent = ToEncode | Encoded | Problem


def encode(settings: Settings) -> Iterator[EncodeEvent]:
    """Give every paper its vector, day after day; a listing that cannot be read is a Problem and passed over.

    BroadsheetError when the settings want no meaning, or the extra or the weights cannot be had. The weights are
    fetched from the model hub, once, where they are neither installed nor named.
    """
    if not settings.search.meaning:
        raise BroadsheetError("extra.broadsheet.search.meaning is false in mkdocs.yml: write true, and encode again")
    todo, problems = _todo(settings, None)
    yield from problems
    yield ToEncode(_count(todo))
    if todo:
        yield from _encode(settings, todo, encoder(settings))


def encode_new(settings: Settings, days: Collection[date]) -> Iterator[ToEncode | Encoded]:
    """The same for the papers of these days, where extra and weights are at hand; elsewhere nothing, without a word."""
    todo = _todo(settings, days)[0] if settings.search.meaning and days else {}
    if not todo:
        return
    try:
        _refuse_without_extra()
        folder = local_folder(_cache(settings), settings.weights)
    except BroadsheetError:
        return
    if folder:
        yield ToEncode(_count(todo))
        yield from _encode(settings, todo, _encoder(folder))


def encoder(settings: Settings) -> "Encoder":
    """The encoder itself; BroadsheetError as in `encode`."""
    _refuse_without_extra()
    return _encoder(weights_folder(_cache(settings), settings.weights))


def _count(todo: _Todo) -> int:
    return sum(map(len, todo.values()))


def _cache(settings: Settings) -> Path:
    return settings.build / "weights"


def _todo(settings: Settings, days: Collection[date] | None) -> tuple[_Todo, tuple[Problem, ...]]:
    """What has no vector in the file of its day or an earlier one; what stands on several days belongs to the first.

    A vector in a later day's file, as of a paper that turned up on an earlier day since, is where no index looks.
    """
    packed, _ = VectorFiles(settings.content).load()
    known = {key: day for day, file in reversed(packed) for key in file.keys}
    archive = Archive(settings.content)
    found: dict[date, dict[bytes, str]] = {}
    problems: list[Problem] = []
    for day, source in archive.places():
        if days is not None and day not in days:
            continue
        try:
            listing = archive.read(source, day)
        except ContentError as error:
            problems.append(error.problem)
            continue
        for text in map(text_of, listing.papers if listing else ()):
            if text and known.get(key := text_hash(text), date.max) > day:
                known[key] = day
                found.setdefault(day, {})[key] = text
    return found, tuple(problems)


def _refuse_without_extra() -> None:
    try:
        import generator.vectors.minilm  # noqa: F401
    except ImportError as error:
        raise BroadsheetError(
            f"encoding needs a package that is not installed ({error.name or error}). "
            "Type make meaning in the folder of the program"
        ) from error


def _encoder(weights: Path) -> "Encoder":
    from generator.vectors.minilm import MiniLM

    return MiniLM(weights)


def _encode(settings: Settings, todo: _Todo, encoder: "Encoder") -> Iterator[Encoded]:
    from generator.vectors.store import Stored, VectorStore

    store = VectorStore(settings.content, encoder.name, encoder.size)
    for day, texts in todo.items():
        made = Stored.of(tuple(texts), encoder.encode(tuple(texts.values())))
        with only_one(settings.build / "vectors.lock"):  # held for a moment only: no run waits for another's encoding
            store.add(day, made)
        yield Encoded(day, len(texts))
