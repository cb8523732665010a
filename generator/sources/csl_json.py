"""What a DOI's registry tells of a work, as CSL JSON → a Paper.

Content negotiation: https://citation.doi.org/docs.html. The form: https://docs.citationstyles.org/en/stable/
specification.html#appendix-iv-variables, as Crossref and DataCite write it: titles and containers may be lists,
titles and abstracts may hold HTML or JATS (https://jats.nlm.nih.gov/archiving/tag-library/).
"""

import json
import re
from collections.abc import Iterator, Mapping

from generator.errors import RefusedError
from generator.model import Json, Paper
from generator.sources.addresses import doi_link, web_link
from generator.sources.markup import html_to_text

_SIZE = 5_000_000
_TITLE, _ABSTRACT, _NAME, _NAMES = 1_000, 20_000, 200, 5_000
"""Letters kept, and authors: more than any page shows."""
_JATS = re.compile(r"(</?)jats:")
_DATES = ("issued", "published", "published-online", "published-print")


def parse_csl_json(body: bytes, doi: str) -> Paper:
    """The paper behind `doi`; RefusedError when the answer is no CSL JSON or names no title."""
    if len(body) > _SIZE:
        raise RefusedError(f"what is registered for it is over {_SIZE // 1_000_000} MB")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError("the answer is no CSL JSON") from error
    if not isinstance(found, dict):
        raise RefusedError("the answer is no CSL JSON: it must be an object")
    title = _line(found.get("title"), _TITLE)
    if not title:
        raise RefusedError("it is registered without a title")
    return Paper(
        id=f"doi:{doi}",
        title=title,
        abstract=_abstract(found.get("abstract")),
        authors=tuple(_authors(found.get("author"))),
        links=web_link(_text(found.get("URL"))) | doi_link(doi),
        extra=_extra(found),
    )


def _text(value: object) -> str:
    """Text, or the first text of a list."""
    if isinstance(value, list):
        return next((item for item in value if isinstance(item, str) and item.strip()), "")
    return value if isinstance(value, str) else ""


def _line(value: object, limit: int) -> str:
    return " ".join(html_to_text(_text(value)[: 4 * limit]).split())[:limit]


def _abstract(value: object) -> str:
    """Its heading, which says “Abstract”, is markup, too, and goes."""
    return html_to_text(_JATS.sub(r"\1", _text(value)[: 4 * _ABSTRACT]))[:_ABSTRACT]


def _authors(value: object) -> Iterator[str]:
    for person in value[:_NAMES] if isinstance(value, list) else ():
        if isinstance(person, dict) and (name := _name(person)):
            yield name


def _name(person: Mapping[str, object]) -> str:
    whole = _line(person.get("literal") or person.get("name"), _NAME)
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return whole or " ".join(filter(None, (_line(person.get(part), _NAME) for part in parts)))


def _extra(found: Mapping[str, object]) -> Mapping[str, Json]:
    """Where and when it was published; a day of publication is not one of submission."""
    where = _line(found.get("container-title"), _TITLE) or _line(found.get("publisher"), _TITLE)
    reference = ", ".join(filter(None, (where, _year(found))))
    return {"journal_ref": reference} if reference else {}


def _year(found: Mapping[str, object]) -> str:
    for name in _DATES:
        date = found.get(name)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        first = parts[0] if isinstance(parts, list) and parts else None
        year = str(first[0]) if isinstance(first, list) and first else ""
        if re.fullmatch(r"[12]\d{3}", year, re.ASCII):
            return year
    return ""
