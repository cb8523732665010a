"""What a reader types → Query. The browser's `query.js` is the same grammar; one table of examples tests both.

    query    = { item | "OR" }
    item     = ["-"] [operator ":"] ( '"' text '"' | text )
    operator = title author org topic curator source has | before after on year | sort

Items side by side are ranked together; `OR` between two makes them alternatives; `-` leaves out what matches. A day is
`2025`, `2025-06` or `2025-06-01`: `before:` ends before its first day, `after:` begins on it. An arXiv number, a DOI or
an address of either stands for that paper. Nothing is refused: what makes no sense as an operator is searched as text,
with a hint.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.identifiers import parse_paper_id

LONGEST = 500
"""Characters of a query that are read."""
MOST_ITEMS = 80
TEXT = 16
"""A query of more items is a text that somebody pasted: its quotation marks and minus signs demand nothing."""
FIELDS = ("title", "author", "org", "topic", "curator", "source", "has")
DAYS = ("before", "after", "on", "year")
HAS = ("note", "code", "pick")
SORTS = ("best", "date", "votes")

_QUOTES = re.compile("[“”„‟«»]")
_ITEM = re.compile(r'(?P<minus>-?)(?:(?P<name>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?", re.ASCII)
_SCHEMES = frozenset(("http", "https", "arxiv", "doi", "url"))


@dataclass(frozen=True, slots=True)
class Term:
    """Words to look for in a field, the empty one being everywhere; `is_phrase`: side by side."""

    text: str
    field: str = ""
    is_phrase: bool = False
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """`groups` are alternatives each; `since` is the first day wanted, `until` the first one not; ISO days or empty.

    `hints` tell the reader, in whole sentences, what was not understood.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    ids: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sort: str = "best"
    hints: tuple[str, ...] = ()


class _Parser:
    """Collects what the items say."""

    def __init__(self) -> None:
        self.groups: list[tuple[Term, ...]] = []
        self.ids: list[str] = []
        self.hints: list[str] = []
        self.since, self.until, self.sort = "", "", "best"
        self.is_text = False
        self._joins = False

    def take(self, found: re.Match[str]) -> None:
        """One item of the query."""
        word = found[0]
        if word == "OR":
            self._joins = bool(self.groups)
        elif paper := parse_paper_id(word):
            self.ids.append(paper)
        elif not found["name"] or not self._operator(found["name"].lower(), _value(found), bool(found["minus"])):
            self._text(found)

    def _operator(self, name: str, value: str, is_negative: bool) -> bool:
        """False when it is none: then it is text."""
        if name in FIELDS and value and (name != "has" or value in HAS):
            self._add(Term(value, name, is_negative=is_negative))
        elif name in DAYS and not is_negative and (bounds := _bounds(value)):
            first, after = bounds
            self.since = max(self.since, "" if name == "before" else first)
            ends = {"before": first, "after": ""}.get(name, after)
            self.until = min(filter(None, (self.until, ends)), default="")
        elif name == "sort" and value in SORTS and not is_negative:
            self.sort = value
        else:
            self._hint(name, value)
            return False
        return True

    def _hint(self, name: str, value: str) -> None:
        if name in DAYS:
            self.hints.append(f"{name}: wants a day like 2025, 2025-06 or 2025-06-01.")
        elif name == "has":
            self.hints.append(f"has: knows {', '.join(HAS)}.")
        elif name == "sort":
            self.hints.append(f"sort: knows {', '.join(SORTS)}.")
        elif name in FIELDS:
            self.hints.append(f"{name}: wants a word behind it.")
        elif name not in _SCHEMES and value:
            self.hints.append(f"{name}: is no operator, so it was searched as text.")

    def _text(self, found: re.Match[str]) -> None:
        written = f"{found['name']} {_value(found)}".strip() if found["name"] else _value(found)
        if any(map(str.isalnum, written)):
            is_phrase = found["phrase"] is not None and len(written.split()) > 1
            if self.is_text and (is_phrase or found["minus"]):
                self.hints.append("In a text as long as this, quotation marks and minus signs are passed over.")
            self._add(Term(written, "", is_phrase and not self.is_text, bool(found["minus"]) and not self.is_text))

    def _add(self, term: Term) -> None:
        if self._joins and not term.is_negative:
            self.groups[-1] += (term,)
        else:
            self.groups.append((term,))
        self._joins = False


def parse_query(text: str) -> Query:
    """Any text → Query; it never fails."""
    parser = _Parser()
    items = list(_items(text, parser.hints))
    parser.is_text = len(items) > TEXT
    for number, found in enumerate(items):
        if number == MOST_ITEMS:
            parser.hints.append(f"Only the first {MOST_ITEMS} words were searched.")
            break
        parser.take(found)
    return Query(
        groups=tuple(parser.groups),
        ids=tuple(dict.fromkeys(parser.ids)),
        since=parser.since,
        until=parser.until,
        sort=parser.sort,
        hints=tuple(dict.fromkeys(parser.hints)),
    )


def _items(text: str, hints: list[str]) -> Iterator[re.Match[str]]:
    if len(text) > LONGEST:
        text = text[:LONGEST]
        hints.append(f"Only the first {LONGEST} characters were searched.")
    text = _QUOTES.sub('"', text)
    if text.count('"') % 2:
        before, _, after = text.rpartition('"')
        text = f"{before} {after}"
        hints.append("A quotation mark was not closed, so its words were searched one by one.")
    return _ITEM.finditer(text)


def _value(found: re.Match[str]) -> str:
    return " ".join((found["word"] if found["phrase"] is None else found["phrase"]).split())


def _bounds(text: str) -> tuple[str, str] | None:
    """The first day of a year, month or day, and the first day after it; None when there is no such day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    if found["day"]:
        after = first + timedelta(days=1)
    elif found["month"]:
        after = date(year + month // 12, month % 12 + 1, 1)
    else:
        after = date(year + 1, 1, 1)
    return first.isoformat(), after.isoformat()
