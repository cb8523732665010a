"""`broadsheet bench`: what a user names → what is measured."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from generator.bench import Plan, measure_builds, measure_page
from generator.settings import load_settings


@click.group()
def bench() -> None:
    """Measurements: one JSON object on stdout, progress on stderr."""


@bench.command("build")
@click.option("--days", default=300, show_default=True, type=click.IntRange(1))
@click.option("--papers-per-day", default=30, show_default=True, type=click.IntRange(1))
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Real papers, one a line.")
@click.option("--repeat", default=3, show_default=True, type=click.IntRange(1), help="Medians of so many builds.")
@click.pass_context
def bench_build(context: click.Context, days: int, papers_per_day: int, corpus: Path | None, repeat: int) -> None:
    """Time builds beside MkDocs and Hugo, in a scratch folder. docs/bench.md says what the figures mean."""
    plan = Plan(load_settings(context.obj[0]).root, days, papers_per_day, corpus, repeat)
    with TemporaryDirectory() as scratch:
        figures = measure_builds(plan, Path(scratch), _say)
    click.echo(json.dumps(figures, indent=2))


@bench.command("search")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--encoder", type=click.Choice(("corpus", "minilm")), default="corpus", show_default=True)
@click.option("--typos", default=0, show_default=True, type=click.IntRange(0), help="Typos put into each query.")
@click.option("--limit", type=click.IntRange(1), help="Ask only so many queries.")
@click.pass_context
def bench_search(context: click.Context, folder: Path, encoder: str, typos: int, limit: int | None) -> None:
    """Search the collection in DIR as a browser does, beside BM25. docs/bench.md says what the figures mean."""
    from generator.bench.searches import SearchPlan, measure_searches  # scipy, which other commands start without

    plan = SearchPlan(load_settings(context.obj[0]), folder, encoder == "minilm", typos, limit)
    with TemporaryDirectory() as scratch:
        figures = measure_searches(plan, Path(scratch), _say)
    click.echo(json.dumps(figures, indent=2))


@bench.command("page")
@click.argument("path", metavar="PATH")
@click.option("--runs", default=5, show_default=True, type=click.IntRange(1), help="Medians of so many visits.")
@click.pass_context
def bench_page(context: click.Context, path: str, runs: int) -> None:
    """What a first visit to the page at PATH of the built site costs, such as 2025/10/01/. docs/bench.md explains."""
    figures = measure_page(load_settings(context.obj[0]).output, path, runs, _say)
    click.echo(json.dumps(figures, indent=2))


@bench.command("collection")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Papers, one a line.")
@click.option("--papers", type=click.IntRange(1), help="Take only so many papers.")
@click.option("--queries", default=500, show_default=True, type=click.IntRange(1))
@click.option("--words", default=4, show_default=True, type=click.IntRange(1), help="Words of a query.")
@click.pass_context
def bench_collection(
    context: click.Context, folder: Path, corpus: Path | None, papers: int | None, queries: int, words: int
) -> None:
    """Make a collection for `bench search` in DIR: a few words of a paper, which should find it.

    The papers are those of this repository, or of a file.
    """
    from generator.bench.known_items import Wanted, archived_papers, write_known_items
    from generator.bench.papers import papers_of

    given = papers_of(corpus) if corpus else archived_papers(load_settings(context.obj[0]).content)
    made = write_known_items(given, Wanted(papers, queries, words), folder)
    _say(f"{folder}: {made:,} queries")


def _say(line: str) -> None:
    click.echo(line, err=True)
