"""Note files → Notes; a file that breaks a rule becomes a Problem and is left out."""

import difflib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.curation.curators import Curators, read_curators
from generator.curation.front_matter import FrontMatter, FrontMatterError, parse_front_matter
from generator.curation.rendering import render_note
from generator.errors import ContentError
from generator.fingerprint import digest
from generator.identifiers import parse_paper_id
from generator.model import Curator, Note, Problem, Topic
from generator.text import clean

MAX_BODY_BYTES = 20_000
_MAX_FILE_BYTES = 32_000
_KEYS = ("paper", "curator", "pick", "topics", "written_with_ai")
_GITHUB = re.compile(r"github:[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?", re.ASCII)


class NoteReader:
    """Reads note files of one repository; `problems` is what is wrong with its curators.

    `key` is a digest of all that a note may name: equal keys read the same bytes to the same note.
    """

    def __init__(self, content: Path, topics: Sequence[Topic]) -> None:
        self._curators = read_curators(content)
        self._topics = {key: topic.slug for topic in topics for key in (topic.slug, topic.name.casefold())}
        self.problems = self._curators.problems
        self.key = digest(repr(self._curators), repr(sorted(self._topics.items())))

    def read(self, path: str, data: bytes) -> Note | Problem:
        """One note, or what is wrong with it; `path` is relative to the repository.

        What is wrong with it may be one of `problems`: a curator who cannot be credited.
        """
        try:
            return _read_note(data, path, self._curators, self._topics)
        except ContentError as error:
            return error.problem


def _read_note(data: bytes, shown: str, curators: Curators, topics: Mapping[str, str]) -> Note:
    try:
        front = parse_front_matter(_text(data, shown))
    except FrontMatterError as error:
        raise _wrong(shown, error.line, error.text, error.hint) from error
    for key in front.values:
        if key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known keys: {', '.join(_KEYS)}"
            raise _wrong(shown, front.lines[key], f"unknown key {key!r}", hint)
    if not front.body:
        raise _wrong(shown, None, "has no words", "Write below the second --- why the paper matters")
    if len(front.body.encode()) > MAX_BODY_BYTES:
        raise _wrong(shown, None, f"is longer than {MAX_BODY_BYTES} bytes", "Shorten it, or link to the long version")
    return Note(
        paper=_paper(front, shown),
        curator=_curator(front, shown, curators),
        body=front.body,
        html=render_note(front.body),
        pick=_flag(front, shown, "pick"),
        topics=_topics(front, shown, topics),
        written_with_ai=_flag(front, shown, "written_with_ai"),
        path=shown,
    )


def _text(data: bytes, shown: str) -> str:
    if len(data) > _MAX_FILE_BYTES:
        raise _wrong(shown, None, f"is longer than {_MAX_FILE_BYTES} bytes", "Shorten it")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _wrong(shown, None, f"is not UTF-8 (byte {error.start})", "Save it as UTF-8 text") from error


def _single(front: FrontMatter, shown: str, key: str, hint: str) -> str:
    value = front.values.get(key)
    if not isinstance(value, str) or not value:
        raise _wrong(shown, front.lines.get(key, 1), f"{key} is missing or no single value", hint)
    return value


def _paper(front: FrontMatter, shown: str) -> str:
    hint = 'Write an arXiv id, a DOI or the permalink of the paper here, as in paper: "2509.12345"'
    value = _single(front, shown, "paper", hint)
    paper_id = parse_paper_id(value)
    if paper_id is None:
        raise _wrong(shown, front.lines["paper"], f"{value!r} names no paper", hint)
    return paper_id


def _curator(front: FrontMatter, shown: str, curators: Curators) -> Curator:
    hint = "Write your handle from content/curators.yml, or github:<your login>"
    handle = _single(front, shown, "curator", hint)
    if handle in curators.people:
        return curators.people[handle]
    if _GITHUB.fullmatch(handle):
        login = handle.removeprefix("github:")
        return Curator(handle, login, f"https://github.com/{login}")
    if cause := curators.broken or curators.wrong.get(handle):
        raise ContentError(cause)
    close = difflib.get_close_matches(handle, curators.people, n=1)
    hint = f"Did you mean {close[0]}? Or write github:<your login>" if close else hint
    raise _wrong(shown, front.lines["curator"], f"nobody has the handle {handle!r}", hint)


def _flag(front: FrontMatter, shown: str, key: str) -> bool:
    value = front.values.get(key, "false")
    if value not in ("true", "false"):
        raise _wrong(shown, front.lines[key], f"{key} must be true or false", f"Write {key}: true")
    return value == "true"


def _topics(front: FrontMatter, shown: str, topics: Mapping[str, str]) -> tuple[str, ...]:
    value = front.values.get("topics", ())
    if isinstance(value, str):
        raise _wrong(shown, front.lines["topics"], "topics must be a list", f"Write topics: [{value}]")
    slugs: list[str] = []
    for name in value:
        slug = topics.get(name) or topics.get(name.casefold())
        if slug is None:
            raise _wrong(shown, front.lines["topics"], f"unknown topic {clean(name)!r}", _nearest_topic(name, topics))
        slugs.append(slug)
    return tuple(dict.fromkeys(slugs))


def _nearest_topic(name: str, topics: Mapping[str, str]) -> str:
    if not topics:
        return "This site has no topics: leave the line out"
    close = difflib.get_close_matches(name.casefold(), topics, n=1)
    known = ", ".join(dict.fromkeys(topics.values()))
    return f"Did you mean {topics[close[0]]}?" if close else f"Topics of this site: {known}"


def _wrong(shown: str, line: int | None, text: str, hint: str) -> ContentError:
    return ContentError(Problem(shown, line, text, hint))
