"""What a user names on the command line → days and sources, or click's usage error."""

from datetime import date, datetime, timedelta

import click

from generator.dates import days_between, parse_day
from generator.model import COMMUNITY
from generator.settings import Settings
from generator.settings.schema import SOURCE_NAME


class Day(click.ParamType[date]):
    """A day on the command line."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Text → date, or click's usage error."""
        try:
            return parse_day(str(value))
        except ValueError as error:
            self.fail(f"{error}", param, ctx)


def chosen_sources(settings: Settings, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The sources named, else all; papers that only notes name are a source, too, which is in no settings."""
    unknown = [name for name in sources if name not in settings.sources and name != COMMUNITY]
    if unknown:
        known = ", ".join(settings.sources) or "none"
        raise click.UsageError(f"no source is called {', '.join(unknown)}; mkdocs.yml has: {known}")
    return sources or (*settings.sources, COMMUNITY)


def chosen_days(day: date | None, since: date | None, until: date | None, now: datetime) -> tuple[date, ...] | None:
    """The day or the range named; None when neither is."""
    if day and (since or until):
        raise click.UsageError("--date goes without --since and --until")
    if until and not since:
        raise click.UsageError("--until needs --since")
    if day:
        refuse_future(day, now)
        return (day,)
    last = until or now.date()
    if since and since > last:
        raise click.UsageError(f"--since {since} is after {last}, the last day of the range")
    return tuple(days_between(since, last)) if since else None


def refuse_future(day: date, now: datetime) -> None:
    """Somewhere on earth it is tomorrow already."""
    if day > (now + timedelta(days=1)).date():
        raise click.UsageError(f"{day} has not come yet")


def refuse_source_name(name: str) -> None:
    """Names become files."""
    if name == COMMUNITY:
        raise click.UsageError(f"{name} is the name of the papers that notes name and nobody listed; use another one")
    if not SOURCE_NAME.fullmatch(name):
        raise click.UsageError(f"{name!r} is no source name; use small letters, digits, - and _")
