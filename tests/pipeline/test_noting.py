"""`broadsheet note`: the file of a note, which lacks only its words."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.curation import NoteReader
from generator.curation.naming import note_path, note_template
from generator.identifiers import anchor, parse_paper_id
from tests.pipeline.conftest import Repository, paper


def test_a_new_note_lacks_only_its_words(repository: Repository):
    """Path on stdout, title as a comment; check names what is missing, and nothing once it is written."""
    done = repository.run("note", "https://arxiv.org/abs/2510.00004v3", "--curator", "github:eve-b")
    assert (done.returncode, done.stdout) == (0, "content/notes/2025/10/2510.00004-eve-b.md\n")
    path = repository.root / done.stdout.strip()
    text = path.read_text(encoding="utf-8")
    assert text.startswith('---\n# Fourth\npaper: "2510.00004"\ncurator: github:eve-b\n')
    assert "has no words" in repository.run("check", done.stdout.strip()).stderr
    path.write_text(f"{text}It convinced me.\n", encoding="utf-8")
    checked = repository.run("check", done.stdout.strip())
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith(f"{done.stdout.strip()}: 3 words by eve-b, on “Fourth”, 2025/10/03/#2510.00004")
    again = repository.run("note", "2510.00004", "--curator", "github:Eve-B")
    assert (again.returncode, "is a note by github:eve-b on this paper. Edit it" in again.stderr) == (1, True)


def test_a_paper_that_no_listing_has_may_be_noted(repository: Repository):
    """The note goes to this month, says that fetch will look the paper up, and check does not mind."""
    done = repository.run("note", "10.1000/182", "--curator", "ada")
    path = repository.root / done.stdout.strip()
    assert (path.name, "fetch looks it up" in done.stderr) == ("doi-10.1000_182-ada.md", True)
    path.write_text(f"{path.read_text(encoding='utf-8')}Worth it.\n", encoding="utf-8")
    checked = repository.run("check")
    assert (checked.returncode, "no listing has 10.1000/182 yet. The next fetch looks it up" in checked.stderr) == (
        0,
        True,
    )
    assert repository.run("build").returncode == 0


def test_whoever_git_knows_signs(repository: Repository):
    """`git config github.user`; else a placeholder, and what to put in its place."""
    git = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    done = repository.run("note", "2510.00001", env=git)
    assert (done.stdout.endswith("-your-login.md\n"), "Put your login in place of your-login" in done.stderr) == (
        True,
        True,
    )
    subprocess.run(["git", "init", "-q"], cwd=repository.root, check=True)
    subprocess.run(["git", "config", "github.user", "Eve-B"], cwd=repository.root, check=True)
    assert repository.run("note", "2510.00002", env=git).stdout.endswith("/2510.00002-eve-b.md\n")


def test_a_paper_that_no_topic_wants_is_noted_where_it_is_listed(repository: Repository):
    """In the month of its listing; the note brings it into the digest."""
    repository.settings("sources: {preprints: {type: arxiv, categories: [cs.LG], only_topics: true}}")
    repository.keep(date(2025, 10, 1), paper(50, abstract="Other words."), source="preprints")
    done = repository.run("note", "2510.00050", "--curator", "ada")
    assert done.stdout == "content/notes/2025/10/2510.00050-ada.md\n"
    assert "A listing of 2025-10-01 has this paper; with the note, the digest shows it." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("Attention",), 2, "'Attention' names no paper; write an arXiv id or address, a DOI or a permalink"),
        (("2510.00001", "--curator", "adda"), 1, "nobody has the handle 'adda'. Did you mean ada?"),
        (("https://arxiv.org/abs/2510.00002v3",), 1, "2510.00002 is hidden in content/hidden.yml. Take its line out"),
        (("t-0123456789abcdef",), 1, "t-0123456789abcdef is no paper of this site. Copy the permalink"),
    ],
)
def test_what_cannot_be_is_one_line(repository: Repository, arguments: tuple[str, ...], code: int, message: str):
    """And no file is written."""
    (repository.root / "content/hidden.yml").write_text('papers: {"2510.00002": x}\n', encoding="utf-8")
    done = repository.run("note", *arguments)
    assert (done.returncode, message in done.stderr, done.stdout) == (code, True, "")


@given(
    st.text(),
    st.sampled_from(["arxiv:2510.00001", "arxiv:hep-th/9901001", "doi:10.1000/a(b)#c%20", "title:" + 16 * "a"]),
)
def test_any_title_leaves_a_good_template(title: str, paper_id: str):
    """Once a word is written, it is a note on that paper."""
    path = note_path(paper_id, "github:eve", date(2025, 10, 1))
    text = note_template(paper_id, "github:eve", title) + "Words.\n"
    read = NoteReader(Path("nowhere/content"), []).read(path, text.encode("utf-8", "replace"))
    assert (read.problems, read.note.paper if read.note else None) == ((), paper_id)
    assert parse_paper_id(anchor(paper_id)) == paper_id or paper_id.startswith("arxiv:")
