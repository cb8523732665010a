"""PaperIds that people name → papers: arXiv's from its API, many at a time; DOIs one by one from their registries."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from generator.errors import RefusedError, SourceError
from generator.model import Paper
from generator.sources.answers import Answer
from generator.sources.arxiv_api import PAGE, ArxivApi
from generator.sources.base import GIVE_UP_AFTER
from generator.sources.csl_json import parse_csl_json
from generator.sources.http import Client

_CSL = "application/vnd.citationstyles.csl+json"
_UNKNOWN = frozenset((404, 410))
_UNTOLD = frozenset((204, 406))
"""Known, but its registry writes no CSL JSON."""
_MOST_REFUSED = 20
"""Numbers of a wrong form are rare: where arXiv refuses as many, something else is wrong."""


@dataclass(frozen=True, slots=True)
class Found:
    """`papers`, `unknown` and `faults` together are the ids asked for, each in one of them.

    `unknown`: the upstream answers, and has no such paper. `faults`: it does not answer, or not as it should, or takes
    the id for none. Both with the reason in one line.
    """

    papers: dict[str, Paper] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


class Community:
    """`api_url` and `doi_url` are scheme and host of arXiv's API and of the resolver of DOIs, or of their stand-ins."""

    def __init__(self, client: Client, api_url: str, doi_url: str) -> None:
        self._client = client
        self._api = ArxivApi(client, api_url)
        self._doi_url = doi_url

    def look_up(self, ids: Iterable[str]) -> Found:
        """What `ids` are, each `arxiv:` or `doi:`; never an exception."""
        found = Found()
        asked = sorted(ids)
        self._ask_arxiv([paper_id for paper_id in asked if paper_id.startswith("arxiv:")], found)
        self._ask_registries([paper_id for paper_id in asked if paper_id.startswith("doi:")], found)
        return found

    def _ask_arxiv(self, ids: Sequence[str], found: Found) -> None:
        """Batch by batch; one that is refused in halves, since one number of a wrong form spoils them all."""
        batches = deque(ids[start : start + PAGE] for start in range(0, len(ids), PAGE))
        refused, cause = 0, ""
        while batches and refused < _MOST_REFUSED:
            batch = batches.popleft()
            try:
                papers = self._api.some(batch)
            except RefusedError as error:
                cause = str(error)
                if len(batch) > 1:
                    half = len(batch) // 2
                    batches.extendleft((batch[half:], batch[:half]))
                else:
                    found.faults[batch[0]] = cause
                    refused += 1
            except SourceError as error:
                cause = str(error)
                batches.appendleft(batch)
                break
            else:
                _sort(batch, papers, found)
        found.faults.update((paper_id, cause) for batch in batches for paper_id in batch)

    def _ask_registries(self, ids: Sequence[str], found: Found) -> None:
        """One after the other, until the resolver has failed too often in a row; each registry fails for itself."""
        resolver = urlsplit(self._doi_url).hostname or ""
        failures, cause = 0, ""
        for paper_id in ids:
            if failures == GIVE_UP_AFTER:
                found.faults[paper_id] = cause
                continue
            try:
                answer = self._ask_registry(paper_id.removeprefix("doi:"))
            except SourceError as error:
                found.faults[paper_id] = cause = str(error)
                failures = failures + 1 if resolver in cause else 0
                continue
            failures = 0
            if isinstance(answer, Paper):
                found.papers[paper_id] = answer
            else:
                found.unknown[paper_id] = answer

    def _ask_registry(self, doi: str) -> Paper | str:
        """The paper, or why there is none."""

        def parse(answer: Answer) -> Paper | str:
            if answer.status in _UNKNOWN:
                return "no such DOI is registered"
            if answer.status in _UNTOLD:
                return "its registry does not tell what the DOI stands for"
            return parse_csl_json(answer.body, doi)

        url = f"{self._doi_url}/{quote(doi, safe='/():;,')}"
        return self._client.get(url, {}, _CSL, parse, also=_UNKNOWN | _UNTOLD)


def _sort(batch: Sequence[str], papers: Mapping[str, Paper], found: Found) -> None:
    for paper_id in batch:
        if paper_id in papers:
            found.papers[paper_id] = papers[paper_id]
        else:
            found.unknown[paper_id] = "arXiv knows no such paper"
