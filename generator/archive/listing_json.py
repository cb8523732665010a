"""Listing ↔ canonical JSON bytes: sorted keys, one paper a line, papers by id, so that git diffs read well."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from generator.dates import format_instant, parse_day, parse_instant
from generator.errors import ContentError
from generator.identifiers import parse_paper_id
from generator.model import Listing, Paper, Problem, State
from generator.paper_json import paper_from_json, paper_to_json

_KEYS = frozenset(("source", "date", "state", "reason", "fetched", "papers"))
_OPTIONAL = frozenset(("awaited",))
_HINT = "Restore the file from git, or delete it and run broadsheet fetch"


def encode_listing(listing: Listing) -> bytes:
    """The one spelling of a listing; lone surrogates, which UTF-8 cannot hold, become `?`."""
    papers = sorted(listing.papers, key=lambda paper: paper.id)
    lines = ",\n".join(_line(paper_to_json(paper)) for paper in papers)
    fields = [
        *((("awaited", _line(dict(listing.awaited))),) if listing.awaited else ()),
        ("date", _line(listing.date.isoformat())),
        ("fetched", _line(format_instant(listing.fetched))),
        ("papers", f"[\n{lines}\n]" if papers else "[]"),
        ("reason", _line(listing.reason)),
        ("source", _line(listing.source)),
        ("state", _line(listing.state.value)),
    ]
    body = ",\n".join(f'"{key}": {value}' for key, value in fields)
    return f"{{\n{body}\n}}\n".encode("utf-8", "replace")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def decode_listing(data: bytes, path: str) -> Listing:
    """Bytes → Listing; ContentError names the file, the line and the field. `path` is for the message only."""
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _wrong(path, error.lineno, f"is not valid JSON ({error.msg})") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _wrong(path, None, f"is not valid JSON ({error})") from error
    if not isinstance(value, dict) or set(value) - _OPTIONAL != _KEYS:
        keys = ", ".join(sorted(_KEYS))
        raise _wrong(path, 1, f"must be an object with exactly the keys {keys}, and awaited where something is")
    fields: dict[str, Any] = {}
    for name, read in _FIELDS.items():
        if name not in value:
            continue
        try:
            fields[name] = read(value[name])
        except (ValueError, OverflowError) as error:
            raise _wrong(path, _line_of(data, name), f"field '{name}': {error}") from error
    return Listing(**fields, papers=_papers(value["papers"], data, path))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be text, not {type(value).__name__} {str(value)[:60]}")
    return value


def _state(value: object) -> State:
    try:
        return State(_text(value))
    except ValueError as error:
        raise ValueError(f"must be {', '.join(State)}; it is {str(value)[:60]!r}") from error


def _awaited(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"must be an object of paper ids and reasons, not {type(value).__name__}")
    for paper_id, reason in value.items():
        if parse_paper_id(paper_id) != paper_id:
            raise ValueError(f"{paper_id[:60]!a} is no paper id")
        if len(_text(reason).splitlines()) > 1:
            raise ValueError(f"the reason of {paper_id} must be one line")
    return value


_FIELDS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "source": _text,
        "date": lambda value: parse_day(_text(value)),
        "state": _state,
        "fetched": lambda value: parse_instant(_text(value)),
        "awaited": _awaited,
        "reason": lambda value: None if value is None else _text(value),
    }
)


def _papers(value: object, data: bytes, path: str) -> tuple[Paper, ...]:
    if not isinstance(value, list):
        raise _wrong(path, None, "field 'papers' must be a list")
    papers: dict[str, Paper] = {}
    for index, item in enumerate(value):
        try:
            paper = paper_from_json(item)
        except ValueError as error:
            raise _wrong(path, _paper_line(data, index), f"paper {index + 1}: {error}") from error
        if paper.id in papers:
            raise _wrong(path, _paper_line(data, index), f"paper {paper.id} stands twice")
        papers[paper.id] = paper
    return tuple(papers.values())


def _paper_line(data: bytes, index: int) -> int | None:
    """Where paper `index` stands in a file of ours: one paper a line below `"papers": [`."""
    head = _line_of(data, "papers")
    return head + 1 + index if head else None


def _line_of(data: bytes, name: str) -> int | None:
    """Where a field stands in a file of ours, in which each begins a line."""
    start = f'"{name}": '.encode()
    return next((number for number, line in enumerate(data.split(b"\n"), 1) if line.startswith(start)), None)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _wrong(path: str, line: int | None, text: str) -> ContentError:
    return ContentError(Problem(path, line, text, _HINT))
