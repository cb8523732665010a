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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we propose \\method, \\ours{} and {\\model}-7B", "we propose method, ours and model-7B"),
        ("\\name\\ both, \\tool{A name}", "name both, A name"),
        ("\\polys{n}, C:\\new, \\bword\\b, \\x, a\\name", "\\polys{n}, C:\\new, \\bword\\b, \\x, a\\name"),
        ("\\eg, this, \\ie this, \\etc. \\vs{} that", "e.g., this, i.e. this, etc. vs. that"),
        ("as~\\cite{a:b}, \\citep{c, d}, Sec.~\\ref{x}", "as [a:b], [c, d], Sec. [x]"),
        ("here\\footnote{See there.} and \\footnote{so}", "here (See there.) and (so)"),
        ("M\\textsuperscript{2}, 4\\textsuperscript{th}, x\\textsubscript{10}", "M², 4th, x₁₀"),
        ("hyphen\\-ated, {\\small NAME}", "hyphenated, NAME"),
        ("\\href{https://a.b/c\\_d}{the code}", "the code (https://a.b/c_d)"),
        ("\\href{https://a.b/c}{this link}", "https://a.b/c"),
        ("\\href{mailto:a@b.c}{a@b.c}", "a@b.c"),
    ],
)
def test_commands_show_what_a_reader_can_use(text: str, expected: str) -> None:
    """Authors' own names, abbreviations, keys of citations, notes behind the word, addresses."""
    assert expected == prose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a -- b --- c, d--e, f---g, 1--3, 5%--10%", "a – b — c, d–e, f—g, 1–3, 5%–10%"),
        (f"{MARK}--{MARK}, Names-- here", f"{MARK}–{MARK}, Names– here"),
        ("--flag, (--x), a --b, -->, <!-- x, ----", "--flag, (--x), a --b, -->, <!-- x, ----"),
        ("C-- and i--", "C-- and i--"),
        ("https://a.b/c--d, pre--post.io, `a--b`", "https://a.b/c--d, pre--post.io, `a--b`"),
    ],
)
def test_dashes_are_printed(text: str, expected: str) -> None:
    """Two hyphens are an en dash, three an em dash; options, arrows, addresses and code keep theirs."""
    assert expected == prose(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**C**hain **of** thought (**CoT**), *so*", "Chain of thought (CoT), so"),
        ("A* and B*, 2**3**4, *args and **kwargs, a * b * c", "A* and B*, 2**3**4, *args and **kwargs, a * b * c"),
        ("*Equal work, A* search", "*Equal work, A* search"),
        ("[code](https://a.b/c), [a.b/c](a.b/c), [0, 1](x)", "code (https://a.b/c), a.b/c, [0, 1](x)"),
        ("https://a.b/c{GitHub}, https://a.b/c/{here}", "GitHub (https://a.b/c), https://a.b/c/"),
        ("https://a.b/c{https://a.b/c}, https://a.b/{id}", "https://a.b/c, https://a.b/{id}"),
        ("texttt{D}ual, R^textbf{2}, {bf P}re, teal{Tool}", "Dual, R^2, Pre, Tool"),
        ("360^circ, 360^{circ}, leq5%, infty-RoPE, https://a/leq", "360°, 360°, ≤5%, ∞-RoPE, https://a/leq"),
        ("\\20 USD, (\\0.1), \\300,000, \\1 and \\3)", "$20 USD, ($0.1), $300,000, \\1 and \\3)"),
    ],
)
def test_what_sources_leave_of_markup_is_mended(text: str, expected: str) -> None:
    """Markdown, and TeX that lost its backslashes and dollars."""
    assert expected == prose(text)


PARTS = ["**", "*a", "--", "https://a.b/c{", "](https://", "[a", "\\name{", "\\footnote{", "textbf{", "''", "\\-", " "]


@given(st.lists(st.sampled_from([*PARTS, "}", MARK, "\\href{a.b}{", "\\color{"])).map("".join))
def test_no_formula_is_lost_in_markup(text: str) -> None:
    """Every mark of a formula comes out again, whatever stands around it."""
    assert text.count(MARK) == prose(text).count(MARK)


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
