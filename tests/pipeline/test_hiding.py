"""`content/hidden.yml`: what the owner hides is nowhere on the site, and comes back when the line goes."""

from datetime import date
from pathlib import Path

import pytest

from tests.pipeline.conftest import Repository, paper

NOTE = '---\npaper: "2510.00003"\ncurator: ada\n---\nA zanzibar of a note.\n'


def hide(repository: Repository, text: str) -> Path:
    """Write hidden.yml."""
    path = repository.root / "content" / "hidden.yml"
    path.write_text(text, encoding="utf-8")
    return path


def holding(repository: Repository, word: str) -> list[str]:
    """The files of the site that hold a word."""
    return sorted(name for name, data in repository.site().items() if word.encode() in data)


@pytest.fixture
def with_secret(repository: Repository) -> Repository:
    """A paper on two days, alone on the second, and a note."""
    for day in (1, 9):
        repository.keep(date(2025, 10, day), paper(77, "Xylophone secrets"), source="blog")
    repository.note(NOTE)
    assert repository.run("build").returncode == 0
    return repository


def test_a_hidden_paper_leaves_every_page_and_the_search(with_secret: Repository):
    """By its id; a day that holds nothing else has no page; a build from nothing has the same bytes."""
    before = with_secret.site()
    assert len(holding(with_secret, "Xylophone")) > 2
    assert "xylophone" in with_secret.run("search", "xylophone").stdout.lower()
    path = hide(with_secret, 'papers:\n  "https://arxiv.org/abs/2510.00077v2": Its authors asked for it.\n')
    done = with_secret.run("build", "--verify")
    assert (done.returncode, holding(with_secret, "2510.00077")) == (0, [])
    assert holding(with_secret, "ylophone") == holding(with_secret, "authors asked") == []
    assert "2025/10/09/index.html" not in with_secret.site()
    assert "Nothing found" in with_secret.run("search", "xylophone").stderr
    path.unlink()
    assert with_secret.run("build").returncode == 0
    assert with_secret.site() == before


def test_a_hidden_note_leaves_and_its_paper_stays(with_secret: Repository):
    """The note's words are in no file."""
    assert holding(with_secret, "zanzibar")
    hide(with_secret, "notes:\n  content/notes/2025/10/2510.00003-ada.md: Off topic.\n")
    assert with_secret.run("build", "--verify").returncode == 0
    assert holding(with_secret, "zanzibar") == []
    assert 'id="2510.00003"' in with_secret.site()["2025/10/01/index.html"].decode()
    assert with_secret.run("check").returncode == 0


MISTAKES = {
    "papers:\n  x: gone\n": ":2: 'x' names no paper. ",
    'papers:\n  "2510.00077":\n': ":2: 2510.00077 is hidden without a reason. ",
    'papers: ["2510.00077"]\n': ":1: is no list of what is hidden and why. ",
    'paper:\n  "2510.00077": gone\n': ":1: unknown key 'paper'. ",
    "papers: [\n": ":2: is not valid YAML ",
    'papers: &a\n  "2510.00077": gone\n': ":1: an anchor (&) is not allowed. ",
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items())
def test_a_mistake_stops_a_build(with_secret: Repository, text: str, expected: str):
    """Else what must not be seen would be published; the site that stands is left alone, and check says the same."""
    before = with_secret.site()
    hide(with_secret, text)
    done = with_secret.run("build")
    assert (done.returncode, done.stderr.startswith(f"content/hidden.yml{expected}")) == (1, True)
    assert with_secret.site() == before
    checked = with_secret.run("check")
    assert (checked.returncode, f"content/hidden.yml{expected}" in checked.stderr) == (1, True)


def test_a_note_that_is_hidden_and_gone_stops_nothing(with_secret: Repository):
    """The line has done its work; check tells that it may go."""
    hide(with_secret, "notes:\n  content/notes/2025/10/2510.00001-ada.md: Off topic.\n")
    assert with_secret.run("build").returncode == 0
    assert "content/hidden.yml:2: there is no note 'content/notes/" in with_secret.run("check").stderr
