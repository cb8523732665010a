"""Rankings and the grades of relevant papers → how good the rankings are: fractions of 1.

`ndcg10` is Σ grade / log2(1 + place) over the first ten, divided by the same of the best order there is (K. Järvelin,
J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002); `mrr10` is 1 / place of the first relevant
paper, 0 when it is not among the first ten; `recall100` is the share of the relevant papers that are among the first
hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

DEPTH: Final = 100
"""Papers of a ranking that are looked at."""
_SHOWN: Final = 10
_RESAMPLES: Final = 10_000
_SEED: Final = 5


@dataclass(frozen=True, slots=True)
class Quality:
    """The measures of one ranking, or the means of those of many."""

    ndcg10: float
    mrr10: float
    recall100: float


def quality(ranking: Sequence[str], grades: Mapping[str, int]) -> Quality:
    """`ranking` holds ids, best first; `grades` those of all relevant papers, above zero, one at least."""
    gains = [grades.get(paper, 0) for paper in ranking[:DEPTH]]
    best = sorted(grades.values(), reverse=True)
    places = [place for place, gain in enumerate(gains[:_SHOWN], 1) if gain]
    return Quality(
        ndcg10=_discounted(gains) / _discounted(best),
        mrr10=1 / places[0] if places else 0.0,
        recall100=sum(map(bool, gains)) / len(grades),
    )


def mean(qualities: Sequence[Quality]) -> Quality:
    """Of each measure."""
    return Quality(*map(float, np.mean([astuple(found) for found in qualities], axis=0)))


def p_value(one: Sequence[float], other: Sequence[float]) -> float:
    """How likely means at least as different are if both searches were equally good: two-sided, between 0 and 1.

    The paired bootstrap: differences query by query, shifted to mean zero, drawn again 10,000 times from a fixed seed
    (M. Smucker, J. Allan, B. Carterette, "A comparison of statistical significance tests for IR evaluation", 2007).
    """
    differences = np.asarray(one, np.float64) - np.asarray(other, np.float64)
    observed = abs(differences.mean())
    count = len(differences)
    drawn = np.random.default_rng(_SEED).multinomial(count, np.full(count, 1 / count), _RESAMPLES)
    means: NDArray[np.float64] = drawn @ (differences - differences.mean()) / count
    return float((np.abs(means) >= observed - 1e-12).mean())


def _discounted(gains: Sequence[int]) -> float:
    return float(sum(gain / np.log2(place + 1) for place, gain in enumerate(gains[:_SHOWN], 1)))
