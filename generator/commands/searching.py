"""`broadsheet search`."""

import json

import click

from generator import pipeline
from generator.commands.context import is_quiet, settings_of
from generator.console import hit_lines
from generator.pages.wording import counted


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Papers shown.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def search(context: click.Context, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the site in site/ as its own page does: words, "a phrase", author:hinton, after:2025-06, sort:date.

    A word to leave out goes behind two dashes: broadsheet search -- graph -survey
    """
    settings = settings_of(context)
    answer = pipeline.search(settings, " ".join(query), limit)
    for line in () if is_quiet(context) else answer.said:
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps([hit.as_json() for hit in answer.hits], ensure_ascii=False))
    elif not answer.hits:
        click.echo("Nothing found. Try fewer or other words.", err=True)
    else:
        for line in hit_lines(answer.hits, settings.site.url or ""):
            click.echo(line)
        if not is_quiet(context):
            about = "" if answer.is_exact else "about "
            click.echo(f"{len(answer.hits)} of {about}{counted(answer.total, 'paper')}", err=True)
