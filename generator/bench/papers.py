"""A file of real papers, or none → as many papers as one may want, no id twice."""

import json
import random
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from generator.errors import ContentError
from generator.model import Paper, Problem, Signals
from generator.paper_json import paper_from_json

_WORDS = "graph neural network learning model data training attention language vision sparse robust method".split()
_HINT = "Write one paper a line, as for broadsheet import --as jsonl; date may stand for submitted"


def bench_papers(corpus: Path | None) -> Iterator[Paper]:
    """The corpus in its order, read as it is needed, then invented ones; ContentError at a line that is no paper."""
    return chain(papers_of(corpus), _invented()) if corpus else _invented()


def papers_of(corpus: Path) -> Iterator[Paper]:
    """The corpus alone; ContentError as above."""
    with corpus.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield _paper(json.loads(line))
            except ValueError as error:
                raise ContentError(Problem(str(corpus), number, f"holds no paper ({error})", _HINT)) from error


def _paper(item: object) -> Paper:
    if isinstance(item, dict) and "date" in item:
        item["submitted"] = item.pop("date")
    return paper_from_json(item)


def _invented() -> Iterator[Paper]:
    """Papers of usual length from a fixed seed, under the DOI prefix that is meant for examples."""
    source = random.Random(0)
    for number in count(1):
        text = " ".join(source.choices(_WORDS, k=180)).capitalize()
        title = " ".join(source.choices(_WORDS, k=10)).capitalize()
        authors = tuple(f"Author {source.randrange(5_000)}" for _ in range(5))
        yield Paper(f"doi:10.5555/{number}", title, text, authors, signals=Signals(votes=source.randrange(200)))
