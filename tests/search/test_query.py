"""The query language, by the table that the browser's parser is tested with too."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.query import LONGEST, Query, Term, parse_query

EXAMPLES = json.loads((Path(__file__).parent / "queries.json").read_text(encoding="utf-8"))
PIECES = st.sampled_from(['"', "-", " ", "OR", "author:", "has:note", "before:", "2025-06", "graph", "2509.12345", "“"])


def as_json(query: Query) -> dict[str, Any]:
    """As the browser's parser says it."""

    def term(found: Term) -> dict[str, Any]:
        return {
            "text": found.text,
            "field": found.field,
            "isPhrase": found.is_phrase,
            "isNegative": found.is_negative,
        }

    return {**asdict(query), "groups": [list(map(term, group)) for group in query.groups]}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: repr(example["query"]))
def test_example_means_what_the_table_says(example: dict[str, Any]) -> None:
    """Words, operators, days, ids and hints of each example."""
    expected = {key: value for key, value in example.items() if key != "query"}
    found = as_json(parse_query(example["query"]))
    assert {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()} == expected


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_is_a_query(text: str) -> None:
    """Nothing a reader types raises; what is searched is bounded."""
    query = parse_query(text)
    assert sum(len(term.text) for group in query.groups for term in group) <= 2 * LONGEST
    assert not query.until or not query.since or query.since <= "2100"
