"""`broadsheet bench page`: what a first visit to a digest of 40 papers may cost, clocks apart, and what is printed.

The papers are made up, as long and as hard to compress as real ones; the site has a repository, so notes have links.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.archive import Archive
from generator.model import Listing, Paper, Signals, State
from tests.documented import documented, flat

REPOSITORY = Path(__file__).parents[2]
SETTINGS = """
INHERIT: base.yml
site_url: https://sheet.example/
repo_url: https://github.com/example/sheet
extra:
  broadsheet:
    sources:
      test: {type: huggingface, url: "http://127.0.0.1:9"}
"""
PAPERS, WORDS, SYLLABLES = 40, 6_000, "ba ce di fo gu ha je ki lo mu ne pi ro su ta ve wi xo yu za".split()


def _papers() -> list[Paper]:
    chance = random.Random(7)
    known = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(WORDS)]
    weights = [1 / (rank + 3) for rank in range(WORDS)]

    def say(count: int) -> str:
        return " ".join(chance.choices(known, weights, k=count)).capitalize()

    return [
        Paper(
            f"arxiv:2510.{number:05d}",
            say(10),
            ". ".join(say(25) for _ in range(10)),
            tuple(f"{say(1)} {say(1)}" for _ in range(chance.randint(2, 12))),
            categories=("cs.LG", "cs.CL"),
            links={
                "pdf": f"https://arxiv.org/pdf/2510.{number:05d}",
                "code": f"https://code.example/{say(1)}/{number}",
            },
            submitted=datetime(2025, 9, 30, chance.randrange(24), chance.randrange(60), tzinfo=UTC),
            signals=Signals(votes=chance.randrange(200), comments=chance.randrange(9), stars=chance.randrange(5_000)),
            extra={"organization": {"name": say(2)}, "ai_summary": say(25), "ai_keywords": [say(2) for _ in range(8)]},
        )
        for number in range(PAPERS)
    ]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command prints of such a day."""
    root = tmp_path_factory.mktemp("digest")
    for name in ("site_templates", "content/pages"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "base.yml")
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    taken = datetime(2025, 10, 2, 9, tzinfo=UTC)
    Archive(root / "content").keep(Listing("test", date(2025, 10, 1), State.ANNOUNCED, taken, tuple(_papers())))
    _run(root, "build")
    printed: dict[str, Any] = json.loads(_run(root, "bench", "page", "2025/10/01/", "--runs", "1"))
    return printed


def _run(root: Path, *words: str) -> str:
    command = [sys.executable, "-m", "generator.cli", *words]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_printed_is_documented(figures: dict[str, Any]) -> None:
    """Every figure, and no other."""
    assert {name for name, _ in flat(figures)} == documented("Measuring a first visit")


def test_a_digest_of_forty_papers_is_light(figures: dict[str, Any]) -> None:
    """60 kB of our own, 25 requests, 4,000 elements."""
    assert figures["papers"] == PAPERS
    assert figures["kb"]["ours"] <= 60
    assert figures["requests"] <= 25
    assert figures["elements"] <= 4_000


def test_nothing_jumps(figures: dict[str, Any]) -> None:
    """Stars and lines that scripts add have their places before."""
    assert figures["cls"] <= 0.02


def test_a_page_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With what to do."""
    command = [sys.executable, "-m", "generator.cli", "bench", "page", "2025/10/01/"]
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "2025/10/01/index.html is not there: run broadsheet build" in done.stderr
