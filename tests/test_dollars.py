r"""A hundred dollars: which are money, names or code, which are mathematics. All written for this list."""

import pytest

from generator.formulas import split
from generator.text import markup

NO_MATH = r"""
$5 and $10
costs between $5 and $10 a day
US$3.2M
US$3.2M and US$4.5M
USD $100
$100k/year
from $100k/year to $120k/year
$1,000 USD
A$5 or NZ$6
HK$40, S$7 and C$9
R$ 30 and R$ 40
$5–$10
$5-$10
$5--$10
$20-$50 per test
$0.8-$1.5 per run
($0.008 vs. $0.12 per analysis)
($0.18 vs $1.75 per case)
from $200k to $8k with turnover
an under-$5 chip, a $7 board
$3\%–$5
\$5
\$5 and \$10
\$0.58M--\$0.70M
\$1.22M, compared with \$0.70M
\$\$\$
$5
just $5.
90$ of data
4-6$
1$, or 2$
1$ or 2$
10 $ or 20 $
$5 $
$ 5 and $ 10
a $1 million prize and a $2 million prize
a budget of less than $25, without labels
$15M in savings, $2M in costs
+$0.002, +$0.019
$$
$ $
$$$
costs $1/hour and $2/day
$1.22M, and $0.58M for baselines
$1M, 2x less than $2M
$HOME and $PATH
set $HOME or $PATH first
${x} and ${y}
${HOME}/bin:${PATH}
$PYTHONPATH:/usr/lib
run $ make and $ make test
$ pip install this, then $ run it
$1 and $2 in a pattern
QP$ and KV$
US$ or A$
US$5/A$
a $textbf{one} and two$ torn
"""

MATH = r"""
$x$
$5$
$100$
$\$5$
$K$-free
$n \log n$
$O(n^2)$
$O(n)$ and $O(1)$
$k=5$
$p<0.05$
$10^9$ papers
$n=5$ and $m=10$
$\approx$3x
$\sim$10
$\geq$5
12$\times$12
2$\times$ faster
$5\%$
$1\text{-}2$
$\alpha$-decay
SU$(2)$
Ly$\alpha$
D$^2$4
R$^2>$0.99
10$^{-3}$
H$_2$O
CO$_2$ and $\mathrm{NO}_x$
$a_1$$b_2$
$$x^2$$
\(y\)
\[z\]
$ T $
$ x^2$
$ \mathcal{B} $
$\{1, 2\}$
$|x|$
$f: X \to Y$
$[0,1]$
$(n,k)$
$-1$
$+$
dw3$?$
radius$.$
$α≤β$
$\ell_2$-norm
$\mathbb{R}^d$
$\R^d$
$\mathrm{a long name}$
$\text{if }x>0$
costs $0.01 per token ($\approx$ 3x less)
$x$ costs $5
$5, or $x^2$ of them
"""


@pytest.mark.parametrize("text", NO_MATH.strip().splitlines())
def test_money_names_and_code_stay_as_they_are(text: str) -> None:
    """No pair of dollars in them is a formula, and a reader sees no code either."""
    assert [piece.tex for piece in split(text) if piece.tex is not None] == []
    assert "<" not in markup(text)


@pytest.mark.parametrize("text", MATH.strip().splitlines())
def test_mathematics_is_set_as_such(text: str) -> None:
    """There is MathML, and none of the text is left as TeX."""
    html = str(markup(text))
    assert "<math>" in html
    assert "<code" not in html


def test_the_list_is_a_hundred() -> None:
    """And no line stands in it twice."""
    lines = [*NO_MATH.strip().splitlines(), *MATH.strip().splitlines()]
    assert len(set(lines)) == len(lines) >= 100
