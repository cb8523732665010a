"""Paper ↔ JSON mapping: the form of a paper in `content/listings/` and in files for `broadsheet import --as jsonl`.

Keys are Paper's fields (DESIGN section 4). Unknown values are left out when writing, and a key that is not ours is
an error when reading, so that a misspelt field is noticed. Instants are UTC with `Z`, days ISO 8601.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import NoReturn

from generator.dates import format_instant, parse_day, parse_instant
from generator.identifiers import parse_paper_id, title_id
from generator.model import Json, Paper, Signals

_PAPER_KEYS = frozenset(field.name for field in fields(Paper))
_SIGNAL_KEYS = frozenset(field.name for field in fields(Signals))
_LARGEST = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 8259, section 6)."""


def paper_to_json(paper: Paper) -> dict[str, Json]:
    """Paper → mapping without the values that are unknown or empty; `id` and `title` are always there."""
    optional: dict[str, Json] = {
        "abstract": paper.abstract,
        "authors": list(paper.authors),
        "categories": list(paper.categories),
        "links": dict(paper.links),
        "submitted": _instant_text(paper.submitted),
        "announced": _day_text(paper.announced),
        "first_seen": _day_text(paper.first_seen),
        "updated": _instant_text(paper.updated),
        "version": paper.version,
        "comment": paper.comment,
        "withdrawn": paper.withdrawn,
        "signals": _signals_to_json(paper.signals),
        "extra": dict(paper.extra),
    }
    known = {key: value for key, value in optional.items() if value or (key == "version" and value is not None)}
    return {"id": paper.id, "title": paper.title, **known}


def _signals_to_json(signals: Signals) -> dict[str, Json]:
    values: dict[str, Json] = {"votes": signals.votes, "comments": signals.comments, "stars": signals.stars}
    values["taken"] = _instant_text(signals.taken)
    return {key: value for key, value in values.items() if value is not None}


def _instant_text(instant: datetime | None) -> str | None:
    return None if instant is None else format_instant(instant)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def paper_from_json(value: object) -> Paper:
    """Mapping → Paper; `title` alone is enough, and `id` may have any spelling `parse_paper_id` knows.

    ValueError names the field that is unknown, has the wrong type or holds text that is not Unicode.
    """
    value = _mapping(value, "paper")
    _refuse_unknown(value, _PAPER_KEYS, "")
    title = _title(value.get("title"))
    return Paper(
        id=_paper_id(value.get("id"), title),
        title=title,
        abstract=_text(value.get("abstract"), "abstract") or "",
        authors=_texts(value.get("authors"), "authors"),
        categories=_texts(value.get("categories"), "categories"),
        links=_links(value.get("links")),
        submitted=_instant(value.get("submitted"), "submitted"),
        announced=_day(value.get("announced"), "announced"),
        first_seen=_day(value.get("first_seen"), "first_seen"),
        updated=_instant(value.get("updated"), "updated"),
        version=_count(value.get("version"), "version"),
        comment=_text(value.get("comment"), "comment") or None,
        withdrawn=_flag(value.get("withdrawn"), "withdrawn"),
        signals=_signals(value.get("signals")),
        extra=_extra(value.get("extra")),
    )


def _refuse_unknown(value: Mapping[str, object], known: frozenset[str], prefix: str) -> None:
    for key in value:
        if key not in known:
            raise ValueError(f"unknown field {prefix + key!r}; known are {', '.join(sorted(known))}")


def _title(value: object) -> str:
    title = _text(value, "title")
    if not title or title.isspace():
        raise ValueError("field 'title' is missing or empty")
    return title


def _paper_id(value: object, title: str) -> str:
    text = _text(value, "id")
    if text is None:
        return title_id(title)
    if not (paper_id := parse_paper_id(text)):
        raise ValueError(f"field 'id' must be an arXiv id, a DOI or another paper id, not {_quoted(text)}")
    return paper_id


def _wrong(field: str, wanted: str, value: object) -> NoReturn:
    raise ValueError(f"field {field!r} must be {wanted}, not {_quoted(value)}")


def _quoted(value: object) -> str:
    shown = ascii(value) if isinstance(value, str) else f"{type(value).__name__} {value!a}"
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def _mapping(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        _wrong(field, "an object", value)
    return value


def _text(value: object, field: str) -> str | None:
    """Text as it is; lone surrogates are refused, since no file can hold them."""
    if value is None:
        return None
    if not isinstance(value, str):
        _wrong(field, "text", value)
    if not _is_unicode(value):
        _wrong(field, "whole Unicode text", value)
    return value


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts(value: object, field: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        _wrong(field, "a list of texts", value)
    texts = [_text(item, field) for item in value]
    if None in texts:
        _wrong(field, "a list of texts", value)
    return tuple(text for text in texts if text is not None)


def _links(value: object) -> Mapping[str, str]:
    links: dict[str, str] = {}
    for name, url in _mapping({} if value is None else value, "links").items():
        text = _text(url, f"links.{name}")
        if text is None or _text(name, "links") is None:
            _wrong(f"links.{name}", "text", url)
        links[name] = text
    return links


def _instant(value: object, field: str) -> datetime | None:
    text = _text(value, field)
    try:
        return None if text is None else parse_instant(text)
    except (ValueError, OverflowError):
        _wrong(field, "an instant like 2025-10-01T06:30:00Z", value)


def _day(value: object, field: str) -> date | None:
    text = _text(value, field)
    try:
        return None if text is None else parse_day(text)
    except ValueError:
        _wrong(field, "a day like 2025-10-01", value)


def _count(value: object, field: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        _wrong(field, "a whole number from 0", value)
    return value


def _flag(value: object, field: str) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        _wrong(field, "true or false", value)
    return value


def _signals(value: object) -> Signals:
    value = _mapping({} if value is None else value, "signals")
    _refuse_unknown(value, _SIGNAL_KEYS, "signals.")
    return Signals(
        votes=_count(value.get("votes"), "signals.votes"),
        comments=_count(value.get("comments"), "signals.comments"),
        stars=_count(value.get("stars"), "signals.stars"),
        taken=_instant(value.get("taken"), "signals.taken"),
    )


def _extra(value: object) -> Mapping[str, Json]:
    return {key: _json(item, f"extra.{key}") for key, item in _mapping({} if value is None else value, "extra").items()}


def _json(value: object, field: str) -> Json:
    """A JSON value as it is: finite numbers, whole Unicode text, also in keys."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else _wrong(field, "a finite number", value)
    if isinstance(value, list | tuple):
        return [_json(item, field) for item in value]
    if isinstance(value, Mapping):
        return {_text(key, field) or "": _json(item, field) for key, item in value.items()}
    return _text(value, field)
