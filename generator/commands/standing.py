"""`broadsheet status`."""

import json
import sys

import click

from generator import pipeline
from generator.commands.context import now, settings_of


@click.command()
@click.option("--strict", is_flag=True, help="Exit 1 when a day stays unfinished past fetch.grace_days.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def status(context: click.Context, strict: bool, as_json: bool) -> None:
    """Days by state, gaps and what is overdue, for each source; what the site leaves out; when it last changed."""
    settings = settings_of(context)
    if as_json:
        found = pipeline.status(settings, now())
        click.echo(json.dumps([source.as_json() for source in found]))
    else:
        lacking = pipeline.shortfall(settings)
        found = pipeline.status(settings, now(), lacking.unlisted)
        for line in (*found, *lacking.lines(), pipeline.last_build(settings)):
            click.echo(str(line))
    if strict and any(source.overdue for source in found):
        sys.exit(1)
