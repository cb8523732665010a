"""A listing as archived → the same listing with all foreign text normalised, once, for every later stage."""

from collections.abc import Mapping
from dataclasses import replace

from generator.model import Json, Listing, Paper, Problem
from generator.text import TITLE_LIMIT, clean

ABSTRACT_LIMIT = 20_000
NAME_LIMIT = 200


def clean_listing(listing: Listing, path: str) -> tuple[Listing, tuple[Problem, ...]]:
    """Papers whose title is empty once cleaned are left out, each with a Problem."""
    papers: list[Paper] = []
    problems: list[Problem] = []
    for paper in listing.papers:
        cleaned = _clean_paper(paper)
        if cleaned.title:
            papers.append(cleaned)
        else:
            hint = "Give it a title, or delete its line"
            problems.append(Problem(path, None, f"paper {paper.id} has no title", hint))
    reason = clean(listing.reason, limit=300) if listing.reason else None
    return replace(listing, papers=tuple(papers), reason=reason), tuple(problems)


def _clean_paper(paper: Paper) -> Paper:
    authors = (clean(author, limit=NAME_LIMIT) for author in paper.authors)
    return replace(
        paper,
        title=clean(paper.title, limit=TITLE_LIMIT),
        abstract=clean(paper.abstract, limit=ABSTRACT_LIMIT),
        authors=tuple(author for author in authors if author),
        categories=tuple(clean(category, limit=NAME_LIMIT) for category in paper.categories),
        comment=clean(paper.comment, limit=TITLE_LIMIT) if paper.comment else None,
        extra=_clean_values(paper.extra),
    )


def _clean_values(values: Mapping[str, Json]) -> Mapping[str, Json]:
    return {key: _clean_json(value) for key, value in values.items()}


def _clean_json(value: Json) -> Json:
    if isinstance(value, str):
        return clean(value, limit=ABSTRACT_LIMIT)
    if isinstance(value, list):
        return [_clean_json(item) for item in value]
    if isinstance(value, dict):
        return {clean(key, limit=NAME_LIMIT): _clean_json(item) for key, item in value.items()}
    return value
