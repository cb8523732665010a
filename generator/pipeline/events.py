"""What happens while sources are asked, one value after the other, for whoever watches."""

from dataclasses import dataclass
from datetime import date

from generator.archive import Archive
from generator.errors import ContentError
from generator.model import Listing, Problem


@dataclass(frozen=True, slots=True)
class Asked:
    """A source is about to be asked for so many days."""

    source: str
    days: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A listing came and was archived; `changed` tells whether its file did."""

    listing: Listing
    changed: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source was given up on: these days wait for the next run."""

    source: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Unshown:
    """A feed answered, and shows nothing of these past days, which says nothing about them."""

    source: str
    days: tuple[date, ...]


def kept(archive: Archive, listing: Listing) -> Fetched | Problem:
    """Archive what came; a Problem when its file cannot be used."""
    try:
        return Fetched(listing, archive.keep(listing))
    except ContentError as error:
        return error.problem
