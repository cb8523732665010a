"""Paper identifiers: many spellings → one PaperId → anchor and file name.

A PaperId is `arxiv:2509.12345`, `arxiv:hep-th/9901001`, `doi:10.1000/182`, `url:<16 hex>` or `title:<16 hex>`;
never a version. arXiv's forms: https://info.arxiv.org/help/arxiv_identifier.html. DOIs: the DOI Handbook, 2.
"""

import hashlib
import re
import unicodedata
from urllib.parse import unquote

_ARXIV = r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})"
_VERSION = r"(?:v(?P<version>[1-9]\d{0,3}))?"
_ARXIV_TEXT = re.compile(rf"(?:arxiv:\s*)?{_ARXIV}{_VERSION}", re.IGNORECASE | re.ASCII)
_ARXIV_URL = re.compile(
    rf"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps)/{_ARXIV}{_VERSION}(?:\.pdf)?(?:[?#/].*)?",
    re.IGNORECASE | re.ASCII,
)
_HF_URL = re.compile(rf"(?:https?://)?huggingface\.co/papers/{_ARXIV}(?:[?#/].*)?", re.IGNORECASE | re.ASCII)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_ARXIV}{_VERSION}", re.IGNORECASE | re.ASCII)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE | re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/[!-~]{1,200}", re.ASCII)
_HASH = re.compile(r"(?:url|title):[0-9a-f]{16}", re.ASCII)
_PERMALINK = re.compile(
    r"(?:https?://\S+/\d{4}/\d{2}/\d{2}/#)?(?P<anchor>(?:doi|[tu])-\S+|(?<=#)\S+)|https?://\S+/papers/(?P<page>[^\s/?#]+)/?",
    re.ASCII,
)


def parse_arxiv(text: str) -> tuple[str, int | None] | None:
    """`arXiv:2509.12345v2`, an arxiv.org or huggingface.co/papers address, an arXiv DOI → (`2509.12345`, 2)."""
    stripped = _DOI_PREFIX.sub("", text.strip(), count=1)
    for pattern in (_ARXIV_TEXT, _ARXIV_URL, _HF_URL, _ARXIV_DOI):
        if found := pattern.fullmatch(stripped):
            version = found.groupdict().get("version")
            return _canonical_arxiv(found["id"]), int(version) if version else None
    return None


def _canonical_arxiv(bare: str) -> str:
    """Old ids without their subject class (`math.AG/0601001` is `math/0601001`), as arXiv itself prints them."""
    if "/" not in bare:
        return bare
    group, number = bare.split("/")
    return f"{group.partition('.')[0].lower()}/{number}"


def parse_doi(text: str) -> str | None:
    """A DOI or its doi.org address → the DOI in lower case (DOIs ignore case: Handbook 2.4)."""
    stripped = text.strip()
    bare = _DOI_PREFIX.sub("", stripped, count=1)
    candidate = unquote(bare) if bare != stripped and "%" in bare else bare
    return candidate.lower() if _DOI.fullmatch(candidate) else None


def parse_paper_id(text: str) -> str | None:
    """Any spelling a person or a source may use → PaperId, or None when it names no paper.

    A permalink of ours, or what stands in it after `#`, is such a spelling.
    """
    stripped = text.strip()
    if found := _PERMALINK.fullmatch(stripped):
        stripped = _of_anchor(found["anchor"] or found["page"])
        if _DOI.fullmatch(stripped.removeprefix("doi:")):
            return stripped  # decoded once already
    if _HASH.fullmatch(stripped):
        return stripped
    if arxiv := parse_arxiv(stripped):
        return f"arxiv:{arxiv[0]}"
    if doi := parse_doi(stripped):
        return f"doi:{doi}"
    return None


def is_weak(paper_id: str) -> bool:
    """True for ids made of a hash: a better one may turn up later."""
    return paper_id.startswith(("url:", "title:"))


def title_id(title: str) -> str:
    """`title:` and the first 16 hex digits of SHA-256 of the title's letters and digits, case folded (NFKC)."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    letters = "".join(filter(str.isalnum, folded))
    return f"title:{_hash(letters or title)}"


def url_id(canonical_url: str) -> str:
    """`url:` and the first 16 hex digits of SHA-256 of a canonical URL."""
    return f"url:{_hash(canonical_url)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_PREFIX = {"arxiv": "", "doi": "doi-", "url": "u-", "title": "t-"}
_LONGEST_STEM = 150
"""File systems take 255 bytes; a note's name holds a handle of 39 besides."""
_UNANCHORED = {kind: re.compile("[^a-z0-9.-]" if kind == "arxiv" else "[^a-z0-9.]") for kind in _PREFIX}


def anchor(paper_id: str) -> str:
    """PaperId → HTML id, path segment and file name: injective, ASCII, no `/`, no `:`.

    `/` becomes `_`; anything else but letters, digits and dots becomes `~` and two hex digits a byte,
    save the hyphen of arXiv's old groups.
    """
    kind, _, rest = paper_id.partition(":")
    return _PREFIX[kind] + _UNANCHORED[kind].sub(_anchored, rest)


def file_stem(name: str) -> str:
    """An anchor → a name that every file system takes: injective; only DOIs can be so long that it is another.

    The hyphen before the hash tells it from every anchor: in that of a DOI none stands but the first.
    """
    return name if len(name) <= _LONGEST_STEM else f"{name[: _LONGEST_STEM - 17]}-{_hash(name)}"


def _of_anchor(name: str) -> str:
    """The inverse of `anchor`, for names that are its values."""
    kind = next((kind for kind, prefix in _PREFIX.items() if prefix and name.startswith(prefix)), "arxiv")
    rest = name.removeprefix(_PREFIX[kind]).replace("_", "/").replace("~", "%")
    return f"{kind}:{unquote(rest)}"


def _anchored(found: re.Match[str]) -> str:
    return "_" if found[0] == "/" else "".join(f"~{byte:02x}" for byte in found[0].encode())
