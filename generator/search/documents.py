"""A digest's papers → what search knows of them: plain text and facts, by value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from generator.fingerprint import digest
from generator.model import Digest, Note, RankedPaper
from generator.pages.wording import name_in
from generator.text import readable, without_tags
from generator.urls import safe_url


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """What a curator wrote, without its markup."""

    handle: str
    name: str
    text: str
    is_pick: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as its digest shows it; `anchor` is its element there, `topics` are slugs."""

    anchor: str
    day: date
    title: str
    abstract: str = ""
    aliases: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    organization: str = ""
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    votes: int | None = None
    has_code: bool = False
    is_withdrawn: bool = False
    notes: tuple[DocumentNote, ...] = ()

    @property
    def text(self) -> str:
        """What its vector stands for, as `vectors.texts.text_of` has it."""
        return f"{self.title}. {self.abstract}" if self.title and self.abstract else self.title

    @property
    def body(self) -> str:
        """All that is searched besides the title: notes, which say why it matters, and the abstract."""
        return " ".join((*(note.text for note in self.notes), self.abstract))


@dataclass(frozen=True, slots=True)
class DayDocuments:
    """What search keeps of a day: digests of its documents without and with notes, and those with notes in full."""

    papers: int
    plain: str
    full: str
    noted: tuple[Document, ...]


_DAY = TypeAdapter(DayDocuments)


def documents_of(found: Digest) -> tuple[Document, ...]:
    """The papers that the day owns, best first."""
    return tuple(_document(ranked, found.date) for ranked in found.papers)


def search_record(plain: Sequence[Document], full: Sequence[Document]) -> str:
    """A day's documents without any note, and as they are, → JSON of its DayDocuments."""
    noted = tuple(document for document in full if document.notes)
    return _DAY.dump_json(DayDocuments(len(full), digest(repr(plain)), digest(repr(full)), noted)).decode()


def read_search_record(text: str) -> DayDocuments:
    """What `search_record` wrote."""
    return _DAY.validate_json(text)


def _document(ranked: RankedPaper, day: date) -> Document:
    paper = ranked.paper
    organization = name_in(paper.extra.get("organization"))
    return Document(
        anchor=ranked.anchor,
        day=day,
        title=readable(paper.title),
        abstract=readable(paper.abstract),
        aliases=ranked.aliases,
        authors=tuple(map(readable, paper.authors)),
        organization=readable(organization) if organization else "",
        topics=tuple(topic.slug for topic in ranked.topics),
        sources=ranked.sources,
        votes=paper.signals.votes,
        has_code=safe_url(paper.links.get("code", "")) is not None,
        is_withdrawn=paper.withdrawn,
        notes=tuple(map(_note, ranked.notes)),
    )


def _note(note: Note) -> DocumentNote:
    text = " ".join(without_tags(note.html).split())
    return DocumentNote(note.curator.handle, note.curator.name, text, note.pick)
