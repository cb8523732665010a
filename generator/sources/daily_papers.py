"""Bytes of Hugging Face's daily papers → papers, or the reason why they are none.

The API is documented by its own OpenAPI file (https://huggingface.co/.well-known/openapi.json, `/api/daily_papers`).
Only id, title, abstract, authors, votes and dates are always there; an optional field of the wrong type is dropped.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from generator.dates import parse_instant
from generator.errors import AnswerError
from generator.identifiers import parse_arxiv, url_id
from generator.model import Json, Paper, Signals
from generator.sources.addresses import arxiv_links

PAGE = "https://huggingface.co/papers/"


@dataclass(frozen=True, slots=True)
class DailyPage:
    """One page of a day: its papers in order, how many entries it had, and how many of them name no paper."""

    papers: tuple[Paper, ...]
    entries: int
    broken: int


def parse_daily_papers(body: bytes, day: date, taken: datetime) -> DailyPage:
    """The papers announced on `day`, with the votes as of `taken` (UTC).

    AnswerError when the answer is not a JSON list of objects, or when none of its entries names a paper.
    """
    entries = _entries(body)
    papers = tuple(paper for entry in entries if (paper := _paper(entry, day, taken)))
    if entries and not papers:
        raise AnswerError("none of the entries is a paper")
    return DailyPage(papers, len(entries), len(entries) - len(papers))


def _entries(body: bytes) -> list[object]:
    try:
        value = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        start = " ".join(body[:40].decode("utf-8", "replace").split())
        raise AnswerError(f"not JSON; it starts {start!a}") from error
    if isinstance(value, dict) and isinstance(value.get("error"), str):
        raise AnswerError(f"it says: {value['error'][:100]!a}")
    if not isinstance(value, list):
        raise AnswerError(f"a list of papers was expected, not {_kind(value)}")
    for entry in value:
        if not isinstance(entry, dict):
            raise AnswerError(f"a list of objects was expected, not of {_kind(entry)}")
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _kind(value: object) -> str:
    names = {dict: "an object", list: "lists", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _paper(entry: object, day: date, taken: datetime) -> Paper | None:
    outer = _mapping(entry)
    inner = _mapping(outer.get("paper"))
    name, title = _text(inner.get("id")), _text(inner.get("title")) or _text(outer.get("title"))
    if name is None or title is None:
        return None
    arxiv = parse_arxiv(name)
    submitted = _instant(inner.get("publishedAt"))
    own = {"huggingface": f"{PAGE}{arxiv[0] if arxiv else name}"}
    return Paper(
        id=f"arxiv:{arxiv[0]}" if arxiv else url_id(f"{PAGE}{name}"),
        title=title,
        abstract=_text(inner.get("summary")) or _text(outer.get("summary")) or "",
        authors=_authors(inner.get("authors")),
        links={**(arxiv_links(arxiv[0], submitted) if arxiv else {}), **own, **_links(inner)},
        submitted=submitted,
        announced=day,
        first_seen=taken.date(),
        withdrawn=_text(inner.get("withdrawnAt")) is not None,
        signals=_signals(outer, inner, taken),
        extra=_extra(outer, inner),
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    """Text as it was sent, where there is any that a file can hold."""
    if not isinstance(value, str) or not value.strip():
        return None
    return value.encode("utf-8", "replace").decode()


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None


def _instant(value: object) -> datetime | None:
    text = _text(value)
    try:
        return parse_instant(text) if text else None
    except (ValueError, OverflowError):
        return None


def _authors(value: object) -> tuple[str, ...]:
    """Names in order, without those who asked to be hidden."""
    authors = [_mapping(author) for author in value] if isinstance(value, list) else []
    return tuple(name for author in authors if author.get("hidden") is not True and (name := _text(author.get("name"))))


def _links(inner: Mapping[str, object]) -> dict[str, str]:
    named = {"code": _text(inner.get("githubRepo")), "project": _text(inner.get("projectPage"))}
    return {name: url.strip() for name, url in named.items() if url}


def _signals(outer: Mapping[str, object], inner: Mapping[str, object], taken: datetime) -> Signals:
    return Signals(
        votes=_count(inner.get("upvotes")),
        comments=_count(outer.get("numComments")),
        stars=_count(inner.get("githubStars")),
        taken=taken,
    )


def _extra(outer: Mapping[str, object], inner: Mapping[str, object]) -> dict[str, Json]:
    """What else a page can use; the thumbnail and the media are addresses only, never fetched."""
    keywords, media = inner.get("ai_keywords"), inner.get("mediaUrls")
    values: dict[str, Json] = {
        "organization": _named(inner.get("organization"), ("name", "fullname")),
        "submitter": _named(outer.get("submittedBy") or inner.get("submittedOnDailyBy"), ("fullname", "user", "name")),
        "ai_summary": _text(inner.get("ai_summary")),
        "ai_model": _text(inner.get("ai_summary_model")),
        "ai_keywords": [text for word in keywords if (text := _text(word))] if isinstance(keywords, list) else None,
        "thumbnail": _text(outer.get("thumbnail")),
        "media": [text for url in media if (text := _text(url))] if isinstance(media, list) else None,
    }
    return {key: value for key, value in values.items() if value}


def _named(value: object, keys: tuple[str, ...]) -> dict[str, Json]:
    found = _mapping(value)
    return {key: text for key in keys if (text := _text(found.get(key)))}
