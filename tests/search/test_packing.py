"""Numbers and words ↔ bytes."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.packing import (
    file_number,
    from_nibbles,
    from_riced,
    home,
    nibbles,
    packed_lists,
    riced,
    string,
    unscaled,
    varint,
)
from generator.search.unpacking import SearchIndexError, Unpacker

HOMES = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))["homes"]
PAPERS = st.one_of(st.sets(st.integers(0, 300), max_size=60), st.sets(st.integers(0, 1_000_000), max_size=60)).map(
    sorted
)


@given(st.lists(st.integers(0, 2**40)))
def test_varints_are_read_back(numbers: list[int]) -> None:
    """One after the other, until nothing is left."""
    at = Unpacker(b"".join(map(varint, numbers)))
    assert [at.varint() for _ in numbers] == numbers
    assert not at.has_more


@pytest.mark.parametrize(
    ("number", "data"), [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (2**32, "8080808010")]
)
def test_a_varint_is_leb128(number: int, data: str) -> None:
    """Seven bits a byte, lowest first."""
    assert varint(number).hex() == data


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60))
def test_strings_are_read_back(text: str) -> None:
    """Whatever the script."""
    assert Unpacker(string(text)).string() == text


def test_an_overlong_string_is_refused() -> None:
    """A byte cannot tell its length."""
    with pytest.raises(ValueError):
        string("a" * 256)


@given(st.lists(st.tuples(PAPERS, st.integers(0, 255)), max_size=8), st.booleans())
def test_lists_are_read_back(lists: list[tuple[list[int], int]], is_marked: bool) -> None:
    """Each begins anew; empty ones stand between others; steps of every length."""
    bounds = np.cumsum([0, *(len(papers) for papers, _ in lists)])
    papers = np.array([paper for some, _ in lists for paper in some], np.int64)
    marks = np.array([(mark + at) % 256 for some, mark in lists for at in range(len(some))], np.uint8)
    packed = packed_lists(bounds, papers, marks if is_marked else None)
    for number, (some, mark) in enumerate(lists):
        at, paper = Unpacker(packed[number]), -1
        for row, expected in enumerate(some):
            paper += at.varint()
            assert paper == expected
            assert not is_marked or at.byte() == (mark + row) % 256
        assert not at.has_more
        assert packed.counts[number] == len(some)


@given(PAPERS.filter(bool))
def test_a_long_list_is_read_back(papers: list[int]) -> None:
    """Sparse or dense."""
    assert from_riced(riced(np.array(papers)), len(papers)).tolist() == papers


@given(PAPERS.filter(bool), st.data())
def test_a_cut_list_is_refused(papers: list[int], data: st.DataObject) -> None:
    """No byte can be missing, and no paper be made up."""
    packed = riced(np.array(papers))
    with pytest.raises(ValueError, match="cut short"):
        from_riced(packed[: data.draw(st.integers(0, len(packed) - 1))], len(papers))


def test_a_list_by_hand() -> None:
    """Steps less one are 2, 0, 5 with one low bit each: 10 0, 0 0, 110 1, lowest bit first."""
    assert from_riced(bytes((1, 0b01100001, 0b1)), 3).tolist() == [2, 3, 9]


@given(st.lists(st.lists(st.floats(-9, 9, width=32), min_size=128, max_size=128), min_size=1, max_size=3))
def test_vectors_are_read_back_as_near_as_four_bits_can(rows: list[list[float]]) -> None:
    """No number is off by more than half a step, of which seven make the greatest; next to nothing is nothing."""
    vectors = np.array(rows, np.float32)
    greatest = np.abs(vectors).max(axis=1, keepdims=True)
    assert (np.abs(unscaled(nibbles(vectors)) * greatest / 7 - vectors) <= greatest / 14 + 1e-5).all()
    lengths = np.linalg.norm(from_nibbles(nibbles(vectors)), axis=1)
    assert np.allclose(lengths, greatest[:, 0] > 1e-30, atol=1e-5)


def test_the_first_number_is_the_low_half() -> None:
    """And what a vector lacks is zero."""
    assert nibbles(np.array([[1, -1]], np.float32))[0, :2].tolist() == [0x1F, 0x88]


@pytest.mark.parametrize(
    ("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("b", 0xE70C2DE5), ("foobar", 0xBF9CF968)]
)
def test_files_are_numbered_by_fnv_1a(text: str, value: int) -> None:
    """The vectors of its authors' own test."""
    assert file_number(text, 1 << 32) == value
    assert file_number(text, 7) == value % 7


@pytest.mark.parametrize("example", HOMES, ids=lambda example: repr(example["value"][:40]))
def test_homes_are_those_of_the_table(example: dict[str, Any]) -> None:
    """The browser's `words.js` is tested with the same."""
    assert home(example["value"]) == example["home"]


@given(st.lists(st.sampled_from(("a", "ly", "al", "y", "ing", "ed", "ion", "at", "iz", "b", "n", "e")), max_size=40))
def test_a_home_is_the_beginning_of_its_word(pieces: list[str]) -> None:
    """Three letters at least; what follows is endings, and before it stands none."""
    word = "".join(pieces)[:40]
    found = home(word)
    assert word.startswith(found)
    assert len(found) >= min(3, len(word))
    assert found == home(found)


@pytest.mark.parametrize("word", ["aly" * 13 + "b", "abc" + "al" * 18 + "q", "e" * 39 + "x", "aly" * 13, "ingly" * 8])
def test_no_word_takes_long(word: str) -> None:
    """Where endings can be taken apart in many ways, and where a word is no word."""
    assert word.startswith(home(word))
    assert home(word + "é") == word + "é"
    assert re.fullmatch("[a-z]+", home(word))


def test_what_is_cut_short_is_an_error() -> None:
    """Not half a number."""
    for read in (Unpacker.byte, Unpacker.varint, Unpacker.string, Unpacker.keys):
        with pytest.raises(SearchIndexError):
            read(Unpacker(b""))
    with pytest.raises(SearchIndexError):
        Unpacker(b"\x80").varint()
    with pytest.raises(SearchIndexError):
        Unpacker(b"\x03ab").string()
