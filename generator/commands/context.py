"""What every command asks of the command line as a whole: settings, quietness, the time, and where errors go."""

from datetime import UTC, datetime

import click

from generator.console import problem_line
from generator.errors import BroadsheetError, ContentError, SettingsError
from generator.settings import Settings, load_settings


def settings_of(context: click.Context) -> Settings:
    """The settings in the file that `--config` names; SettingsError with all that is wrong there."""
    return load_settings(context.obj[0])


def is_quiet(context: click.Context) -> bool:
    """True with `--quiet`."""
    return bool(context.obj[1])


def now() -> datetime:
    """The instant of this run, UTC."""
    return datetime.now(UTC)


def say(error: BroadsheetError) -> None:
    """An error of ours as lines on stderr."""
    if isinstance(error, SettingsError):
        for problem in error.problems:
            problem_line(problem)
    elif isinstance(error, ContentError):
        problem_line(error.problem)
    else:
        click.echo(f"broadsheet: {error}", err=True)
