"""`broadsheet note`."""

import click

from generator import pipeline
from generator.commands.context import is_quiet, now, settings_of
from generator.identifiers import parse_paper_id


@click.command()
@click.argument("paper")
@click.option("--curator", metavar="HANDLE", help="Who signs: a handle of content/curators.yml, or github:LOGIN.")
@click.pass_context
def note(context: click.Context, paper: str, curator: str | None) -> None:
    """Write the file of a new note on PAPER (an arXiv id or address, a DOI, a permalink), ready to edit.

    Its path goes to stdout. Without --curator, whoever `git config github.user` names signs.
    """
    paper_id = parse_paper_id(paper)
    if paper_id is None:
        raise click.UsageError(f"{paper!r} names no paper; write an arXiv id or address, a DOI or a permalink")
    made = pipeline.new_note(settings_of(context), paper_id, curator, now().date())
    click.echo(made.path)
    if not is_quiet(context):
        for line in made.said:
            click.echo(line, err=True)
