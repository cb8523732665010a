"""Ids, or a day of submissions → papers, page by page, from arXiv's API.

https://info.arxiv.org/help/api/user-manual.html, sections 3.1 and 5. The pages of one answer shift while papers come
in, so an id may come twice and another not at all: what is learnt is counted against arXiv's own total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from generator.errors import SourceError
from generator.model import Paper
from generator.sources.answers import Answer
from generator.sources.arxiv_atom import ApiPage, parse_api_page
from generator.sources.arxiv_calendar import announcement_day, submission_window
from generator.sources.http import Client

PAGE = 100
_ACCEPT = "application/atom+xml, */*"
_MAY_EXPLAIN = frozenset((400,))
"""arXiv's error feed comes with this status, and says what is wrong with the request."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """`fault`: the API stopped answering, `papers` are those learnt before. `shortage`: arXiv counts more papers."""

    papers: Mapping[str, Paper]
    fault: str | None = None
    shortage: str | None = None


class ArxivApi:
    """`url` is scheme and host of the API or of its stand-in."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = f"{url}/api/query"

    def by_ids(self, ids: Sequence[str], query: str | None) -> Harvest:
        """The papers with these PaperIds that arXiv knows and that match `query`, if there is one."""
        papers: dict[str, Paper] = {}
        for start in range(0, len(ids), PAGE):
            try:
                papers |= self.some(ids[start : start + PAGE], query)
            except SourceError as error:
                return Harvest(papers, fault=str(error))
        return Harvest(papers)

    def some(self, ids: Sequence[str], query: str | None = None) -> Mapping[str, Paper]:
        """The same for at most `PAGE` of them, in one request; SourceError when the API does not answer.

        RefusedError for all of them when the form of one is wrong. An answer without any paper is no answer where its
        total counts those that were asked for, as arXiv's does.
        """
        batch = ",".join(paper_id.removeprefix("arxiv:") for paper_id in ids)
        page = self._page({"id_list": batch} | ({"search_query": query} if query else {}), 0)
        return {paper.id: paper for paper in page.papers}

    def by_announcement(self, day: date, search: str) -> Harvest:
        """The papers matching `search` that were submitted in time for the announcement of `day`, oldest first."""
        window = submission_window(day)
        if window is None:
            return Harvest({})
        asked = {
            "search_query": f"{search} AND submittedDate:[{_minute(window[0])} TO {_minute(window[1])}]",
            "sortBy": "submittedDate",
            "sortOrder": "ascending",
        }
        papers: dict[str, Paper] = {}
        start, total = 0, 1
        while start < total:
            try:
                page = self._page(asked, start)
            except SourceError as error:
                return Harvest(_announced_on(day, papers), fault=str(error))
            papers |= {paper.id: paper for paper in page.papers}
            start, total = start + PAGE, page.total
        missing = total - len(papers)
        shortage = f"arXiv counts {total} papers, its pages held {len(papers)}" if missing > 0 else None
        return Harvest(_announced_on(day, papers), shortage=shortage)

    def _page(self, asked: Mapping[str, str], start: int) -> ApiPage:
        def parse(answer: Answer) -> ApiPage:
            return parse_api_page(answer.body, start)

        params = {**asked, "start": str(start), "max_results": str(PAGE)}
        return self._client.get(self._url, params, _ACCEPT, parse, also=_MAY_EXPLAIN)


def _minute(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%d%H%M")


def _announced_on(day: date, papers: Mapping[str, Paper]) -> dict[str, Paper]:
    """Without those of the closing minute that came too late: the API's range includes both ends."""
    return {
        paper_id: paper
        for paper_id, paper in papers.items()
        if paper.submitted and announcement_day(paper.submitted) == day
    }
