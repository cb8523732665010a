"""An archived listing + what was fetched now → the listing to keep: newest fields win, nothing disappears."""

from collections.abc import Mapping
from dataclasses import fields, replace

from generator.model import Listing, Paper, Signals, State

_EMPTY: tuple[object, ...] = (None, "", (), {})


def merge(old: Listing | None, new: Listing) -> Listing:
    """The listing to archive; `old` itself when nothing but the time of the fetch differs.

    A failed or empty answer takes no paper away, and a day that was finished stays finished, unless papers are awaited
    since.
    """
    if old is None:
        papers = _first_of_each_id(new.papers)
        return replace(new, papers=papers, awaited=_still_awaited(new, papers))
    papers = merge_papers(old.papers, new.papers)
    state, reason = _merge_states(old, new, bool(papers))
    merged = replace(new, papers=papers, state=state, reason=reason, awaited=_still_awaited(new, papers))
    return old if replace(merged, fetched=old.fetched) == replace(old, papers=_by_id(old.papers)) else merged


def _merge_states(old: Listing, new: Listing, has_papers: bool) -> tuple[State, str | None]:
    if old.state.is_finished() and not new.state.is_finished() and not new.awaited:
        return old.state, old.reason
    if new.state is State.NONE and has_papers:
        return State.ANNOUNCED, None
    return new.state, new.reason


def _still_awaited(new: Listing, papers: tuple[Paper, ...]) -> Mapping[str, str]:
    """The newest word on what is awaited counts, save for papers that are there."""
    arrived = {paper.id for paper in papers}
    return {paper_id: reason for paper_id, reason in sorted(new.awaited.items()) if paper_id not in arrived}


def merge_papers(old: tuple[Paper, ...], new: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """Union by id, ordered by id; a field the newer answer leaves empty keeps its older value."""
    merged = {paper.id: paper for paper in old}
    for paper in _first_of_each_id(new):
        merged[paper.id] = merge_paper(merged[paper.id], paper) if paper.id in merged else paper
    return _by_id(tuple(merged.values()))


def merge_paper(old: Paper, new: Paper) -> Paper:
    """One paper as two answers gave it, the newer one last."""
    kept = {
        field.name: getattr(old, field.name)
        for field in fields(Paper)
        if getattr(new, field.name) in _EMPTY and getattr(old, field.name) not in _EMPTY
    }
    first_seen = min((day for day in (old.first_seen, new.first_seen) if day), default=None)
    merged = replace(new, **kept)
    merged = replace(
        merged,
        first_seen=first_seen,
        links={**old.links, **new.links},
        extra={**old.extra, **new.extra},
        signals=_merge_signals(old.signals, new.signals),
    )
    stated = next((paper.announced for paper in (new, old) if _is_announcement_stated(paper)), None)
    if stated is None:
        return merged
    extra = {key: value for key, value in merged.extra.items() if key != "announced_estimated"}
    return replace(merged, announced=stated, extra=extra)


def _is_announcement_stated(paper: Paper) -> bool:
    """A day that a source stated is better than one we computed."""
    return paper.announced is not None and not paper.extra.get("announced_estimated")


def _merge_signals(old: Signals, new: Signals) -> Signals:
    """Newest counts; the time they were taken moves only when a count does."""
    counted = Signals(
        votes=old.votes if new.votes is None else new.votes,
        comments=old.comments if new.comments is None else new.comments,
        stars=old.stars if new.stars is None else new.stars,
        taken=old.taken,
    )
    return counted if counted == old else replace(counted, taken=new.taken or old.taken)


def _first_of_each_id(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    unique: dict[str, Paper] = {}
    for paper in papers:
        unique.setdefault(paper.id, paper)
    return _by_id(tuple(unique.values()))


def _by_id(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    return tuple(sorted(papers, key=lambda paper: paper.id))
