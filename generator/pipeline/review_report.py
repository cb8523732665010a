"""A review → `summary.md` for people and `review.json` for a machine that trusts neither it nor us.

Foreign text stands escaped inside `<code>` in blocks of HTML, where GitHub reads no Markdown; a note's words stand as
the site shows them. A summary notifies nobody whom an `@` names. The blocks hold no blank line, which would end them.
"""

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.files import write_atomic
from generator.model import Problem
from generator.pages.wording import counted
from generator.pipeline.checking import NotePreview
from generator.pipeline.reviewing import Review
from generator.text import clean

MOST = 50
"""Problems, notes and other paths that a report names of each."""
_LONGEST = 300
_LONGEST_SUMMARY = 900_000
"""Bytes; GitHub shows no more than 1 MiB."""


def write_report(review: Review, folder: Path) -> None:
    """Both files, in `folder`, which is made."""
    write_atomic(folder / "summary.md", summary(review).encode(), durable=False)
    write_atomic(folder / "review.json", as_json(review).encode(), durable=False)


def as_json(review: Review) -> str:
    """`{"problems", "notes", "touches_other", "needs_owner", "other", "left_out"}`, under 400 kB.

    `left_out` counts the problems, notes and paths that are not named.
    """
    named = (review.problems, review.previews, review.other)
    value = {
        "problems": [_problem(problem) for problem in review.problems[:MOST]],
        "notes": [_note(preview) for preview in review.previews[:MOST]],
        "touches_other": bool(review.other),
        "needs_owner": review.needs_owner,
        "other": [clean(path, _LONGEST) for path in review.other[:MOST]],
        "left_out": sum(max(0, len(found) - MOST) for found in named),
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _problem(problem: Problem) -> dict[str, str | int | None]:
    texts = {key: clean(getattr(problem, key), _LONGEST) for key in ("path", "text", "hint")}
    return {**texts, "line": problem.line, "severity": problem.severity.value}


def _note(preview: NotePreview) -> dict[str, str | int | None]:
    title = clean(preview.title, _LONGEST) if preview.title else None
    return {"path": preview.note.path, "title": title, "address": preview.address, "words": preview.words}


def summary(review: Review) -> str:
    """What a job summary shows: problems, then the notes as they will be, then what else is touched."""
    parts = ["## Review of the notes", _verdict(review)]
    if review.problems:
        rows = (f"<tr>{_cell(_place(found))}{_cell(found.text)}{_cell(found.hint)}</tr>" for found in review.problems)
        head = "<tr><th>where</th><th>what</th><th>how to mend it</th></tr>"
        parts.append("\n".join(("<table>", head, *_at_most(rows, len(review.problems)), "</table>")))
    if review.other:
        paths = (f"<li>{_code(path)}</li>" for path in review.other)
        parts += ["### Not notes, for the owner", "\n".join(("<ul>", *_at_most(paths, len(review.other)), "</ul>"))]
    parts += _previews(review.previews, _LONGEST_SUMMARY - sum(len(part.encode()) for part in parts))
    return "\n\n".join(parts) + "\n"


def _previews(previews: Sequence[NotePreview], room: int) -> Iterator[str]:
    """Notes as they will be, as many as there is room for, in bytes."""
    for number, preview in enumerate(previews):
        shown = "\n\n".join(_shown(preview))
        room -= len(shown.encode())
        if number == MOST or room < 0:
            yield f"And {len(previews) - number} more."
            return
        yield shown


def _verdict(review: Review) -> str:
    if not review.is_good:
        return "Something has to be mended; each line says how."
    return f"{counted(len(review.previews), 'note')}, nothing to mend."


def _shown(preview: NotePreview) -> Iterator[str]:
    title = f"On {_code(preview.title)}, {_code(preview.address)}" if preview.title and preview.address else ""
    about = title or "On a paper that no digest has yet; it waits until fetch has found it"
    yield f"<h3>{_code(preview.note.path)}</h3>"
    yield f"<p>{about}. By {_code(preview.note.curator.name)}, {counted(preview.words, 'word')}:</p>"
    # One line of our own elements, as on the page; other line ends are line ends to some readers.
    yield f"<blockquote>{' '.join(preview.note.html.splitlines())}</blockquote>"


def _place(found: Problem) -> str:
    return found.path if found.line is None else f"{found.path}:{found.line}"


def _cell(text: str) -> str:
    return f"<td>{_code(text)}</td>"


def _code(text: str) -> str:
    return f"<code>{html.escape(clean(text, _LONGEST))}</code>"


def _at_most(lines: Iterable[str], total: int) -> Iterator[str]:
    yield from (line for _, line in zip(range(MOST), lines, strict=False))
    if total > MOST:
        yield f"<p>and {total - MOST} more</p>"
