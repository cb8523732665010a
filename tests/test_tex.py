"""TeX in prose becomes Unicode; what is not surely TeX stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formulas import split
from generator.tex import MARK, prose, symbols


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Erd\\H{o}s, \\'{E}cole, \\v{Z}ivn{\\'{y}}", "Erdős, École, Živný"),
        ('na\\"{\\i}ve, na{\\"\\i}ve, S\\~ao, \\\'\\i', "naïve, naïve, São, í"),
        ("Fran\\c{c}ois, \\c{C}", "François, Ç"),
        ("the query\\'s place, don\\'t", "the query's place, don't"),
        ("J{\\o}rgensen, Stra{\\ss}e, {\\AA}", "Jørgensen, Straße, Å"),
        ("\\b{Two words}, a \\x b", "\\b{Two words}, a \\x b"),
        ("density \\r{ho} and \\b{eta}", "density ρ and β"),
    ],
)
def test_accents_become_letters(text: str, expected: str) -> None:
    """Only where Unicode has the letter as one character; arXiv's torn Greek letters are mended."""
    assert expected == prose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("``a'' and ``b''", "“a” and “b”"),
        ('``fast" and slow', '“fast" and slow'),
        ("a ''slow'' one, f''(x), 5'' and 6''", "a “slow” one, f''(x), 5'' and 6''"),
        ("never ``closed", "never ``closed"),
        ("``the `inner' one''", "“the ‘inner’ one”"),
        ("``an `inner'''", "“an ‘inner’”"),
        ("the `large' model's size", "the ‘large’ model's size"),
        ("a Student`s-t, `code` and it's", "a Student`s-t, `code` and it's"),
        ("```python", "```python"),
    ],
)
def test_quotes_are_curled_in_pairs_only(text: str, expected: str) -> None:
    """Apostrophes, code and quotes that nothing closes stay as they were typed."""
    assert expected == prose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("models~(LLMs), we introduce~Name, at~https://a.b/~c", "models (LLMs), we introduce Name, at https://a.b/~c"),
        ("Fig.~3, Llama~3, 21~cm, A.~Author", "Fig. 3, Llama 3, 21 cm, A. Author"),
        ("~10%, (~5x), 12~20%, R~450, a ~ b, x~N(0,1)", "~10%, (~5x), 12~20%, R~450, a ~ b, x~N(0,1)"),
        (f"order~{MARK} of~{MARK}~GeV", f"order {MARK} of {MARK} GeV"),
    ],
)
def test_ties_become_blanks_and_about_stays(text: str, expected: str) -> None:
    """`~` between words is a tie; before a number it means about, in an address it is a name."""
    assert expected == prose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50\\% of R\\&D at a\\_b, \\#1, \\$5", "50% of R&D at a_b, #1, $5"),
        ("\\textbf{C}ausal \\emph{\\textsc{small} x}", "Causal small x"),
        ("{\\em indirect} and {\\sc Name}-x", "indirect and Name-x"),
        ("\\href{https://a.b/c}{here}, \\url{https://a.b/d_e}", "https://a.b/c, https://a.b/d_e"),
        ("360{\\deg}, 2\\times, Name-\\alpha{}, {\\Delta}G", "360°, 2×, Name-α, ΔG"),
        ("\\emph{open, {Kept}, \\begin{x}, \\frac{1}{2}", "\\emph{open, {Kept}, \\begin{x}, \\frac{1}{2}"),
        ("e.g.\\ this, 10\\,GeV", "e.g. this, 10 GeV"),
        ("C:\\new\\*path \\\\ 100% # sure", "C:\\new\\*path \\\\ 100% # sure"),
    ],
)
def test_text_commands_go_and_unknown_ones_stay(text: str, expected: str) -> None:
    """Known commands show what they mean; unknown and unbalanced ones stay letter for letter."""
    assert expected == prose(text)


@given(
    st.lists(st.sampled_from(["\\emph{", "}", "{\\em ", "\\href{", "{", MARK, "a", "~", "``", "''", "\\"])).map("".join)
)
def test_no_formula_is_lost(text: str) -> None:
    """Every mark of a formula comes out again, in any TeX."""
    assert text.count(MARK) == prose(text).count(MARK)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("costs $5 and $10", []),
        ("from $3M to $5M, $5–$10, $3\\%–$5", []),
        ("US$5/A$, US$ or A$, 1$, or 2$, QP$", []),
        ("\\$5 or $5", []),
        ("$one word$ and $textbf{one} and two$", []),
        ("$K$-free, $100$, Ly$α$, SU$(2)$, $ T $", ["K", "100", "α", "(2)", "T"]),
        ("12$\\times$12 and $\\sim$10", ["\\times", "\\sim"]),
        ("$$x^2$$ \\(y\\) \\[z\\] $a_1$$b_2$", ["x^2", "y", "z", "a_1", "b_2"]),
        ("$ \\alpha $ costs $5", ["\\alpha"]),
        ("$\\mathrm{a long name}$", ["\\mathrm{a long name}"]),
        (f"${'x^2' * 400}$", []),
    ],
)
def test_money_is_not_mathematics(text: str, formulas: list[str]) -> None:
    """The table of the module, case by case."""
    assert formulas == [piece.tex for piece in split(text) if piece.tex is not None]


@given(st.text(alphabet="$\\()[]a1 ^{}"))
def test_pieces_put_together_are_the_text(text: str) -> None:
    """Splitting loses nothing."""
    assert text == "".join(piece.source for piece in split(text))


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("K", "K"),
        ("\\mathcal{O}(n^{2})", "O(n^2)"),
        ("\\left(\\alpha\\right)", "(α)"),
        ("\\frac{a}{b}", "\\frac{a}{b}"),
        ("M_{\\rm BH}", "M_{BH}"),
    ],
)
def test_formulas_have_a_plain_form(tex: str, expected: str) -> None:
    """Titles and search records show formulas as one legible line."""
    assert expected == symbols(tex)
