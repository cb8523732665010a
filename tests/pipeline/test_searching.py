"""`broadsheet search`: what a site's readers would find, in the terminal."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.model import Paper, Signals
from tests.pipeline.builds import build_here
from tests.pipeline.conftest import Repository, new_repository, paper


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four papers on two days, built; read only."""
    root = tmp_path_factory.mktemp("searched") / "digest"
    repository = new_repository(root)
    repository.keep(date(2025, 10, 1), paper(1, "Graphs of graphs", votes=9), paper(2, "Sparse trees"))
    hostile = Paper("arxiv:2510.00003", "Bold\x1b[31m <b>meadow</b>", "Grass.", ("Ann",), signals=Signals(votes=None))
    repository.keep(date(2025, 10, 2), hostile, paper(4, "Trees of graphs", votes=1))
    repository.note('---\npaper: "2510.00002"\ncurator: ada\npick: true\n---\nA quokka in them.\n')
    assert build_here(root).error == ""
    return root


@pytest.fixture
def spoilt(searched: Path, tmp_path: Path) -> Repository:
    """A copy to spoil."""
    root = tmp_path / "digest"
    shutil.copytree(searched, root, symlinks=True)
    return Repository(root)


def asked(root: Path, *arguments: str) -> tuple[int, str, list[str]]:
    done = Repository(root).run(*arguments)
    return done.returncode, done.stdout, done.stderr.splitlines()


def test_the_best_papers_are_shown_and_counted(searched: Path):
    """Titles and where each is on stdout, how many on stderr."""
    code, out, said = asked(searched, "search", "title:graphs")
    assert code == 0
    assert out.index("Graphs of graphs") < out.index("Trees of graphs") or "Trees of graphs" in out
    assert "2025/10/01/#2510.00001" in out
    assert "Sparse" not in out
    assert said == ["2 of 2 papers"]


def test_several_words_are_one_query_and_two_dashes_let_a_minus_through(searched: Path):
    """As the help says."""
    _, out, said = asked(searched, "search", "--", "title:trees", "-quokka")
    assert "Trees of graphs" in out
    assert said == ["1 of 1 paper"]


def test_json_tells_all_of_each_paper(searched: Path):
    """One list, nothing else on stdout."""
    code, out, _ = asked(searched, "search", "--json", "has:pick")
    assert code == 0
    assert json.loads(out) == [
        {
            "title": "Sparse trees",
            "authors": "Ann, Bo",
            "day": "2025-10-01",
            "path": "2025/10/01/#2510.00002",
            "votes": 0,
            "marks": ["pick", "note"],
            "snippet": "A quokka in them.",
        }
    ]


def test_a_limit_limits(searched: Path):
    """The number found stays; one outside its range is refused."""
    code, out, said = asked(searched, "search", "--json", "--limit", "1", "year:2025")
    assert (code, len(json.loads(out)), said) == (0, 1, [])
    assert asked(searched, "search", "--limit", "1", "year:2025")[2] == ["1 of 4 papers"]
    assert asked(searched, "search", "--limit", "0", "year:2025")[0] == 2


def test_quiet_says_nothing_beside_the_papers(searched: Path):
    """No hint, no number."""
    code, out, said = asked(searched, "-q", "search", "grahps")
    assert (code, said) == (0, [])
    assert "Graphs of graphs" in out


def test_hints_and_corrections_are_told(searched: Path):
    """On stderr, in whole sentences."""
    _, _, said = asked(searched, "search", "grahps", "2501.09999", "has:nothing")
    assert "No paper has “grahps”; showing “graphs”." in said
    assert "arxiv:2501.09999 is in no digest here." in said
    assert "has: knows note, code, pick." in said


def test_a_phrase_is_looked_up_on_the_pages(searched: Path):
    """Of the site as it stands."""
    _, out, said = asked(searched, "search", '"trees of graphs"')
    assert "Trees of graphs" in out
    assert "Sparse" not in out
    assert len(said) == 1


def test_nothing_found_is_no_failure(searched: Path):
    """A line says what to do."""
    assert asked(searched, "search", "year:1999") == (0, "", ["Nothing found. Try fewer or other words."])
    assert asked(searched, "search", "--json", "year:1999")[:2] == (0, "[]\n")


def test_a_title_cannot_write_to_the_terminal(searched: Path):
    """Control characters do not come through, in either form."""
    for form in ((), ("--json",)):
        _, out, _ = asked(searched, "search", *form, "meadow")
        assert "meadow" in out
        assert "\x1b" not in out


def test_without_a_query_the_command_is_not_understood(searched: Path):
    """Exit 2, as with any wrong use."""
    assert asked(searched, "search")[0] == 2


def test_without_a_site_one_line_says_what_to_do(empty: Repository):
    """Exit 1."""
    code, out, said = asked(empty.root, "search", "graph")
    assert (code, out) == (1, "")
    assert len(said) == 1
    assert "run broadsheet build" in said[0]


@pytest.mark.parametrize("harm", ["manifest", "version", "missing", "cut", "nonsense", "slots", "no folder"])
def test_a_damaged_index_is_told_in_one_line(spoilt: Repository, harm: str):
    """Exit 1, and what to do."""
    folder = spoilt.root / "site/search"
    manifest = folder / "index.json"
    told = json.loads(manifest.read_bytes())
    segment = folder / told["segments"][0]["path"]
    if harm == "manifest":
        manifest.write_bytes(b'{"version": 1}')
    elif harm == "version":
        manifest.write_text(json.dumps({**told, "version": 2}))
    elif harm == "no folder":
        shutil.rmtree(segment)
    elif harm == "missing":
        (segment / "top.bin").unlink()
    elif harm == "slots":
        (segment / "r/0000.bin").write_bytes(b"\xff" * 100)
    else:
        for path in (segment / "w").iterdir():
            path.write_bytes(path.read_bytes()[:-3] if harm == "cut" else b"\xff" * 2_000)
    code, out, said = asked(spoilt.root, "search", "graphs")
    assert (code, out) == (1, "")
    assert len(said) == 1, said
    assert "run broadsheet build" in said[0].lower()


def test_an_empty_site_finds_nothing(empty: Repository):
    """No paper yet, no failure."""
    assert build_here(empty.root).error == ""
    assert asked(empty.root, "search", "graph") == (0, "", ["Nothing found. Try fewer or other words."])
