"""`broadsheet bench build`: what it prints is what docs/bench.md explains, and it measures what it says."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from generator.bench.papers import bench_papers
from tests.documented import documented, flat

CHECKOUT = Path(__file__).parents[1]
PROMISED = {
    "days", "papers", "clean_s", "day_s", "note_s", "nothing_s", "mkdocs_s", "mkdocs_search_s", "peak_mb.clean",
    "peak_mb.day", "site_mb", "files", "identical.day", "identical.note", "identical.nothing",
}  # fmt: skip
HUGO = {"hugo_s", "cpu_s.hugo", "peak_mb.hugo", "ratios.day_vs_hugo"}
TWO_PAPERS = """\
{"id": "2510.00001", "title": "One", "abstract": "Of graphs.", "authors": ["Ann"], "date": "2025-10-01"}
{"id": "2510.00002", "title": "Two", "abstract": "Of trees.", "categories": ["cs.LG"]}
"""


def bench(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator.cli", "bench", "build", *options]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text(TWO_PAPERS, encoding="utf-8")
    return path


def test_a_tiny_run_prints_what_is_documented(corpus: Path):
    """One JSON object: the documented figures, no others, none below zero, and every build equals a clean one."""
    done = bench("--days", "4", "--papers-per-day", "2", "--repeat", "1", "--corpus", str(corpus))
    assert done.returncode == 0, done.stderr
    figures = dict(flat(json.loads(done.stdout)))
    assert set(figures) == documented("Measuring builds")
    assert set(figures) > PROMISED
    assert {key for key, figure in figures.items() if figure is None} in (set(), HUGO)
    assert {figures[key] for key in figures if key.startswith("identical.")} == {True}
    assert [key for key, figure in figures.items() if figure is not None and figure < 0] == []
    assert (figures["days"], figures["papers"]) == (4, 8)
    assert done.stderr.splitlines()[-1].startswith("the same pages by MkDocs")


def test_a_corpus_comes_first_and_then_invented_papers_without_end(corpus: Path):
    """Real papers keep what is known of them; no id comes twice."""
    papers = list(islice(bench_papers(corpus), 50))
    assert [(paper.id, paper.authors, paper.categories) for paper in papers[:2]] == [
        ("arxiv:2510.00001", ("Ann",), ()),
        ("arxiv:2510.00002", (), ("cs.LG",)),
    ]
    assert papers[0].submitted == datetime(2025, 10, 1, tzinfo=UTC)
    assert len({paper.id for paper in papers}) == 50


def test_a_line_that_is_no_paper_is_named(corpus: Path):
    """File, line and cause, no traceback."""
    corpus.write_text(f'{TWO_PAPERS}{{"title": 3}}\n', encoding="utf-8")
    done = bench("--corpus", str(corpus))
    assert done.returncode == 1
    assert f"{corpus}:3: holds no paper (field 'title' must be text, not int 3)" in done.stderr
    assert "Traceback" not in done.stderr
