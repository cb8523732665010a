"""`broadsheet fetch` and `broadsheet encode`."""

import sys
from datetime import date

import click

from generator import pipeline
from generator.asking import Day, chosen_days, chosen_sources
from generator.commands.context import is_quiet, now, settings_of
from generator.console import follow, went_wrong
from generator.model import Problem


@click.command()
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source; may be repeated.")
@click.option("--date", "day", type=Day(), help="Only this day.")
@click.option("--since", type=Day(), help="The first day of a range.")
@click.option("--until", type=Day(), help="The last day of a range; today when left out.")
@click.option("--refresh", is_flag=True, help="Ask for finished days again.")
@click.pass_context
def fetch(
    context: click.Context,
    sources: tuple[str, ...],
    day: date | None,
    since: date | None,
    until: date | None,
    refresh: bool,
) -> None:
    """Fetch listings: gaps and recent days, or exactly the days named.

    Exit code 3: done, but a source failed, or a day that is over is incomplete; the next run asks again.
    """
    settings, moment = settings_of(context), now()
    wanted = pipeline.Wanted(chosen_sources(settings, sources), chosen_days(day, since, until, moment), refresh)
    events = list(follow(pipeline.fetch(settings, moment, wanted), is_quiet(context)))
    failed = [event for event in events if isinstance(event, pipeline.Fetched) and went_wrong(event.listing)]
    if failed or any(isinstance(event, pipeline.Waiting | Problem) for event in events):
        sys.exit(3)


@click.command()
@click.pass_context
def encode(context: click.Context) -> None:
    """Give papers that have none the vectors by which search finds meaning; safe to stop, the next run goes on."""
    list(follow(pipeline.encode(settings_of(context)), is_quiet(context)))
