"""`broadsheet status`: how every source stands on a given day."""

import os
from datetime import UTC, date, datetime

import pytest

from generator.model import State
from generator.pipeline import last_build, status
from generator.settings import Settings, load_settings
from tests.pipeline.conftest import Repository, paper

NOW = datetime(2025, 10, 8, 6, tzinfo=UTC)


@pytest.fixture
def settings(empty: Repository) -> Settings:
    empty.settings("sources:\n  huggingface: {type: huggingface}\nfetch: {refresh_days: 3, grace_days: 2}")
    return load_settings(empty.root / "mkdocs.yml")


def lines(settings: Settings) -> list[str]:
    return "\n".join(str(source) for source in status(settings, NOW)).splitlines()


def test_a_source_that_was_never_asked_owes_nothing(settings: Settings):
    """A fresh clone has no gaps, and nothing is overdue in it."""
    assert lines(settings) == ["huggingface: nothing fetched yet", "  newest papers: none"]


def test_gaps_overdue_days_and_the_age_of_the_newest_papers_are_told(empty: Repository, settings: Settings):
    """Days count from the day it is, which is given."""
    empty.keep(date(2025, 10, 3), paper(1))
    empty.keep(date(2025, 10, 4), state=State.FAILED)
    empty.keep(date(2025, 10, 5), state=State.NONE)
    assert lines(settings) == [
        "huggingface: 1 announced, 1 none, 1 failed",
        "  newest papers: 2025-10-03 (5 days ago)",
        "  gaps: 2025-10-06, 2025-10-07, 2025-10-08",
        "  overdue: 2025-10-04",
    ]


def test_what_was_imported_is_shown_too(empty: Repository, settings: Settings):
    """It has no gaps: nobody fetches it."""
    empty.keep(date(2025, 9, 1), paper(1), source="saved")
    empty.keep(date(2025, 10, 7), paper(2), source="saved")
    assert lines(settings)[2:] == ["saved: 2 announced", "  newest papers: 2025-10-07 (1 day ago)"]
    assert status(settings, NOW)[1].as_json() == {
        "source": "saved",
        "states": {"announced": 2},
        "newest": "2025-10-07",
        "age": 1,
        "gaps": [],
        "overdue": [],
    }


def test_the_last_build_is_told(empty: Repository, settings: Settings):
    """The one that last changed the site."""
    assert last_build(settings) == "site: not built yet"
    assert empty.run("build").returncode == 0
    os.utime(empty.root / "build/ledger.json", (NOW.timestamp(), NOW.timestamp()))
    assert empty.run("build").returncode == 0
    assert empty.run("status").stdout.splitlines()[-1] == "site: last changed 2025-10-08T06:00:00Z"


def test_what_the_site_leaves_out_is_told(repository: Repository):
    """By file; what only breaks a rule is shown and not told."""
    assert "left out" not in repository.run("status").stdout
    repository.note("no front matter", "bad.md")
    assert (
        "content: left out of the site, all of it or a part: content/notes/2025/10/bad.md. broadsheet check says why\n"
        in repository.run("status").stdout
    )
