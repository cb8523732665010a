"""What every source is given and what it gives back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from generator.model import Listing

GIVE_UP_AFTER = 3
"""Days in a row that a source may fail before it is left alone until the next run."""


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """`days` to ask for, ascending; `now` is UTC.

    `explicit`: the user named the days. `known`: the day under which this source archived a paper's id. `exact`: the
    ids archived for a finished day whose announcement was stated, not estimated.
    """

    days: tuple[date, ...]
    now: datetime
    explicit: bool
    known: Mapping[str, date]
    exact: Mapping[date, tuple[str, ...]]


class Source(Protocol):
    """A place we fetch from.

    `fetch` yields each day's listing as soon as it is known. A day that fails is a listing with `State.FAILED`, or
    `State.INCOMPLETE` when some papers were learnt, and a reason of one line; never an exception.
    """

    name: str

    def fetch(self, request: FetchRequest) -> Iterator[Listing]:
        """The listings of the days asked for; fewer when the source does not answer."""
        ...
