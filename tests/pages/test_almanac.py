"""Days → a calendar: every day once, at its place, as strong as its papers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from generator.pages.almanac import CalendarDay, calendar

days = st.dictionaries(st.dates(date(2019, 12, 1), date(2021, 2, 1)), st.integers(0, 300), max_size=60).map(
    lambda found: tuple(CalendarDay(day, found[day], True, False) for day in sorted(found))
)


@given(days)
def test_every_day_stands_once_and_months_are_whole(found: tuple[CalendarDay, ...]):
    """Years newest first, months in order; weeks part on Sundays; a month has all its days."""
    made = calendar(found)
    months = [month for year in reversed(made.years) for month in year.months]
    cells = [cell for month in months for week in month.weeks for cell in week]
    assert [cell.day for cell in cells if cell.day] == list(found)
    assert [cell.date for cell in cells] == sorted({cell.date for cell in cells})
    for month in months:
        assert month.weeks[0][0].date.day == 1
        assert all(week[-1].date.weekday() == 6 for week in month.weeks[:-1])
        assert (month.weeks[-1][-1].date.toordinal() + 1) == _next_month(month.first).toordinal()


@given(days)
def test_more_papers_are_never_paler(found: tuple[CalendarDay, ...]):
    """Zero has no colour; the legend holds every day with papers."""
    made = calendar(found)
    cells = [cell for year in made.years for month in year.months for week in month.weeks for cell in week if cell.day]
    levels = sorted((cell.day.papers, cell.level) for cell in cells if cell.day)
    assert [level for _, level in levels] == sorted(level for _, level in levels)
    assert all((level == 0) == (papers == 0) for papers, level in levels)
    bounds = {level: (least, most) for level, least, most in made.legend}
    assert all(bounds[level][0] <= papers <= bounds[level][1] for papers, level in levels if papers)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
