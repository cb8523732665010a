"""The values that travel between the stages: frozen, hashable where it matters, importing nothing of ours.

Times are timezone-aware UTC; days are plain `date`s (DESIGN section 3); `None` means unknown, never `""`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"
Day: TypeAlias = date
_NOTHING: Mapping[str, "Json"] = MappingProxyType({})
_NO_LINKS: Mapping[str, str] = MappingProxyType({})
_NO_REASONS: Mapping[str, str] = MappingProxyType({})

COMMUNITY = "community"
"""The source of the papers that notes name and nobody listed; no other source may have this name."""


class State(StrEnum):
    """What we know of one source on one day (DESIGN section 3)."""

    ANNOUNCED = "announced"
    NONE = "none"
    INCOMPLETE = "incomplete"
    OPEN = "open"
    FAILED = "failed"

    def is_finished(self) -> bool:
        """True when asking again can only refresh, not complete, the day."""
        return self in (State.ANNOUNCED, State.NONE)

    def is_wanting(self) -> bool:
        """True when the source failed, or gave fewer papers than it announced."""
        return self in (State.FAILED, State.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Signals:
    """What readers did with a paper, as counted by a source at `taken` (UTC)."""

    votes: int | None = None
    comments: int | None = None
    stars: int | None = None
    taken: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One scholarly work as one source gave it; text exactly as the source sent it.

    `id` is a PaperId (`generator.identifiers`). `links` are named: `abs`, `pdf`, `html`, `code`, `project`,
    `huggingface`, `doi`, or `page` for anything else. `extra` is what else a page can use, JSON values only:
    `organization`, `submitter`, `ai_summary`, `ai_keywords`, `ai_model`, `thumbnail`, `primary_category`,
    `journal_ref`, `announce_type`, `announced_estimated`.
    """

    id: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=lambda: _NO_LINKS)
    submitted: datetime | None = None
    announced: date | None = None
    first_seen: date | None = None
    updated: datetime | None = None
    version: int | None = None
    comment: str | None = None
    withdrawn: bool = False
    signals: Signals = Signals()
    extra: Mapping[str, Json] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Listing:
    """What one source announced on one day: the unit of `content/listings/`.

    `reason` says in one line why the state is `incomplete` or `failed`; `fetched` is when this was learnt (UTC).
    `awaited` are PaperIds that belong here and could not be had yet, each with the reason in one line.
    """

    source: str
    date: date
    state: State
    fetched: datetime
    papers: tuple[Paper, ...] = ()
    reason: str | None = None
    awaited: Mapping[str, str] = field(default_factory=lambda: _NO_REASONS)


@dataclass(frozen=True, slots=True)
class Curator:
    """A person who writes notes; `handle` is the key in `content/curators.yml` or `github:<login>`.

    `orcid` is the bare iD, such as `0000-0002-1825-0097`; `bio` one line of plain text; `github` a login.
    """

    handle: str
    name: str
    link: str | None = None
    orcid: str | None = None
    bio: str | None = None
    github: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One curator's words about one paper; `html` is already rendered and cleaned, one line, safe to insert."""

    paper: str
    curator: Curator
    body: str
    html: str
    pick: bool = False
    topics: tuple[str, ...] = ()
    written_with_ai: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """An editorial subject with its matching rules; `slug` is its address."""

    name: str
    slug: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's share of a score: `score = weight * value`, and the words a reader sees."""

    feature: str
    value: float
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """A paper of an earlier day that is near in meaning, by its place."""

    title: str
    date: date
    anchor: str


@dataclass(frozen=True, slots=True)
class RankedPaper:
    """A paper on the digest that owns it: merged over the day's sources, matched, scored.

    `anchor` is the element id on the page; `aliases` are further anchors that must keep working.
    `signals` and all texts are in `paper`; `sources` are source names in settings order. `related` are nearest first.
    """

    paper: Paper
    anchor: str
    aliases: tuple[str, ...]
    sources: tuple[str, ...]
    topics: tuple[Topic, ...]
    notes: tuple[Note, ...]
    score: float
    reasons: tuple[Reason, ...]
    related: tuple[EarlierPaper, ...] = ()

    @property
    def is_picked(self) -> bool:
        """True when a curator recommends it."""
        return any(note.pick for note in self.notes)


@dataclass(frozen=True, slots=True)
class Reappearance:
    """A paper that this day lists again: `owner` is the earlier day that shows it, under `anchor`."""

    title: str
    anchor: str
    owner: date
    owner_anchor: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """How one source did on one day, for the page, the JSON and CI; `refreshed` is UTC."""

    source: str
    state: State
    papers: int
    refreshed: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """One day's publication: ranked papers, best first, and what a reader must know about the day."""

    date: date
    papers: tuple[RankedPaper, ...]
    reappearances: tuple[Reappearance, ...]
    states: tuple[SourceState, ...]
    previous: Day | None = None
    next: Day | None = None


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A line on a roll-up page that leads to a paper on the digest that owns it; `score` orders the line.

    `picked_by` names who picked it: the first, and how many others.
    """

    title: str
    date: date
    anchor: str
    score: float
    votes: int | None = None
    picked_by: str | None = None


@dataclass(frozen=True, slots=True)
class DaySummary:
    """One day as a month page or the home page shows it; `top` are its best papers, best first."""

    date: date
    papers: int
    states: tuple[SourceState, ...]
    top: tuple[PaperLink, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """One month as a year page or the archive shows it; `month` is its first day.

    `days` counts the days with papers; `failed` are the days on which a source failed or stayed incomplete.
    """

    month: date
    days: int
    papers: int
    failed: tuple[date, ...] = ()
    top: tuple[PaperLink, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A curator's note as a line that leads to its paper; `words` are the first of its text, plain."""

    paper: PaperLink
    words: str
    is_pick: bool


@dataclass(frozen=True, slots=True)
class CuratorSummary:
    """One curator with all their notes counted and those on the newest papers, newest day first."""

    curator: Curator
    notes: int
    picks: int
    recent: tuple[NoteLine, ...] = ()


class Severity(StrEnum):
    """What a finding means: something is left out of the site; a rule is broken and all is shown; something to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of `check`: where it is, what is wrong, and how to mend it."""

    path: str
    line: int | None
    text: str
    hint: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.text}. {self.hint}"
