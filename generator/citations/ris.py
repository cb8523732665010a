"""References → RIS (https://en.wikipedia.org/wiki/RIS_(file_format), after Reference Manager's own description)."""

from collections.abc import Iterable, Iterator

from generator.citations.names import Name
from generator.citations.reference import Reference


def ris(references: Iterable[Reference]) -> str:
    """One record each, with a blank line between; lines end in CR LF, as the format asks."""
    return "\r\n".join("".join(f"{tag}  - {value}\r\n" for tag, value in _lines(one)) for one in references)


def _lines(found: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB" if found.arxiv else "JOUR" if found.doi else "ELEC" if found.url else "GEN"
    yield "ID", found.key
    yield "TI", found.plain_title
    yield from (("AU", _name(name)) for name in found.names)
    yield "PY", str(found.date.year)
    yield "DA", f"{found.date:%Y/%m/%d}/"
    if found.arxiv:
        yield "PB", "arXiv"
        yield "AN", f"arXiv:{found.arxiv}"
    if found.doi:
        yield "DO", found.doi
    if found.url:
        yield "UR", found.url
    yield "ER", ""


def _name(name: Name) -> str:
    return ", ".join(filter(None, (name.family_first, name.given, name.suffix)))
