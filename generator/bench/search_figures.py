"""All that was measured of searches → the JSON object that docs/bench.md explains."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from generator.bench.collection_index import CollectionIndex
from generator.bench.counting_server import Sent
from generator.bench.measures import Quality, mean, p_value
from generator.model import Json

_FOR_ALL: Final = ("/index.json", "/top.bin", ".js", ".css")
"""What every query needs."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit with one query: all that was sent for it; and the milliseconds of the query as a second one."""

    sent: tuple[Sent, ...]
    ms: float

    @property
    def cold(self) -> int:
        """Bytes of everything."""
        return sum(sent.size for sent in self.sent)

    @property
    def warm(self) -> int:
        """Bytes of what only this query needs."""
        return sum(sent.size for sent in self.sent if not sent.path.endswith(_FOR_ALL))


@dataclass(frozen=True, slots=True)
class Measured:
    """`ours` and `peers` are the qualities of the same queries, one each."""

    index: CollectionIndex
    visits: Sequence[Visit]
    ours: Sequence[Quality]
    peers: Sequence[Quality]
    papers: int


def figures(measured: Measured) -> dict[str, Json]:
    """Fractions of 1 and the ratio to four digits after the point, kB and ms to one, MB and seconds to two."""
    index, visits = measured.index, measured.visits
    ours, peers = mean(measured.ours), mean(measured.peers)
    encoding = index.encode_seconds
    ndcgs = [found.ndcg10 for found in measured.ours], [found.ndcg10 for found in measured.peers]
    return {
        **_rounded(ours),
        "cold_kb": _spread([visit.cold / 1e3 for visit in visits]),
        "warm_kb": _spread([visit.warm / 1e3 for visit in visits]),
        "requests": _spread([len(visit.sent) for visit in visits]),
        "query_ms": _spread([visit.ms for visit in visits]),
        "index_mb": round(sum(map(len, index.files.values())) / 1e6, 2),
        "files": len(index.files),
        "build_s": round(index.build_seconds, 2),
        "encode_s": None if encoding is None else round(encoding, 2),
        "bm25": _rounded(peers),
        "versus_bm25": round(ours.ndcg10 / peers.ndcg10, 4) if peers.ndcg10 else None,
        "p_value": round(p_value(*ndcgs), 4),
        "encoder": index.encoder,
        "queries": len(measured.ours),
        "papers": measured.papers,
    }


def _rounded(found: Quality) -> dict[str, Json]:
    return {name: round(value, 4) for name, value in asdict(found).items()}


def _spread(values: Sequence[float]) -> dict[str, Json]:
    return {"median": round(float(np.median(values)), 1), "p95": round(float(np.quantile(values, 0.95)), 1)}
