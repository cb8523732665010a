"""Front matter: every value stays the text that was typed, every trap is refused with its line."""

from hypothesis import given
from hypothesis import strategies as st

from generator.curation.findings import FindingError
from generator.curation.front_matter import parse_front_matter


def test_values_stay_text():
    """`2401.12340` keeps its zero, `no` stays a word."""
    front = parse_front_matter("---\npaper: 2401.12340\ncurator: no\ntopics: [1e5, yes]\n---\n\nWords\n---\nmore\n")
    values = {key: entry.value for key, entry in front.entries.items()}
    assert values == {"paper": "2401.12340", "curator": "no", "topics": ("1e5", "yes")}
    assert (front.body, front.body_line) == ("Words\n---\nmore", 7)
    assert front.line("curator") == 3


@given(st.text())
def test_any_text_parses_or_is_refused(text):
    """Nothing else happens."""
    try:
        entries = parse_front_matter(f"---\n{text}\n---\nx").entries
    except FindingError as error:
        assert error.finding.hint
    else:
        assert all(entry.line >= 2 for entry in entries.values())


def test_keys_that_are_told_are_one_line_without_controls():
    """A key may hold line ends, and a line of its own is a command to a runner."""
    key = r'"a\n::add-mask::b\e[31m"'
    front = parse_front_matter(f'---\n{key}: 1\n{key}: 2\n{key[:-1]}c": [{{d: 1}}]\n---\nx\n')
    assert [finding.text for finding in front.findings] == [
        "a ::add-mask::b[31m is written twice",
        "a ::add-mask::b[31mc is nested",
    ]
