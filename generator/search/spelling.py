"""A word nobody wrote → the words of the index it may have been meant to be.

Words are compared by the number of letters inserted, left out, changed or swapped with their neighbour (optimal
string alignment, at most 2; at most 1 for words of four letters or fewer). Of equally near words the more frequent
one is likelier: a word's score is ln(1 + df) - 4 · distance, and another first letter costs 2, as people seldom
mistype it. The buckets that hold the index's words are named by a word's first two letters; since one of these may
be wrong, `buckets` also names those where it was left out, doubled or swapped.
"""

import math
from collections.abc import Mapping
from typing import Final

_FAR: Final = 3
_PER_EDIT: Final = 4.0
_OTHER_FIRST: Final = 2.0
_SHORT: Final = 4


def bucket(word: str) -> str:
    """The bucket that holds `word`."""
    return word[:2]


def buckets(word: str) -> tuple[str, ...]:
    """The buckets worth a look for a mistyped `word`, likeliest first."""
    swapped = word[1:2] + word[:1]
    return tuple(dict.fromkeys((bucket(word), swapped, word[1:3], word[:1] + word[2:3])))


def corrections(word: str, known: Mapping[str, float], limit: int = 3) -> list[str]:
    """The likeliest of `known` words, by df, that `word` may stand for; best first, at most `limit`."""
    most = 1 if len(word) <= _SHORT else 2
    scored: list[tuple[float, str]] = []
    for other, papers in known.items():
        if abs(len(other) - len(word)) <= most and (edits := distance(word, other)) <= most:
            first = _OTHER_FIRST if other[:1] != word[:1] else 0.0
            scored.append((_PER_EDIT * edits + first - math.log1p(papers), other))
    return [other for _, other in sorted(scored)[:limit]]


def distance(one: str, other: str) -> int:
    """Letters inserted, left out, changed, or swapped with the next; 3 stands for 3 or more."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, facing in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != facing))
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) >= _FAR:
            return _FAR
        before, above = above, current
    return min(above[-1], _FAR)
