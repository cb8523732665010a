"""Listings ↔ `content/listings/`: one file per source and day, merged, never shrunk, written atomically."""

from generator.archive.merging import merge
from generator.archive.planning import days_to_fetch
from generator.archive.store import Archive, decode_place, place_of

__all__ = ["Archive", "days_to_fetch", "decode_place", "merge", "place_of"]
