"""A folder in BEIR's form → papers, queries, and the papers that each query should find.

`corpus.jsonl` holds `{"_id", "title", "text"}` and `queries.jsonl` `{"_id", "text"}`, one object a line; `qrels.tsv`
holds query, paper and grade, parted by tabs, below a line of names (N. Thakur et al., "BEIR", 2021).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.errors import ContentError
from generator.model import Paper, Problem

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"
_HINT = "docs/bench.md shows the three files of a collection"
_COLUMNS = 3

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the grade of each paper that is relevant to it, by id; there is one at least."""

    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Collection:
    """Papers have the collection's own ids."""

    papers: tuple[Paper, ...]
    questions: tuple[Question, ...]


def read_collection(folder: Path, limit: int | None = None) -> Collection:
    """The first `limit` queries with a relevant paper, or all; ContentError names the first line that is wrong.

    A grade of zero or less says that the paper is not relevant. A relevant paper that is not in the corpus is one
    that nobody finds.
    """
    papers = tuple(_Lines(folder / CORPUS).read(_paper))
    grades: dict[str, dict[str, int]] = {}
    for query, paper, grade in _Lines(folder / QRELS).read(_judgement, skip=1):
        if grade > 0:
            grades.setdefault(query, {})[paper] = grade
    queries = _Lines(folder / QUERIES).read(_query)
    questions = tuple(Question(text, grades[query]) for query, text in queries if query in grades)[:limit]
    _refuse_what_says_nothing(folder, papers, questions)
    return Collection(papers, questions)


def _refuse_what_says_nothing(folder: Path, papers: tuple[Paper, ...], questions: tuple[Question, ...]) -> None:
    if len({paper.id for paper in papers}) < len(papers):
        raise ContentError(Problem(str(folder / CORPUS), None, "holds a paper twice", "Give each its own _id"))
    if not questions:
        raise ContentError(Problem(str(folder / QRELS), None, "names no paper for any query of queries.jsonl", _HINT))


@dataclass(frozen=True, slots=True)
class _Lines:
    """A file of which every line says something."""

    path: Path

    def read(self, parse: Callable[[str], _T], skip: int = 0) -> Iterator[_T]:
        if not self.path.is_file():
            raise ContentError(Problem(str(self.path), None, "is missing", _HINT))
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if number > skip and line.strip():
                    yield self._parsed(parse, line, number)

    def _parsed(self, parse: Callable[[str], _T], line: bytes, number: int) -> _T:
        try:
            return parse(line.decode())
        except ValueError as error:
            raise ContentError(Problem(str(self.path), number, f"cannot be used ({error})", _HINT)) from error


def _paper(line: str) -> Paper:
    found = json.loads(line)
    return Paper(_text(found, "_id"), _text(found, "title"), _text(found, "text"))


def _query(line: str) -> tuple[str, str]:
    found = json.loads(line)
    return _text(found, "_id"), _text(found, "text")


def _text(found: object, key: str) -> str:
    value = found.get(key) if isinstance(found, dict) else None
    if not isinstance(value, str):
        raise ValueError(f"{key} must be text")
    return value


def _judgement(line: str) -> tuple[str, str, int]:
    fields = line.rstrip("\r\n").split("\t")
    if len(fields) != _COLUMNS:
        raise ValueError(f"{len(fields)} fields instead of query, paper and grade")
    return fields[0], fields[1], int(fields[2])
