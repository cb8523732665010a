"""Paper → the labelled links under its title; only addresses that are safe to follow."""

from collections.abc import Mapping

from generator.model import Paper
from generator.urls import safe_url

_LABELS = (
    ("abs", "Abstract page"),
    ("doi", "DOI"),
    ("page", "Web page"),
    ("pdf", "PDF"),
    ("html", "HTML"),
    ("code", "Code"),
    ("project", "Project"),
    ("huggingface", "Hugging Face"),
)
"""Link names as in `generator.model.Paper`, in the order in which a page shows them."""

_RESOLVERS = {"arxiv": ("abs", "https://arxiv.org/abs/"), "doi": ("doi", "https://doi.org/")}


def paper_links(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Pairs of label and address, in reading order; an address that is not safe is left out."""
    known = _known_links(paper)
    found = ((_label(name, label, paper.id), safe_url(known[name])) for name, label in _LABELS if name in known)
    return tuple((label, url) for label, url in found if url)


def title_link(paper: Paper) -> str | None:
    """Where the title leads: the abstract page, else the publisher's, else any page about the paper."""
    known = _known_links(paper)
    addresses = (safe_url(known[name]) for name in ("abs", "doi", "page") if name in known)
    return next((url for url in addresses if url), None)


def _known_links(paper: Paper) -> Mapping[str, str]:
    """The links a source gave, and the one that the paper's own id resolves to."""
    kind, _, bare = paper.id.partition(":")
    if kind not in _RESOLVERS:
        return paper.links
    name, address = _RESOLVERS[kind]
    return {name: f"{address}{bare}", **paper.links}


def _label(name: str, label: str, paper_id: str) -> str:
    return "arXiv" if name == "abs" and paper_id.startswith("arxiv:") else label
