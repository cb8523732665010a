"""Words and homes, by the table that the browser's `words.js` is tested with too."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.search.analysis import words

TABLE = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
DOCS = Path(__file__).parents[2] / "docs" / "search-index.md"


@pytest.mark.parametrize("example", TABLE["words"], ids=lambda example: repr(example["text"][:40]))
def test_words_are_those_of_the_table(example: dict[str, Any]) -> None:
    """Accents, joined words, codes, numbers and scripts without spaces."""
    assert list(words(example["text"])) == example["words"]


def test_homes_are_what_the_documented_pattern_says() -> None:
    """The browser takes endings off without the pattern, which is slow for some words."""
    found = re.search(r"`(\(\?:\[aeiousy\]\S+\)\*\$)`", DOCS.read_text(encoding="utf-8"))
    assert found
    ending = re.compile(found[1])

    def home(value: str) -> str:
        return value[:3] + ending.sub("", value[3:], count=1) if re.fullmatch("[a-z]+", value) else value

    assert {entry["value"]: home(entry["value"]) for entry in TABLE["homes"]} == {
        entry["value"]: entry["home"] for entry in TABLE["homes"]
    }
