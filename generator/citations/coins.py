"""A reference → COinS: the `title` of a `<span class="Z3988">`, by which Zotero finds every paper of a page.

https://www.zotero.org/support/dev/exposing_metadata/coins. The fields are Dublin Core's, the only ones that let Zotero
know a preprint; a comma tells it which part of a name is the family's, or, at the end, that the name is a whole.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from generator.citations.names import Name
from generator.citations.reference import Reference


def coins(found: Reference) -> str:
    """An OpenURL ContextObject (ANSI/NISO Z39.88-2004), not yet escaped for HTML."""
    return urlencode(list(_fields(found)), safe="/:,")


def _fields(found: Reference) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", "preprint" if found.arxiv else "journalArticle" if found.doi else "webpage"
    yield "rft.title", found.plain_title
    yield from (("rft.creator", _name(name)) for name in found.names)
    yield "rft.date", found.date.isoformat()
    if found.doi:
        yield "rft_id", f"info:doi/{found.doi}"
    if found.url:
        yield "rft_id", found.url


def _name(name: Name) -> str:
    if name.is_whole:
        return f"{name.family}," if " " in name.family else name.family
    family = f"{name.family_first} {name.suffix}".rstrip()
    return f"{family}, {name.given}"
