"""A "Daily Papers" page saved as text → papers: a title line, a blank line, an abstract line, and so on.

What stands above the page's date (`Oct 1`) is the page's own header and is passed over. Letters are kept exactly.
"""

import re
from collections.abc import Iterator

from generator.identifiers import title_id
from generator.model import Paper, Problem

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE_LINE = re.compile(rf"(?P<month>{'|'.join(_MONTHS)}) (?P<day>[1-9]|[12]\d|3[01])", re.ASCII)
_HINT = "Each paper needs its title and then its abstract, one line each; look at the papers above this line too"

Line = tuple[int, str]


def parse_capture(text: str, path: str) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    """The page's papers in its order, or no paper and the problem that made the pairs of lines fall apart.

    One missing abstract shifts every later pair, so nothing is taken from a page that does not pair up. An abstract
    that is no longer than its title is the sign of it. `path` is for the message only.
    """
    lines = _body(text)
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    for title, abstract in pairs:
        if len(abstract[1]) <= len(title[1]):
            return (), (_problem(path, title, "seems to have no abstract"),)
    if len(lines) % 2:
        return (), (_problem(path, lines[-1], "has no abstract"),)
    return tuple(Paper(id=title_id(title), title=title, abstract=abstract) for (_, title), (_, abstract) in pairs), ()


def capture_month_day(text: str) -> tuple[int, int] | None:
    """Month and day of the page's date line, None without one; the page does not tell the year."""
    for _, line in _filled_lines(text):
        if found := _DATE_LINE.fullmatch(line.strip()):
            return _MONTHS.index(found["month"]) + 1, int(found["day"])
    return None


def _body(text: str) -> list[Line]:
    """The filled lines below the date line; all of them when there is none."""
    lines = list(_filled_lines(text))
    for index, (_, line) in enumerate(lines):
        if _DATE_LINE.fullmatch(line.strip()):
            return lines[index + 1 :]
    return lines


def _filled_lines(text: str) -> Iterator[Line]:
    """Lines that hold something, with their numbers; lines end at line feeds only, as editors count them."""
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            yield number, line.removesuffix("\r")


def _problem(path: str, line: Line, text: str) -> Problem:
    number, title = line
    shown = title if len(title) <= 60 else f"{title[:59]}…"
    return Problem(path, number, f"the paper “{shown}” {text}", _HINT)
