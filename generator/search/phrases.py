"""Titles of the last weeks and of the year before → the phrases that rise.

A phrase is one to three words of a title that stand side by side, neither the first nor the last of them a stop word.
What counts is how many of all words of the titles begin it; the end of a line counts as a word. Phrases are compared by
their log-odds with an informative Dirichlet prior, divided by the deviation: Monroe, Colaresi and Quinn, “Fightin’
Words”, Political Analysis 16 (2008), sections 3.3 to 3.5. The prior is the phrase's share in both spans together, and
weighs as much as the newer titles: weighed less, a phrase that never stood anywhere before could hardly rise.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from generator.search.analysis import STOP_WORDS
from generator.spans import RisingPhrase
from generator.topics import fold

LONGEST: Final = 3
FEWEST: Final = 4
"""How often a phrase must stand in the newer titles: less is chance, or one group's series of papers."""
CLEAR: Final = 1.96
"""Deviations from which on a rise counts: one phrase in forty gets there by chance."""
SHOWN: Final = 20
_STOP: Final = STOP_WORDS | frozenset("across based like toward towards using via".split())
_HALVES: Final = frozenset("aware co free inter multi non pre re self sub".split())
"""Halves of words with a hyphen, which say nothing alone."""
_BREAK = re.compile(r"[:;,?!()\[\]“”\"|]|\.(?=\s|$)|\s[-–—]+\s|—")


@dataclass(frozen=True, slots=True)
class _Odds:
    """How often a phrase begins, in so many words."""

    times: int
    words: int

    def log(self, prior: float, of: float) -> float:
        """With `prior` more occurrences in `of` more words."""
        return log((self.times + prior) / (self.words + of - self.times - prior))


def titles_text(titles: Iterable[str]) -> str:
    """Titles in a form in which phrases are found by looking for ` their words `: one line a piece without a break."""
    return "\n".join(fold(piece) for title in titles for piece in _BREAK.split(title) if piece.strip())


def rising(recent: Sequence[str], before: Sequence[str]) -> tuple[RisingPhrase, ...]:
    """What `titles_text` made of each day of two spans → at most `SHOWN` phrases that rise clearly, the clearest first.

    None while there is nothing to compare with. A phrase that stands in a longer one just as often is left to that one.
    """
    newer, older = "\n".join(recent), "\n".join(before)
    words = newer.count(" "), older.count(" ")
    if not all(words):
        return ()
    candidates = (phrase for phrase, times in Counter(_phrases(newer)).items() if times >= FEWEST)
    often = {phrase: times for phrase in candidates if (times := _count(phrase, newer)) >= FEWEST}
    found = [
        RisingPhrase(phrase, times, earlier, round(z, 2))
        for phrase, times in _without_parts(often).items()
        if (z := _deviations(_Odds(times, words[0]), _Odds(earlier := _count(phrase, older), words[1]))) >= CLEAR
    ]
    found.sort(key=lambda phrase: (-phrase.z, phrase.words))
    return tuple(found[:SHOWN])


def _phrases(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = line.split()
        for first, word in enumerate(words):
            if word in _STOP or len(word) < 2:
                continue
            for last in range(first + (2 if word in _HALVES else 1), min(first + LONGEST, len(words)) + 1):
                if words[last - 1] not in _STOP:
                    yield " ".join(words[first:last])


def _count(phrase: str, text: str) -> int:
    return text.count(f" {phrase} ")


def _without_parts(often: dict[str, int]) -> dict[str, int]:
    """Without phrases that stand in a longer one as often as anywhere."""
    parts: set[str] = set()
    for phrase, times in often.items():
        words = phrase.split()
        for size in range(1, len(words)):
            inner = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
            parts.update(part for part in inner if often.get(part) == times)
    return {phrase: times for phrase, times in often.items() if phrase not in parts}


def _deviations(newer: _Odds, older: _Odds) -> float:
    prior = newer.words * (newer.times + older.times) / (newer.words + older.words)
    difference = newer.log(prior, newer.words) - older.log(prior, newer.words)
    return difference / sqrt(1 / (newer.times + prior) + 1 / (older.times + prior))
