"""arXiv on loopback: papers, RSS feeds and pages of the past week, answered as arXiv does."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.upstream import Reply, Request

_RANGE = re.compile(r"submittedDate:\[(\d{12}) TO (\d{12})\]")


@dataclass
class PlayedArxiv:
    """`papers`: id → submission (UTC) and categories; `feeds`: category → its RSS; `weeks`: category → its page.

    A category without feed or page answers 503. `down` makes the API answer 503; `lost` are papers that it counts but
    never sends.
    """

    papers: dict[str, tuple[str, str]] = field(default_factory=dict)
    feeds: dict[str, bytes] = field(default_factory=dict)
    weeks: dict[str, bytes] = field(default_factory=dict)
    matching: set[str] | None = None
    lost: set[str] = field(default_factory=set)
    down: bool = False

    def answer(self, request: Request) -> Reply:
        """What `Upstream.otherwise` takes."""
        if request.path == "/api/query":
            return Reply(503) if self.down else Reply(body=self._query(request.query))
        found = self.feeds if request.path.startswith("/rss/") else self.weeks
        body = found.get(request.path.removesuffix("/pastweek").rpartition("/")[2])
        return Reply(503) if body is None else Reply(body=body)

    def _query(self, params: Mapping[str, str]) -> bytes:
        found = self._by_id(params) if "id_list" in params else self._by_range(params["search_query"])
        start, limit = int(params["start"]), int(params["max_results"])
        sent = [paper_id for paper_id in found[start : start + limit] if paper_id not in self.lost]
        return self._page(sent, len(found))

    def _by_id(self, params: Mapping[str, str]) -> list[str]:
        asked = [paper_id for paper_id in params["id_list"].split(",") if paper_id in self.papers]
        is_filtered = "search_query" in params and self.matching is not None
        return [paper_id for paper_id in asked if not is_filtered or paper_id in (self.matching or ())]

    def _by_range(self, search: str) -> list[str]:
        found = _RANGE.search(search)
        assert found, search
        minutes = {paper_id: re.sub(r"\D", "", submitted)[:12] for paper_id, (submitted, _) in self.papers.items()}
        return [paper_id for paper_id, minute in minutes.items() if found[1] <= minute <= found[2]]

    def _page(self, ids: Sequence[str], total: int) -> bytes:
        return f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<totalResults xmlns="http://a9.com/-/spec/opensearch/1.1/">{total}</totalResults>
{"".join(map(self._entry, ids))}</feed>""".encode()

    def _entry(self, paper_id: str) -> str:
        submitted, categories = self.papers[paper_id]
        terms = "".join(f'<category term="{category}"/>' for category in categories.split())
        return f"""<entry><id>http://arxiv.org/abs/{paper_id}v1</id><title>API {paper_id}</title>
<published>{submitted}Z</published>{terms}</entry>"""


def rss(day: date, *items: tuple[str, str], made: date | None = None) -> bytes:
    """A category's feed of `day` with (id, announce type) items."""
    texts = "".join(
        f"<item><title>RSS {paper_id}</title><guid>oai:arXiv.org:{paper_id}v1</guid>"
        f"<pubDate>{day:%a, %d %b %Y} 00:00:00 -0400</pubDate>"
        f"<arxiv:announce_type>{announce_type}</arxiv:announce_type></item>"
        for paper_id, announce_type in items
    )
    return f"""<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel>
<pubDate>{made or day:%a, %d %b %Y} 00:00:00 -0400</pubDate>{texts}</channel></rss>""".encode()


def week(days: Mapping[date, Sequence[str]]) -> bytes:
    """A category's page of the past week; an id with a `*` is a cross-list."""
    total = sum(map(len, days.values()))
    sections = "".join(
        f"<dl><h3>{day:%a}, {day.day} {day:%b %Y} (showing {len(ids)} of {len(ids)} entries )</h3>"
        + "".join(map(_listed, ids))
        + "</dl>"
        for day, ids in days.items()
    )
    return f"<html><div class='paging'>Total of {total} entries</div>{sections}</html>".encode()


def _listed(paper_id: str) -> str:
    bare = paper_id.removesuffix("*")
    cross = "(cross-list from cs.CL)" if paper_id.endswith("*") else ""
    return f'<dt><a href="/abs/{bare}" title="Abstract" id="{bare}">arXiv:{bare}</a> {cross}</dt>'
