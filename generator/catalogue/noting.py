"""Rows of notes → those that count: one a curator and work, the first by path."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.identifiers import is_weak
from generator.model import Problem, Severity


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note that can be read; `key` is a digest of it, `curator` a handle."""

    path: str
    key: str
    paper: str
    curator: str


def parted(rows: Iterable[NoteRow], work: Callable[[str], str]) -> tuple[tuple[NoteRow, ...], tuple[Problem, ...]]:
    """Rows by path → those that count, and a Problem for each other; `work` maps a PaperId to that of its work."""
    first: dict[tuple[str, str], NoteRow] = {}
    doubles: list[Problem] = []
    for row in rows:
        kept = first.setdefault((work(row.paper), row.curator), row)
        if kept is not row:
            text = f"is a second note by {row.curator} on the paper of {kept.path}"
            doubles.append(Problem(row.path, None, text, "Put the words of both into one file, and delete the other"))
    return tuple(first.values()), tuple(doubles)


def waiting(rows: Iterable[NoteRow]) -> Iterator[Problem]:
    """For notes whose paper no listing has: what becomes of them."""
    for row in rows:
        if is_weak(row.paper):
            hint = "Copy the permalink of the paper again, or write its arXiv id or DOI"
            yield Problem(row.path, None, f"{row.paper} is no paper of this site", hint)
        else:
            text = f"no listing has {row.paper.partition(':')[2]} yet"
            yield Problem(
                row.path, None, text, "The next fetch looks it up; until then the note waits", Severity.NOTICE
            )
