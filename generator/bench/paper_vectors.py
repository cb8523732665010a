"""A collection's papers → their vectors by MiniLM, kept in `build/bench/vectors/`."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from generator.pipeline.encoding import encoder
from generator.settings import Settings
from generator.vectors.store import Stored, VectorStore
from generator.vectors.texts import text_hash
from generator.vectors.weights import MODEL, SIZE

_DAY: Final = date(2000, 1, 1)
"""Where new ones are kept; the day says nothing, as vectors are found by their texts."""
_BLOCK: Final = 512
"""Texts encoded between two writes: what is lost at most when one stops it."""


def paper_vectors(texts: Sequence[str], settings: Settings, say: Callable[[str], None]) -> tuple[Stored, float | None]:
    """Vectors of `texts` that are not empty, and the seconds of encoding those that had none, None when all had one.

    BroadsheetError when there is something to encode, and the extra `meaning` or the weights cannot be had.
    """
    store = VectorStore(settings.build / "bench", MODEL, SIZE)
    stored = store.load()[0]
    lacking = {key: text for text in texts if text and (key := text_hash(text)) not in stored.rows}
    if not lacking:
        return stored, None
    say(f"vectors of {len(lacking):,} papers that have none yet")
    begin = time.perf_counter()
    _encode(lacking, store, settings)
    return store.load()[0], time.perf_counter() - begin


def _encode(texts: Mapping[bytes, str], store: VectorStore, settings: Settings) -> None:
    model = encoder(settings)
    keys = list(texts)
    for start in range(0, len(keys), _BLOCK):
        block = keys[start : start + _BLOCK]
        store.add(_DAY, Stored.of(block, model.encode([texts[key] for key in block])))
