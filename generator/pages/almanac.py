"""Days with a state → a calendar a year, in which each day stands out by its papers: a table for every month."""

from bisect import bisect_right
from calendar import Calendar as Almanac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.dates import month_of
from generator.model import DaySummary
from generator.pages.wording import has_gap, has_page

_LEVELS = 4
_MONDAY_FIRST = Almanac(firstweekday=0)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What the calendar tells of a day that has a state."""

    date: date
    papers: int
    has_page: bool
    has_gap: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month: `day` is none when nobody was asked about it; `level` is 0 without papers, 4 at most."""

    date: date
    day: CalendarDay | None
    level: int


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` begin on Mondays and hold the month's own days only; the first of them ends on a Sunday."""

    first: date
    papers: int
    weeks: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The months that have a day, in order."""

    first: date
    papers: int
    days: int
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Years, newest first; `legend` has the least and the most papers of a day of each level that occurs."""

    years: tuple[Year, ...]
    legend: tuple[tuple[int, int, int], ...]


def calendar_days(days: Iterable[DaySummary]) -> tuple[CalendarDay, ...]:
    """Days as the calendar needs them."""
    return tuple(CalendarDay(day.date, day.papers, has_page(day.states), has_gap(day.states)) for day in days)


def calendar(days: Sequence[CalendarDay]) -> Calendar:
    """Days in order → their calendar. A level holds a quarter of the days with papers, as far as counts differ."""
    counts = sorted(day.papers for day in days if day.papers)
    turns = sorted({counts[len(counts) * part // _LEVELS] for part in range(1, _LEVELS)}) if counts else []
    levels = [(bisect_right(turns, papers) + 1, papers) for papers in counts]
    legend = [(level, [papers for _, papers in some]) for level, some in groupby(levels, key=lambda each: each[0])]
    years = [_year(year, tuple(some), turns) for year, some in groupby(days, key=lambda day: day.date.year)]
    return Calendar(tuple(reversed(years)), tuple((level, some[0], some[-1]) for level, some in legend))


def _year(year: int, days: Sequence[CalendarDay], turns: Sequence[int]) -> Year:
    return Year(
        first=date(year, 1, 1),
        papers=sum(day.papers for day in days),
        days=sum(1 for day in days if day.papers),
        months=tuple(
            _month(first, tuple(some), turns) for first, some in groupby(days, key=lambda day: month_of(day.date))
        ),
    )


def _month(first: date, days: Sequence[CalendarDay], turns: Sequence[int]) -> Month:
    known = {day.date: day for day in days}
    weeks = _MONDAY_FIRST.monthdatescalendar(first.year, first.month)
    own = (tuple(_cell(day, known.get(day), turns) for day in week if day.month == first.month) for week in weeks)
    return Month(first, sum(day.papers for day in days), tuple(own))


def _cell(place: date, day: CalendarDay | None, turns: Sequence[int]) -> Cell:
    return Cell(place, day, bisect_right(turns, day.papers) + 1 if day and day.papers else 0)
