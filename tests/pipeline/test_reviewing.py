"""`broadsheet review`: notes of a stranger's commit are judged by what stands here, and nothing else of it is used."""

import subprocess
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.pipeline import review
from generator.settings import load_settings
from tests.pipeline.conftest import Repository
from tests.pipeline.proposals import Forge, commit, forge, git

NOTE = '---\npaper: "2510.00004"\ncurator: github:eve\n---\nRead *this* & that.\n'
NAME = "2510.00004-eve.md"
PATH = f"content/notes/2025/10/{NAME}"
ADAS = "content/notes/2025/10/2510.00003-ada.md"


@pytest.fixture
def place(repository: Repository) -> Forge:
    """Three days and a note by Ada, who is listed without a login."""
    return forge(repository)


def test_a_good_note_is_put_in_and_shown(place: Forge):
    """Exit 0; where it will stand and how long it is; nobody else has to look."""
    place.fork.note(NOTE, NAME)
    done = place.propose()
    assert (done.returncode, done.stderr) == (0, "")
    where = {"path": PATH, "title": "Fourth", "address": "2025/10/03/#2510.00004", "words": 4}
    nothing = {"problems": [], "touches_other": False, "needs_owner": False, "other": [], "left_out": 0}
    assert place.said == {"notes": [where], **nothing}
    assert (place.base.root / PATH).read_text(encoding="utf-8") == NOTE
    assert "<code>Fourth</code>, <code>2025/10/03/#2510.00004</code>" in place.summary
    assert "<blockquote><p>Read <em>this</em> &amp; that.</p></blockquote>" in place.summary


def test_problems_are_lines_annotations_and_a_table(place: Forge):
    """Each in all three, with the line of the file."""
    place.fork.note(NOTE.replace("---\nRead", "pic: true\n---\n<b>Read</b>"), NAME)
    commit(place.fork.root)
    done = place.propose()
    assert (done.returncode, done.stderr.startswith(f"{PATH}:4: unknown key 'pic'. Did you mean pick?\n")) == (1, True)
    assert len(done.stderr.splitlines()) == len(place.said["problems"]) == place.summary.count("<tr><td>") == 2
    head = git(place.base.root, "rev-parse", "refs/pull/head")
    arguments = ("review", "--author=eve", "--output=build/review", git(place.base.root, "rev-parse", "HEAD"), head)
    assert (
        f"::error file={PATH},line=4::unknown key" in place.base.run(*arguments, env={"GITHUB_ACTIONS": "true"}).stdout
    )


def test_only_what_the_commit_causes_is_told(place: Forge):
    """Not what was wrong before; but also what it does to files that it leaves alone."""
    broken = place.base.root / "content/notes/2025/10/2510.00001-ada.md"
    broken.write_text("no note", encoding="utf-8")
    (place.base.root / "content/curators.yml").write_text("ada: {name: Ada, github: eve}\n", encoding="utf-8")
    commit(place.base.root)
    git(place.fork.root, "pull", "--quiet", "origin", "main")
    second = NOTE.replace("2510.00004", "2510.00003").replace("github:eve", "ada")
    first = place.fork.note(second, "2510.00003-ada-again.md")
    assert place.propose().returncode == 1
    told = {path for path, _, _, _ in place.lines()}
    assert told <= {ADAS, first.relative_to(place.fork.root).as_posix()}
    assert any("second note by ada" in text for _, _, text, _ in place.lines())


@pytest.mark.parametrize(
    ("signature", "text", "hint"),
    [
        ("github:your-login", "is signed as the example", f"Write curator: github:eve, and name the file {NAME}"),
        ("github:Bob", "is signed by Bob, not by eve", f"Write curator: github:eve, and name the file {NAME}"),
        (
            "ada",
            "is signed by Ada, not by eve",
            f"Write curator: github:eve, and name the file {NAME}; "
            "or ask the owner to add github: eve to ada in content/curators.yml",
        ),
    ],
)
def test_a_note_is_signed_by_who_proposes_it(place: Forge, signature: str, text: str, hint: str):
    """Else it is said what to write, once, at the line of the signature."""
    name = f"2510.00004-{signature.removeprefix('github:')}.md"
    place.fork.note(NOTE.replace("github:eve", signature), name)
    assert place.propose().returncode == 1
    (problem,) = place.said["problems"]
    assert (problem["line"], problem["text"], problem["hint"], problem["severity"]) == (3, text, hint, "warning")


@pytest.mark.parametrize("login", ["eve", "EVE"])
def test_a_listed_curator_is_known_by_the_login(repository: Repository, login: str):
    """However it is capitalised, under the handle or the login itself; strangers read which handle is theirs."""
    curators = repository.root / "content/curators.yml"
    curators.write_text("ada: {name: Ada}\neva: {name: Eva, github: Eve}\n", encoding="utf-8")
    place = forge(repository)
    place.fork.note(NOTE.replace("github:eve", "eva"), "2510.00004-eva.md")
    place.fork.note(NOTE.replace("2510.00004", "2510.00001"), "2510.00001-eve.md")
    assert (place.propose(login).returncode, place.lines()) == (0, [])
    place.fork.note(NOTE.replace("github:eve", "github:bob"), "2510.00002-bob.md")
    place.propose(login)
    assert "Write curator: eva, and name the file 2510.00004-eva.md" in place.said["problems"][-1]["hint"]


@pytest.mark.parametrize("verb", ["changed", "deleted"])
def test_the_note_of_somebody_else_is_for_the_owner(place: Forge, verb: str):
    """It is named, and stops nothing."""
    note = place.fork.root / ADAS
    if verb == "deleted":
        note.unlink()
    else:
        note.write_text(note.read_text(encoding="utf-8").replace("Read", "Do read"), encoding="utf-8")
    assert place.propose().returncode == 0
    assert place.lines() == [(ADAS, None, f"is a note by Ada, {verb} by eve", "notice")]
    assert (place.said["touches_other"], place.said["needs_owner"]) == (False, True)
    assert (place.base.root / ADAS).exists() is (verb == "changed")


def test_who_takes_a_note_over_hears_both(place: Forge):
    """The owner sees whose it was, the author that it is not theirs to sign otherwise."""
    text = (place.fork.root / ADAS).read_text(encoding="utf-8")
    (place.fork.root / ADAS).write_text(text.replace("curator: ada", "curator: github:bob"), encoding="utf-8")
    assert place.propose().returncode == 1
    texts = [text for _, _, text, _ in place.lines()]
    assert {"is a note by Ada, changed by eve", "is signed by bob, not by eve"} <= set(texts)


def test_ones_own_note_may_be_changed_and_deleted(place: Forge):
    """Without a word."""
    place.fork.note(NOTE, NAME)
    git(place.base.root, "pull", "--quiet", "--ff-only", str(place.fork.root), commit(place.fork.root))
    place.fork.note(NOTE.replace("this", "that"), NAME)
    assert (place.propose().returncode, place.lines()) == (0, [])
    git(place.base.root, "reset", "--quiet", "--hard", "refs/pull/head")
    (place.fork.root / PATH).unlink()
    assert (place.propose().returncode, place.lines(), place.said["needs_owner"]) == (0, [], False)
    assert not (place.base.root / PATH).exists()


def test_the_weekly_cap_is_said_and_stops_nothing(repository: Repository):
    """Notes of the last seven days count, older ones and those of others do not."""
    repository.settings("topics: []\ncontributing: {notes_a_week: 2}")
    place = forge(repository)
    for number, day in ((1, "2025-10-05T11:00:00Z"), (2, "2025-10-06T13:00:00Z")):
        name = f"2510.0000{number}-eve.md"
        place.base.note(NOTE.replace("2510.00004", f"2510.0000{number}"), name)
        commit(place.base.root, {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day})
    git(place.fork.root, "pull", "--quiet", "origin", "main")
    place.fork.note(NOTE.replace("2510.00004", "2510.00003"), "2510.00003-eve.md")
    place.fork.note(NOTE, NAME)
    head = commit(place.fork.root)
    git(place.base.root, "fetch", "--quiet", str(place.fork.root), "HEAD")
    settings = load_settings(place.base.root / "mkdocs.yml")
    base = git(place.base.root, "rev-parse", "HEAD")
    reviewed = review(settings, base, head, "eve", datetime(2025, 10, 12, 12, tzinfo=UTC))
    (problem,) = reviewed.problems
    assert str(problem) == (
        "content/notes/2025/10/2510.00003-eve.md: makes 3 notes by eve within a week. "
        "The owner asks for at most 2; this stops nothing"
    )
    assert reviewed.is_good
    git(place.base.root, "checkout", "--quiet", "--force", base)
    git(place.base.root, "clean", "--quiet", "--force", "-d")
    assert review(settings, base, head, "eve", datetime(2025, 10, 14, tzinfo=UTC)).problems == ()


def test_a_note_that_the_owner_hides_is_not_passed_over_in_silence(repository: Repository):
    """Nothing is wrong with it, and its author still learns that nobody will see it."""
    hidden = f"notes: {{{PATH}: spam}}\n"
    (repository.root / "content/hidden.yml").write_text(hidden, encoding="utf-8")
    place = forge(repository)
    place.fork.note(NOTE, NAME)
    assert place.propose().returncode == 0
    assert place.lines() == [(PATH, None, "will not be shown", "notice")]


def test_a_note_on_a_paper_that_the_owner_hides_waits_for_nothing(repository: Repository):
    """Its author learns that nobody will see it, and not that `fetch` would find the paper."""
    (repository.root / "content/hidden.yml").write_text('papers: {"2510.00004": spam}\n', encoding="utf-8")
    place = forge(repository)
    place.fork.note(NOTE, NAME)
    assert place.propose().returncode == 0
    assert (place.lines(), place.said["notes"]) == ([(PATH, None, "will not be shown", "notice")], [])


@pytest.mark.parametrize("spoilt", ["hidden", "broken"])
def test_a_note_that_is_not_shown_is_nobodys_to_delete_unseen(repository: Repository, spoilt: str):
    """A hidden note comes back under another name, and what cannot be read may be anybody's: the owner looks."""
    if spoilt == "hidden":
        (repository.root / "content/hidden.yml").write_text(f"notes: {{{ADAS}: spam}}\n", encoding="utf-8")
    else:
        repository.note("no note")
    place = forge(repository)
    (place.fork.root / ADAS).unlink()
    assert place.propose().returncode == 0
    assert (ADAS, None, "is a note that is not shown, deleted by eve", "notice") in place.lines()
    assert place.said["needs_owner"] is True


def test_files_that_are_no_regular_notes_are_named_and_left(place: Forge):
    """Links, programs, other types, names with a shell's and a terminal's characters; none lands in the checkout."""
    notes = place.fork.root / "content/notes/2025/10"
    (notes / "2510.00001-eve.md").symlink_to("/etc/passwd")
    place.fork.note(NOTE, "2510.00002-eve.md").chmod(0o755)
    place.fork.note("x" * 1_000_000, "2510.00003-eve.md")
    odd = ["a\nb.md", "q\"uo'te.md", "$(touch canary).md", "-rf.md", "x.html", "\x1b[31m.md", "é.md", "..md"]
    for name in odd:
        place.fork.note(NOTE, name)
    before = sorted((place.base.root / "content").rglob("*"))
    done = place.propose()
    assert done.returncode == 1
    assert sorted((place.base.root / "content").rglob("*")) == before
    found = {path.removeprefix("content/notes/2025/10/"): text for path, _, text, _ in place.lines()}
    assert found.pop("2510.00001-eve.md") == "is a link to another file"
    assert found.pop("2510.00002-eve.md") == "is marked as a program"
    assert found.pop("2510.00003-eve.md") == "is longer than 32000 bytes"
    assert sorted(found) == sorted(
        ["a b.md", "q\"uo'te.md", "$(touch canary).md", "-rf.md", "x.html", "[31m.md", "é.md", "..md"]
    )
    assert set(found.values()) == {"is not named as a note"}
    assert place.said["touches_other"]
    assert all(line.startswith("content/notes/2025/10/") for line in done.stderr.splitlines())


def test_names_that_no_file_system_takes_and_modules_are_refused(place: Forge):
    """A tree can be written by hand: with `..`, with bytes that are no UTF-8, with another repository inside."""
    blob = git(place.fork.root, "hash-object", "-w", "--stdin", stdin=NOTE)
    inner = git(place.fork.root, "mktree", "-z", stdin=f"100644 blob {blob}\t2510.00004-eve.md\0")
    here = git(place.fork.root, "rev-parse", "HEAD")
    entries = f"160000 commit {here}\tmodule.md\0" + f"040000 tree {inner}\t..\0" + f"100644 blob {blob}\t\udcff.md\0"
    tree = _mktree(place.fork.root, entries.encode(errors="surrogateescape"))
    for name in ("10", "2025", "notes", "content"):
        tree = _mktree(place.fork.root, f"040000 tree {tree}\t{name}\0".encode())
    head = git(place.fork.root, "commit-tree", tree, "-p", here, "-m", "odd")
    git(place.fork.root, "update-ref", "refs/heads/odd", head)
    git(place.base.root, "fetch", "--quiet", str(place.fork.root), "odd:refs/pull/head")
    done = place.review(here, head)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    found = {path.removeprefix("content/notes/2025/10/"): text for path, _, text, _ in place.lines()}
    assert found["module.md"] == "is another repository"
    assert found["../2510.00004-eve.md"] == found["\\udcff.md"] == "is not named as a note"
    assert not (place.base.root / "content/notes/2025/2510.00004-eve.md").exists()


def _mktree(folder: Path, entries: bytes) -> str:
    done = subprocess.run(["git", "mktree", "-z"], cwd=folder, input=entries, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_more_notes_than_anybody_reads_are_refused_in_one_line(place: Forge):
    """The first two hundred are read."""
    for number in range(203):
        place.fork.note(NOTE.replace("2510.00004", f"2510.1{number:04}"), f"2510.1{number:04}-eve.md")
    assert place.propose().returncode == 1
    (line,) = [line for line in place.lines() if line[3] == "error"]
    assert line[2] == "and 2 more were not read: no more than 200 notes at once"
    assert len(list((place.base.root / "content/notes/2025/10").iterdir())) == 201
    assert (len(place.said["notes"]), len(place.said["problems"])) == (50, 50)
    assert place.said["left_out"] == 150 + 151
    assert "And 150 more." in place.summary


def test_a_long_summary_ends_before_it_is_too_long_to_be_shown(place: Forge):
    """GitHub shows a megabyte; the notes that found no room are counted."""
    for number in range(30):
        place.fork.note(NOTE.replace("2510.00004", f"2510.1{number:04}") + "&" * 19_000, f"2510.1{number:04}-eve.md")
    assert place.propose().returncode == 0
    assert 700_000 < len(place.summary) < 1_000_000
    assert place.summary.endswith("more.\n")


def test_who_has_no_login_is_nobody(place: Forge):
    """As when an account was deleted: not each curator whose login nobody wrote down."""
    place.fork.note(NOTE.replace("github:eve", "ada"), "2510.00004-ada.md")
    assert place.propose("").returncode == 1
    assert [text for _, _, text, _ in place.lines()] == ["is signed by Ada, not by somebody"]


def test_what_the_fork_lacks_is_not_taken_away(place: Forge):
    """A fork may be old: only what it changed since counts."""
    place.base.note(NOTE.replace("eve", "bob"), "2510.00004-bob.md")
    commit(place.base.root)
    place.fork.note(NOTE, NAME)
    assert (place.propose().returncode, place.lines()) == (0, [])
    assert (place.base.root / "content/notes/2025/10/2510.00004-bob.md").exists()


HOSTILE = """\
</pre></code><img src=x onerror=alert(1)><script>alert(1)</script> @ada #1 ![x](https://x.example/x.png)
```
~~~

| a | b |
[x](https://x.example) https://x.example GH-1 ::error::x ##[error]x
<!-- --> -->
"""


def test_a_merge_that_brings_an_old_version_back_is_named(place: Forge):
    """Where histories cross, a file may equal that of one common ancestor, and yet a merge would change it."""
    root = place.base.root
    side = place.fork.root
    place.fork.note(NOTE, NAME)
    old = commit(side)
    (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text(encoding="utf-8") + "# new\n", encoding="utf-8")
    new = commit(root, {"GIT_COMMITTER_DATE": "2025-10-04T12:00:00Z"})
    git(root, "pull", "--quiet", "--no-rebase", "--no-edit", str(side), "HEAD")
    git(side, "fetch", "--quiet", str(root), "main")
    crossed = git(side, "commit-tree", "-p", old, "-p", new, "-m", "cross", f"{old}^{{tree}}")
    git(side, "reset", "--quiet", "--hard", crossed)
    assert place.propose().returncode == 0
    assert place.said["other"] == ["mkdocs.yml"]
    assert git(root, "merge-base", "--all", "HEAD", "refs/pull/head").count("\n") == 1


def test_hostile_words_stay_words(place: Forge):
    """In the summary they are text of a block of code, or what the site shows: no element, picture or other link."""
    place.fork.note(NOTE + HOSTILE + "\x0b\x85\u2028<b>\x1b[31m\u202e", NAME)
    place.fork.note(NOTE.replace("paper:", "'<img src=x>@ada|`': x\npaper:"), "2510.00001-eve.md")
    place.propose()
    (place.fork.root / "<img src=x>@ada|`.md").write_text("x")
    done = place.propose()
    assert "##[" not in place.base.run("check", env={"GITHUB_ACTIONS": "true"}).stderr
    assert done.returncode == 1
    seen = _Seen()
    seen.feed(place.summary)
    assert seen.tags <= {"table", "tr", "th", "td", "code", "p", "h3", "ul", "li", "blockquote", "a", "em", "pre"}
    assert not any(character in seen.outside for character in "@|[`<#!")
    blocks = {token.type for token in MarkdownIt().parse(place.summary) if "@ada" in token.content}
    assert blocks == {"html_block"}


class _Seen(HTMLParser):
    """Elements, and the text that stands in no code: headings apart, which are ours."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.outside = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert all(name == "rel" or (value or "").startswith("https://") for name, value in attrs)
        self.tags.add(tag)
        self._depth += tag in ("code", "blockquote")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in ("code", "blockquote")

    def handle_data(self, data: str) -> None:
        lines = (line for line in data.splitlines() if line != "## Review of the notes")
        self.outside += "" if self._depth else "\n".join(line.removeprefix("### ") for line in lines)


@pytest.mark.parametrize(
    ("commits", "words"),
    [
        (("--upload-pack=x", "0" * 40), "is no commit"),
        (("HEAD", "0" * 40), "is no commit"),
        (("1" * 40, "0" * 40), "is not what is checked out"),
        (("here", "0" * 40), "share no history here; fetch both"),
        (("here", "--output=x"), "is no commit"),
    ],
)
def test_what_names_no_commit_is_refused_in_one_line(place: Forge, commits: tuple[str, str], words: str):
    """And nothing is read as an option of git."""
    here = git(place.base.root, "rev-parse", "HEAD")
    done = place.review(*(here if name == "here" else name for name in commits))
    assert (done.returncode, done.stderr.count("\n"), words in done.stderr) == (1, 1, True)
