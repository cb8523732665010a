"""The archive and the day it is → how every source stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from generator.archive import Archive, days_to_fetch
from generator.dates import format_instant
from generator.files import only_one
from generator.model import COMMUNITY, Json, Listing, Note, Problem, State
from generator.pages.wording import counted
from generator.pipeline.building import build_lock, opened_catalogue
from generator.pipeline.fetching import source_today
from generator.pipeline.resolving import WaitingNote, unlisted_notes, waiting_notes
from generator.settings import FeedSource, Settings


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source's archive: days by state, the newest day with papers and how many days ago that was.

    `gaps` are days never asked for, `overdue` unfinished days older than the grace period; both are empty for what
    is not fetched: imports, and sources that have not been asked yet. `waiting` are notes on papers that nobody listed,
    which only `community` has.
    """

    source: str
    states: Mapping[str, int]
    newest: date | None
    age: int | None
    gaps: tuple[date, ...] = ()
    overdue: tuple[date, ...] = ()
    waiting: tuple[WaitingNote, ...] = ()

    def __str__(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in self.states.items()) or "nothing fetched yet"
        age = f" ({counted(self.age, 'day')} ago)" if self.age is not None else ""
        lines = [f"{self.source}: {states}", f"  newest papers: {self.newest or 'none'}{age}"]
        lines += [f"  {name}: {_few(days)}" for name, days in (("gaps", self.gaps), ("overdue", self.overdue)) if days]
        return "\n".join((*lines, *(f"  {note}" for note in self.waiting)))

    def as_json(self) -> dict[str, Json]:
        """For machines: days as ISO text."""
        waiting: list[Json] = [note.as_json() for note in self.waiting]
        return {
            "source": self.source,
            "states": dict(self.states),
            "newest": self.newest.isoformat() if self.newest else None,
            "age": self.age,
            "gaps": [day.isoformat() for day in self.gaps],
            "overdue": [day.isoformat() for day in self.overdue],
            **({"waiting": waiting} if self.source == COMMUNITY else {}),
        }


def _few(things: Sequence[date | str]) -> str:
    shown = ", ".join(map(str, things[:5]))
    return shown if len(things) <= 5 else f"{shown} and {len(things) - 5} more"


def status(settings: Settings, now: datetime, unlisted: Sequence[Note] | None = None) -> tuple[SourceStatus, ...]:
    """How every source of the settings stands, after them every other that has listings: imports, mostly.

    Last come the papers that only notes name, where there are such papers, or notes that wait for theirs: `unlisted`,
    which are looked for where nobody has yet.
    """
    archive = Archive(settings.content)
    waiting = unlisted_notes(settings) if unlisted is None else unlisted
    others = sorted({name for _, name in archive.places()} - {*settings.sources, COMMUNITY})
    return (
        *(_asked(settings, name, archive.of_source(name), now) for name in settings.sources),
        *(_archived(name, archive.of_source(name), now.astimezone(UTC).date()) for name in others),
        *_community(settings, archive.of_source(COMMUNITY), waiting, now.astimezone(UTC).date()),
    )


def _community(
    settings: Settings, listings: Mapping[date, Listing], unlisted: Sequence[Note], today: date
) -> Iterator[SourceStatus]:
    waiting = waiting_notes(unlisted, listings)
    if listings or waiting:
        late = (day for day in sorted(listings) if (today - day).days > settings.fetch.grace_days)
        overdue = tuple(day for day in late if not listings[day].state.is_finished())
        yield replace(_archived(COMMUNITY, listings, today), overdue=overdue, waiting=waiting)


def _archived(name: str, listings: Mapping[date, Listing], today: date) -> SourceStatus:
    found = [listing.state for listing in listings.values()]
    newest = max((day for day, listing in listings.items() if listing.papers), default=None)
    return SourceStatus(
        source=name,
        states={state.value: count for state in State if (count := found.count(state))},
        newest=newest,
        age=max(0, (today - newest).days) if newest else None,
    )


def _asked(settings: Settings, name: str, listings: Mapping[date, Listing], now: datetime) -> SourceStatus:
    states = {day: listing.state for day, listing in listings.items()}
    today = source_today(settings, name, now)
    archived = _archived(name, listings, today)
    if not states:
        return archived
    window = 1 if isinstance(settings.sources[name], FeedSource) else settings.fetch.refresh_days
    unfinished = days_to_fetch(states, today, window)
    return replace(
        archived,
        gaps=tuple(day for day in unfinished if day not in states),
        overdue=tuple(
            day
            for day in unfinished
            if (today - day).days > settings.fetch.grace_days and not (day in states and states[day].is_finished())
        ),
    )


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What the site lacks: notes whose paper no listing has, and the files of which something is left out."""

    unlisted: tuple[Note, ...]
    files: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """For people: one where there are such files, as the notes stand with their source."""
        if self.files:
            yield f"content: left out of the site, all of it or a part: {_few(self.files)}. broadsheet check says why"


def shortfall(settings: Settings) -> Shortfall:
    """Read all of `content/`, once."""
    problems: list[Problem] = []
    with only_one(build_lock(settings)), opened_catalogue(settings, settings.build, map, problems.append) as catalogue:
        return Shortfall(catalogue.unlisted(), tuple(dict.fromkeys(problem.path for problem in problems)))


def last_build(settings: Settings) -> str:
    """One line for people: when a build last changed the site, UTC."""
    try:
        written = (settings.build / "ledger.json").stat().st_mtime
    except FileNotFoundError:
        return "site: not built yet"
    return f"site: last changed {format_instant(datetime.fromtimestamp(int(written), UTC))}"
