"""Submission instant ↔ the day on which arXiv announces it.

https://info.arxiv.org/help/availability.html: papers in by 14:00 US Eastern are announced at 20:00, Sunday to Thursday.
20:00 Eastern is past midnight UTC all year, so the UTC date, Monday to Friday, is the day in the listing's heading.
Holidays and moderation are not in the calendar: what it gives is an estimate.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_EASTERN = ZoneInfo("America/New_York")
_CUT_OFF = time(14)
_ANNOUNCED = time(20)
_DAY = timedelta(days=1)
_MONDAY, _TUESDAY, _FRIDAY, _SATURDAY = 0, 1, 4, 5


def is_announcement_day(day: date) -> bool:
    """True from Monday to Friday."""
    return day.weekday() < _SATURDAY


def announcement_instant(day: date) -> datetime:
    """The moment of the announcement that carries `day`: 20:00 US Eastern of the day before."""
    return datetime.combine(day - _DAY, _ANNOUNCED, _EASTERN)


def announcement_day(submitted: datetime) -> date:
    """The day on which a paper submitted at that aware instant is announced, if nothing holds it up."""
    local = submitted.astimezone(_EASTERN)
    closing = local.date() if local.time() < _CUT_OFF else local.date() + _DAY
    while closing.weekday() >= _SATURDAY:
        closing += _DAY
    # Friday's papers wait for Sunday evening, which is Monday in UTC.
    return closing + (3 * _DAY if closing.weekday() == _FRIDAY else _DAY)


def submission_window(day: date) -> tuple[datetime, datetime] | None:
    """First instant and first instant after the submissions that are announced on `day`; None at weekends."""
    if not is_announcement_day(day):
        return None
    weekday = day.weekday()
    closing = day - (3 * _DAY if weekday == _MONDAY else _DAY)
    opening = closing - (3 * _DAY if weekday == _TUESDAY else _DAY)
    return datetime.combine(opening, _CUT_OFF, _EASTERN), datetime.combine(closing, _CUT_OFF, _EASTERN)
