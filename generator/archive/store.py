"""The archive on disk: `content/listings/YYYY/MM/DD/<source>.json`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.archive.listing_json import decode_listing, encode_listing
from generator.archive.merging import merge
from generator.dates import parse_day
from generator.errors import ContentError
from generator.files import regular_files, write_atomic
from generator.model import Listing, Problem

_PLACE = re.compile(r"(\d{4})/(\d{2})/(\d{2})/([a-z0-9][a-z0-9_-]*)\.json", re.ASCII)


def place_of(path: str) -> tuple[date, str] | None:
    """Path below `listings/` → day and source; None for a file that is no listing."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return None
    try:
        return parse_day("-".join(found.groups()[:3])), found[4]
    except ValueError:
        return None


def decode_place(data: bytes, shown: str, source: str, day: date) -> Listing:
    """The bytes of one place → its listing; ContentError when they are not one, or of another place."""
    listing = decode_listing(data, shown)
    if (listing.source, listing.date) != (source, day):
        text = f"says it is {listing.source} of {listing.date}, its place says {source} of {day}"
        raise ContentError(Problem(shown, None, text, "Move the file to its place, or mend its fields"))
    return listing


@dataclass(frozen=True, slots=True)
class Archive:
    """Past listings under `content`; files nobody wrote here are reported, never followed or guessed at."""

    content: Path

    def path(self, source: str, day: date) -> Path:
        """Where the listing of one source and day lives."""
        return self.content / "listings" / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}" / f"{source}.json"

    def read(self, source: str, day: date) -> Listing | None:
        """The archived listing, None when there is none; ContentError when it cannot be used."""
        path = self.path(source, day)
        shown = self._shown(path)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            problem = Problem(shown, None, f"cannot be read ({error.strerror})", "Make it an ordinary readable file")
            raise ContentError(problem) from error
        return decode_place(data, shown, source, day)

    def keep(self, fetched: Listing) -> bool:
        """Merge what was fetched into what is archived; True when the file changed.

        A file that cannot be read is never written over, and nothing is written that could not be read again:
        ContentError.
        """
        merged = merge(self.read(fetched.source, fetched.date), fetched)
        path = self.path(fetched.source, fetched.date)
        data = encode_listing(merged)
        decode_listing(data, self._shown(path))
        return write_atomic(path, data)

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.content.parent).as_posix()

    def places(self) -> Iterator[tuple[date, str]]:
        """Every (day, source) with a file, in order of day and name."""
        for path in regular_files(self.content / "listings"):
            if found := place_of(path.relative_to(self.content / "listings").as_posix()):
                yield found

    def of_source(self, source: str) -> Mapping[date, Listing]:
        """All readable listings of one source by day."""
        found: dict[date, Listing] = {}
        for day, name in self.places():
            if name == source:
                try:
                    listing = self.read(name, day)
                except ContentError:
                    continue
                if listing is not None:
                    found[day] = listing
        return found
