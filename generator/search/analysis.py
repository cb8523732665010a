"""Text → the words it can be found by, and word → stem.

`words` is a few substitutions and one pattern, so that the browser repeats it exactly (`docs/` shows the table);
stems are made here only, as the index tells the browser which words share one. Folding: NFKC, lower case, accents
of Latin and Greek off, so that `naïve` is `naive`; a lone Greek letter is its name, so that `TNF-α` is `TNF alpha`.

Joined words are found whole and by their parts: `k-NN` is `knn`, `k`, `nn`. Scripts written without spaces are cut
into pairs of characters. `C++`, `C#` and `.NET` stay what they are, decimal numbers stay whole.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import Stemmer

LONGEST: Final = 40
"""Characters of the longest word; what is longer is no word, and is cut."""

_SPECIAL: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ς": "σ"}
    | dict.fromkeys("‐‑‒–−", "-")
    | dict.fromkeys("’‘ʼ", "'")
)
_GREEK_NAMES: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
    "upsilon phi chi psi omega"
).split()
_MARKS = re.compile("[\u0300-\u036f]+")
_LONE_GREEK = re.compile("-?(?<![α-ω])([α-ω])(?![α-ω])-?")
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana, Han
    "\uac00-\ud7af"  # Hangul, which ends its words too variously to stem
)
# Letters and digits of any script, and the vowel signs of those that write them as marks.
_LETTER: Final = rf"(?:[^\W_{_UNSPACED}]|[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff])"
_WORD = re.compile(
    rf"[{_UNSPACED}]+"
    rf"|\.net(?!{_LETTER})|(?<![^\W_])[a-z](?:\+\+|\#)(?!{_LETTER})"
    rf"|{_LETTER}+(?:[-/_'.]{_LETTER}+)*"
)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_OWNER = re.compile(r"'s?(?![^\W_])")
_JOINT = re.compile(r"[-/_]|(?<!\d)\.|\.(?!\d)")

_STEMMER: Final = Stemmer.Stemmer("english", 0)  # whoever counts words asks for each once, so it need remember none

STOP_WORDS: Final = frozenset(
    "a an and are as at be been but by can did do does for from had has have how if in into is it its may more most "
    "no nor not of on or our over s such than that the their them then there these they this those through to under "
    "up was we were what when where which while who whom why will with within would you your".split()
)
"""Words that say too little to be looked up, unless a query has no others."""


def folded(text: str) -> str:
    """Lower case without accents; compatibility characters are what they stand for."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
        text = _LONE_GREEK.sub(_name_of_letter, text.lower().translate(_SPECIAL))
    return text.lower()


def words(text: str) -> Iterator[str]:
    """Every word of `text` in order, stop words included; a joined word is followed by its parts."""
    for found in _WORD.finditer(_OWNER.sub("", folded(text))):
        word = found[0]
        if word.isalnum() and word.isascii():  # most are
            yield word[:LONGEST]
        else:
            yield from _of_unusual(word)


def content_words(text: str) -> list[str]:
    """The words of `text` that are looked up: all but stop words, or all if there are no others."""
    found = list(words(text))
    return [word for word in found if word not in STOP_WORDS] or found


def stem(word: str) -> str:
    """What `word` has in common with its inflections (Snowball English); other scripts and codes stay as they are."""
    if not (word.isascii() and word.isalpha()):
        return word
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


def _of_unusual(word: str) -> Iterator[str]:
    if _UNSPACED_RUN.match(word):
        yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        return
    if word[0] == "." or word[-1] in "+#":
        yield word
        return
    parts = [part for part in _JOINT.split(word.replace("'", "")) if part]
    if 1 < len(parts) <= 3:
        yield "".join(parts)[:LONGEST]
    yield from (part[:LONGEST] for part in parts)


def _name_of_letter(found: re.Match[str]) -> str:
    return f"-{_GREEK_NAMES[ord(found[1]) - ord('α')]}-"
