"""Note files → Notes, and one clear problem for each that is not one."""

from pathlib import Path

import pytest

from generator.model import Topic
from tests.curation.notes import read_notes

GRAPHS = Topic("Graph networks", "graphs", any=("graph",))
GOOD = '---\npaper: "2509.12345"\ncurator: ada\n---\n\nWhy it matters.\n'


def content(
    folder: Path, note: bytes, curators: str = "ada: {name: Ada Lovelace, link: 'https://ada.example'}\n"
) -> Path:
    path = folder / "content" / "notes" / "2025" / "10" / "2509.12345-ada.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(note)
    (folder / "content" / "curators.yml").write_text(curators, encoding="utf-8")
    return folder / "content"


def test_a_note_is_read(tmp_path):
    """Paper, curator, words, flags and topics."""
    text = GOOD.replace("curator: ada", "curator: ada\npick: true\ntopics: [Graph Networks]\nwritten_with_ai: true")
    (note,), found = read_notes(content(tmp_path, text.encode()), [GRAPHS])
    assert found == ()
    assert (note.paper, note.curator.name, note.pick, note.topics) == (
        "arxiv:2509.12345",
        "Ada Lovelace",
        True,
        ("graphs",),
    )
    assert (note.html, note.written_with_ai) == ("<p>Why it matters.</p>", True)


def test_whoever_is_not_listed_signs_with_their_login(tmp_path):
    """`github:<login>` needs no entry in curators.yml."""
    (note,), _ = read_notes(content(tmp_path, GOOD.replace("ada", "github:ada-l").encode(), ""), [])
    assert (note.curator.name, note.curator.link) == ("ada-l", "https://github.com/ada-l")


WHERE = "content/notes/2025/10/2509.12345-ada.md"
CASES = {
    "no paper": (GOOD.replace('"2509.12345"', "x"), f"{WHERE}:2: 'x' names no paper. "),
    "unknown key": (
        GOOD.replace("curator", "curater: x\ncurator"),
        f"{WHERE}:3: unknown key 'curater'. Did you mean curator?",
    ),
    "unknown handle": (GOOD.replace(": ada", ": adda"), f"{WHERE}:3: nobody has the handle 'adda'. Did you mean ada?"),
    "no words": (GOOD.replace("Why it matters.", ""), f"{WHERE}: has no words. "),
    "flag": (GOOD.replace("curator", "pick: maybe\ncurator"), f"{WHERE}:3: pick must be true or false. "),
    "topics no list": (GOOD.replace("curator", "topics: graphs\ncurator"), f"{WHERE}:3: topics must be a list. "),
    "unknown topic": (
        GOOD.replace("curator", "topics: [graph]\ncurator"),
        f"{WHERE}:3: unknown topic 'graph'. Did you mean graphs?",
    ),
    "topic like none": (
        GOOD.replace("curator", "topics: [agents]\ncurator"),
        f"{WHERE}:3: unknown topic 'agents'. Topics of this site: graphs",
    ),
    "too long": (GOOD + "x" * 25_000, f"{WHERE}: is longer than 20000 bytes. "),
    "huge": (GOOD + "x" * 50_000, f"{WHERE}: is longer than 32000 bytes. "),
    "path escape": (GOOD.replace("2509.12345", "../../etc/passwd"), f"{WHERE}:2: '../../etc/passwd' names no paper. "),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_each_broken_note_is_one_line(tmp_path, text, expected):
    """File, line, what is wrong, how to mend it; the note is left out."""
    notes, (problem,) = read_notes(content(tmp_path, text.encode()), [GRAPHS])
    assert notes == ()
    assert str(problem).startswith(expected)


def test_bytes_that_are_no_text(tmp_path):
    """The message says which byte."""
    notes, (problem,) = read_notes(content(tmp_path, b"---\na: \xff\n"), [])
    assert (notes, problem.text) == ((), "is not UTF-8 (byte 7)")


def test_links_are_not_followed(tmp_path):
    """A symbolic link reads no file."""
    folder = content(tmp_path, GOOD.encode())
    (folder / "notes" / "evil.md").symlink_to("/etc/passwd")
    notes, found = read_notes(folder, [])
    assert (len(notes), found) == (1, ())


def test_without_topics_there_is_none_to_name(tmp_path):
    """The mend is not to look for one."""
    _, (problem,) = read_notes(content(tmp_path, GOOD.replace("curator", "topics: [graphs]\ncurator").encode()), [])
    assert problem.hint == "This site has no topics: leave the line out"


def test_broken_curators_are_reported_and_the_rest_is_read(tmp_path):
    """One wrong entry does not take the others away."""
    curators = "ada: {name: Ada}\nbob: {nme: Bob}\n"
    (note,), (problem,) = read_notes(content(tmp_path, GOOD.encode(), curators), [])
    assert note.curator.handle == "ada"
    assert str(problem).startswith("content/curators.yml:2: curator 'bob' must have a name")
