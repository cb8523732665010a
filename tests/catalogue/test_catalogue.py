"""What the catalogue hands out of files that change while it is used."""

from datetime import UTC, date, datetime, timedelta
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


def _note(content: Path, paper: str, curator: str) -> None:
    path = content / f"notes/2025/10/{paper}-{curator.removeprefix('github:')}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'---\npaper: "{paper}"\ncurator: {curator}\n---\nRead this.\n', encoding="utf-8")


def test_only_the_day_that_owns_a_paper_makes_a_page_of_its_notes(tmp_path: Path):
    """A later day that lists it again leads back; papers without notes and notes without a paper have no page."""
    content = tmp_path / "content"
    first, second = Paper("arxiv:2510.00001", "A title"), Paper("arxiv:2510.00002", "Another title")
    for day, papers in ((DAY, (first, second)), (DAY + timedelta(1), (first,))):
        Archive(content).keep(Listing("one", day, State.ANNOUNCED, datetime(2025, 10, 2, tzinfo=UTC), papers))
    for paper in ("2510.00001", "2510.00009"):
        _note(content, paper, "github:eve")
    notes = NoteReader(content, ())
    with open_catalogue(tmp_path / "catalogue.sqlite", content, Rules((), ()), notes, map) as catalogue:
        assert [day.noted for day in catalogue.days] == [("2510.00001",), ()]


def test_curators_are_those_listed_and_those_whose_notes_show(tmp_path: Path):
    """Whoever only wrote about a paper that nobody listed yet, or what is hidden, is not among them."""
    content = tmp_path / "content"
    papers = (Paper("arxiv:2510.00001", "A title"),)
    Archive(content).keep(Listing("one", DAY, State.ANNOUNCED, datetime(2025, 10, 2, tzinfo=UTC), papers))
    (content / "curators.yml").write_text("ada: {name: Ada Lovelace}\n", encoding="utf-8")
    for paper, curator in (("2510.00001", "github:eve"), ("2510.00009", "github:bo"), ("2510.00001", "github:spam")):
        _note(content, paper, curator)
    hidden = "notes:\n  content/notes/2025/10/2510.00001-spam.md: advertising\n"
    (content / "hidden.yml").write_text(hidden, encoding="utf-8")
    notes = NoteReader(content, ())
    with open_catalogue(tmp_path / "catalogue.sqlite", content, Rules((), ()), notes, map) as catalogue:
        assert [curator.name for curator in catalogue.curators] == ["Ada Lovelace", "eve"]
