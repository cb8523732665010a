"""`broadsheet new`, `pages`, `build` and `serve`."""

import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from generator import pipeline
from generator.commands.context import is_quiet, say, settings_of
from generator.console import problem_line
from generator.model import Problem
from generator.site import PreviewServer
from generator.starter import create, next_steps


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="Add a day to look at, with papers and notes.")
def new(folder: Path, example: bool) -> None:
    """Make a new digest repository in DIR."""
    for path in create(folder, example=example):
        click.echo(path)
    click.echo(next_steps(folder), err=True)


@click.command()
@click.option("--strict", is_flag=True, help="Exit 1 when anything in content is wrong.")
@click.pass_context
def pages(context: click.Context, strict: bool) -> None:
    """Write the Markdown tree to build/docs."""
    problems = _Reported()
    built = pipeline.write_pages(settings_of(context), problems)
    if not is_quiet(context):
        click.echo(built.summary("build/docs"), err=True)
    if strict and problems.count:
        sys.exit(1)


class _Reported:
    """Shows problems and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, problem: Problem) -> None:
        self.count += 1
        problem_line(problem)


@click.command()
@click.option("--strict", is_flag=True, help="Exit 1 when anything in content is wrong, or MkDocs warns.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to work with.  [default: one a core]")
@click.option("--cluster", metavar="ADDRESS", help="Work on this Dask cluster, such as tcp://HOST:8786.")
@click.option("--clean", is_flag=True, help="Make everything anew.")
@click.option("--verify", is_flag=True, help="Build from nothing too, and compare every byte.")
@click.pass_context
def build(
    context: click.Context, strict: bool, jobs: int | None, cluster: str | None, clean: bool, verify: bool
) -> None:
    """Build the site in site/: all that changed since the last time."""
    if jobs and cluster:
        raise click.UsageError("--jobs goes without --cluster, which works with all workers that the cluster has")
    problems = _Reported()
    wishes = pipeline.Wishes(jobs or os.cpu_count() or 1, cluster, clean, verify)
    built = pipeline.build(settings_of(context), wishes, problems, _warn)
    if not is_quiet(context):
        click.echo(built.summary("site"), err=True)
    if strict and (problems.count or built.warnings):
        sys.exit(1)


def _warn(message: str) -> None:
    click.echo(f"mkdocs: {message}", err=True)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Show the site as a build would make it now, and reload what changes: http://127.0.0.1:8000/."""
    settings = settings_of(context)
    with pipeline.preview(settings, problem_line, _warn) as preview, suppress(KeyboardInterrupt):
        server = PreviewServer(preview, host, port, say)
        click.echo(f"Serving on http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl+C ends it)", err=True)
        server.run(settings.root, settings.watched)
