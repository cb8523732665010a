"""The zipped `review.json` of a run, which a stranger may have forged → the comment on the pull request, in Markdown.

    python3 -I comment.py REVIEW.ZIP FILES COMMENT.MD RUN_URL

FILES holds one JSON string a line: the path of each changed file, as GitHub tells it. On stdout, `owner` means that the
owner must look, since something else than notes changes, and `quiet` that nothing is to be said. Every value is
checked, and what is not as `broadsheet review` writes it counts as no review. Text of others stands escaped inside
`<code>` in blocks of HTML, where GitHub reads no Markdown, makes no links and notifies nobody. Standard library only:
it runs where a token may write.
"""

import html
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

MARKER = "<!-- broadsheet-review -->"
_MOST_BYTES, _MOST_ENTRIES, _MOST_CHARACTERS, _MOST_NUMBER = 400_000, 50, 300, 1_000_000
_SHOWN = 20
_MOST_FILES = 3_000
"""GitHub names no more of a pull request: https://docs.github.com/rest/pulls/pulls#list-pull-requests-files."""
_LONGEST_COMMENT = 60_000
"""GitHub takes 65,536 characters."""
_NOTE = re.compile(r"content/notes/\d{4}/\d\d/[A-Za-z0-9][A-Za-z0-9._~-]{0,199}\.md", re.ASCII)
_ADDRESS = re.compile(r"\d{4}/\d\d/\d\d/#[A-Za-z0-9._~-]{1,700}", re.ASCII)
_MISLEADING = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ud800-\\udfff]"
)

Check = Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return type(value) is str and len(value) <= _MOST_CHARACTERS and not _MISLEADING.search(value)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST_NUMBER


def _is_flag(value: Any) -> bool:
    return type(value) is bool


def _matches(pattern: re.Pattern[str]) -> Check:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _list_of(check: Check) -> Check:
    return lambda value: type(value) is list and len(value) <= _MOST_ENTRIES and all(map(check, value))


def _object(**checks: Check) -> Check:
    def holds(value: Any) -> bool:
        return type(value) is dict and value.keys() == checks.keys() and all(checks[key](value[key]) for key in checks)

    return holds


_is_review = _object(
    problems=_list_of(
        _object(
            path=_is_text,
            line=_or_none(_is_number),
            text=_is_text,
            hint=_is_text,
            severity=_matches(re.compile("error|warning|notice")),
        )
    ),
    notes=_list_of(
        _object(path=_matches(_NOTE), title=_or_none(_is_text), address=_or_none(_matches(_ADDRESS)), words=_is_number)
    ),
    touches_other=_is_flag,
    needs_owner=_is_flag,
    other=_list_of(_is_text),
    left_out=_is_number,
)


def read_review(path: Path) -> dict[str, Any] | None:
    """The review in a zip file; None when there is none or when anything in it is not as it must be."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("review.json") as file:
            data = file.read(_MOST_BYTES + 1)
        review = json.loads(data.decode()) if len(data) <= _MOST_BYTES else None
    except (OSError, EOFError, KeyError, RecursionError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return None  # cut short, encrypted, packed as nobody packs it, no JSON
    return review if _is_review(review) else None


def needs_owner(files: Collection[str], review: dict[str, Any] | None) -> bool:
    """True when something else than notes changes, or a note of somebody else; what GitHub says counts on its own."""
    is_other = len(files) >= _MOST_FILES or not all(map(_NOTE.fullmatch, files))
    return is_other or (review is not None and review["needs_owner"])


def compose(review: dict[str, Any] | None, *, for_owner: bool, run: str) -> str:
    """The comment; `run` is the address of the run, which shows more."""
    if review is None:
        body = [f"The review did not finish, or cannot be read: [the run]({run}) says why."]
    else:
        body = _body(review, run)
    if for_owner:
        body.append("More changes here than notes by their author, so the owner looks at it by hand.")
    comment = "\n\n".join((MARKER, *body)) + "\n"
    if len(comment) <= _LONGEST_COMMENT:
        return comment
    return f"{MARKER}\n\nThere is too much to say in a comment: [the run]({run}) says it.\n"


def _body(review: dict[str, Any], run: str) -> list[str]:
    problems, notes = review["problems"], review["notes"]
    wrong = sum(problem["severity"] != "notice" for problem in problems)
    body = [f"{_counted(wrong, 'thing')} to mend; each line says where and how." if wrong else "Nothing to mend."]
    if problems:
        body.append(_table(("where", "what", "how to mend it"), (_problem_cells(problem) for problem in problems)))
    if notes:
        body.append(_table(("note", "on", "words"), (_note_cells(note) for note in notes)))
        body.append(f"[The run]({run}) shows the notes as they will be, and holds their pages to look at.")
    left = review["left_out"] + sum(max(0, len(entries) - _SHOWN) for entries in (problems, notes))
    if left:
        body.append(f"And {left} more, which [the run]({run}) names.")
    return body


def _problem_cells(problem: dict[str, Any]) -> tuple[str, ...]:
    line = "" if problem["line"] is None else f":{problem['line']}"
    return problem["path"] + line, problem["text"], problem["hint"]


def _note_cells(note: dict[str, Any]) -> tuple[str, ...]:
    where = (
        "a paper that no digest has yet"
        if note["address"] is None
        else f"{note['title'] or 'a paper'}, {note['address']}"
    )
    return note["path"], where, str(note["words"])


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """One block of HTML: no blank line in it, which would end the block."""
    lines = ["<table>", f"<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"]
    for _, row in zip(range(_SHOWN), rows, strict=False):
        lines.append(f"<tr>{''.join(f'<td><code>{html.escape(text)}</code></td>' for text in row)}</tr>")
    return "\n".join((*lines, "</table>"))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def main(archive: str, files: str, comment: str, run: str) -> None:
    """Write the comment; say on stdout who needs it."""
    review = read_review(Path(archive))
    names = [json.loads(line) for line in Path(files).read_text(encoding="utf-8").split("\n") if line]
    for_owner = needs_owner(names, review)
    Path(comment).write_text(compose(review, for_owner=for_owner, run=run), encoding="utf-8")
    quiet = review is not None and not review["problems"] and not review["notes"]
    words = {"owner": for_owner, "quiet": quiet}
    sys.stdout.write(" ".join(word for word, holds in words.items() if holds))


if __name__ == "__main__":
    main(*sys.argv[1:])
