"""Digests made by hand for the tests of pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.model import Digest, Paper, RankedPaper, SourceState, State
from generator.pages import Renderer, Site
from generator.settings import ContributingSettings

REPOSITORY = Path(__file__).parents[2]
DAY = date(2025, 10, 1)


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    """The shipped templates for a site with a name only."""
    return Renderer(REPOSITORY / "site_templates", Site(name="Test Sheet"), ContributingSettings())


@pytest.fixture
def make_ranked() -> Callable[..., RankedPaper]:
    """Fields of Paper, and of RankedPaper where the names differ → a ranked paper."""

    def make(number: int = 12345, **fields: Any) -> RankedPaper:
        own = {key: fields.pop(key) for key in ("aliases", "sources", "topics", "notes", "reasons") if key in fields}
        bare = f"2509.{number:05d}"
        given = {"id": f"arxiv:{bare}", "title": "A title", "abstract": "An abstract."} | fields
        empty: dict[str, Any] = {"aliases": (), "sources": ("test",), "topics": (), "notes": (), "reasons": ()}
        return RankedPaper(paper=Paper(**given), anchor=bare, score=1.0, **(empty | own))

    return make


@pytest.fixture
def make_digest() -> Callable[..., Digest]:
    """Ranked papers → a digest of 2025-10-01; `fields` replace parts of it."""

    def make(*papers: RankedPaper, **fields: Any) -> Digest:
        state = SourceState("test", State.ANNOUNCED, len(papers), datetime(2025, 10, 2, 6, 30, tzinfo=UTC))
        given: dict[str, Any] = {"date": DAY, "papers": papers, "reappearances": (), "states": (state,)}
        return Digest(**(given | fields))

    return make
