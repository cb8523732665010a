"""`broadsheet import`."""

import sys
from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.asking import Day, refuse_future, refuse_source_name
from generator.commands.context import is_quiet, now, settings_of
from generator.console import follow, problem_line
from generator.pages.wording import counted


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--date", "day", type=Day(), required=True, help="The day the papers were announced.")
@click.option(
    "--as", "form", type=click.Choice(sorted(pipeline.FORMS)), help=f"Else told by its name: {pipeline.FORMS_IN_WORDS}."
)
@click.option("--source", default="import", show_default=True, help="The name of the source.")
@click.option("--strict", is_flag=True, help="Write nothing when anything in the file is wrong.")
@click.pass_context
def import_(context: click.Context, file: Path, day: date, form: str | None, source: str, strict: bool) -> None:
    """Turn a saved page or list into a listing."""
    settings = settings_of(context)
    form = form or pipeline.guess_form(file)
    if form is None:
        raise click.UsageError(f"cannot tell the form of {file}; say --as FORM: {pipeline.FORMS_IN_WORDS}")
    refuse_source_name(source)
    moment = now()
    refuse_future(day, moment)
    done = pipeline.import_file(settings, file, form, day, source, moment, strict)
    for problem in done.problems:
        problem_line(problem)
    if not is_quiet(context):
        papers = counted(done.papers, "paper")
        click.echo(f"{source} {day}: {papers}{'' if done.changed else ', unchanged'}", err=True)
    list(follow(pipeline.encode_new(settings, (day,)), is_quiet(context)))
    if strict and done.problems:
        sys.exit(1)
