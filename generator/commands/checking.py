"""`broadsheet check`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator import pipeline
from generator.commands.context import is_quiet, settings_of
from generator.console import problem_line
from generator.model import Severity


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Report every problem of content and settings at once; of notes in PATH, say also what they will look like."""
    settings = settings_of(context)
    wanted = _Below(settings.root, paths)
    checked = pipeline.find_problems(settings, wanted)
    found = [problem for problem in checked.problems if not paths or problem.path in wanted]
    if as_json:
        keys = ("path", "line", "text", "hint", "severity")
        click.echo(json.dumps([{key: getattr(problem, key) for key in keys} for problem in found]))
    else:
        for problem in found:
            problem_line(problem)
    for preview in () if as_json or is_quiet(context) else checked.previews:
        click.echo(preview)
    if any(problem.severity is not Severity.NOTICE for problem in found):
        sys.exit(1)
    if not as_json and not is_quiet(context):
        click.echo(f"{', '.join(map(str, paths)) or checked.summary()}: no problems", err=True)


class _Below:
    """The paths, relative to the repository, of what the user names and what lies in it."""

    def __init__(self, root: Path, paths: Sequence[Path]) -> None:
        self._root = root
        self._paths = [path.absolute() for path in paths]

    def __contains__(self, path: object) -> bool:
        return any((self._root / str(path)).is_relative_to(wanted) for wanted in self._paths)
