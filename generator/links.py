"""Addresses of our own pages: day, topic, curator, … → site path; site path → Markdown path and relative href.

A site path is relative to the site's root and ends in `/`: `2025/10/01/`; the home page is the empty path.
These are promises to readers: a test pins them.
"""

import posixpath
from datetime import date

from generator.identifiers import file_stem

HOME = ""
ARCHIVE = "archive/"
TOPICS = "topics/"
CURATORS = "curators/"
SEARCH = "search/"
STATS = "stats/"
SAVED = "saved/"
ABOUT = "about/"
OPENSEARCH = "opensearch.xml"
CITATIONS = ("cite.bib", "cite.ris", "cite.json")
"""BibTeX, RIS and CSL-JSON of a day's papers, beside its page."""


def day_path(day: date) -> str:
    """`2025/10/01/`."""
    return f"{day:%Y/%m/%d}/"


def citation_paths(day: date) -> tuple[str, ...]:
    """`2025/10/01/cite.bib` and the like."""
    return tuple(f"{day_path(day)}{name}" for name in CITATIONS)


def month_path(day: date) -> str:
    """`2025/10/`."""
    return f"{day:%Y/%m}/"


def year_path(day: date) -> str:
    """`2025/`."""
    return f"{day:%Y}/"


def week_path(day: date) -> str:
    """`2025/W40/`: the ISO week that holds the day, in its own year; 30 December 2025 is in `2026/W01/`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}/W{week:02d}/"


def topic_path(slug: str) -> str:
    """`topics/graph-neural-networks/`."""
    return f"{TOPICS}{slug}/"


def topic_month_path(slug: str, day: date) -> str:
    """`topics/graph-neural-networks/2025-10/`."""
    return f"{topic_path(slug)}{day:%Y-%m}/"


def curator_path(handle: str) -> str:
    """`curators/ada/`; `curators/github.ada/` for the handle `github:ada`.

    No handle of `curators.yml` holds a dot, so no two people share a page; nobody's is the one of all.
    """
    name = handle.replace(":", ".")
    return f"{CURATORS}{'curator.index' if name == 'index' else name}/"


def paper_path(anchor: str) -> str:
    """`papers/2509.12345/`: a paper with notes, by its anchor."""
    return f"papers/{file_stem(anchor)}/"


def source_uri(path: str) -> str:
    """Site path → Markdown file in the docs tree, as MkDocs maps them with directory URLs.

    Days and weeks are leaves (`2025/10/01.md`); paths that hold further pages are folders with an `index.md`.
    """
    parts = path.strip("/").split("/")
    holds_days = len(parts) < 3 and all(part.isdigit() for part in parts)
    holds_months = len(parts) == 2 and path.startswith(TOPICS)
    is_folder = path in (HOME, TOPICS, CURATORS) or holds_days or holds_months
    return f"{path}index.md" if is_folder else f"{path.rstrip('/')}.md"


def relative(from_path: str, to_path: str) -> str:
    """The href that leads from one page to another on any host and under any sub-path."""
    target, _, fragment = to_path.partition("#")
    href = posixpath.relpath(target or ".", from_path or ".")
    slash = "/" if target.endswith("/") or not target else ""
    return f"{href}{slash}" + (f"#{fragment}" if fragment else "")
