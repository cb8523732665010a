"""References → CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables)."""

import json
from collections.abc import Iterable, Mapping

from generator.citations.names import Name
from generator.citations.reference import Reference
from generator.model import Json


def csl_json(references: Iterable[Reference]) -> str:
    """An array, one item a line. `custom.anchor` is the paper's place on its page."""
    lines = ",\n".join(json.dumps(_item(one), ensure_ascii=False) for one in references)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _item(found: Reference) -> Mapping[str, Json]:
    day = found.date
    item: dict[str, Json] = {
        "id": found.key,
        "type": "article-journal" if found.doi and not found.arxiv else "article",
        "title": found.plain_title,
        "author": [_author(name) for name in found.names],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": "arXiv" if found.arxiv else None,
        "number": f"arXiv:{found.arxiv}" if found.arxiv else None,
        "DOI": found.doi,
        "URL": found.url,
        "custom": {"anchor": found.anchor},
    }
    return {name: value for name, value in item.items() if value}


def _author(name: Name) -> dict[str, Json]:
    if name.is_whole:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}
