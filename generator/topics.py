"""Topic rules × a paper's text → does it match.

Each rule that is given must hold: one of `any`, every one of `all`, nothing of `none`, one of `categories`, one of
`authors`. Phrases are found in title and abstract at word boundaries, whatever the case, the accents, and whether
words are parted by blanks, hyphens or slashes; the last word may stand in the plural (`GNN` finds `GNNs`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Paper, Topic

_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = "".join(letter if letter.isalnum() else " " for letter in map(chr, range(128)))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class TopicMatcher:
    """All topics, compiled once."""

    rules: tuple["_Rules", ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics, in settings order."""
        return tuple(rules.topic for rules in self.rules)

    def match(self, paper: Paper) -> tuple[Topic, ...]:
        """The topics of a paper, in settings order."""
        text = fold(f"{paper.title} . {paper.abstract}")
        return tuple(rules.topic for rules in self.rules if rules.hold(paper, text))


@dataclass(frozen=True, slots=True)
class _Rules:
    topic: Topic
    any: re.Pattern[str] | None
    all: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None
    authors: frozenset[str]

    def hold(self, paper: Paper, text: str) -> bool:
        if self.any and not self.any.search(text):
            return False
        if self.none and self.none.search(text):
            return False
        if not all(phrase.search(text) for phrase in self.all):
            return False
        if self.topic.categories and not set(self.topic.categories) & set(paper.categories):
            return False
        return not self.authors or any(fold(author) in self.authors for author in paper.authors)


def topic_matcher(topics: Sequence[Topic]) -> TopicMatcher:
    """Compile the rules of all topics."""
    return TopicMatcher(tuple(_compile(topic) for topic in topics))


def fold(text: str) -> str:
    """Case and accents off, every run of blanks and punctuation one blank; ends padded with a blank."""
    if text.isascii():  # the usual case: no accents, and words are parted at a third of the cost
        words = text.lower().translate(_ASCII_WORDS).split()
    else:
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        words = _WORD.findall(_FOREIGN.sub(_without_accents, decomposed))
    return f" {' '.join(words)} "


def _without_accents(run: re.Match[str]) -> str:
    return "".join(character for character in run[0] if not unicodedata.combining(character))


def _compile(topic: Topic) -> _Rules:
    return _Rules(
        topic=topic,
        any=_pattern(topic.any),
        all=tuple(pattern for phrase in topic.all if (pattern := _pattern((phrase,)))),
        none=_pattern(topic.none),
        authors=frozenset(fold(author) for author in topic.authors),
    )


def _pattern(phrases: Sequence[str]) -> re.Pattern[str] | None:
    """Phrases are matched on folded text, so a word boundary is a blank."""
    if not phrases:
        return None
    folded = sorted({re.escape(fold(phrase).strip()) for phrase in phrases})
    return re.compile(rf" (?:{'|'.join(folded)})(?:e?s)? ")
