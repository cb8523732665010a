"""TeX formulas become small, gated MathML, or None."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.mathml import mathml

PARTS = [
    "\\frac", "\\sqrt", "\\hat", "\\left(", "\\right)", "\\left.", "\\begin{matrix}", "\\end{matrix}", "\\text{a}",
    "\\mathbb", "\\limits", "\\sum", "\\not", "\\pmod", "\\substack", "\\operatorname{f}", "\\\\", "{", "}", "^", "_",
    "&", "'", "x", "2", " ", "%", "[", "]", "<", "\\", "\\rm", "\\big", "\\binom", "\\over", "~", "$", "\\overset",
]  # fmt: skip


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("K", "<mi>K</mi>"),
        ("100", "<mn>100</mn>"),
        ("n^2", "<msup><mi>n</mi><mn>2</mn></msup>"),
        ("\\mathbb{R}^d", "<msup><mi>ℝ</mi><mi>d</mi></msup>"),
        ("\\mathbf{x}", "<mi>𝐱</mi>"),
        ("{\\cal L}", "<mi>ℒ</mi>"),
        ("\\boldsymbol\\theta", "<mi>𝜽</mi>"),
        ("x \\sim y", "<mi>x</mi><mo>∼</mo><mi>y</mi>"),
        ("α≤β", "<mi>α</mi><mo>≤</mo><mi>β</mi>"),
        ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        ("10%", "<mn>10</mn><mi>%</mi>"),
        ("\\mathrm{GeV}", '<mi mathvariant="normal">GeV</mi>'),
        ("\\log n", '<mi>log</mi><mspace width="0.167em"></mspace><mi>n</mi>'),
        ("\\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        ("\\R^d", "<msup><mi>ℝ</mi><mi>d</mi></msup>"),
        ("x \\not\\in y", "<mi>x</mi><mo>∉</mo><mi>y</mi>"),
        ("\\text{if so}", "<mtext>if\u00a0so</mtext>"),
        ("\\tilde{x}", '<mover><mi>x</mi><mo stretchy="false">~</mo></mover>'),
    ],
)
def test_formulas_become_small_mathml(tex: str, expected: str) -> None:
    """No namespace, no needless rows, letters of an alphabet from Unicode."""
    assert mathml(tex) == f"<math>{expected}</math>"


@pytest.mark.parametrize(
    "tex",
    [
        "\\unknown",
        "\\not\\equiv 0",
        "\\text{<img src=x onerror=alert(1)>}",
        "\\style{position:fixed}{x}",
        "\\class{md-search}{y}",
        "\\href{https://example.org}{x}",
        "\\htmlData{a=b}{x}",
        "\\includegraphics{x.png}",
        "\\color{red}x",
        "\\rule{1000000em}{1000000em}",
        "\\kern{-100000em}x",
        "\\hspace{1000em}x",
        "\\unicode{x3c}",
        "\\def\\a{\\a\\a}\\a",
        "\\newcommand{\\a}{x}\\a",
        "\\verb|<b>|",
        "\\begin{array}{c}x\\end{array}",
        "{x",
        "x}",
        "\\left(x",
        "\\frac{1}",
        "a_b_c",
        "x\\",
        "x" * 1_001,
        "{" * 17 + "x" + "}" * 17,
        "\\sqrt" * 17 + "x",
    ],
)
def test_what_the_gate_does_not_know_is_refused(tex: str) -> None:
    """Unknown, dangerous, unbalanced, too long and too deep formulas are not converted."""
    assert mathml(tex) is None


def test_the_deepest_formula_is_converted() -> None:
    """Sixteen levels are no matter for the stack."""
    assert (
        mathml("\\sqrt{" * 16 + "x" + "}" * 16)
        == "<math>" + "<msqrt>" * 16 + "<mi>x</mi>" + "</msqrt>" * 16 + "</math>"
    )


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_nothing_makes_the_converter_raise(tex: str) -> None:
    """Any mixture of TeX is converted or refused, without an exception."""
    assert mathml(tex) is None or str(mathml(tex)).startswith("<math>")


@pytest.mark.parametrize("unit", ["\\hat ", "x_", "x^", "'", "\\left(", "\\frac", "{x}", "\\alpha", "&", "\\text{"])
def test_long_formulas_take_no_time(unit: str) -> None:
    """The cap on length bounds the work."""
    started = time.process_time()
    mathml(unit * (1_000 // len(unit)))
    assert time.process_time() - started < 1
