"""`broadsheet review`."""

import sys
from pathlib import Path

import click

from generator import pipeline
from generator.commands.context import now, settings_of
from generator.console import problem_line


@click.command()
@click.argument("base")
@click.argument("head")
@click.option("--author", required=True, metavar="LOGIN", help="Who proposes the notes, by GitHub login.")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The folder of the report.")
@click.pass_context
def review(context: click.Context, base: str, head: str, author: str, output: Path) -> None:
    """Put the notes of commit HEAD into a checkout of commit BASE, and report what is wrong with them.

    Made for workflows. It writes summary.md and review.json; nothing else that HEAD changes is read or run.
    """
    reviewed = pipeline.review(settings_of(context), base, head, author, now())
    for problem in reviewed.problems:
        problem_line(problem)
    pipeline.write_report(reviewed, output)
    if not reviewed.is_good:
        sys.exit(1)
