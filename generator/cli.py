"""`broadsheet`: the command line, after the habits of git and mkdocs.

Exit codes: 0 done; 1 bad settings or templates, or any problem in content for `check` and with `--strict`;
2 usage; 3 done, but a source failed or a finished day is incomplete.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import click

from generator import __version__, pipeline
from generator.asking import Day, chosen_days, chosen_sources, refuse_future, refuse_source_name
from generator.bench.commands import bench
from generator.console import follow, hit_lines, problem_line, went_wrong
from generator.errors import BroadsheetError, ContentError, SettingsError, wrap_errors
from generator.model import Problem
from generator.pages.wording import counted
from generator.settings import Settings, load_settings
from generator.site import PreviewServer
from generator.starter import create, next_steps


@contextmanager
def _errors_as_lines() -> Iterator[None]:
    """Every error of ours ends in lines, not in a traceback."""
    try:
        with wrap_errors():
            yield
    except BroadsheetError as error:
        _say(error)
        sys.exit(1)


def _say(error: BroadsheetError) -> None:
    if isinstance(error, SettingsError):
        for problem in error.problems:
            problem_line(problem)
    elif isinstance(error, ContentError):
        problem_line(error.problem)
    else:
        click.echo(f"broadsheet: {error}", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
@click.option("-f", "--config", "config", type=click.Path(path_type=Path), default="mkdocs.yml", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Say only what goes wrong.")
@click.pass_context
def main(context: click.Context, config: Path, quiet: bool) -> None:
    """Curated digests of research papers as a static site."""
    context.obj = (config, quiet)
    context.with_resource(_errors_as_lines())


def _settings(context: click.Context) -> Settings:
    return load_settings(context.obj[0])


def _is_quiet(context: click.Context) -> bool:
    return bool(context.obj[1])


def _now() -> datetime:
    return datetime.now(UTC)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="Add a few days to look at.")
def new(folder: Path, example: bool) -> None:
    """Make a new digest repository in DIR."""
    for path in create(folder, example=example):
        click.echo(path)
    click.echo(next_steps(folder), err=True)


@main.command()
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source; may be repeated.")
@click.option("--date", "day", type=Day(), help="Only this day.")
@click.option("--since", type=Day(), help="The first day of a range.")
@click.option("--until", type=Day(), help="The last day of a range; today when left out.")
@click.option("--refresh", is_flag=True, help="Ask for finished days again.")
@click.pass_context
def fetch(
    context: click.Context,
    sources: tuple[str, ...],
    day: date | None,
    since: date | None,
    until: date | None,
    refresh: bool,
) -> None:
    """Fetch listings: gaps and recent days, or exactly the days named.

    Exit code 3: done, but a source failed, or a day that is over is incomplete; the next run asks again.
    """
    settings, now = _settings(context), _now()
    wanted = pipeline.Wanted(chosen_sources(settings, sources), chosen_days(day, since, until, now), refresh)
    events = list(follow(pipeline.fetch(settings, now, wanted), _is_quiet(context)))
    failed = [event for event in events if isinstance(event, pipeline.Fetched) and went_wrong(event.listing)]
    if failed or any(isinstance(event, pipeline.Waiting | Problem) for event in events):
        sys.exit(3)


@main.command("import")
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
    settings = _settings(context)
    form = form or pipeline.guess_form(file)
    if form is None:
        raise click.UsageError(f"cannot tell the form of {file}; say --as FORM: {pipeline.FORMS_IN_WORDS}")
    refuse_source_name(source)
    now = _now()
    refuse_future(day, now)
    done = pipeline.import_file(settings, file, form, day, source, now, strict)
    for problem in done.problems:
        problem_line(problem)
    if not _is_quiet(context):
        papers = counted(done.papers, "paper")
        click.echo(f"{source} {day}: {papers}{'' if done.changed else ', unchanged'}", err=True)
    list(follow(pipeline.encode_new(settings, (day,)), _is_quiet(context)))
    if strict and done.problems:
        sys.exit(1)


@main.command()
@click.pass_context
def encode(context: click.Context) -> None:
    """Give papers that have none the vectors by which search finds meaning; safe to stop, the next run goes on."""
    list(follow(pipeline.encode(_settings(context)), _is_quiet(context)))


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Report every problem of content and settings at once."""
    settings = _settings(context)
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
    if not as_json and not _is_quiet(context):
        click.echo(f"{', '.join(map(str, paths)) or checked.summary()}: no problems", err=True)


@main.command()
@click.option("--strict", is_flag=True, help="Exit 1 when anything in content is wrong.")
@click.pass_context
def pages(context: click.Context, strict: bool) -> None:
    """Write the Markdown tree to build/docs."""
    problems = _Reported()
    built = pipeline.write_pages(_settings(context), problems)
    if not _is_quiet(context):
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


@main.command()
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
    built = pipeline.build(_settings(context), wishes, problems, _warn)
    if not _is_quiet(context):
        click.echo(built.summary("site"), err=True)
    if strict and (problems.count or built.warnings):
        sys.exit(1)


def _warn(message: str) -> None:
    click.echo(f"mkdocs: {message}", err=True)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Show the site as a build would make it now, and reload what changes: http://127.0.0.1:8000/."""
    settings = _settings(context)
    with pipeline.preview(settings, problem_line, _warn) as preview, suppress(KeyboardInterrupt):
        server = PreviewServer(preview, host, port, _say)
        click.echo(f"Serving on http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl+C ends it)", err=True)
        server.run(settings.root, settings.watched)


@main.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Papers shown.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def search(context: click.Context, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the site in site/ as its own page does: words, "a phrase", author:hinton, after:2025-06, sort:date.

    A word to leave out goes behind two dashes: broadsheet search -- graph -survey
    """
    settings = _settings(context)
    answer = pipeline.search(settings, " ".join(query), limit)
    for line in () if _is_quiet(context) else answer.said:
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps([hit.as_json() for hit in answer.hits], ensure_ascii=False))
    elif not answer.hits:
        click.echo("Nothing found. Try fewer or other words.", err=True)
    else:
        for line in hit_lines(answer.hits, settings.site.url or ""):
            click.echo(line)
        if not _is_quiet(context):
            about = "" if answer.is_exact else "about "
            click.echo(f"{len(answer.hits)} of {about}{counted(answer.total, 'paper')}", err=True)


@main.command()
@click.option("--strict", is_flag=True, help="Exit 1 when a day stays unfinished past fetch.grace_days.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout.")
@click.pass_context
def status(context: click.Context, strict: bool, as_json: bool) -> None:
    """Days by state, gaps and what is overdue, for each source; when the site last changed."""
    settings = _settings(context)
    found = pipeline.status(settings, _now())
    if as_json:
        click.echo(json.dumps([source.as_json() for source in found]))
    else:
        for line in (*found, pipeline.last_build(settings)):
            click.echo(str(line))
    if strict and any(source.overdue for source in found):
        sys.exit(1)


main.add_command(bench)


if __name__ == "__main__":
    main()
