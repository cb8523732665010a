"""What pydantic finds wrong with `extra.broadsheet` → the words and the mend for whoever wrote it in YAML.

Its findings: https://docs.pydantic.dev/latest/errors/validation_errors/
"""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel

from generator.settings import schema

SECTION = ("extra", "broadsheet")

_Location: TypeAlias = tuple[str | int, ...]
_TYPES = ("huggingface", "arxiv", "feed")
_WRITE_TYPE = "Write type: huggingface, arxiv or feed"
_NO_TYPE = frozenset(("model_attributes_type", "union_tag_not_found"))
"""The one union there is tells sources by their type."""
_EXAMPLES = {"url": "https://example.org/feed.xml", "name": "Robots", "filters": "[robot, manipulation]"}
_MUST = {
    "bool_type": "must be true or false",
    "dict_type": "must hold names, each with keys of its own",
    "finite_number": "must be a finite number",
    "float_type": "must be a number",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge} or more",
    "int_type": "must be a whole number",
    "invalid_key": "must be text",
    "less_than_equal": "must be {le} or less",
    "model_type": "must hold keys of its own",
    "string_pattern_mismatch": "must match {pattern}",
    "string_too_short": "must not be empty",
    "string_type": "must be text",
    "too_short": "must not be empty",
    "tuple_type": "must be a list",
}


def explain(detail: Mapping[str, Any], section: object) -> tuple[str, str]:
    """What is wrong and how to mend it; `detail` is one of a ValidationError's, `section` what was validated."""
    location, kind, value = _written(detail["loc"]), detail["type"], detail["input"]
    name, key = _name(location, section), str(location[-1]) if location else ""
    if kind == "extra_forbidden":
        return f"unknown setting {name}", _nearest(detail["loc"])
    if kind == "missing":
        return f"{_name(location[:-1], section)} needs {key}", f"Write {key}: {_EXAMPLES.get(key, '…')}"
    if kind in _NO_TYPE or (kind == "union_tag_invalid" and value["type"] is None):
        return f"{name} has no type", _WRITE_TYPE
    if kind == "union_tag_invalid":
        tag = str(value["type"])
        return f"{name}: unknown type {tag!r}", _did_you_mean(tag, _TYPES) or _WRITE_TYPE
    if kind in _MUST:
        return f"{name} {_MUST[kind].format(**detail.get('ctx', {}))}", _mend(kind, key, value)
    what, _, mend = detail["msg"].removeprefix("Value error, ").partition("; ")
    return f"{name}: {what[:1].lower()}{what[1:]}", f"{mend[:1].upper()}{mend[1:]}" if mend else _as_it_is(value)


def _written(location: _Location) -> _Location:
    """As the owner wrote it: without pydantic's mark of a key and without the tag of the source's type."""
    is_tagged = location[:1] == ("sources",) and location[2:3] and location[2] in _TYPES
    return tuple(part for part in (location[:2] + location[3:] if is_tagged else location) if part != "[key]")


def _name(location: _Location, section: object) -> str:
    """A topic goes by its own name: nobody counts topics. Of a list, all of it is meant."""
    if location[:1] == ("topics",) and location[1:]:
        topic = section["topics"][location[1]] if isinstance(section, dict) else None
        name = topic.get("name") if isinstance(topic, dict) else None
        shown = f"topic {name!r}" if isinstance(name, str) and name else f"topic number {int(location[1]) + 1}"
        return f"{location[2]} of {shown}" if location[2:] else shown
    return ".".join(str(part) for part in (*SECTION, *location))


def _mend(kind: str, key: str, value: object) -> str:
    is_plain = isinstance(value, str | int | float)
    if kind == "tuple_type" and key == "topics":
        return "Write one a line: - {name: Robots, any: [robot, manipulation]}"
    if kind == "tuple_type":
        return f"Write {key}: [{value}]" if is_plain else f"Write {key}: [one, another]"
    if kind in ("string_type", "invalid_key") and is_plain:
        return "Put it in quotes"
    return _as_it_is(value)


def _as_it_is(value: object) -> str:
    shown = repr(value)
    return f"It is {shown if len(shown) <= 60 else f'{shown[:60]}…'} now"


def _nearest(location: _Location) -> str:
    known = tuple(_model_at(location[:-1]).model_fields)
    return _did_you_mean(str(location[-1]), known) or f"Known here: {', '.join(known)}"


def _did_you_mean(word: str, known: Sequence[str]) -> str | None:
    close = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {close[0]}?" if close else None


def _model_at(location: _Location) -> type[BaseModel]:
    match location:
        case ("sources", _, "huggingface"):
            return schema.HuggingFaceSource
        case ("sources", _, "arxiv"):
            return schema.ArxivSource
        case ("sources", _, "feed"):
            return schema.FeedSource
        case ("topics", _):
            return schema.TopicSettings
        case ("keywords", _):
            return schema.KeywordFilters
        case ("fetch",):
            return schema.FetchSettings
        case ("ranking",):
            return schema.RankingWeights
    return schema.BroadsheetSettings
