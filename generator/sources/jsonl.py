"""JSON Lines, one paper a line in the form of `generator.paper_json` → papers, and a problem for each bad line.

https://jsonlines.org/. Lines end at line feeds only: JSON text may hold U+2028 and its like.
"""

import json
from typing import NoReturn

from generator.model import Paper, Problem
from generator.paper_json import paper_from_json

_HINT = 'Write one JSON object a line, such as {"id": "2509.12345", "title": "…", "abstract": "…", "authors": ["…"]}'


def parse_jsonl(text: str, path: str) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    """Every good paper in the file's order, and every bad line; `path` is for the messages only."""
    papers: dict[str, Paper] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            paper = _paper(line)
        except ValueError as error:
            problems.append(Problem(path, number, str(error), _HINT))
            continue
        if paper.id in papers:
            problems.append(Problem(path, number, f"paper {paper.id} stands twice", "Delete one of the lines"))
        papers.setdefault(paper.id, paper)
    return tuple(papers.values()), tuple(problems)


def _paper(line: str) -> Paper:
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not valid JSON ({error.msg}, column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("is not valid JSON (nested too deeply)") from error
    return paper_from_json(value)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")
