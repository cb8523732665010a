"""What the catalogue hands out of files that change while it is used."""

from datetime import UTC, date, datetime
from pathlib import Path

from generator.archive import Archive
from generator.catalogue import Rules, open_catalogue
from generator.curation import NoteReader
from generator.model import Listing, Paper, State

DAY = date(2025, 10, 1)


def test_a_listing_that_went_meanwhile_is_left_out(tmp_path: Path):
    """A fetch or a checkout may run beside a build; the next one sees the change."""
    content = tmp_path / "content"
    archive = Archive(content)
    for source in ("one", "two"):
        papers = (Paper("arxiv:2510.00001", "A title"),)
        archive.keep(Listing(source, DAY, State.ANNOUNCED, datetime(2025, 10, 2, tzinfo=UTC), papers))
    notes = NoteReader(content, ())
    with open_catalogue(tmp_path / "catalogue.sqlite", content, Rules((), ()), notes, map) as catalogue:
        (day,) = catalogue.days
        archive.path("one", DAY).unlink()
        assert [file.source for file in catalogue.input(day).files] == ["two"]
