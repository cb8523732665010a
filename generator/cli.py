"""`broadsheet`: the command line, after the habits of git and mkdocs.

Exit codes: 0 done; 1 bad settings or templates, or any problem in content for `check` and with `--strict`;
2 usage; 3 done, but a source failed or a finished day is incomplete.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from generator import __version__, commands
from generator.bench.commands import bench
from generator.commands.context import say
from generator.errors import BroadsheetError, wrap_errors


@contextmanager
def _errors_as_lines() -> Iterator[None]:
    """Every error of ours ends in lines, not in a traceback."""
    try:
        with wrap_errors():
            yield
    except BroadsheetError as error:
        say(error)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="broadsheet")
@click.option("-f", "--config", "config", type=click.Path(path_type=Path), default="mkdocs.yml", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Say only what goes wrong.")
@click.pass_context
def main(context: click.Context, config: Path, quiet: bool) -> None:
    """Curated digests of research papers as a static site."""
    context.obj = (config, quiet)
    context.with_resource(_errors_as_lines())


for _command in (*(getattr(commands, name) for name in commands.__all__), bench):
    main.add_command(_command)


if __name__ == "__main__":
    main()
