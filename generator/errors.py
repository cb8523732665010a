"""The error tree: every error a user can meet says what, where, why and what to do next.

BroadsheetError
├── SettingsError     mkdocs.yml is wrong: exit 1, all problems at once
├── ContentError      one file under content/ or one imported file is wrong
├── TemplateError     a page template is wrong: exit 1
└── SourceError       a source is down, slow or lies: a result, not a crash
    ├── AnswerError   the answer is not what the source promises; asking again may help
    └── RefusedError  an address or answer we will not touch; asking again will not help
"""

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from generator.model import Problem


class BroadsheetError(Exception):
    """Base of all errors that end in one clear line instead of a traceback."""


class SettingsError(BroadsheetError):
    """`problems` holds every finding, so that one run shows them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.problems,)


class ContentError(BroadsheetError):
    """A file that people or an earlier run wrote cannot be used; `problem` says where and how to mend it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.problem,)


class TemplateError(BroadsheetError):
    """A template in `site_templates/` does not render."""


class SourceError(BroadsheetError):
    """A source could not be fetched; the message is the cause, one line."""


class AnswerError(SourceError):
    """The source answered something other than what it promises; worth another try."""


class RefusedError(SourceError):
    """We will not ask this address, or not take this answer, however often we try."""


@contextmanager
def wrap_errors() -> Iterator[None]:
    """What the disk refuses, anywhere in a run, becomes an error of ours that names the path and the cause.

    A reader of our output that went away passes: click ends such a run without a word.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise BroadsheetError(f"build/catalogue.sqlite: {error}. Make room on the disk, or delete build/") from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        where = error.filename or "a file or connection"
        hint = "Make room or give rights there, or move away what is in its place, and run this again"
        raise BroadsheetError(f"{where}: {error.strerror or error}. {hint}") from error
