"""What is archived of one source + what the user asked for → the days to ask the source for."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from generator.dates import days_between
from generator.model import State


def days_to_fetch(
    states: Mapping[date, State],
    today: date,
    refresh_days: int,
    explicit: Sequence[date] | None = None,
    refresh: bool = False,
) -> tuple[date, ...]:
    """Days to ask for, ascending, none after `today`.

    Without `explicit` days: the last `refresh_days` days, every gap since the first archived day, and every day
    that is not finished. With them exactly those. Either way a finished day older than the window is asked for
    again only with `refresh`.
    """
    window = today - timedelta(days=refresh_days - 1)
    first = min(states, default=window)
    candidates = days_between(min(first, window), today) if explicit is None else explicit
    return tuple(
        day
        for day in sorted(set(candidates))
        if day <= today and (refresh or day >= window or not _is_finished(states.get(day)))
    )


def _is_finished(state: State | None) -> bool:
    return state is not None and state.is_finished()
