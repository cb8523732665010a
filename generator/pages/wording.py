"""Counts and states → the words and choices that several templates share."""

from collections.abc import Iterable, Mapping
from datetime import date

from generator.dates import long_day
from generator.model import Json, SourceState, State


def counted(number: int, noun: str) -> str:
    """`1 paper`, `1,234 papers`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def unbroken_day(day: date) -> str:
    """`Wednesday, 1 October 2025`, in which no line ends between the number and the month."""
    return long_day(day).replace(f" {day.day} ", f" {day.day}\N{NO-BREAK SPACE}")


def has_page(states: Iterable[SourceState]) -> bool:
    """True for days that get a page of their own: some source listed papers, or has a reason why it did not."""
    return any(state.papers or state.reason is not None for state in states)


def has_gap(states: Iterable[SourceState]) -> bool:
    """True when a source failed that day, or gave fewer papers than it announced."""
    return any(state.state in (State.FAILED, State.INCOMPLETE) for state in states)


def name_in(value: Json) -> str | None:
    """The name in what a source says of an organisation or a person: the full one, else a short one, else none."""
    if isinstance(value, Mapping):
        value = value.get("fullname") or value.get("name") or value.get("user")
    return value if isinstance(value, str) and value else None


def words_in(value: Json) -> list[str]:
    """The texts in a list of a source; what else stands there is left out."""
    return [word for word in value if isinstance(word, str) and word] if isinstance(value, list) else []
