"""`broadsheet check`: what is wrong in content, each once, and nothing that is misplaced is passed over in silence."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from tests.pipeline.conftest import Repository, paper

NOTE = '---\npaper: "2510.00003"\ncurator: ada\n---\nRead *this*.\n'


def put(repository: Repository, path: str, text: str = NOTE) -> Path:
    file = repository.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "path",
    ["content/note.md", "content/note/2025/10/ada.md", "content/notes/2025/10/ada.txt", "content/curators.yaml"],
)
def test_a_file_that_nothing_reads_is_named(empty: Repository, path: str):
    """With the name it should have; and again on the next run."""
    put(empty, path)
    for _ in range(2):
        done = empty.run("check")
        assert (done.returncode, done.stderr.startswith(f"{path}: is not read. Rename or delete it: ")) == (1, True)
    (empty.root / path).unlink()
    assert empty.run("check").returncode == 0


def test_when_all_is_well_one_line_says_what_was_read(repository: Repository):
    """On stderr; with --quiet and for machines nothing."""
    done = repository.run("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 note, 4 listings: no problems\n")
    assert repository.run("check", "content/notes").stderr == "content/notes: no problems\n"
    assert repository.run("--quiet", "check").stderr == ""
    machines = repository.run("check", "--json")
    assert (machines.stdout, machines.stderr) == ("[]\n", "")


def test_files_that_belong_to_content_or_are_hidden_are_no_problem(repository: Repository):
    """Every name that has a meaning, a picture beside the pages, and what git and systems leave behind."""
    for name in ("notes/.gitkeep", "notes/.obsidian/app.json", ".DS_Store", ".cache/x", "pages/a.png"):
        put(repository, f"content/{name}")
    assert repository.run("check").returncode == 0


def test_a_name_that_is_no_utf_8_stops_nothing(empty: Repository):
    """It is named as well as it can be."""
    empty.keep(date(2025, 10, 1), paper(1))
    for folder in ("listings", "notes"):
        (empty.root / "content" / folder).mkdir(exist_ok=True)
        path = os.fsencode(empty.root / "content" / folder) + b"/\xff.txt"
        Path(os.fsdecode(path)).write_bytes(b"x")
    done = empty.run("check")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "content/listings/\\udcff.txt",
        "content/notes/\\udcff.txt",
    ]


@pytest.mark.parametrize(
    "curators", ["ada: {name: [Ada\n", "- ada\n", "ada: {nme: Ada}\n"], ids=["no YAML", "a list", "one bad entry"]
)
def test_broken_curators_are_one_problem_not_one_a_note(repository: Repository, curators: str):
    """The cause is named; the notes of those who cannot be credited are left out without a word of their own."""
    put(repository, "content/notes/2025/09/2510.00003-ada.md", NOTE)
    put(repository, "content/notes/2025/10/2510.00003-ada-l.md", NOTE.replace(": ada", ": github:ada-l"))
    put(repository, "content/curators.yml", curators)
    for _ in range(2):
        (line,) = repository.run("check").stderr.splitlines()
        assert line.startswith("content/curators.yml:")
    put(repository, "content/curators.yml", f"# mended later\n{curators}")
    assert repository.run("check").stderr.startswith(f"content/curators.yml:{int(line.split(':')[1]) + 1}:")


def test_a_second_note_on_a_paper_is_left_out_and_named(repository: Repository):
    """By whatever name of paper and curator; the first by path stays."""
    put(repository, "content/curators.yml", "ada: {name: Ada, github: ada-l}\n")
    second = NOTE.replace(": ada", ": github:ada-l").replace('"2510.00003"', "https://arxiv.org/abs/2510.00003v2")
    put(repository, "content/notes/2025/11/2510.00003-ada-l.md", second.replace("this", "twice"))
    expected = (
        "content/notes/2025/11/2510.00003-ada-l.md: is a second note by ada on the paper of "
        "content/notes/2025/10/2510.00003-ada.md. Put the words of both into one file, and delete the other\n"
    )
    for command in ("check", "build"):
        assert expected in repository.run(command).stderr
    page = repository.site()["2025/10/01/index.html"].decode()
    assert (page.count("<em>this</em>"), page.count("<em>twice</em>")) == (1, 0)


def test_all_problems_of_all_files_come_in_one_run(repository: Repository):
    """Sorted by file, errors and broken rules alike; a build names only what it leaves out."""
    for number in range(10, 40):
        body = "[x](http://a.example)" if number % 2 else "<b>x</b>"
        text = f'---\npaper: "2510.00003"\ncurator: github:c{number}\npic: true\n---\n{body}\n'
        put(repository, f"content/notes/2025/10/2510.00003-c{number}.md", text)
    lines = repository.run("check").stderr.splitlines()
    assert len(lines) == 60
    assert lines == sorted(lines)
    assert len(repository.run("build").stderr.splitlines()) == 31  # with the summary
    found = json.loads(repository.run("check", "--json").stdout)
    assert {entry["severity"] for entry in found} == {"error", "warning"}


def test_a_link_among_the_notes_is_named(repository: Repository):
    """Nobody follows it."""
    (repository.root / "content/notes/2025/10/2510.00001-eve.md").symlink_to("/etc/passwd")
    expected = "content/notes/2025/10/2510.00001-eve.md: is a link to another file. Put the note itself in its place\n"
    assert repository.run("check").stderr == expected
