"""Lists of papers as JSON Lines: good lines are taken, bad ones are named."""

import pytest

from generator.model import Paper
from generator.sources.jsonl import parse_jsonl

LINE = '{"id": "2509.12345", "title": "A\u2028title", "authors": ["Ada"]}'
PAPER = Paper(id="arxiv:2509.12345", title="A\u2028title", authors=("Ada",))


@pytest.mark.parametrize("text", [LINE, f"\ufeff{LINE}\r\n\r\n", f"\n\n{LINE}\n"])
def test_each_line_is_a_paper(text: str) -> None:
    """Blank lines, Windows line ends and a byte order mark do not matter; U+2028 is no line end."""
    assert parse_jsonl(text, "list.jsonl") == ((PAPER,), ())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("{", "is not valid JSON (Expecting property name enclosed in double quotes, column 2)"),
        ("[]", "field 'paper' must be an object, not list []"),
        ('{"title": NaN}', "NaN is not a JSON number"),
        ('{"titel": "A"}', "unknown field 'titel'; known are"),
        ('{"title": "A", "extra": {"x": ' + "[" * 100_000, "is not valid JSON (nested too deeply)"),
        ('{"title": "A", "version": ' + "9" * 5_000 + "}", "Exceeds the limit"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_taken(line: str, text: str) -> None:
    """A problem says file, line and cause; the good lines around it are papers."""
    papers, (problem,) = parse_jsonl(f"{line}\n{LINE}", "list.jsonl")
    assert (papers, problem.path, problem.line, problem.text.startswith(text)) == ((PAPER,), "list.jsonl", 1, True)


def test_a_paper_that_stands_twice_is_named() -> None:
    """The first line wins, the second is a problem."""
    papers, (problem,) = parse_jsonl(f"{LINE}\n{LINE}", "list.jsonl")
    assert (papers, str(problem)) == (
        (PAPER,),
        "list.jsonl:2: paper arxiv:2509.12345 stands twice. Delete one of the lines",
    )
