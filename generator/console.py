"""What happens → lines for people: a progress bar on a terminal, plain lines elsewhere, annotations under Actions.

Results go to stdout, everything else to stderr; a line is never wrapped when nobody watches.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import click
from rich.console import Console as RichConsole
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from generator.model import Listing, Problem
from generator.pages.wording import counted
from generator.pipeline import Asked, Encoded, EncodeEvent, Fetched, FetchEvent, Hit, ToEncode, Unshown, Waiting

Event = FetchEvent | EncodeEvent

_GONE = re.compile(r"\bHTTP 4(?:04|10)\b")
"""Nothing lives at the address, so asking again will not help."""


def problem_line(problem: Problem) -> None:
    """One problem: an annotation under GitHub Actions, a line on stderr everywhere."""
    under_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    click.echo(_inert(str(problem)) if under_actions else str(problem), err=True)
    if under_actions:
        place = f"file={_property(problem.path)}" + (f",line={problem.line}" if problem.line else "")
        click.echo(f"::{problem.severity} {place}::{_data(f'{problem.text}. {problem.hint}')}")


def hit_lines(hits: Iterable[Hit], site: str) -> Iterator[str]:
    """Papers found, two lines each: the title; day, marks, votes, and where it is."""
    for number, hit in enumerate(hits, 1):
        votes = [counted(hit.votes, "vote")] if hit.votes else []
        yield f"{number:>2}. {hit.title}"
        yield "    " + "  ".join((hit.day, *hit.marks, *votes, f"{site}{hit.path}"))


def _data(text: str) -> str:
    """https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands: what a value must escape."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _inert(text: str) -> str:
    """A runner takes `::` where a line begins and `##[` anywhere in it for a command, also on stderr."""
    return text.replace("::", ": :").replace("##[", "## [")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def follow(events: Iterable[Event], quiet: bool) -> Iterator[Event]:
    """Pass the events of a fetch or of encoding on, showing each."""
    if sys.stderr.isatty() and not quiet:
        yield from _with_bar(events)
        return
    for event in events:
        for line in _lines(event, quiet):
            click.echo(line, err=True)
        yield event


def _with_bar(events: Iterable[Event]) -> Iterator[Event]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=RichConsole(stderr=True)) as progress:
        task = progress.add_task("")
        for event in events:
            if isinstance(event, Asked):
                progress.reset(task, total=event.days, description=event.source)
            elif isinstance(event, Fetched):
                progress.update(task, advance=1, description=f"{event.listing.source} {event.listing.date}")
            elif isinstance(event, ToEncode):
                progress.reset(task, total=event.papers, description="vectors")
            elif isinstance(event, Encoded):
                progress.update(task, advance=event.papers, description=f"vectors {event.day}")
            for line in _lines(event, quiet=True):
                progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
            yield event


def _lines(event: Event, quiet: bool) -> Iterator[str]:
    """Failures always; what went well unless `quiet`."""
    if isinstance(event, Problem):
        yield str(event)
    elif isinstance(event, Waiting):
        yield f"{event.source} {_span(event.days)}: not asked, the source does not answer. The next run asks for them."
    elif isinstance(event, Unshown):
        yield f"{event.source} {_span(event.days)}: nothing to archive, a feed shows only its newest entries."
    elif isinstance(event, Fetched):
        if went_wrong(event.listing):
            yield failure_line(event.listing)
        elif not quiet:
            listing = event.listing
            papers = counted(len(listing.papers), "paper")
            yield f"{listing.source} {listing.date}: {listing.state}, {papers}{'' if event.changed else ', unchanged'}"
    elif isinstance(event, Asked) and not quiet and not event.days:
        yield f"{event.source}: nothing to ask for"
    elif isinstance(event, Encoded) and not quiet:
        yield f"vectors {event.day}: {counted(event.papers, 'paper')}"
    elif isinstance(event, ToEncode) and not quiet and not event.papers:
        yield "vectors: every paper has one"


def _span(days: Sequence[date]) -> str:
    return f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]} ({len(days)} days)"


def went_wrong(listing: Listing) -> bool:
    """True when a source failed, or a day that is over is incomplete."""
    return listing.state.is_wanting()


def failure_line(listing: Listing) -> str:
    """Source, day, cause and what happens next."""
    reason = (listing.reason or "no reason given").rstrip(".")
    then = f"check the address of {listing.source} in mkdocs.yml" if _GONE.search(reason) else "the next run asks again"
    return f"{listing.source} {listing.date}: {listing.state}: {reason}. What is archived stays; {then}."
