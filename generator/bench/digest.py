"""A digest repository in a scratch folder that grows by days and by notes, and is built as its owner would."""

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from generator.archive import Archive
from generator.bench.processes import Run, measure
from generator.files import differing
from generator.model import Listing, Paper, State

_FIRST_DAY = date(2016, 1, 1)
_SOURCE = "bench"
_NOTE = '---\npaper: "{paper}"\ncurator: bench\npick: true\n---\n\nWorth a look.\n'


class ScratchDigest:
    """`root`, with settings, looks and hand-written pages of `repository`, but without any plugin."""

    def __init__(self, repository: Path, root: Path, papers: Iterator[Paper], papers_per_day: int) -> None:
        self.root = root
        self._papers = papers
        self._papers_per_day = papers_per_day
        self._days = 0
        self._notes = 0
        shutil.copytree(repository / "site_templates", root / "site_templates")
        shutil.copytree(repository / "content" / "pages", root / "content" / "pages")
        shutil.copy(repository / "mkdocs.yml", root / "settings.yml")
        (root / "mkdocs.yml").write_text("INHERIT: settings.yml\nplugins: []\n", encoding="utf-8")
        (root / "content" / "curators.yml").write_text("bench: {name: Bench}\n", encoding="utf-8")

    @property
    def site(self) -> Path:
        """The finished site."""
        return self.root / "site"

    @property
    def newest_listing(self) -> Path:
        """The listing of the newest day."""
        return Archive(self.root / "content").path(_SOURCE, _day(self._days - 1))

    def add_days(self, count: int) -> None:
        """So many days more, each with its papers."""
        for _ in range(count):
            self.add_day()

    def add_day(self) -> None:
        """The day after the newest."""
        day = _day(self._days)
        fetched = datetime(day.year, day.month, day.day, tzinfo=UTC)
        papers = tuple(islice(self._papers, self._papers_per_day))
        Archive(self.root / "content").keep(Listing(_SOURCE, day, State.ANNOUNCED, fetched, papers))
        self._days += 1

    def add_note(self) -> None:
        """On a paper of a day in the middle, another one each time."""
        day = _day((self._days // 2 + self._notes) % self._days)
        listing = Archive(self.root / "content").read(_SOURCE, day)
        paper = listing.papers[0].id if listing else ""
        path = self.root / "content" / "notes" / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}-bench.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_NOTE.format(paper=paper), encoding="utf-8")
        self._notes += 1

    def build(self, *options: str) -> Run:
        """`broadsheet build`."""
        return _broadsheet(self.root, "build", *options)

    def write_markdown(self) -> Path:
        """`broadsheet pages`; the folder of the Markdown tree."""
        _broadsheet(self.root, "pages")
        return self.root / "build" / "docs"

    def build_elsewhere(self, *options: str) -> tuple[Run, bool]:
        """A build from nothing in a folder that goes again, and whether it gives what stands in `site`."""
        other = self.root.with_name("elsewhere")
        for name in ("site_templates", "content"):
            shutil.copytree(self.root / name, other / name)
        for name in ("settings.yml", "mkdocs.yml"):
            shutil.copy(self.root / name, other / name)
        run = _broadsheet(other, "build", *options)
        is_same = not differing(self.site, other / "site")
        shutil.rmtree(other)
        return run, is_same


def _day(number: int) -> date:
    return _FIRST_DAY + timedelta(days=number)


def _broadsheet(root: Path, *arguments: str) -> Run:
    return measure([sys.executable, "-m", "generator.cli", "-q", "-f", str(root / "mkdocs.yml"), *arguments])
