"""A page over many days: made when asked for, from values of which its key is the digest."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from generator.fingerprint import digest
from generator.pages import Page


@dataclass(frozen=True, slots=True)
class RollUp:
    """A page by its site path: a pure function of values, of which `key` is the digest."""

    path: str
    key: str
    make: Callable[[], Page]


def roll_up(path: str, make: Callable[..., Page], *values: object) -> RollUp:
    """The page that `make` makes of these values."""
    return RollUp(path, digest(repr(values)), partial(make, *values))
