"""`broadsheet import`: a saved page or list → a listing, letter for letter."""

import fcntl
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.conftest import Repository

CAPTURE = """new

Daily Papers

Oct 1

Graphs ``and'' $K$ trees

We study graphs by R\\"ossler, and 7.35\\% of them are trees.

Another title

Another abstract, long enough to be one.
"""
BIBTEX = "@article{a, title={A Title in {BibTeX}}, author={Doe, Jane and Roe, Rick}, eprint={2510.00001}}\n"


def write(repository: Repository, name: str, text: str) -> Path:
    path = repository.root / name
    path.write_text(text, encoding="utf-8")
    return path


def papers(repository: Repository, source: str = "import") -> list[dict[str, object]]:
    path = repository.root / f"content/listings/2025/10/01/{source}.json"
    found: list[dict[str, object]] = json.loads(path.read_bytes())["papers"]
    return found


def test_a_saved_page_keeps_every_letter_and_reads_well(empty: Repository):
    """The listing holds what the page said, the site shows it readable."""
    write(empty, "page.txt", CAPTURE)
    done = empty.run("import", "page.txt", "--date", "2025-10-01", "--source", "daily-papers")
    assert (done.returncode, done.stderr) == (0, "daily-papers 2025-10-01: 2 papers\n")
    titles = {paper["title"] for paper in papers(empty, "daily-papers")}
    assert titles == {"Graphs ``and'' $K$ trees", "Another title"}
    empty.run("build")
    page = (empty.root / "site/2025/10/01/index.html").read_text(encoding="utf-8")
    assert "Graphs “and” <math><mi>K</mi></math> trees" in page
    assert "We study graphs by Rössler, and 7.35% of them are trees." in page


def test_importing_again_changes_nothing(empty: Repository):
    """Not even the time of the import."""
    write(empty, "page.txt", CAPTURE)
    empty.run("import", "page.txt", "--date", "2025-10-01")
    before = (empty.root / "content/listings/2025/10/01/import.json").read_bytes()
    assert "unchanged" in empty.run("import", "page.txt", "--date", "2025-10-01").stderr
    assert (empty.root / "content/listings/2025/10/01/import.json").read_bytes() == before


def test_a_page_of_another_day_is_said(empty: Repository):
    """The page tells month and day."""
    write(empty, "page.txt", CAPTURE)
    done = empty.run("import", "page.txt", "--date", "2025-10-02")
    assert (done.returncode, "the page is of October 1, not of 2025-10-02" in done.stderr) == (0, True)
    assert empty.run("import", "page.txt", "--date", "2025-10-02", "--strict").returncode == 1


def test_json_lines_and_bibtex(empty: Repository):
    """The form is guessed from the name; what is good is imported, what is not is named by its line."""
    write(empty, "list.jsonl", '{"id": "2510.00001", "title": "One"}\n{"titel": "Two"}\n')
    done = empty.run("import", "list.jsonl", "--date", "2025-10-01")
    assert (done.returncode, "list.jsonl:2: unknown field 'titel'" in done.stderr) == (0, True)
    write(empty, "list.bib", BIBTEX)
    empty.run("import", "list.bib", "--date", "2025-10-01", "--source", "bib")
    assert [paper["id"] for paper in papers(empty)] == ["arxiv:2510.00001"]
    (paper,) = papers(empty, "bib")
    assert (paper["title"], paper["authors"]) == ("A Title in BibTeX", ["Jane Doe", "Rick Roe"])


def test_strict_writes_nothing_when_anything_is_wrong(empty: Repository):
    """All or nothing."""
    write(empty, "list.jsonl", '{"id": "2510.00001", "title": "One"}\n{\n')
    assert empty.run("import", "list.jsonl", "--date", "2025-10-01", "--strict").returncode == 1
    assert not (empty.root / "content/listings").exists()


CASES = [
    (("missing.txt", "--date", "2025-10-01"), 1, "missing.txt: cannot be read (No such file or directory)."),
    (("page.doc", "--date", "2025-10-01"), 2, "cannot tell the form of page.doc; say --as FORM: bibtex (.bib), "),
    (("page.txt", "--date", "2999-01-01"), 2, "2999-01-01"),
    (("page.txt", "--date", "2198-01-01"), 2, "2198-01-01 has not come yet"),
    (("page.txt", "--date", "2025-10-01/../../x"), 2, "is not a day; write it as YYYY-MM-DD"),
    (("page.txt", "--date", "01.10.2025"), 2, "'01.10.2025' is not a day; write it as YYYY-MM-DD, such as 2025-10-01"),
    (("page.txt", "--date", "2025-02-30"), 2, "2025-02-30 is no day of the calendar"),
    ((".", "--date", "2025-10-01"), 2, "File '.' is a directory."),
    (("page.txt", "--date", "2025-10-01", "--source", "../x"), 2, "is no source name"),
    (("empty.txt", "--date", "2025-10-01"), 1, "empty.txt: holds no paper."),
    (("binary.txt", "--date", "2025-10-01"), 1, "binary.txt: is not UTF-8 (byte 0)."),
]


@pytest.mark.parametrize(("arguments", "code", "message"), CASES)
def test_what_cannot_be_imported_is_one_clear_line(empty: Repository, arguments, code, message):
    """Exit 1 for the file, 2 for the way it was asked."""
    write(empty, "page.txt", CAPTURE)
    write(empty, "empty.txt", "\n")
    (empty.root / "binary.txt").write_bytes(b"\xff\xfe")
    done = empty.run("import", *arguments)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (code, True, False)


def test_two_imports_at_once_take_turns(empty: Repository):
    """The second says that it waits, and finds what the first wrote: nothing is lost."""
    lock = empty.root / "build" / "content.lock"
    lock.parent.mkdir()
    for number in (1, 2):
        write(empty, f"{number}.jsonl", f'{{"id": "2510.0000{number}", "title": "Paper {number}"}}\n')
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "generator.cli", "import", f"{number}.jsonl", "--date", "2025-10-01"],
                cwd=empty.root,
                env=empty.environment(),
                stderr=subprocess.PIPE,
                text=True,
            )
            for number in (1, 2)
        ]
        for run in runs:
            assert run.stderr is not None
            assert "waiting until it ends" in run.stderr.readline()
    ended = [(run.communicate(timeout=60)[1], run.returncode) for run in runs]
    assert ended == [("import 2025-10-01: 1 paper\n", 0)] * 2
    assert [found["id"] for found in papers(empty)] == ["arxiv:2510.00001", "arxiv:2510.00002"]
