"""Bytes of arXiv's page of a category's past week → ids by announcement day.

https://arxiv.org/list/cs.LG/pastweek; its templates are public (arXiv/arxiv-browse, `templates/list`). Each day has a
heading, `Thu, 18 Sep 2025 (showing 25 of 300 entries )`, and a `<dt>` for each paper with a link to its abstract page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.errors import AnswerError
from generator.identifiers import parse_arxiv
from generator.sources.html_reading import read_html

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEADING = re.compile(
    r"\w{3}, (?P<day>\d{1,2}) (?P<month>\w{3}) (?P<year>\d{4})"
    r"(?: \([a-z, ]*showing (?:first |last )?(?P<shown>\d+) of (?P<total>\d+) entries \))?"
)
_TOTAL = re.compile(r"Total of (?P<total>\d+) entries", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedDay:
    """What one page shows of a day: id → whether it is a cross-list; `total` counts what arXiv announced that day."""

    ids: Mapping[str, bool]
    total: int


@dataclass(frozen=True, slots=True)
class ListingPage:
    """`total` counts the papers of the whole week, on this page and the next ones."""

    days: Mapping[date, ListedDay]
    total: int


def parse_listing(body: bytes) -> ListingPage:
    """AnswerError when the answer is no such page, or shows fewer papers than its headings say (cut off, changed)."""
    page = _Page()
    page.read(body.decode("utf-8", "replace"))
    if page.total is None or not page.days:
        raise AnswerError("the answer is not arXiv's page of a past week")
    for day, shown in page.days.items():
        if len(shown.ids) != shown.shown:
            raise AnswerError(f"the page shows {len(shown.ids)} papers of {day}, where its heading says {shown.shown}")
    days = {day: ListedDay(shown.ids, shown.total) for day, shown in page.days.items()}
    return ListingPage(days, page.total)


@dataclass(slots=True)
class _Shown:
    shown: int
    total: int
    ids: dict[str, bool] = field(default_factory=dict)


class _Page:
    """Reads headings (`<h3>`), papers (`<dt>`) and the count above them (`<div class="paging">`)."""

    def __init__(self) -> None:
        self.days: dict[date, _Shown] = {}
        self.total: int | None = None
        self._day: _Shown | None = None
        self._text: list[str] = []
        self._id: str | None = None

    def read(self, html: str) -> None:
        for token in read_html(html):
            if isinstance(token, str):
                self._text.append(token)
            elif token.name in ("h3", "dt", "div"):
                if token.is_end:
                    self._end(token.name)
                self._text, self._id = [], None
            elif token.name == "a" and (attributes := token.attributes()).get("title") == "Abstract":
                self._id = attributes.get("id")

    def _end(self, tag: str) -> None:
        seen = " ".join("".join(self._text).split())
        if tag == "h3" and (heading := _HEADING.fullmatch(seen)):
            self._start_day(heading)
        elif tag == "dt" and self._day and (found := parse_arxiv(self._id or "")):
            self._day.ids[f"arxiv:{found[0]}"] = "(cross-list from " in seen
        elif tag == "div" and self.total is None and (total := _TOTAL.search(seen)):
            self.total = int(total["total"])

    def _start_day(self, heading: re.Match[str]) -> None:
        try:
            day = date(int(heading["year"]), _MONTHS.index(heading["month"]) + 1, int(heading["day"]))
        except ValueError:
            self._day = None
            return
        self._day = self.days[day] = _Shown(int(heading["shown"] or 0), int(heading["total"] or 0))
