"""A name as a source wrote it → its parts, or the whole where it is no person's or cannot be told apart.

Sources write `Ada Lovelace`, some `Lovelace, Ada`. No word is dropped and none is altered: put together, the parts are
the name. What is guessed is little: the family's name is the last word, or begins with the first particle in small
letters, as BibTeX has it. The parts are those of https://docs.citationstyles.org/en/stable/specification.html#names.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_PARTICLES = frozenset(
    "af al ben bin da dal dalla das de degli dei del della den der des di do dos du el ibn la las le les lo los op 't "
    "ten ter tot uit van vande vanden vander vom von zu zum zur".split()
)
_CAPITALISED = frozenset("al de del della der den di dos du el la le van vander von".split())
"""Particles that may begin with a capital: these are not the middle names that `Da`, `Bin` and `Ben` are in Asia."""
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_COMPANY = frozenset(
    "alliance association authors center centre collaboration committee community company consortium contributors "
    "corporation foundation group inc initiative institute lab laboratory labs llc ltd network organization project "
    "research society team university".split()
)
_JOINED = frozenset("and & et for of the others with".split())
"""Words in no person's name, some of which a list of names would be split at."""
_SIGN = re.compile(r"[\\{}%&#_^~$]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af々·・ ]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts, empty where there is none; a name that is one whole has `family` alone."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        """A group, a single name, or one whose parts nobody can tell."""
        return not self.given

    @property
    def family_first(self) -> str:
        """The family's name behind its particle, with which a name in lists begins."""
        return f"{self.particle} {self.family}".strip()


@lru_cache(maxsize=10_000)  # a day asks three times for each of its authors
def split_name(text: str) -> Name:
    """The parts of one cleaned name."""
    if _SIGN.search(text):
        return Name(text)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1:
        return _with_commas(text, parts)
    words = text.split()
    if len(words) < 2 or _is_group(words):
        return Name(text)
    if _CJK.fullmatch(text):
        return Name(words[0], " ".join(words[1:])) if len(words) == 2 else Name(text)
    return _in_order(words)


def _with_commas(text: str, parts: list[str]) -> Name:
    """`Lovelace, Ada`; `King, Jr., Martin`; `Martin King, Jr.`; anything else is a whole."""
    if not all(parts) or _is_group(text.replace(",", " ").split()):
        return Name(text)
    match parts:
        case [whole, suffix] if _is_suffix(suffix):
            name = split_name(whole)
            return Name(text) if name.is_whole else Name(name.family, name.given, name.particle, suffix)
        case [family, given]:
            return _family(family.split(), given)
        case [family, suffix, given] if _is_suffix(suffix):
            found = _family(family.split(), given)
            return Name(found.family, given, found.particle, suffix)
    return Name(text)


def _in_order(words: list[str]) -> Name:
    suffix = ""
    if len(words) > 2 and _is_suffix(words[-1]):
        *words, suffix = words
    start = next((at for at, word in enumerate(words[1:-1], 1) if word in _PARTICLES), len(words) - 1)
    while start > 1 and words[start - 1].casefold() in _CAPITALISED:
        start -= 1
    found = _family(words[start:], " ".join(words[:start]))
    return Name(found.family, found.given, found.particle, suffix)


def _family(words: list[str], given: str) -> Name:
    """A family name parted from its small particles; a particle with a capital belongs to it."""
    small = 0
    while small < len(words) - 1 and words[small] in _PARTICLES:
        small += 1
    return Name(" ".join(words[small:]), given, " ".join(words[:small]))


def _is_suffix(word: str) -> bool:
    return word.rstrip(".").casefold() in _SUFFIXES and not word.islower()


def _is_group(words: list[str]) -> bool:
    folded = {word.strip(".,:;()").casefold() for word in words}
    has_ai = words[-1] == "AI" and not " ".join(words[:-1]).isupper()
    return has_ai or not folded.isdisjoint(_COMPANY | _JOINED)
