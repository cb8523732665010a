"""Notes on papers that nobody listed → listings of `community`, each of the UTC day on which its notes were first seen.

That day is written down before anybody is asked, so that neither an upstream that is down nor a run that is killed
moves it; what is not known yet stays in the listing as awaited, and each run asks again. What no note names any more,
or what a source has listed since, is awaited no longer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from generator.archive import Archive
from generator.curation.naming import shown_id
from generator.errors import SettingsError
from generator.files import only_one, regular_files
from generator.model import COMMUNITY, Json, Listing, Note, Paper, Problem, State
from generator.pipeline.building import build_lock, opened_catalogue
from generator.pipeline.events import Asked, Fetched, kept
from generator.settings import ArxivSource, Settings
from generator.sources.community import Community, Found
from generator.sources.http import Client
from generator.text import clean

_NOT_YET = "not asked for yet"
_CANNOT = "only arXiv ids and DOIs can be looked up; name the paper by one, or by the permalink of a paper here"

_Notes = Mapping[str, Sequence[Note]]
"""By the PaperId that they name."""


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A note whose paper no listing has; `since` is the day on which `fetch` saw it, None when it has not yet."""

    path: str
    paper: str
    since: date | None
    reason: str

    def __str__(self) -> str:
        since = f"since {self.since}" if self.since else "for the next fetch"
        return f"{self.path} waits {since}: {shown_id(self.paper)}: {self.reason}"

    def as_json(self) -> dict[str, Json]:
        """For machines: the day as ISO text."""
        since = self.since.isoformat() if self.since else None
        return {"note": self.path, "paper": self.paper, "since": since, "reason": self.reason}


def open_community(settings: Settings, client: Client) -> Community:
    """Where the settings say that papers are looked up: arXiv where its first source is asked, too."""
    used = (source.api_url for source in settings.sources.values() if isinstance(source, ArxivSource))
    default = ArxivSource.model_fields["api_url"].default
    return Community(client, settings.community.api_url or next(used, default), settings.community.doi_url)


def unlisted_notes(settings: Settings) -> tuple[Note, ...]:
    """The notes whose paper no listing has, by path; where there is no note, nothing is opened."""
    if not any(path.suffix == ".md" for path in regular_files(settings.content / "notes")):
        return ()
    with (
        only_one(build_lock(settings)),
        opened_catalogue(settings, settings.build, map, lambda problem: None) as catalogue,
    ):
        return catalogue.unlisted()


def waiting_notes(unlisted: Sequence[Note], archived: Mapping[date, Listing]) -> tuple[WaitingNote, ...]:
    """Why each of them waits; `archived` are the listings of `community`."""
    since = _first_days(archived)
    return tuple(_waiting(note, since.get(note.paper), archived) for note in unlisted)


def _waiting(note: Note, since: date | None, archived: Mapping[date, Listing]) -> WaitingNote:
    if not _can_be_asked(note.paper):
        return WaitingNote(note.path, note.paper, None, _CANNOT)
    reason = archived[since].awaited[note.paper] if since else _NOT_YET
    return WaitingNote(note.path, note.paper, since, reason)


def resolve(settings: Settings, client: Client, now: datetime) -> Iterator[Asked | Fetched | Problem]:
    """Look up what notes name and nobody listed, and archive it; says nothing where there is nothing to do."""
    try:
        notes = _by_paper(unlisted_notes(settings))
    except SettingsError as error:  # what is hidden cannot be told; what was fetched stays
        yield from error.problems
        return
    archive = Archive(settings.content)
    with only_one(settings.content_lock):
        archived = archive.of_source(COMMUNITY)
        plan = _plan(notes, archived, now.astimezone(UTC).date())
        if not plan:
            return
        yield Asked(COMMUNITY, len(plan))
        noted = [kept(archive, _listing(day, plan[day], archived.get(day), now)) for day in plan]
        found = open_community(settings, client).look_up(paper_id for ids in plan.values() for paper_id in ids)
        for first in noted:
            if isinstance(first, Problem):
                yield first
            else:
                done = kept(archive, _answered(first.listing, found, notes))
                yield replace(done, changed=first.changed or done.changed) if isinstance(done, Fetched) else done


def _by_paper(notes: Sequence[Note]) -> _Notes:
    found: dict[str, list[Note]] = {}
    for note in notes:
        if _can_be_asked(note.paper):
            found.setdefault(note.paper, []).append(note)
    return found


def _can_be_asked(paper_id: str) -> bool:
    return paper_id.startswith(("arxiv:", "doi:"))


def _first_days(archived: Mapping[date, Listing]) -> Mapping[str, date]:
    """By awaited id the first day that awaits it."""
    return {paper_id: day for day in sorted(archived, reverse=True) for paper_id in archived[day].awaited}


def _plan(notes: _Notes, archived: Mapping[date, Listing], today: date) -> Mapping[date, Mapping[str, str]]:
    """By day what it awaits, with the last reason; nothing where it awaits no more what it did."""
    since = _first_days(archived)
    there = {paper.id for listing in archived.values() for paper in listing.papers}
    plan: dict[date, dict[str, str]] = {day: {} for day, listing in archived.items() if listing.awaited}
    for paper_id in notes:
        if paper_id not in there:  # a run beside us may have been quicker
            day = since.get(paper_id, today)
            reason = archived[day].awaited[paper_id] if paper_id in since else _NOT_YET
            plan.setdefault(day, {})[paper_id] = reason
    return dict(sorted(plan.items()))


def _listing(day: date, awaited: Mapping[str, str], old: Listing | None, now: datetime) -> Listing:
    return _told(Listing(COMMUNITY, day, State.NONE, now, old.papers if old else (), awaited=awaited))


def _answered(asked: Listing, found: Found, notes: _Notes) -> Listing:
    """The listing with the papers that came, and the newest reason for those that did not."""
    came = tuple(
        _credited(found.papers[paper_id], notes[paper_id][0], asked.date)
        for paper_id in asked.awaited
        if paper_id in found.papers
    )
    awaited = {
        paper_id: _reason(paper_id, found, notes[paper_id][0])
        for paper_id in asked.awaited
        if paper_id not in found.papers
    }
    return _told(replace(asked, papers=(*asked.papers, *came), awaited=awaited))


def _reason(paper_id: str, found: Found, note: Note) -> str:
    unknown = found.unknown.get(paper_id)
    return clean(f"{unknown}; check the number in {note.path}" if unknown else found.faults[paper_id], limit=300)


def _credited(paper: Paper, note: Note, day: date) -> Paper:
    submitter: Json = {"name": note.curator.name, "user": note.curator.handle}
    return replace(paper, announced=day, first_seen=day, extra={**paper.extra, "submitter": submitter})


def _told(listing: Listing) -> Listing:
    """With state and reason as its papers and what it awaits want them."""
    if not listing.awaited:
        return replace(listing, state=State.ANNOUNCED if listing.papers else State.NONE, reason=None)
    paper_id, reason = min(listing.awaited.items())
    more = f" (and {len(listing.awaited) - 1} more)" if len(listing.awaited) > 1 else ""
    state = State.INCOMPLETE if listing.papers else State.FAILED
    return replace(listing, state=state, reason=f"{shown_id(paper_id)}{more}: {reason}")
