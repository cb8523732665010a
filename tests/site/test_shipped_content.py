"""What a newcomer reads first: the digest that ships with the program, paper by paper."""

import hashlib
import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.pipeline.conftest import CHECKOUT, Repository

ANNOUNCED = "89816eb333ff6616b11477b097f58d9c9e148fee81166e9b83c4a86a85e1c11d"
"""SHA-256 of the sorted (title, abstract) pairs of 1 October 2025 as they were announced, as compact JSON."""

READABLE = (
    ("$K$", "K"),
    ("model~(DAG)", "model (DAG)"),
    (r"7.35\%", "7.35%"),
    (r"R\"ossler", "Rössler"),
    (
        "``Does attention fail for graphs in natural language settings?''",
        "“Does attention fail for graphs in natural language settings?”",
    ),
    (r"Poincar\'e", "Poincaré"),
    (r"Fr\'echet", "Fréchet"),
    (" -- ", " – "),
    (
        "https://github.com/millioniron/LLM_exploration{LLM4Exploration}",
        "LLM4Exploration (https://github.com/millioniron/LLM_exploration)",
    ),
)
"""All the TeX there is in the first listing, and what a reader sees instead."""


class _Articles(HTMLParser):
    """Heading and abstract of each `<article class="paper">`, as text."""

    def __init__(self) -> None:
        super().__init__()
        self.papers: list[dict[str, str]] = []
        self._into: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow the article, its heading and its abstract."""
        given = dict(attrs)
        if tag == "article" and "paper" in (given.get("class") or "").split():
            self.papers.append({"id": given["id"] or "", "title": "", "abstract": ""})
        elif tag in ("h2", "h3") and self.papers:
            self._into = "title"
        elif tag == "p" and (given.get("class") or "").endswith("abstract"):
            self._into = "abstract"

    def handle_endtag(self, tag: str) -> None:
        """Leave the heading or the abstract."""
        if tag in ("h2", "h3", "p"):
            self._into = None

    def handle_data(self, data: str) -> None:
        """Collect."""
        if self._into and self.papers:
            self.papers[-1][self._into] += data


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout's own content, built."""
    root = tmp_path_factory.mktemp("shipped")
    for name in ("content", "site_templates"):
        shutil.copytree(CHECKOUT / name, root / name)
    shutil.copy(CHECKOUT / "mkdocs.yml", root)
    done = Repository(root).run("build", "--strict")
    assert done.returncode == 0, done.stderr
    return root


def listed() -> list[dict[str, str]]:
    """The papers of the first listing, as they were archived."""
    path = CHECKOUT / "content/listings/2025/10/01/daily-papers.json"
    papers: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["papers"]
    return papers


def readable(text: str) -> str:
    for tex, shown in READABLE:
        text = text.replace(tex, shown)
    return text


def test_the_listing_keeps_every_letter_that_was_announced():
    """Titles and abstracts, TeX and all: cleaning happens on the way to the page."""
    pairs = sorted((paper["title"], paper["abstract"]) for paper in listed())
    text = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    assert (len(pairs), hashlib.sha256(text.encode()).hexdigest()) == (47, ANNOUNCED)


def test_each_of_the_47_papers_stands_whole_under_its_own_anchor(shipped: Path):
    """Title and abstract as they were announced, TeX made readable, nothing else changed."""
    parser = _Articles()
    parser.feed((shipped / "site/2025/10/01/index.html").read_text(encoding="utf-8"))
    assert len({paper["id"] for paper in parser.papers}) == 47
    shown = {paper["title"].strip(): paper["abstract"].strip() for paper in parser.papers}
    assert shown == {readable(paper["title"]): readable(paper["abstract"]) for paper in listed()}


def test_every_note_of_ours_is_shown(shipped: Path):
    """Three notes, two of them picks."""
    page = (shipped / "site/2025/10/01/index.html").read_text(encoding="utf-8")
    assert page.count("The Broadsheet editors") >= 3
    assert "A brick wall is a clever choice" in page
