"""What is wrong in one file that people wrote, before it is known which file that is."""

from dataclasses import dataclass

from generator.model import Problem, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, at which line of the file, and how to mend it."""

    line: int | None
    text: str
    hint: str
    severity: Severity = Severity.ERROR

    def at(self, path: str) -> Problem:
        """The same of a file; `path` is relative to the repository."""
        return Problem(path, self.line, self.text, self.hint, self.severity)


class FindingError(Exception):
    """Nothing more can be read after this finding."""

    def __init__(self, line: int | None, text: str, hint: str) -> None:
        super().__init__(text)
        self.finding = Finding(line, text, hint)
