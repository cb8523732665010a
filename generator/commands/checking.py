"""`broadsheet check`."""

import json
import sys
from pathlib import Path

import click

from generator import pipeline
from generator.commands.context import is_quiet, settings_of
from generator.console import problem_line


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Report every problem of content and settings at once."""
    settings = settings_of(context)
    checked = pipeline.find_problems(settings)
    wanted = [path.absolute() for path in paths]
    found = [
        problem
        for problem in checked.problems
        if not wanted or any((settings.root / problem.path).is_relative_to(path) for path in wanted)
    ]
    if as_json:
        keys = ("path", "line", "text", "hint")
        click.echo(json.dumps([{key: getattr(problem, key) for key in keys} for problem in found]))
    else:
        for problem in found:
            problem_line(problem)
    if found:
        sys.exit(1)
    if not as_json and not is_quiet(context):
        click.echo(f"{', '.join(map(str, paths)) or checked.summary()}: no problems", err=True)
