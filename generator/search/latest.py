"""Segments as they stand → the slots of the papers of the newest 30 days, newest first, without numpy.

A page that ranks these days itself needs all of them at once; in `r/` they lie scattered by what they mean.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from generator.search.index import FOLDER, Placed
from generator.search.slots import SLOT, SLOTS

DAYS: Final = 30
MOST: Final = 2048
"""Papers, the newest; 0.6 MB."""


def latest_slots(segments: Sequence[Placed], read: Callable[[str], bytes]) -> bytes:
    """`read` gives a file's bytes by its path in the site. A paper that a later segment replaces comes from there."""
    dated = [(_day(slot), slot) for placed in reversed(segments) for slot in _slots(placed, read)]
    newest = max((day for day, _ in dated), default=0)
    within = sorted((found for found in dated if found[0] > newest - DAYS), key=lambda found: -found[0])
    once = {_anchor(slot): slot for _, slot in reversed(within)}
    return b"".join(slot for _, slot in within if once[_anchor(slot)] is slot)[: MOST * SLOT]


def _slots(placed: Placed, read: Callable[[str], bytes]) -> Iterator[bytes]:
    for number in range(-(-placed.papers // SLOTS)):
        data = read(f"{FOLDER}{placed.folder}/r/{number:04x}.bin")
        yield from (data[start : start + SLOT] for start in range(0, len(data), SLOT))


def _day(slot: bytes) -> int:
    return int.from_bytes(slot[:2], "little")


def _anchor(slot: bytes) -> bytes:
    """Of those few whose anchor is left out, the whole slot tells them apart."""
    return slot[88:].partition(b"\n")[0] or slot
