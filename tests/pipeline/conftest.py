"""A small digest repository of our own, and the command line as a user runs it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.archive import Archive
from generator.model import Listing, Paper, Signals, State
from tests.pipeline.builds import build_here

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder with settings, templates and content."""

    root: Path

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """`broadsheet` with these arguments, in this folder."""
        command = [sys.executable, "-m", "generator.cli", *arguments]
        environment = {**self.environment(), **(env or {})}
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def run_killed(self, place: str, touch: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The same, killed just before its `touch`-th write at or below `place`, a path in this folder."""
        command = [sys.executable, str(Path(__file__).with_name("killed.py")), place, str(touch), *arguments]
        environment = self.environment()
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def environment(self) -> dict[str, str]:
        """Ours, with the program on the path and without GitHub's mark."""
        inherited = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
        return {**inherited, "PYTHONPATH": str(CHECKOUT)}

    def settings(self, section: str) -> None:
        """Replace what stands under `extra.broadsheet`; `section` is YAML without indentation.

        Papers get no vectors unless it says so: to open the encoder takes a second.
        """
        section = section if "search:" in section else f"{section}\nsearch: {{meaning: false}}"
        text = (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8")
        head, _, _ = text.partition("  broadsheet:\n")
        indented = "".join(f"    {line}\n" for line in section.splitlines())
        (self.root / "mkdocs.yml").write_text(f"{head}  broadsheet:\n{indented}", encoding="utf-8")

    def keep(self, day: date, *papers: Paper, source: str = "huggingface", state: State = State.ANNOUNCED) -> Path:
        """Archive a listing."""
        archive = Archive(self.root / "content")
        archive.keep(Listing(source, day, state, datetime(2025, 10, 9, 6, tzinfo=UTC), papers))
        return archive.path(source, day)

    def note(self, text: str, name: str = "2510.00003-ada.md") -> Path:
        """Write a note file."""
        path = self.root / "content" / "notes" / "2025" / "10" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def site(self) -> dict[str, bytes]:
        """Every file of the site."""
        return tree(self.root / "site")


def tree(folder: Path) -> dict[str, bytes]:
    """Path → bytes of every file below."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def paper(number: int, title: str = "A paper", votes: int = 0, abstract: str = "Words about graphs.") -> Paper:
    """A paper with an arXiv id of October 2025."""
    return Paper(f"arxiv:2510.{number:05}", title, abstract, ("Ann", "Bo"), signals=Signals(votes=votes))


def new_repository(root: Path) -> Repository:
    """A repository without listings and notes in `root`, which is made."""
    root.mkdir()
    shutil.copytree(CHECKOUT / "site_templates", root / "site_templates")
    shutil.copytree(CHECKOUT / "content" / "pages", root / "content" / "pages")
    shutil.copy(CHECKOUT / "mkdocs.yml", root / "mkdocs.yml")
    repository = Repository(root)
    repository.settings("topics:\n  - {name: Graphs, any: [graph]}")
    (root / "content" / "curators.yml").write_text("ada: {name: Ada}\n", encoding="utf-8")
    return repository


def add_days(repository: Repository) -> None:
    """Papers on three days, one of them on two, nothing on a fourth, and a note."""
    repository.keep(date(2025, 9, 30), paper(1, "First"), paper(2, "Second", votes=9))
    repository.keep(date(2025, 10, 1), paper(2, "Second", votes=9), paper(3, "Third: <b>bold</b> & $x^2$"))
    repository.keep(date(2025, 10, 2), state=State.NONE)
    repository.keep(date(2025, 10, 3), paper(4, "Fourth"))
    repository.note('---\npaper: "2510.00003"\ncurator: ada\npick: true\n---\nRead *this*.\n')


@pytest.fixture
def empty(tmp_path: Path) -> Repository:
    """A repository without listings and notes."""
    return new_repository(tmp_path / "digest")


@pytest.fixture
def repository(empty: Repository) -> Repository:
    """Three days of papers and a note."""
    add_days(empty)
    return empty


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of a few days and a note, built; make a copy, and change that."""
    root = tmp_path_factory.mktemp("base") / "digest"
    add_days(new_repository(root))
    assert build_here(root).error == ""
    return root
