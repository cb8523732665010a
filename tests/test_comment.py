"""The comment on a pull request: composed of a review that may be forged, by a script that trusts no value in it."""

import copy
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from generator.model import Curator, Note, Problem, Severity
from generator.pipeline import NotePreview, Review, write_report
from tests.workflows import GITHUB

PATH = "content/notes/2025/10/2510.00004-eve.md"
RUN = "https://forge.example/run"
PROBLEM = {"path": PATH, "line": 3, "text": "is wrong", "hint": "Mend it", "severity": "error"}
NOTE = {"path": PATH, "title": "A title", "address": "2025/10/03/#2510.00004", "words": 4}
GOOD: dict[str, Any] = {
    "problems": [PROBLEM],
    "notes": [NOTE],
    "touches_other": False,
    "needs_owner": False,
    "other": [],
    "left_out": 0,
}


def comment(folder: Path, review: bytes | None, files: tuple[str, ...] = (PATH,)) -> tuple[str, bool]:
    """The comment as the workflow makes it, and whether the owner must look; `review` is the zip file."""
    if review is not None:
        (folder / "review.zip").write_bytes(review)
    (folder / "files").write_text("".join(f"{json.dumps(name)}\n" for name in files), encoding="utf-8")
    command = [sys.executable, "-I", GITHUB / "scripts/comment.py", "review.zip", "files", "comment.md", RUN]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "comment.md").read_text(encoding="utf-8"), "owner" in done.stdout


def zipped(folder: Path, text: str | bytes, name: str = "review.json") -> bytes:
    with zipfile.ZipFile(folder / "made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return (folder / "made.zip").read_bytes()


def test_a_review_becomes_two_tables(tmp_path: Path) -> None:
    """Under the mark by which the comment is found again."""
    assert comment(tmp_path, zipped(tmp_path, json.dumps(GOOD))) == (
        f"""\
<!-- broadsheet-review -->

1 thing to mend; each line says where and how.

<table>
<tr><th>where</th><th>what</th><th>how to mend it</th></tr>
<tr><td><code>{PATH}:3</code></td><td><code>is wrong</code></td><td><code>Mend it</code></td></tr>
</table>

<table>
<tr><th>note</th><th>on</th><th>words</th></tr>
<tr><td><code>{PATH}</code></td><td><code>A title, 2025/10/03/#2510.00004</code></td><td><code>4</code></td></tr>
</table>

[The run]({RUN}) shows the notes as they will be, and holds their pages to look at.
""",
        False,
    )


def test_what_the_program_writes_is_believed(tmp_path: Path) -> None:
    """However much and whatever there is to say, notes without a paper and paths of any kind included."""
    odd = "x" * 5_000 + "\x1b\u202e\n<b>@ada</b>"
    note = Note("arxiv:2510.00004", Curator("github:eve", "eve"), odd, "", path=PATH)
    problems = tuple(Problem(odd, number or None, odd, odd, severity) for number in range(90) for severity in Severity)
    previews = (NotePreview(note), NotePreview(note, odd, "2025/10/03/#2510.00004"), NotePreview(note, None, None))
    write_report(Review(problems, previews * 30, (odd,) * 90, needs_owner=True), tmp_path)
    text, for_owner = comment(tmp_path, zipped(tmp_path, (tmp_path / "review.json").read_bytes()))
    assert (for_owner, "cannot be read" in text, "There is too much" in text) == (True, False, False)
    assert f"And {(270 - 20) + (90 - 20) + (90 - 50)} more, which [the run]" in text


def put(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of one value; `problems.0.line` is the line of the first problem."""

    def change(review: dict[str, Any]) -> None:
        *parents, key = path.split(".")
        target: Any = review
        for parent in parents:
            target = target[int(parent) if parent.isdigit() else parent]
        target[key] = value

    return change


FORGED = {
    "a flag that is a number": put("needs_owner", 0),
    "a number that is a flag": put("problems.0.line", True),
    "a number without end": put("left_out", 10**30),
    "a number below zero": put("notes.0.words", -1),
    "a fraction": put("notes.0.words", 1.5),
    "a text that is a list": put("problems.0.text", ["x"]),
    "a text that is nothing": put("problems.0.hint", None),
    "a long text": put("problems.0.text", "x" * 301),
    "a text of two lines": put("problems.0.text", "x\ny"),
    "a text that turns": put("problems.0.text", "x\u202ey"),
    "a separator": put("problems.0.text", "x\u2028y"),
    "half a character": put("problems.0.text", "\ud800"),
    "another weight": put("problems.0.severity", "fatal"),
    "a key too many": put("extra", 1),
    "a key too many inside": put("notes.0.html", "<b>"),
    "many problems": put("problems", [PROBLEM] * 51),
    "problems by name": put("problems", {"0": PROBLEM}),
    "an address elsewhere": put("notes.0.address", "https://evil.example/#x"),
    "an address with more": put("notes.0.address", "2025/10/03/#x) [y](https://evil.example"),
    "an address and a line": put("notes.0.address", "2025/10/03/#x\n"),
    "a note elsewhere": put("notes.0.path", "content/notes/2025/10/../../x.md"),
    "other paths as one": put("other", "x"),
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED.keys())
def test_a_value_that_is_not_as_it_must_be_is_no_review(
    tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    """Nothing of it is shown."""
    review = copy.deepcopy(GOOD)
    change(review)
    text, _ = comment(tmp_path, zipped(tmp_path, json.dumps(review)))
    assert text == (
        f"<!-- broadsheet-review -->\n\nThe review did not finish, or cannot be read: [the run]({RUN}) says why.\n"
    )


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", "{", "NaN", "[" * 100_000, "1" * 10_000, "\ufeff{}", json.dumps([GOOD]), b"\xff\xfe"],
    ids=lambda text: repr(text[:9]),
)
def test_what_is_no_object_of_ours_is_no_review(tmp_path: Path, text: str | bytes) -> None:
    """However deep or broken it is."""
    assert "cannot be read" in comment(tmp_path, zipped(tmp_path, text))[0]


def test_files_that_are_no_zip_of_ours_are_no_review(tmp_path: Path) -> None:
    """None, cut short, under another name, or larger than it says it is."""
    good = zipped(tmp_path, json.dumps(GOOD))
    bomb = zipped(tmp_path, json.dumps(GOOD) + " " * 10_000_000)
    other = zipped(tmp_path, json.dumps(GOOD), "../../review.json")
    for data in (None, b"", b"PK", good[:-30], good[:40] + b"\x00" * 9 + good[49:], other, bomb):
        assert "cannot be read" in comment(tmp_path, data)[0]


def test_foreign_words_are_words(tmp_path: Path) -> None:
    """They end no comment, cell or block, make no element or link, and notify nobody."""
    hostile = "--> </code></td></table> @ada #1 ![x](https://x.example) `|` <img src=x onerror=alert(1)> &lt; [a]: b"
    review = copy.deepcopy(GOOD)
    for key in ("path", "text", "hint"):
        review["problems"][0][key] = hostile
    review["notes"][0]["title"] = hostile
    text, _ = comment(tmp_path, zipped(tmp_path, json.dumps(review)))
    seen = _Seen()
    seen.feed(text)
    assert seen.tags == {"table", "tr", "th", "td", "code"}
    assert sum(hostile in text for text in seen.code) == 4
    assert hostile not in seen.outside
    assert "@" not in seen.outside
    assert seen.comments == [" broadsheet-review "]
    assert {token.type for token in MarkdownIt().parse(text) if "@ada" in token.content} == {"html_block"}


class _Seen(HTMLParser):
    """Elements, comments, and text in and outside of code."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.comments: list[str] = []
        self.code: list[str] = []
        self.outside = ""
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs == []
        self.tags.add(tag)
        self._in_code = self._in_code or tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._in_code = self._in_code and tag != "code"

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if self._in_code:
            self.code.append(data)
        else:
            self.outside += data


def test_the_longest_review_fits_into_a_comment(tmp_path: Path) -> None:
    """Or says that it does not."""
    review = copy.deepcopy(GOOD)
    review["problems"] = [{**PROBLEM, "path": '"' * 300, "text": '"' * 300, "hint": '"' * 300}] * 50
    text, _ = comment(tmp_path, zipped(tmp_path, json.dumps(review)))
    assert text == f"<!-- broadsheet-review -->\n\nThere is too much to say in a comment: [the run]({RUN}) says it.\n"


@pytest.mark.parametrize(
    ("files", "is_for_owner"),
    [
        ((PATH,), False),
        ((PATH, "generator/cli.py"), True),
        (("content/notes/2025/10/x.html",), True),
        (("content/notes/2025/10/a\u2028b.md",), True),
        ((f"{PATH}\n",), True),
        ((), False),
        ((PATH,) * 3_000, True),  # there may be more, which GitHub does not name
    ],
)
def test_the_owner_must_look_at_anything_but_notes(tmp_path: Path, files: tuple[str, ...], is_for_owner: bool) -> None:
    """Whether there is a review or not."""
    assert comment(tmp_path, None, files)[1] is is_for_owner
    assert comment(tmp_path, zipped(tmp_path, json.dumps(GOOD)), files)[1] is is_for_owner
