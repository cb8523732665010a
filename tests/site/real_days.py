"""The real days as a site: their listings, a club's own, notes by two curators; and what a reader may find in them.

What is found is counted over the listings by hand, not by the index. Nothing of the real text stands here.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from generator.archive import Archive
from generator.identifiers import anchor
from generator.model import Listing, Paper, State
from generator.search.analysis import STOP_WORDS, stem, words
from generator.settings import load_settings
from generator.sources.daily_papers import parse_daily_papers
from generator.text import readable
from generator.topics import TopicMatcher, topic_matcher
from generator.urls import safe_url

_PLAIN_NAME = re.compile(r"[A-Z][a-z]{2,} [A-Z][a-z]{3,}")
REPOSITORY = Path(__file__).parents[2]
SETTINGS = """
INHERIT: base.yml
site_url: https://sheet.example/digests/site/
extra:
  broadsheet:
    sources:
      huggingface: {type: huggingface, url: "http://127.0.0.1:9"}
    topics:
      - {name: Agents, any: [agent]}
      - {name: Graph learning, any: [graph, GNN]}
      - {name: Reading list, any: [quokkaology]}
"""
CURATORS = "ada: {name: Ada Lovelace}\nbo: {name: Bo Holm}\n"
CLUB = (
    Paper("doi:10.5555/broadsheet.1", "犬の紙と風の歌", "要旨は短い。", ("山田太郎",)),
    Paper(
        "doi:10.5555/broadsheet.2", "A quokka reads the newspaper", "It turns the pages slowly.", ("Quill Ofthesea",)
    ),
)
CLUB_DAY = date(2024, 6, 12)
NOTES = (
    (0, "ada", True, "", "The first paper of all: a wombat says so."),
    (1_000, "bo", False, "[Reading list]", "Read it aloud to a wombat."),
    (4_000, "ada", False, "", "长颈鹿推荐这篇文章。"),
    (4_000, "bo", True, "", "Two curators and a wombat agree."),
    (7_000, "bo", False, "", "An old friend, seen again."),
    (-2, "ada", True, "[Reading list]", "New this month."),
)
"""Place of the paper among all by day, curator, picked, topics, words."""


@dataclass(frozen=True, eq=False)
class Known:
    """A paper as its first day lists it; `notes` are handle, picked, words."""

    paper: Paper
    source: str
    day: date
    topics: frozenset[str]
    notes: tuple[tuple[str, bool, str], ...] = ()

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return anchor(self.paper.id)

    @property
    def votes(self) -> int:
        """Unknown ones come last."""
        return -1 if self.paper.signals.votes is None else self.paper.signals.votes

    @property
    def has_code(self) -> bool:
        """With a link that can be followed."""
        return safe_url(self.paper.links.get("code", "")) is not None

    @cached_property
    def title(self) -> tuple[str, ...]:
        """Words of the title."""
        return tuple(words(readable(self.paper.title)))

    @cached_property
    def abstract(self) -> tuple[str, ...]:
        """Words of the abstract."""
        return tuple(words(readable(self.paper.abstract)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of all its words, notes included."""
        noted = (word for _, _, said in self.notes for word in words(said))
        return frozenset(map(stem, (*self.title, *self.abstract, *noted)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of its authors' names."""
        return frozenset(word for author in self.paper.authors for word in words(readable(author)))

    @cached_property
    def organization(self) -> str:
        """Where it is from, empty when nobody says."""
        said = self.paper.extra.get("organization")
        named = said.get("fullname") or said.get("name") if isinstance(said, dict) else None
        return readable(named) if isinstance(named, str) else ""

    def holds(self, phrase: Sequence[str]) -> bool:
        """One after another, in title, abstract or a note."""
        wanted = f" {' '.join(phrase)} "
        said = (tuple(words(words_of_note)) for _, _, words_of_note in self.notes)
        return any(wanted in f" {' '.join(text)} " for text in (self.title, self.abstract, *said))


class Days:
    """All papers, and seeded choices among them."""

    def __init__(self, papers: Sequence[Known], seed: str) -> None:
        self.papers = papers
        self._chance = random.Random(seed)

    def paper(self, holds: Callable[[Known], object] = bool) -> Known:
        """Any one of which it is true."""
        while not holds(found := self._chance.choice(self.papers)):
            pass
        return found

    def author(self) -> str:
        """A name, spelt as most are."""
        papers = self.paper(lambda known: any(map(_PLAIN_NAME.fullmatch, known.paper.authors))).paper
        return self._chance.choice([name for name in papers.authors if _PLAIN_NAME.fullmatch(name)])

    def word(self, known: Known) -> str:
        """One of its title, plainly spelt."""
        return self._chance.choice(plain(known.title))

    def phrase(self, text: Sequence[str]) -> tuple[str, ...]:
        """Five words side by side, plainly spelt and of one paper only; none when there are no such words."""
        starts = list(range(len(text) - 4))
        self._chance.shuffle(starts)
        for start in starts[:40]:
            found = tuple(text[start : start + 5])
            is_plain = all(word.isascii() and word.isalpha() for word in found) and plain(found)
            if is_plain and len(where(self.papers, lambda known, found=found: known.holds(found))) == 1:
                return found
        return ()

    def mixed(self, some: Iterable[str]) -> list[str]:
        """In any order."""
        mixed = list(some)
        self._chance.shuffle(mixed)
        return mixed

    def by(self, name: str) -> list[Known]:
        """Papers with all words of a name among their authors'."""
        wanted = set(words(name))
        return where(self.papers, lambda known: wanted <= known.names)

    def titled(self, *some: str) -> list[Known]:
        """Papers with these words, however inflected, in the title."""
        wanted = set(map(stem, some))
        return where(self.papers, lambda known: wanted <= set(map(stem, known.title)))

    def with_words(self, *some: str) -> list[Known]:
        """Papers with all these words, however inflected."""
        wanted = set(map(stem, some))
        return where(self.papers, lambda known: wanted <= known.stems)


def plain(some: Iterable[str]) -> list[str]:
    """Those spelt in plain letters, four at least, by which a paper can be told."""
    return [word for word in some if re.fullmatch("[a-z]{4,20}", word) and word not in STOP_WORDS]


def listings(folder: Path) -> Iterator[Listing]:
    """The recorded days as the source tells them, and the club's one day."""
    for path in sorted((folder / "hf").glob("*.json")):
        day = date.fromisoformat(path.stem)
        taken = datetime.combine(day + timedelta(days=1), time(9), UTC)
        papers = {paper.id: paper for paper in reversed(parse_daily_papers(path.read_bytes(), day, taken).papers)}
        state = State.ANNOUNCED if papers else State.NONE
        yield Listing("huggingface", day, state, taken, tuple(papers.values()))
    taken = datetime.combine(CLUB_DAY, time(9), UTC)
    yield Listing("club", CLUB_DAY, State.ANNOUNCED, taken, CLUB)


def build(root: Path, days: Iterable[Listing]) -> list[Known]:
    """A digest repository with its finished site in `site/`, unless they stand there already."""
    everything = list(days)
    placed = _placed(everything)
    if (root / "built").exists():
        return _known(root, placed)
    for name in ("site_templates", "content/pages"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "base.yml")
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    archive = Archive(root / "content")
    for listing in everything:
        archive.keep(listing)
    _write_notes(root / "content", [paper for _, _, paper in placed])
    command = [sys.executable, "-m", "generator.cli", "build", "--jobs", "2"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (root / "built").touch()
    return _known(root, placed)


def where(papers: Iterable[Known], holds: Callable[[Known], bool]) -> list[Known]:
    """Those of which it is true."""
    return [known for known in papers if holds(known)]


def _placed(everything: Sequence[Listing]) -> list[tuple[str, date, Paper]]:
    """Every paper once, by its first day."""
    first: dict[str, tuple[str, date, Paper]] = {}
    for listing in sorted(everything, key=lambda each: each.date):
        for paper in listing.papers:
            first.setdefault(paper.id, (listing.source, listing.date, paper))
    return list(first.values())


def _write_notes(content: Path, papers: Sequence[Paper]) -> None:
    (content / "curators.yml").write_text(CURATORS, encoding="utf-8")
    for number, (place, handle, is_pick, topics, said) in enumerate(NOTES):
        path = content / f"notes/2025/12/{number}-{handle}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        more = f"topics: {topics}\n" if topics else ""
        head = f'---\npaper: "{papers[place].id}"\ncurator: {handle}\npick: {str(is_pick).lower()}\n{more}---\n'
        path.write_text(f"{head}{said}\n", encoding="utf-8")


def _known(root: Path, placed: Sequence[tuple[str, date, Paper]]) -> list[Known]:
    matcher = topic_matcher(load_settings(root / "mkdocs.yml").topics)
    noted: dict[str, list[tuple[str, bool, str]]] = {}
    said: dict[str, set[str]] = {}
    for place, handle, is_pick, topics, text in NOTES:
        paper = placed[place][2]
        noted.setdefault(paper.id, []).append((handle, is_pick, text))
        said.setdefault(paper.id, set()).update({"reading-list"} if topics else ())
    return [
        Known(paper, source, day, _topics(matcher, paper) | said.get(paper.id, set()), tuple(noted.get(paper.id, ())))
        for source, day, paper in placed
    ]


def _topics(matcher: TopicMatcher, paper: Paper) -> frozenset[str]:
    return frozenset(topic.slug for topic in matcher.match(paper))
