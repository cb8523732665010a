"""Whatever a title or a name holds, other programs read it back as it was."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.citations import Reference, bibtex, coins, csl_json, json_ld, references, ris
from generator.identifiers import anchor
from generator.model import Paper, RankedPaper
from generator.sources.daily_papers import parse_daily_papers
from generator.text import clean
from tests.citations.readers import expected_bibtex, expected_ris, with_bibtexparser, with_pybtex, with_rispy

DAY = date(2025, 10, 1)
REAL = os.environ.get("BROADSHEET_REAL_DATA")

signs = st.sampled_from([*list("{}\\%&#_^~$\"'`-@,=!?<>|()[]:;/* \u2028\xa0é犬ßAaIi"), "--", "``", " and ", "ER  - "])
texts = st.one_of(st.text(max_size=60), st.lists(signs, max_size=20).map("".join))
titles = texts.map(clean).filter(bool)
names = texts.map(clean).filter(bool)
papers = st.builds(
    Paper,
    id=st.sampled_from(["arxiv:2509.12345", "arxiv:hep-th/9901001", "doi:10.1000/a_b%c", "title:0123456789abcdef"]),
    title=titles,
    authors=st.lists(names, max_size=4).map(tuple),
)


def cited(*some: Paper) -> tuple[Reference, ...]:
    ranked = (RankedPaper(paper, anchor(paper.id), (), (), (), (), 1.0, ()) for paper in some)
    return references(ranked, DAY)


@given(papers)
def test_bibtex_gives_back_what_it_was_made_of(paper: Paper) -> None:
    """Both parsers find the same title, authors, year and id."""
    found = cited(paper)
    text = bibtex(found)
    assert with_pybtex(text) == expected_bibtex(found)
    assert with_bibtexparser(text) == expected_bibtex(found)


@given(st.lists(papers, max_size=3, unique_by=lambda paper: paper.id))
def test_ris_gives_back_what_it_was_made_of(some: list[Paper]) -> None:
    """No text ends a record or begins a field."""
    found = cited(*some)
    assert with_rispy(ris(found)) == expected_ris(found)


@given(st.lists(papers, max_size=3, unique_by=lambda paper: paper.id))
def test_csl_json_gives_back_what_it_was_made_of(some: list[Paper]) -> None:
    """Whole names are literal; of others no word is lost."""
    found = cited(*some)
    items = json.loads(csl_json(found))
    assert [item["title"] for item in items] == [one.plain_title for one in found]
    for item, one in zip(items, found, strict=True):
        words = [sorted(" ".join(author.values()).split()) for author in item.get("author", [])]
        assert words == [
            sorted(f"{name.family} {name.given} {name.particle} {name.suffix}".split()) for name in one.names
        ]


@given(papers)
def test_coins_are_pairs_of_keys_and_values(paper: Paper) -> None:
    """No text adds a field: title and creators come back as they went."""
    (found,) = cited(paper)
    pairs = parse_qsl(coins(found), keep_blank_values=True, strict_parsing=True)
    assert [value for key, value in pairs if key == "rft.title"] == [found.plain_title]
    assert len([key for key, _ in pairs if key == "rft.creator"]) == len(found.names)
    assert {key for key, _ in pairs} <= set(
        "ctx_ver rft_val_fmt rft.type rft.title rft.creator rft.date rft_id".split()
    )


@given(papers)
def test_json_ld_is_json_that_ends_no_script(paper: Paper) -> None:
    """Nothing in it is markup, and it says the same."""
    found = cited(paper)
    text = json_ld("A day", "2025-10-01", found)
    assert not set(text) & set("<>&\u2028\u2029\n")
    assert "{++" not in text
    assert json.loads(text)["hasPart"][0]["headline"] == found[0].plain_title


def hostile() -> list[pytest.param]:
    path = Path(REAL or "") / "hostile.json"
    if not REAL or not path.is_file():
        return [pytest.param(None, id="none", marks=pytest.mark.skip(reason="BROADSHEET_REAL_DATA names no folder"))]
    cases = json.loads(path.read_bytes())
    return [pytest.param(case["payload"], id=case["name"]) for case in cases if isinstance(case["payload"], str)]


@pytest.mark.parametrize("text", hostile())
def test_hostile_texts_come_back_as_text(text: str) -> None:
    """As title, as author and as both."""
    text = clean(text)
    found = cited(Paper("arxiv:2509.12345", f"A {text}", authors=(text,) if text else ()))
    assert with_rispy(ris(found)) == expected_ris(found)
    assert with_pybtex(bibtex(found)) == expected_bibtex(found)
    assert with_bibtexparser(bibtex(found)) == expected_bibtex(found)
    assert "<" not in json_ld("A day", "2025-10-01", found)


def test_every_real_paper_comes_back(real_data: Path) -> None:
    """All papers of the real days, as three parsers read them."""
    count = 0
    for path in sorted((real_data / "hf").glob("*.json")):
        day = date.fromisoformat(path.stem)
        listed = parse_daily_papers(path.read_bytes(), day, datetime(2026, 1, 1, tzinfo=UTC)).papers
        found = cited(*{paper.id: paper for paper in listed}.values())
        text = bibtex(found)
        assert with_pybtex(text) == with_bibtexparser(text) == expected_bibtex(found)
        assert with_rispy(ris(found)) == expected_ris(found)
        count += len(found)
    assert count == 8773
