"""Front matter: every value stays the text that was typed, every trap is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.curation.front_matter import FrontMatterError, parse_front_matter


def test_values_stay_text():
    """`2401.12340` keeps its zero, `no` stays a word."""
    front = parse_front_matter("---\npaper: 2401.12340\ncurator: no\ntopics: [1e5, yes]\n---\nWords\n---\nmore\n")
    assert front.values == {"paper": "2401.12340", "curator": "no", "topics": ("1e5", "yes")}
    assert front.body == "Words\n---\nmore"
    assert front.lines["curator"] == 3


CASES = {
    "no front matter": ("Words", 1, "does not start with ---"),
    "never closed": ("---\npaper: x\n", 1, "does not end"),
    "empty": ("---\n---\nx", 2, "has no keys"),
    "a list": ("---\n- a\n---\nx", 2, "has no keys"),
    "anchor": ("---\na: &x 1\n---\nx", 2, "anchors"),
    "alias bomb": ("---\na: &a [x]\nb: [*a, *a]\n---\nx", 2, "anchors"),
    "tag": ("---\nok: 1\na: !ENV HOME\n---\nx", 3, "anchors"),
    "python tag": ("---\na: !!python/object/apply:os.system [ls]\n---\nx", 2, "anchors"),
    "duplicate": ("---\na: 1\na: 2\n---\nx", 3, "written twice"),
    "nested": ("---\na: {b: {c: d}}\n---\nx", 2, "nested"),
    "tab": ("---\na:\n\t- b\n---\nx", 3, "not valid YAML"),
    "colon": ("---\na: b: c\n---\nx", 2, "not valid YAML"),
    "control character": ("---\na: \x01\n---\nx", 2, "not valid YAML"),
    "long": (f"---\na: {'x' * 5000}\n---\nx", 1, "over 4096 bytes"),
    "key is a list": ("---\n? [a, b]\n: c\n---\nx", 2, "a key must be a word"),
}


@pytest.mark.parametrize(("text", "line", "message"), CASES.values(), ids=CASES)
def test_each_trap_is_refused_at_its_line(text, line, message):
    """The message names the line in the file, not in the front matter."""
    with pytest.raises(FrontMatterError) as caught:
        parse_front_matter(text)
    assert (caught.value.line, message in caught.value.text) == (line, True)


@given(st.text())
def test_any_text_parses_or_is_refused(text):
    """Nothing else happens."""
    try:
        values = parse_front_matter(f"---\n{text}\n---\nx").values
    except FrontMatterError as error:
        assert error.hint
    else:
        assert all(isinstance(value, str | tuple) for value in values.values())
