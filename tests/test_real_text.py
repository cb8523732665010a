r"""What readers see of TeX in the real days, the seed and a year of arXiv: counted, and bounded.

`pytest -s tests/test_real_text.py` prints the counts, with the commands that failed most and what is left over.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pytest

from generator.formulas import split
from generator.mathml import mathml
from generator.text import clean, markup

SEED = Path(__file__).parents[1] / "content" / "listings"
COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
FORMULA = re.compile(r'<math>.*?</math>|<code class="tex">.*?</code>')
# A pair of dollars that any reader of TeX would take for a formula.
RAW = re.compile(r"\$[^$\s\d](?:[^$]{0,80}[^$\s])?\$(?!\w)|\$\\[a-z]+[^$]{0,80}\$")
LEFTOVERS = {
    "dashes": re.compile(r"(?<=\s)-{2,3}(?=\s)|(?<=[a-z])--(?=[a-z])"),
    "stars": re.compile(r"\*\*[^\s*][^*]*\*\*"),
    "links": re.compile(r"https?://[^\s{}]+\{[^{}]*\}|\]\(https?:"),
    "commands": COMMAND,
    "torn commands": re.compile(r"\b(?:text|math)(?:bf|it|rm|tt|cal|bb)\{"),
}


class Report:
    """Counts over many texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.formulas, self.as_mathml, self.texts = 0, 0, 0
        self.refused: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.commands: Counter[str] = Counter()
        self.raw: list[str] = []
        for text in texts:
            self.texts += 1
            self._count(text)

    def _count(self, text: str) -> None:
        for piece in split(clean(text)):
            if piece.tex is not None and "\\unicode" not in piece.tex:  # a dash, and shown as one
                self.formulas += 1
                self.as_mathml += mathml(piece.tex) is not None
                self.refused.update(() if mathml(piece.tex) else set(COMMAND.findall(piece.tex)) or {"no command"})
        prose = unescape(FORMULA.sub(" ", str(markup(text))))
        self.raw += RAW.findall(prose)
        self.commands.update(COMMAND.findall(prose))
        self.left.update({name: len(sign.findall(prose)) for name, sign in LEFTOVERS.items()})

    def __str__(self) -> str:
        share = f"{self.as_mathml} as MathML, {self.formulas - self.as_mathml} as TeX"
        return "\n".join(
            (
                f"{self.texts} texts: {self.formulas} formulas, {share}; raw: {self.raw}",
                f"refused: {self.refused.most_common(20)}",
                f"left: {dict(self.left)}",
                f"commands left: {self.commands.most_common(100)}",
            )
        )


@pytest.fixture(scope="module")
def days(real_data: Path) -> list[str]:
    """Both forms of the title, with dollars and without, abstracts and machine summaries of all real days."""
    entries = [entry for path in sorted(real_data.glob("hf/*.json")) for entry in json.loads(path.read_bytes())]
    return [
        text or ""
        for entry in entries
        for text in (
            entry["title"],
            entry["paper"]["title"],
            entry["paper"]["summary"],
            entry["paper"].get("ai_summary"),
        )
    ]


def a_tenth_of_arxiv(real_data: Path) -> Iterator[str]:
    """Titles and abstracts as authors wrote them, dollars and all."""
    if not (real_data / "scale").is_dir():
        pytest.skip("the large collection is not among the recorded data here")
    with (real_data / "scale" / "arxiv-110k.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 10 == 0:
                paper = json.loads(line)
                yield from (paper["title"], paper["abstract"])


def test_every_formula_of_the_real_days_is_set(days: list[str]) -> None:
    """Hugging Face takes most dollars away; what is left becomes MathML, and no formula stands raw."""
    report = Report(days)
    sys.stdout.write(f"{report}\n")
    assert report.texts == 4 * 8_773
    assert (report.formulas, report.as_mathml) == (44, 44)
    assert report.raw == ["$specialist and generalist$"]  # a torn `$\\textbf{…}…$`, which is prose


def test_little_markup_is_left_in_the_real_days(days: list[str]) -> None:
    """Before there were rules for them: 965 dashes, 68 stars, 98 links, 123 commands, 12 torn commands."""
    left = Report(days).left
    assert left["dashes"] == left["stars"] == left["torn commands"] == 0
    assert left["links"] <= 2
    assert left["commands"] <= 15


def test_the_seed_reads_well() -> None:
    """All that we ship: formulas set, and nothing left over."""
    papers = [paper for path in SEED.rglob("*.json") for paper in json.loads(path.read_bytes())["papers"]]
    report = Report(text for paper in papers for text in (paper["title"], paper["abstract"]))
    sys.stdout.write(f"{report}\n")
    assert report.formulas == report.as_mathml
    assert report.raw == []
    assert not any(report.left.values())


def test_nearly_every_formula_of_arxiv_is_set(real_data: Path) -> None:
    """Of a tenth of 110,000 papers, 8 formulas in a thousand at most show their TeX."""
    report = Report(a_tenth_of_arxiv(real_data))
    sys.stdout.write(f"{report}\n")
    assert report.formulas > 9_000
    assert report.formulas - report.as_mathml <= report.formulas * 0.008
    assert len(report.raw) <= 12
    assert report.left["commands"] <= 60
