"""`broadsheet import`."""

import sys
from datetime import date
from pathlib import Path

import click

from generator import pipeline
from generator.asking import Day, refuse_future, refuse_source_name
from generator.commands.context import is_quiet, now, settings_of
from generator.console import follow, problem_line
from generator.model import Problem, Severity
from generator.pages.wording import counted

_WIDTH = max(map(len, pipeline.ALL_FORMS)) + 2
_FORMS = "\n".join(["\b", "Forms:", *(f"  {form:{_WIDTH}}{told}" for form, told in pipeline.ALL_FORMS.items())])


@click.command("import", epilog=_FORMS)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "form", type=click.Choice(sorted(pipeline.ALL_FORMS)), help="Else told by the file's name.")
@click.option("--date", "day", type=Day(), help="The day the papers were announced, for a listing.")
@click.option("--source", help="The name of the listing's source.  [default: import]")
@click.option("--curator", help="Who signs the notes: a handle of curators.yml, or github:LOGIN.")
@click.option("--strict", is_flag=True, help="Write nothing when anything in the file is wrong.")
@click.pass_context
def import_(
    context: click.Context,
    file: Path,
    form: str | None,
    day: date | None,
    source: str | None,
    curator: str | None,
    strict: bool,
) -> None:
    """Turn a saved page or list into a listing, notes or topics."""
    form = form or pipeline.guess_form(file)
    if form is None:
        raise click.UsageError(f"cannot tell the form of {file}; say --as FORM: {pipeline.FORMS_IN_WORDS}")
    _refuse_options(form, {"--date": day, "--source": source, "--curator": curator})
    if form == "weekly":
        problems = _notes(context, file, str(curator), strict)
    elif form == "arxiv-daily":
        problems = _topics(context, file, strict)
    elif day is not None:
        problems = _listing(context, file, form, day, source or "import", strict)
    if strict and any(problem.severity is not Severity.NOTICE for problem in problems):
        sys.exit(1)


def _refuse_options(form: str, given: dict[str, object]) -> None:
    """Each form takes the options that say something about what it makes."""
    needed, allowed = {"weekly": ("--curator", ()), "arxiv-daily": (None, ())}.get(form, ("--date", ("--source",)))
    if needed and given[needed] is None:
        raise click.UsageError(f"--as {form} needs {needed}: {_NEEDED[needed]}")
    for option, value in given.items():
        if value is not None and option != needed and option not in allowed:
            raise click.UsageError(f"--as {form} takes no {option}; it makes {_MADE.get(form, 'a listing')}")


_MADE = {"weekly": "notes, each on the day its paper has", "arxiv-daily": "topics"}
_NEEDED = {
    "--curator": "who signs the notes, a handle of curators.yml or github:LOGIN",
    "--date": "the day the papers were announced, such as 2025-10-01",
}


def _listing(
    context: click.Context, file: Path, form: str, day: date, source: str, strict: bool
) -> tuple[Problem, ...]:
    settings = settings_of(context)
    refuse_source_name(source)
    moment = now()
    refuse_future(day, moment)
    done = pipeline.import_file(settings, file, form, day, source, moment, strict)
    _tell(context, done.problems, f"{source} {day}: {counted(done.papers, 'paper')}{_unchanged(done.changed)}")
    list(follow(pipeline.encode_new(settings, (day,)), is_quiet(context)))
    return done.problems


def _notes(context: click.Context, file: Path, curator: str, strict: bool) -> tuple[Problem, ...]:
    done = pipeline.import_notes(settings_of(context), file, curator, strict)
    written, lost = counted(done.written, "note"), counted(len(done.problems), "item")
    _tell(context, done.problems, f"{file}: {written} written, {done.unchanged} unchanged, {lost} not joined")
    return done.problems


def _topics(context: click.Context, file: Path, strict: bool) -> tuple[Problem, ...]:
    done = pipeline.import_topics(settings_of(context), file, strict)
    _tell(context, done.problems, f"{file}: {counted(done.added, 'topic')} added, {done.known} known already")
    for line in done.to_paste:
        click.echo(line)
    if done.to_paste:
        sys.exit(1)
    return done.problems


def _tell(context: click.Context, problems: tuple[Problem, ...], summary: str) -> None:
    for problem in problems:
        problem_line(problem)
    if not is_quiet(context):
        click.echo(summary, err=True)


def _unchanged(changed: bool) -> str:
    return "" if changed else ", unchanged"
