"""Evidence about papers → scores: the formulas by which the browser, the terminal and the tests rank alike.

A search has two steps. The first scores every paper the words' lists name, and is a sum over words:

    first(d) = bm25(d) + a · meaning(d),    a = MEANING · (SHORT + (1 - SHORT) · long)

where long = min(1, max(0, (n - 4) / 6)) for n stems known in the query, since few words mean what they say. The
second looks closer at the best of these:

    final(d) = first(d) + VERBATIM · verbatim(d) + NEAR · near(d) + TITLE · long · title(d) + ALIKE · b · alike(d)

with b = ALIKE_SHORT + (1 - ALIKE_SHORT) · long; verbatim, near, title: `evidence`. `alike` is the cosine with the
middle of the five best papers so far, each weighing exp((s - s₁) / (s₁ / 10)): papers alike are relevant together.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.search.weighting import Floats

MEANING: Final = 3.0
SHORT: Final = 0.5
VERBATIM: Final = 6.0
NEAR: Final = 0.2
TITLE: Final = 12.0
ALIKE: Final = 12.0
ALIKE_SHORT: Final = 0.25
LOOKED_AT: Final = 30
"""How many papers the second step looks at: more hardly changes the first ten."""
_BEST: Final = 5
_DECAY: Final = 10.0

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of m papers, best of the first step first; `vectors` (m, d) have length 1."""

    bm25: Floats
    meaning: Floats
    verbatim: Floats
    near: Floats
    title: Floats
    vectors: Floats


def longness(stems: int) -> float:
    """0 for a query of at most four stems, 1 from ten on."""
    return min(1.0, max(0.0, (stems - 4) / 6))


def first_scores(bm25: Floats, meaning: Floats, stems: int) -> Scores:
    """The sum over words; any shape."""
    weight = MEANING * (SHORT + (1 - SHORT) * longness(stems))
    return np.asarray(bm25, np.float64) + weight * np.asarray(meaning, np.float64)


def final_scores(found: Evidence, stems: int) -> Scores:
    """The scores of the second step, in the order of the evidence."""
    long = longness(stems)
    scores = first_scores(found.bm25, found.meaning, stems)
    scores += VERBATIM * found.verbatim + NEAR * found.near + TITLE * long * found.title
    return scores + ALIKE * (ALIKE_SHORT + (1 - ALIKE_SHORT) * long) * _alike(scores, found.vectors)


def best_first(scores: Scores, limit: int) -> NDArray[np.int64]:
    """Rows of the `limit` highest scores, highest first, equal ones by row."""
    order = np.lexsort((np.arange(len(scores)), -scores))
    return order[:limit].astype(np.int64)


def _alike(scores: Scores, vectors: Floats) -> Scores:
    best = best_first(scores, _BEST)
    if not len(best) or scores[best[0]] <= 0:
        return np.zeros(len(scores))
    weights = np.exp(_DECAY * (scores[best] - scores[best[0]]) / scores[best[0]])
    middle = weights @ vectors[best].astype(np.float64)
    length = float(np.linalg.norm(middle))
    return vectors.astype(np.float64) @ (middle / length) if length else np.zeros(len(scores))
