"""Zensical, the successor of Material for MkDocs, builds our Markdown tree: the same articles, the same words."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest


class _Main(HTMLParser):
    """The ids of a page's articles and the words of its content, without the signs that link a heading to itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(re.search(r'<div class="md-content".*</main>', page, re.DOTALL)[0])  # type: ignore[index]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if tag == "article" and name == "id"]

    def handle_data(self, data: str) -> None:
        self.words += [word for word in data.split() if word != "¶"]


@pytest.fixture(scope="module")
def zensical_site(built: Path, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Zensical makes of the same tree and settings."""
    root = tmp_path_factory.mktemp("zensical") / "digest"
    shutil.copytree(repository, root, ignore=shutil.ignore_patterns("site"))
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def test_zensical_shows_the_same_articles_and_words(built: Path, zensical_site: Path) -> None:
    """Every page we build is there and reads the same, from the home page to hostile days."""
    pages = sorted(path.relative_to(built) for path in built.rglob("index.html"))
    assert Path("2025/08/05/index.html") in pages
    for page in pages:
        ours, theirs = (_Main((site / page).read_text(encoding="utf-8")) for site in (built, zensical_site))
        assert (page, theirs.ids, theirs.words) == (page, ours.ids, ours.words)
