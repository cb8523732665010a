"""Evidence about papers → scores: the formulas by which the browser, the terminal and the tests rank alike.

A search has two steps. The first scores every paper that the words' lists name:

    first(d) = bm25(d) + a · Q · middle(cluster of d),    a = MEANING · (SHORT + (1 - SHORT) · long)

where long = min(1, max(0, (n - 4) / 6)) for n stems known in the query, since few words mean what they say. The
second looks closer at the best of these:

    final(d) = bm25(d) + a · Q · D + VERBATIM · verbatim(d) + TITLE · long · title(d) + ALIKE · b · D · A

with b = ALIKE_SHORT + (1 - ALIKE_SHORT) · long; verbatim is the share of the query's idf whose words stand in the paper
as typed, title the share of the title's idf that the query has. A is the middle of the five best papers so far, each
weighing exp(10 (s - s₁) / s₁), at length 1: papers alike are relevant together.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

MEANING: Final = 3.0
SHORT: Final = 0.5
VERBATIM: Final = 6.0
TITLE: Final = 12.0
ALIKE: Final = 12.0
ALIKE_SHORT: Final = 0.25
LOOKED_AT: Final = 10
"""How many papers the second step looks at: those that a page shows, as each costs a request."""
_BEST: Final = 5
_DECAY: Final = 10.0

Scores = NDArray[np.float64]


def longness(stems: int) -> float:
    """0 for a query of at most four stems, 1 from ten on."""
    return min(1.0, max(0.0, (stems - 4) / 6))


def meaning_weight(stems: int) -> float:
    """a."""
    return MEANING * (SHORT + (1 - SHORT) * longness(stems))


def alike_weight(stems: int) -> float:
    """ALIKE · b."""
    return ALIKE * (ALIKE_SHORT + (1 - ALIKE_SHORT) * longness(stems))


def middle_of_best(scores: Scores, vectors: Scores) -> Scores:
    """A, for the scores so far of papers with these (m, d) vectors; zero when no score is above zero."""
    best = best_first(scores, _BEST)
    nothing = np.zeros(vectors.shape[1])
    if not len(best) or scores[best[0]] <= 0:
        return nothing
    weights = np.exp(_DECAY * (scores[best] - scores[best[0]]) / scores[best[0]])
    middle = weights @ vectors[best]
    length = float(np.linalg.norm(middle))
    return middle / length if length else nothing


def best_first(scores: Scores, limit: int) -> NDArray[np.int64]:
    """Rows of the `limit` highest scores, highest first, equal ones by row."""
    order = np.lexsort((np.arange(len(scores)), -scores))
    return order[:limit].astype(np.int64)
