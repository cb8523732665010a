"""The browser's code and the terminal's find the same papers in the same order, whatever is asked.

The browser's runs under Node, as it would in a page, on an index that a server on this machine gives.
"""

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.bench.counting_server import CountingServer
from generator.bench.typos import mistyped
from generator.search.analysis import words
from generator.search.documents import Document
from generator.search.searcher import Searcher
from generator.sources.daily_papers import parse_daily_papers
from generator.text import readable
from tests.search.made_index import Files, document, index_of, made_papers, note, pages_of, reading, vectors_of

CLIENT = Path(__file__).parents[2] / "site_templates" / "assets" / "search"
COUNT = 200
LONG = [
    document(number, "graph" if number % 2 else "tree graph", "woods " * (number % 4)) for number in range(5_000, 6_300)
]

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node")


def test_made_up_papers(tmp_path: Path) -> None:
    """Two segments, with vectors that were stored, lists that are files, and papers that got notes later."""
    base, newer = [*made_papers(250), *LONG], made_papers(60, first=400)
    noted = [paper for paper in made_papers(250, seed=12) if paper.notes]
    compare(base, [*newer, *noted], tmp_path, seed=1, is_stored=True)


def test_a_small_site_of_one_segment(tmp_path: Path) -> None:
    """Its words' vectors are the corpus's own."""
    compare(made_papers(60), None, tmp_path, seed=2)


def test_real_papers(real_data: Path, tmp_path: Path) -> None:
    """Those of Hugging Face's days: all but the newest fortieth are the base."""
    documents = real_documents(real_data / "hf")
    assert len(documents) > 1_000
    kept = len(documents) * 39 // 40
    noted = [replace(paper, notes=(note("Worth a look."),)) for paper in documents[:kept:500]]
    compare(documents[:kept], [*documents[kept:], *noted], tmp_path, seed=3)


def compare(
    base: Sequence[Document], recent: Sequence[Document] | None, folder: Path, seed: int, *, is_stored: bool = False
) -> None:
    files = index_of(base, recent, vectors_of(base, every=2) if is_stored else None)
    everything = [*base, *(recent or ())]
    pages = pages_of(everything)
    questions = made_questions(everything, random.Random(seed))
    searching = Searcher(reading(files), lambda path: pages[path])
    ours = [terminal(searching, question) for question in questions]
    theirs = browser(questions, {**files, **{path: page.encode() for path, page in pages.items()}}, folder)
    asked = zip(questions, ours, theirs, strict=True)
    wrong = [(question, mine, other) for question, mine, other in asked if mine != other]
    assert wrong[:3] == [], f"{len(wrong)} of {len(questions)} differ"
    assert sum(bool(found["anchors"]) for found in ours) > COUNT / 2


def terminal(searching: Searcher, question: dict[str, Any]) -> dict[str, Any]:
    found = searching.find(question["text"], question["limit"], question["offset"])
    return {
        "anchors": [slot.anchor for _, slot in found.papers],
        "total": found.total,
        "isExact": found.is_exact,
        "hints": list(found.hints),
        "corrections": [{"typed": typed, "meant": meant} for typed, meant in found.corrections],
    }


def browser(questions: Sequence[dict[str, Any]], files: Files, folder: Path) -> list[dict[str, Any]]:
    shutil.copytree(CLIENT, folder / "client")
    (folder / "client" / "package.json").write_text('{"type": "module"}')
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    with CountingServer(files) as server:
        command = ("node", Path(__file__).with_name("ask.mjs"), folder / "client" / "search.js", f"{server.url}search/")
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def made_questions(documents: Sequence[Document], chance: random.Random) -> list[dict[str, Any]]:
    """Queries of every kind, out of what is there."""
    made = []
    for _ in range(COUNT):
        paper = chance.choice(documents)
        parts = [chance.choice(_KINDS)(paper, chance) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
        text = chance.choice((" ", " ", " ", " OR ")).join(parts)
        made.append({"text": text, "limit": chance.choice((10, 10, 30)), "offset": chance.choice((0, 0, 0, 10, 25))})
    return made


def _some_words(paper: Document, chance: random.Random) -> str:
    found = list(words(f"{paper.title} {paper.body}")) or ["graph"]
    return " ".join(chance.choice(found) for _ in range(chance.choice((1, 2, 3, 5, 12))))


def _mistyped(paper: Document, chance: random.Random) -> str:
    return mistyped(_some_words(paper, chance), chance.choice((1, 2)))


def _title(paper: Document, chance: random.Random) -> str:
    return paper.title.replace('"', "")


def _sides(paper: Document, chance: random.Random) -> str:
    found = (paper.title if chance.random() < 0.5 else paper.body).replace('"', "").split() or ["x"]
    at = chance.randrange(len(found))
    return " ".join(found[at : at + chance.choice((2, 2, 3))])


def _phrase(paper: Document, chance: random.Random) -> str:
    return f'{chance.choice(("", "", "-"))}"{_sides(paper, chance)}"'


def _author(paper: Document, chance: random.Random) -> str:
    name = chance.choice(paper.authors or ("Ann",))
    return chance.choice((f'author:"{name}"', f"author:{name.split()[-1]}", name, f"-author:{name.split()[0]}"))


def _titled(paper: Document, chance: random.Random) -> str:
    return f"title:{chance.choice((*words(paper.title), 'graph'))}"


def _org(paper: Document, chance: random.Random) -> str:
    return f'org:"{paper.organization or "labs"}"'


def _day(paper: Document, chance: random.Random) -> str:
    day = paper.day.isoformat()
    return f"{chance.choice(('before', 'after', 'on', 'year'))}:{chance.choice((day, day[:7], day[:4]))}"


def _known(paper: Document, chance: random.Random) -> str:
    return chance.choice((paper.anchor, "2401.99999", f"arxiv:{paper.anchor}v2"))


_FIXED = (
    *("has:code", "has:note", "has:pick", "-has:code", "topic:graphs", "topic:trees", "source:arxiv", "source:face"),
    *("sort:date", "sort:votes", "curator:ada", 'curator:"ada lovelace"', "日本語", "本語 の", "C++", "GPT-4", "naive"),
    *("the", "of the", "graph", "graphs", "tree -woods", "woods", "woods graph tree", "graph sort:date", "nowhere:x"),
    *("“token", "-", "has:nothing", "TNF-α", "한국어", "graph graph"),
)


def _fixed(paper: Document, chance: random.Random) -> str:
    return chance.choice(_FIXED)


_KINDS = (
    *(_some_words, _some_words, _some_words, _mistyped, _mistyped, _title, _phrase, _author, _titled),
    *(_org, _day, _known, _fixed, _fixed, _fixed),
)


def real_documents(folder: Path) -> list[Document]:
    """Each paper on the first day that lists it."""
    found: dict[str, Document] = {}
    for path in sorted(folder.glob("????-??-??.json")):
        day = date.fromisoformat(path.stem)
        for paper in parse_daily_papers(path.read_bytes(), day, datetime(2026, 1, 1, tzinfo=UTC)).papers:
            anchor = paper.id.removeprefix("arxiv:")
            organization = paper.extra.get("organization")
            found.setdefault(
                anchor,
                Document(
                    anchor,
                    day,
                    readable(paper.title),
                    readable(paper.abstract),
                    authors=tuple(map(readable, paper.authors)),
                    organization=readable(organization) if isinstance(organization, str) else "",
                    sources=("Hugging Face",),
                    votes=paper.signals.votes,
                    has_code="code" in paper.links,
                ),
            )
    return list(found.values())
