"""Counts and states → the words and choices that several templates share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from generator.dates import long_day, month_name
from generator.model import Json, RankedPaper, SourceState

_LEADS = 3
_FEW = 5
_WORDS_A_MINUTE = 230
"""Silent reading of prose in English: Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047, finds 238."""


def counted(number: int, noun: str) -> str:
    """`1 paper`, `1,234 papers`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def unbroken_day(day: date) -> str:
    """`Wednesday, 1 October 2025`, in which no line ends between the number and the month."""
    return long_day(day).replace(f" {day.day} ", f" {day.day}\N{NO-BREAK SPACE}")


def headlines(papers: Sequence[RankedPaper]) -> tuple[tuple[RankedPaper, ...], tuple[RankedPaper, ...]]:
    """Papers, best first → those that a page shows large, and the others.

    Large are all picks, and above them nothing: the best others fill up what picks leave of three. A handful of papers
    are all large.
    """
    if len(papers) <= _FEW:
        return tuple(papers), ()
    picks = [ranked for ranked in papers if ranked.is_picked]
    others = [ranked for ranked in papers if not ranked.is_picked]
    filled = max(0, _LEADS - len(picks))
    return (*picks, *others[:filled]), tuple(others[filled:])


def reading_time(papers: Iterable[RankedPaper]) -> str:
    """How long titles and abstracts of all papers take: `about 12 minutes to read`; no note changes it."""
    texts = (text for ranked in papers for text in (ranked.paper.title, ranked.paper.abstract))
    minutes = max(1, round(sum(len(text.split()) for text in texts) / _WORDS_A_MINUTE))
    return f"about {counted(minutes, 'minute')} to read"


def week_span(monday: date) -> str:
    """`29 September to 5 October 2025`: no year or month is said twice."""
    sunday = monday + timedelta(days=6)
    first = str(monday.day)
    if monday.month != sunday.month:
        first += f" {month_name(monday)}"
    if monday.year != sunday.year:
        first += f" {monday.year}"
    return f"{first} to {sunday.day} {month_name(sunday)} {sunday.year}"


def percent(share: float) -> str:
    """`12 %`, `0.4 %`: no false precision."""
    hundredths = 100 * share
    digits = 1 if 0 < hundredths < 10 else 0
    return f"{hundredths:.{digits}f}\N{NO-BREAK SPACE}%"


def has_page(states: Iterable[SourceState]) -> bool:
    """True for days that get a page of their own: some source listed papers, or has a reason why it did not."""
    return any(state.papers or state.reason is not None for state in states)


def has_gap(states: Iterable[SourceState]) -> bool:
    """True when a source failed that day, or gave fewer papers than it announced."""
    return any(state.state.is_wanting() for state in states)


def name_in(value: Json) -> str | None:
    """The name in what a source says of an organisation or a person: the full one, else a short one, else none."""
    if isinstance(value, Mapping):
        value = value.get("fullname") or value.get("name") or value.get("user")
    return value if isinstance(value, str) and value else None


def words_in(value: Json) -> list[str]:
    """The texts in a list of a source; what else stands there is left out."""
    return [word for word in value if isinstance(word, str) and word] if isinstance(value, list) else []
