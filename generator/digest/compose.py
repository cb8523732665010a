"""DayContext + topics + weights → Digest."""

from collections.abc import Sequence

from generator.catalogue import DayContext
from generator.digest.ranking import Weights, order, reasons, score
from generator.digest.works import DayWork, merge_day
from generator.identifiers import anchor
from generator.model import Digest, Listing, Note, RankedPaper, Reappearance, SourceState, Topic
from generator.topics import TopicMatcher


def compose_digest(context: DayContext, matcher: TopicMatcher, weights: Weights, source_order: Sequence[str]) -> Digest:
    """The day's own papers ranked, and those an earlier day owns as reappearances."""
    own: list[RankedPaper] = []
    again: list[Reappearance] = []
    for work in merge_day(context.listings, context.works, source_order):
        if work.paper.id not in context.owners:
            own.append(_rank(work, context, matcher, weights))
        else:
            again.append(_reappear(work, context))
    own.sort(key=lambda ranked: order(ranked.score, ranked.paper.announced, ranked.paper.id))
    return Digest(
        date=context.date,
        papers=tuple(own),
        reappearances=tuple(again),
        states=tuple(_state(listing) for listing in context.listings),
        previous=context.previous,
        next=context.next,
    )


def _rank(work: DayWork, context: DayContext, matcher: TopicMatcher, weights: Weights) -> RankedPaper:
    notes = context.notes.get(work.paper.id, ())
    ordered = tuple(sorted(notes, key=lambda note: (not note.pick, note.path)))
    topics = _topics(work, ordered, matcher)
    found = reasons(work.paper, ordered, topics, work.sources, weights)
    name = anchor(work.paper.id)
    return RankedPaper(
        paper=work.paper,
        anchor=name,
        aliases=tuple(alias for alias in map(anchor, work.ids) if alias != name),
        sources=work.sources,
        topics=topics,
        notes=ordered,
        score=score(found),
        reasons=found,
        related=context.related.get(name, ()),
    )


def _topics(work: DayWork, notes: Sequence[Note], matcher: TopicMatcher) -> tuple[Topic, ...]:
    """What the rules find and what curators say, in settings order."""
    said = {slug for note in notes for slug in note.topics}
    found = {topic.slug for topic in matcher.match(work.paper)}
    return tuple(topic for topic in matcher.topics if topic.slug in said | found)


def _reappear(work: DayWork, context: DayContext) -> Reappearance:
    name = anchor(work.paper.id)
    return Reappearance(
        title=work.paper.title,
        anchor=name,
        owner=context.owners[work.paper.id],
        owner_anchor=name,
        aliases=tuple(alias for alias in map(anchor, work.ids) if alias != name),
    )


def _state(listing: Listing) -> SourceState:
    return SourceState(listing.source, listing.state, len(listing.papers), listing.fetched, listing.reason)
