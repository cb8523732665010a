"""A query → the same query, mistyped: the same way every time."""

import random
import re
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile("[A-Za-z]{4,}")
"""Shorter words hardly stay recognisable."""


def mistyped(text: str, typos: int) -> str:
    """`text` with so many typos, each in another word of four letters or more, as long as there are such words.

    A typo is one letter more, less, another, or swapped with the next; the first letter stays, as people seldom
    mistype it. What is drawn depends on nothing but `text`.
    """
    chance = random.Random(text)
    found = list(_WORD.finditer(text))
    for word in sorted(chance.sample(found, min(typos, len(found))), key=lambda match: -match.start()):
        text = text[: word.start()] + _edited(word[0], chance) + text[word.end() :]
    return text


def _edited(word: str, chance: random.Random) -> str:
    edited = word
    while edited == word:  # swapping or changing equal letters is no typo
        at = chance.randrange(1, len(word))
        before, letter, after = word[:at], word[at], word[at + 1 :]
        edited = chance.choice(
            (
                f"{before}{chance.choice(_LETTERS)}{letter}{after}",
                f"{before}{after}",
                f"{before}{chance.choice(_LETTERS)}{after}",
                f"{before}{after[:1]}{letter}{after[1:]}",
            )
        )
    return edited
