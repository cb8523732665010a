"""A saved "Daily Papers" page: what is taken from it, and when nothing is."""

import pytest

from generator.identifiers import title_id
from generator.model import Paper
from generator.sources.capture import capture_month_day, parse_capture

HEADER = "new\n\nSubscribe\n\nDaily Papers\n\nOct 1\n\n"
FIRST = Paper(id=title_id("A Short Title"), title="A Short Title", abstract="An abstract that says rather more.")
SECOND = Paper(id=title_id("Naïve  $K$"), title="Naïve  $K$", abstract="Its abstract, with\u2028a strange line end. ")
BODY = "\n\n".join((FIRST.title, FIRST.abstract, SECOND.title, SECOND.abstract))


@pytest.mark.parametrize(
    "text",
    [
        HEADER + BODY,
        BODY,
        HEADER + BODY + "\n\n\n",
        "\ufeff" + HEADER + BODY,
        (HEADER + BODY).replace("\n", "\r\n"),
        BODY.replace("\n\n", "\n"),
    ],
    ids=["as saved", "without header", "blank lines at the end", "byte order mark", "Windows", "no blank lines"],
)
def test_titles_and_abstracts_are_kept_letter_for_letter(text: str) -> None:
    """However the page was saved, the same papers come out, in the page's order."""
    assert parse_capture(text, "page.txt") == ((FIRST, SECOND), ())


def test_a_paper_without_abstract_is_named() -> None:
    """One missing abstract refuses the page and names the line from which the pairs are wrong."""
    text = f"{HEADER}A Title\n\n{BODY}"
    papers, (problem,) = parse_capture(text, "page.txt")
    assert (papers, problem.line) == ((), 13)
    assert problem.text == "the paper “An abstract that says rather more.” seems to have no abstract"


def test_a_title_at_the_end_is_named() -> None:
    """A last title without its abstract refuses the page."""
    papers, (problem,) = parse_capture(f"{BODY}\n\nA Last Title", "page.txt")
    assert (papers, str(problem)[:56]) == ((), "page.txt:9: the paper “A Last Title” has no abstract. Ea")


def test_an_empty_page_has_no_papers() -> None:
    """Nothing in, nothing out."""
    assert parse_capture("", "page.txt") == ((), ())


@pytest.mark.parametrize(("text", "expected"), [(HEADER, (10, 1)), ("Feb 29\r\n", (2, 29)), (BODY, None)])
def test_the_page_tells_month_and_day(text: str, expected: tuple[int, int] | None) -> None:
    """The date line above the papers is read for a check against the day the user gives."""
    assert capture_month_day(text) == expected
