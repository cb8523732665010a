"""The archive and the day it is → how every source stands."""

from dataclasses import dataclass
from datetime import date, datetime

from generator.archive import Archive, days_to_fetch
from generator.model import Json, State
from generator.pipeline.fetching import source_today
from generator.settings import FeedSource, Settings


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source's archive: days by state, days never asked for, and unfinished days older than the grace period."""

    source: str
    states: dict[str, int]
    newest: date | None
    gaps: tuple[date, ...]
    overdue: tuple[date, ...]

    def __str__(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in self.states.items()) or "nothing fetched yet"
        lines = [f"{self.source}: {states}", f"  newest papers: {self.newest or 'none'}"]
        lines += [f"  {name}: {_few(days)}" for name, days in (("gaps", self.gaps), ("overdue", self.overdue)) if days]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Json]:
        """For machines: days as ISO text."""
        return {
            "source": self.source,
            "states": dict(self.states),
            "newest": self.newest.isoformat() if self.newest else None,
            "gaps": [day.isoformat() for day in self.gaps],
            "overdue": [day.isoformat() for day in self.overdue],
        }


def _few(days: tuple[date, ...]) -> str:
    shown = ", ".join(map(str, days[:5]))
    return shown if len(days) <= 5 else f"{shown} and {len(days) - 5} more"


def status(settings: Settings, now: datetime) -> tuple[SourceStatus, ...]:
    """How every source of the settings stands."""
    archive = Archive(settings.content)
    return tuple(_source_status(settings, archive, name, now) for name in settings.sources)


def _source_status(settings: Settings, archive: Archive, name: str, now: datetime) -> SourceStatus:
    listings = archive.of_source(name)
    states = {day: listing.state for day, listing in listings.items()}
    today = source_today(settings, name, now)
    window = 1 if isinstance(settings.sources[name], FeedSource) else settings.fetch.refresh_days
    unfinished = days_to_fetch(states, today, window)
    return SourceStatus(
        source=name,
        states={state.value: count for state in State if (count := sum(found is state for found in states.values()))},
        newest=max((day for day, listing in listings.items() if listing.papers), default=None),
        gaps=tuple(day for day in unfinished if day not in states and states),
        overdue=tuple(
            day
            for day in unfinished
            if (today - day).days > settings.fetch.grace_days and not (day in states and states[day].is_finished())
        ),
    )
