"""Note files → Notes, and one clear problem for each that is not one."""

from pathlib import Path

import pytest

from generator.curation import NoteReader
from generator.model import Curator, Severity, Topic
from tests.curation.broken import BROKEN, GOOD, WHERE
from tests.curation.notes import read_notes

GRAPHS = Topic("Graph networks", "graphs", any=("graph",))


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


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN)
def test_each_broken_note_tells_its_author_what_to_mend(tmp_path, text, expected):
    """File, line, what is wrong, how to mend it: all of it at once."""
    _, found = read_notes(content(tmp_path, text.encode()), [GRAPHS])
    assert tuple(map(str, found)) == tuple(f"{WHERE}{line}" for line in expected)


def test_what_can_be_shown_safely_is_shown_though_it_breaks_a_rule(tmp_path):
    """Its author is told, and nothing is lost."""
    body = GOOD.replace("Why it matters.", "<b>Read</b> ![this](http://a.example) https://b.example")
    (note,), found = read_notes(content(tmp_path, body.encode()), [])
    assert note.html == "<p>&lt;b&gt;Read&lt;/b&gt; <a>this</a> https://b.example</p>".replace(
        "<a>", '<a rel="nofollow ugc noopener">'
    )
    assert {problem.severity for problem in found} == {Severity.WARNING}


NAMES = {
    "content/notes/2025/10/2509.99999-ada.md": (
        ":2: is called 2509.99999-ada.md, which names another paper or curator. "
        "Name it 2509.12345-ada.md, or mend paper and curator"
    ),
    "content/notes/2025/10/2509.12345-bo.md": (
        ":2: is called 2509.12345-bo.md, which names another paper or curator. "
        "Name it 2509.12345-ada.md, or mend paper and curator"
    ),
    "content/notes/2509.12345-ada.md": (
        ": lies in no folder of a year and a month. Move it to the year and month of the paper's digest, "
        "such as content/notes/2025/10/2509.12345-ada.md"
    ),
    "content/notes/2025/13/2509.12345-ada.md": (
        ": lies in no folder of a year and a month. Move it to the year and month of the paper's digest, "
        "such as content/notes/2025/10/2509.12345-ada.md"
    ),
}


@pytest.mark.parametrize(("path", "line"), NAMES.items(), ids=NAMES)
def test_a_file_is_called_after_its_paper_and_curator(tmp_path, path, line):
    """So that two contributors never write the same file."""
    read = NoteReader(content(tmp_path, GOOD.encode()), []).read(path, GOOD.encode())
    assert (read.note is not None, [str(problem) for problem in read.problems]) == (True, [f"{path}{line}"])


LISTED = "ada: {name: Ada Lovelace, github: Ada-L, orcid: https://orcid.org/0000-0002-1825-0097, bio: Counts.}\n"


@pytest.mark.parametrize("signature", ["ada", "github:ada-l", "github:ADA-L"])
@pytest.mark.parametrize("name", ["2509.12345-ada.md", "2509.12345-Ada-L.md"])
def test_a_login_is_its_curator_once_that_one_is_listed(tmp_path, signature, name):
    """Notes written before count as theirs, under the name of either file."""
    reader = NoteReader(content(tmp_path, GOOD.encode(), LISTED), [])
    read = reader.read(f"content/notes/2025/10/{name}", GOOD.replace(": ada", f": {signature}").encode())
    assert read.note.curator == reader.curators["ada"]
    assert read.note.curator.orcid == "0000-0002-1825-0097"
    assert read.problems == () or signature == "ada"


WRONG_FIELDS = {
    "orcid: 0000-0002-1825-0098": "orcid of curator 'ada' cannot be used. Write the iD with its hyphens, ",
    "link: javascript:alert(1)": "link of curator 'ada' cannot be used. Write an absolute address, ",
    "github: '@ada'": "github of curator 'ada' cannot be used. Write the login alone, ",
    "email: a@b.example": "unknown key 'email' of curator 'ada'. Known keys: ",
}


@pytest.mark.parametrize(("field", "expected"), WRONG_FIELDS.items(), ids=WRONG_FIELDS)
def test_a_wrong_field_takes_no_curator_away(tmp_path, field, expected):
    """It is named and left out."""
    (note,), (problem,) = read_notes(content(tmp_path, GOOD.encode(), f"ada:\n  name: Ada\n  {field}\n"), [])
    assert note.curator == Curator("ada", "Ada")
    assert str(problem).startswith(f"content/curators.yml:3: {expected}")


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
    assert str(problem) == "content/curators.yml:2: unknown key 'nme' of curator 'bob'. Did you mean name?"


def test_the_login_of_the_example_is_pointed_out(tmp_path):
    """It is a good note all the same: the login may be somebody's."""
    text = GOOD.replace("curator: ada", "curator: github:your-login")
    read = NoteReader(content(tmp_path, b"---"), []).read(WHERE.replace("ada", "your-login"), text.encode())
    (problem,) = read.problems
    assert (read.note is not None, problem.severity, problem.line) == (True, Severity.NOTICE, 3)
