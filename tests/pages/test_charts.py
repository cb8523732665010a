"""Pictures of numbers: what they show is right, whole and harmless."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.charts import bars, round_below, sparkline

counts = st.lists(st.integers(0, 10**7), max_size=200)
_BAR = re.compile(r"M(\d+) (\d+)v-([\d.]+)h3v([\d.]+)z")


def drawn(picture: str) -> list[tuple[int, float]]:
    """Position and height of every bar."""
    path = next(element for element in ElementTree.fromstring(picture).iter("path"))
    d = path.attrib["d"]
    found = list(_BAR.finditer(d))
    assert "".join(bar[0] for bar in found) == d
    return [(int(bar[1]) // 4, float(bar[3])) for bar in found]


@given(counts)
def test_bars_stand_for_their_numbers(values: list[int]):
    """One bar a number above zero, at its place, the highest as high as the picture."""
    heights = dict(drawn(bars(values, "label")))
    assert set(heights) == {position for position, value in enumerate(values) if value}
    for position, height in heights.items():
        assert height == pytest.approx(120 * values[position] / max(values), abs=0.01)


@given(counts, st.floats(0.5, 10**8))
def test_no_bar_leaves_a_picture_with_a_given_peak(values: list[int], peak: float):
    """Pictures beside each other share a scale."""
    assert all(0 <= height <= 40 for _, height in drawn(sparkline(values, "label", peak)))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_words_stay_words(words: str):
    """Labels and ticks are foreign text: they change nothing but themselves."""
    picture = ElementTree.fromstring(bars([1, 2], words, [(1, words)]))
    harmless = ElementTree.fromstring(bars([1, 2], "label", [(1, "tick")]))
    assert [(element.tag, *element.attrib) for element in picture.iter()] == [
        (element.tag, *element.attrib) for element in harmless.iter()
    ]
    assert picture.attrib["aria-label"] == words
    assert (picture.findall("text")[-1].text or "") == words


@given(counts)
def test_a_picture_is_small_and_without_inline_style(values: list[int]):
    """The policy forbids it, and a thousand bars are one element."""
    picture = ElementTree.fromstring(bars(values, "label", [(0, "2025")] if values else ()))
    elements = list(picture.iter())
    assert len(elements) <= 8
    assert all("style" not in element.attrib for element in elements)


@pytest.mark.parametrize(("value", "mark"), [(1, 1), (4, 2), (5, 5), (9, 5), (10, 10), (287, 200), (5001, 5000)])
def test_the_line_is_at_a_round_value(value: int, mark: int):
    """1, 2, 5 and their tens."""
    assert round_below(value) == mark
    assert f">{mark:,}</text>" in bars([value], "label")
