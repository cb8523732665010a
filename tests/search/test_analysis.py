"""What a text can be found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.analysis import LONGEST, folded, stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-4", "gpt4 gpt 4"),
        ("k-NN", "knn k nn"),
        ("TCP/IP", "tcpip tcp ip"),
        ("state-of-the-art", "state of the art"),
        ("Qwen2.5-VL scores 93.5%", "qwen2.5vl qwen2.5 vl scores 93.5"),
        ("C++, C# and .NET on x264", "c++ c# and .net on x264"),
        ("Alzheimer's and O’Brien’s don't", "alzheimer and obrien dont"),
        ("TNF-α, TNFα and β-catenin", "tnfalpha tnf alpha tnfalpha tnf alpha and betacatenin beta catenin"),
        ("naïve Gödel ﬁne Straße", "naive godel fine strasse"),
        ("日本語の論文", "日本 本語 語の の論 論文"),
        ("한국어 处理 x", "한국 국어 处理 x"),
        ("字", "字"),
        ("हिन्दी भाषा", "हिन्दी भाषा"),
        ("Ελληνικά κείμενα", "ελληνικα κειμενα"),
        ("... -- /", ""),
        ("", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    """Joined words whole and in parts, codes and numbers kept, scripts without spaces in pairs."""
    assert list(words(text)) == expected.split()


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folded text is folded; words of it are its words."""
    once = folded(text)
    assert list(words(once)) == list(words(text)) or once != folded(once)


@given(st.lists(st.text(max_size=20), max_size=5))
def test_no_word_spans_a_blank(texts: list[str]) -> None:
    """A text's words are those of its blank-separated pieces, which is what lets `terms` remember pieces."""
    text = " ".join(texts)
    assert list(words(text)) == [word for piece in text.split() for word in words(piece)]


@given(st.text(max_size=200))
def test_words_are_clean(text: str) -> None:
    """No word is empty, overlong or has a blank."""
    assert all(0 < len(word) <= LONGEST and not any(map(str.isspace, word)) for word in words(text))


@pytest.mark.parametrize("word", ["x264", "c++", "日本", ".net", "gpt4", "93.5"])
def test_codes_have_no_stem(word: str) -> None:
    """Only words of plain letters are stemmed."""
    assert stem(word) == word


def test_inflections_share_a_stem() -> None:
    """Number and tense do not matter."""
    assert len({stem(word) for word in ("generate", "generates", "generated", "generating")}) == 1
