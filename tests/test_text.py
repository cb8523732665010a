"""Foreign text becomes one safe line, and nothing that a reader could miss is lost."""

import json
import os
import time
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text import clean, markup, readable

REAL = os.environ.get("BROADSHEET_REAL_DATA")
MATHML = set(
    "math mrow mi mn mo mtext mspace mstyle mfrac msqrt mroot msub msup msubsup munder mover munderover "
    "mtable mtr mtd".split()
)
ATTRIBUTES = {
    "mathvariant", "stretchy", "movablelimits", "minsize", "maxsize", "width", "displaystyle", "scriptlevel",
    "linethickness", "accent",
}  # fmt: skip
SPECIAL = [
    *"$$$\\\\{}``''\"~^_<>&;%#[]()*!:|-=+ \n\t\r",
    "--", "---", "**", "*a*", "''", "https://a.b/c", "https://a.b/c{", "[a](https://a.b)",
    "textbf{", "{bf a", "leq", "^circ",
    "\\name", "\\name{", "\\cite{a}", "\\footnote{", "\\eg", "\\href{https://a.b}{",
    "\\alpha", "\\emph{", "{\\em ", "\\'e", "\\text{", "\\frac", "\\left(", "\\begin{matrix}", "\\href{a}{", "\\r{ho}",
    "<b>", "</p>", "&lt;", "x", "K", "5", "é", "e\u0301", "\u0316", "\u034f", "\u200d", "\u200c", "\u094d", "ا", "👩",
    "\ufe0f", "\u202e", "\ud800", "\ufdd0", "\x02", "\x03", "\u2028", "\u2329", "\u0dd9", "\u0dca", "\U000e0041", "…",
]  # fmt: skip
foreign = st.one_of(st.text(), st.lists(st.sampled_from(SPECIAL), max_size=60).map("".join))
thorough = settings(max_examples=300, deadline=None)


def hostile_texts() -> list[pytest.param]:
    path = Path(REAL or "") / "hostile.json"
    if not REAL or not path.exists():
        return [pytest.param("", id="no-real-data", marks=pytest.mark.skip("BROADSHEET_REAL_DATA is not set"))]
    cases = json.loads(path.read_text(encoding="utf-8"))
    return [
        pytest.param(text, id=case["name"])
        for case in cases
        if case["field"] in ("title", "abstract", "author") and (text := expanded(case["payload"])) is not None
    ]


def expanded(payload: object) -> str | None:
    if isinstance(payload, dict) and "repeat" in payload:
        return payload.get("prefix", "") + payload["repeat"] * payload["times"] + payload.get("suffix", "")
    return payload if isinstance(payload, str) else None


class Tags(HTMLParser):
    """What a browser would see: start tags with attributes, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.others: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """Keep it."""
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_gated(html: str) -> None:
    seen = Tags()
    seen.feed(html)
    seen.close()
    assert not seen.others
    for tag, attributes in seen.tags:
        if tag == "code":
            assert attributes == [("class", "tex")]
        else:
            assert tag in MATHML
            assert {name for name, _ in attributes} <= ATTRIBUTES
    ET.fromstring(f"<p>{html}</p>")
    assert "\n" not in html
    assert "\r" not in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x08c\x1b[31md", "abc[31md"),
        ("a\u2028b\u2029c\x0bd\x0ce\x1cf", "a b c d e f"),
        ("  a\r\nb\t\u00a0 c ", "a b c"),
        ("x\U000e0041\U000e0042\U000e007f y", "x y"),
        ("abc\u202edef\u2066g\u2069\u200e\u200f", "abcdefg"),
        ("A\u200bl\u200ci\u200dc\u2060e\ufeff", "Alice"),
        ("a\ud800b\ufdd0c\uffffd\U0001fffee", "abcde"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("＜script＞ ﬁ ²", "＜script＞ ﬁ ²"),
        ("0", "0"),
        ("", ""),
    ],
)
def test_controls_and_disguises_go_and_compatibility_characters_stay(text: str, expected: str) -> None:
    """Invisible and misleading characters vanish, blanks fold to one, NFC and never NFKC."""
    assert expected == clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🔬🏳\ufe0f\u200d🌈 model",
        "می\u200cخواهم",
        "क्\u200dष",
        "ශ්\u200dරී",
        "Việt Nam",
        "한국어",
        "שָׁלוֹם",
        "ཧཱུྃ",
        "葛󠄀",
    ],
)
def test_scripts_and_emoji_keep_their_joiners_and_marks(text: str) -> None:
    """Joiners inside emoji, Arabic and Indic words, and the marks of real scripts, are left alone."""
    assert text == clean(text)


def test_a_flood_of_marks_is_capped() -> None:
    """Eight marks on one letter at most."""
    assert len(clean("Z" + "\u0311" * 400 + "algo")) == len("Z" + 8 * "\u0311" + "algo")


@pytest.mark.parametrize(("limit", "expected"), [(5, "abcde"), (4, "abc…")])
def test_text_over_the_limit_ends_in_an_ellipsis(limit: int, expected: str) -> None:
    """The result is never longer than the limit."""
    assert expected == clean("abcde", limit=limit)


@thorough
@given(foreign, st.integers(2, 40))
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    """`clean` is idempotent, with and without a cut."""
    assert clean(text) == clean(clean(text))
    assert clean(text, limit) == clean(clean(text, limit), limit)
    assert len(clean(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does ``attention'' fail?", "Does “attention” fail?"),
        ("gains of 7.35\\% here", "gains of 7.35% here"),
        ("R\\\"ossler and Poincar\\'e", "Rössler and Poincaré"),
        ("a generative model~(DAG) is", "a generative model (DAG) is"),
        ("a $K$-free method", "a K-free method"),
        ("Poincaré's ball", "Poincaré's ball"),
        ('he said "no", didn\'t he', 'he said "no", didn\'t he'),
        ("code at \\href{https://example.org/a_b{Name}", "code at \\href{https://example.org/a_b{Name}"),
        ("problems -- hulls --- in f_theta on R^d", "problems – hulls — in f_theta on R^d"),
        ("100times faster, ~10% of 12~20", "100times faster, ~10% of 12~20"),
        ("in $O(n^2)$, $\\alpha \\le \\beta$", "in O(n^2), α ≤ β"),
        ("costs $5 and $10", "costs $5 and $10"),
    ],
)
def test_plain_text_reads_as_the_author_meant_it(text: str, expected: str) -> None:
    """TeX that is surely TeX becomes Unicode; nothing else changes."""
    assert expected == readable(text)


def test_formulas_become_mathml_and_the_rest_is_escaped() -> None:
    """One formula, one `<math>`; angle brackets of the prose are text."""
    assert str(markup("a<b & $K$-free")) == "a&lt;b &amp; <math><mi>K</mi></math>-free"


def test_a_formula_that_fails_shows_its_source() -> None:
    """Unknown commands are shown as they were written."""
    assert str(markup("$\\foo{<b>}$")) == '<code class="tex">$\\foo{&lt;b&gt;}$</code>'


@thorough
@given(foreign)
def test_markup_holds_nothing_but_gated_math_and_code(text: str) -> None:
    """Only our elements and attributes come out, well-formed, on one line, and twice the same."""
    html = str(markup(text))
    assert_gated(html)
    assert html == str(markup(text))


@thorough
@given(foreign)
def test_plain_text_is_clean(text: str) -> None:
    """Nothing that `clean` takes away comes back through TeX."""
    assert readable(text) == clean(readable(text))


@thorough
@given(st.text(alphabet=st.characters(exclude_characters="\\$~`{}-*^['qy")))
def test_text_without_tex_is_only_escaped(text: str) -> None:
    """A reader sees the cleaned text letter for letter."""
    assert clean(text) == unescape(str(markup(text))) == readable(text)


@thorough
@given(foreign)
def test_raw_html_blocks_pass_through_markdown_unchanged(text: str) -> None:
    """Python-Markdown gives a page's block back byte for byte, whatever the text holds."""
    block = f'<div>\n<h2>{markup(text)}</h2>\n<p dir="auto">{markup(text)}</p>\n</div>'
    extensions = ["toc", "tables", "fenced_code", "abbr", "footnotes", "attr_list", "pymdownx.critic", "smarty"]
    assert block in markdown.markdown(f"x\n\n{block}\n\ny", extensions=extensions)


@pytest.mark.parametrize("text", hostile_texts())
def test_hostile_texts_are_shown_and_do_nothing(text: str) -> None:
    """Every hostile title, abstract and name: gated, one line, bounded."""
    assert_gated(str(markup(text)))
    assert clean(text) == clean(clean(text))
    assert len(readable(text)) <= 20_000
    assert readable(text).splitlines() in ([], [readable(text)])


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "$",
            "\\$",
            "\\\\",
            "{",
            "\\emph{",
            "`a'",
            "``''",
            "a~",
            "$x$",
            "\u0300\u0316",
            "{\\",
            "*",
            "**a",
            "*a ",
            "''a",
            "--",
        ),
        *(
            "a--",
            "https://a{",
            "https://",
            "[a](https://",
            "textbf{",
            "{bf ",
            "\\a{",
            "\\href{a.b}{",
            "leq",
            "a.",
            "\\name ",
        ),
    ],
)
def test_long_hostile_texts_take_no_time(unit: str) -> None:
    """The time grows with the length and no faster."""
    started = time.process_time()
    markup(unit * (20_000 // len(unit)))
    assert time.process_time() - started < 1


@pytest.mark.skipif(not REAL, reason="BROADSHEET_REAL_DATA is not set")
def test_real_abstracts_come_out_well_formed() -> None:
    """Every tenth real day: gated markup, clean text."""
    for path in sorted(Path(REAL or "").glob("hf/*.json"))[::10]:
        for entry in json.loads(path.read_text(encoding="utf-8")):
            for text in (entry["paper"]["title"], entry["paper"]["summary"]):
                assert_gated(str(markup(text)))
                assert readable(text) == clean(readable(text))
