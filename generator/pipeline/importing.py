"""A saved page or list → a listing of one day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from generator.archive import Archive
from generator.dates import month_name
from generator.errors import ContentError
from generator.files import only_one
from generator.model import Listing, Paper, Problem, State
from generator.settings import Settings
from generator.sources.bibtex import parse_bibtex
from generator.sources.capture import capture_month_day, parse_capture
from generator.sources.jsonl import parse_jsonl

Parser = Callable[[str, str], tuple[tuple[Paper, ...], tuple[Problem, ...]]]
FORMS: Mapping[str, Parser] = MappingProxyType({"bibtex": parse_bibtex, "capture": parse_capture, "jsonl": parse_jsonl})
_SUFFIXES = MappingProxyType({".bib": "bibtex", ".jsonl": "jsonl", ".txt": "capture"})
FORMS_IN_WORDS = (
    "bibtex (.bib), capture (.txt: a Daily Papers page saved as text, titles and abstracts in turn), "
    "jsonl (.jsonl: one paper a line as JSON), weekly, arxiv-daily"
)
ALL_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "bibtex": "(.bib) BibTeX entries → a listing; needs --date",
        "capture": "(.txt) a Daily Papers page saved as text, titles and abstracts in turn → a listing; needs --date",
        "jsonl": '(.jsonl) a paper a line, {"id": "2509.12345", "title": "…"} → a listing; needs --date',
        "weekly": "a weekly list in Markdown → notes on papers of the archive; needs --curator",
        "arxiv-daily": "config.yaml of the arxiv-daily family → topics in the settings file",
    }
)
"""Every form and what it takes and makes, in one line."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: papers read, whether the listing's file changed, what could not be read."""

    papers: int
    changed: bool
    problems: tuple[Problem, ...]


def guess_form(path: Path) -> str | None:
    """The form that a file's name tells, None when it tells none."""
    return _SUFFIXES.get(path.suffix.lower())


def import_file(
    settings: Settings, path: Path, form: str, day: date, source: str, now: datetime, strict: bool
) -> Imported:
    """Read `path` and merge it into the listing of `source` on `day`.

    With `strict`, nothing is written when anything in the file cannot be read. ContentError when the file itself,
    or the listing it would be merged into, cannot be used, or when it holds no paper.
    """
    text = read_text(path)
    papers, problems = FORMS[form](text, str(path))
    if form == "capture":
        problems = (*problems, *_other_day(text, str(path), day))
    if not papers:
        raise ContentError(problems[0] if problems else Problem(str(path), None, "holds no paper", f"Is it {form}?"))
    if strict and problems:
        return Imported(0, False, problems)
    dated = tuple(replace(paper, announced=day, first_seen=paper.first_seen or day) for paper in papers)
    with only_one(settings.content_lock):
        changed = Archive(settings.content).keep(Listing(source, day, State.ANNOUNCED, now, dated))
    return Imported(len(dated), changed, problems)


def _other_day(text: str, path: str, day: date) -> tuple[Problem, ...]:
    """A saved page that tells another day than the user is imported all the same, and said."""
    told = capture_month_day(text)
    if told is None or told == (day.month, day.day):
        return ()
    text = f"the page is of {month_name(day.replace(month=told[0], day=1))} {told[1]}, not of {day}"
    return (Problem(path, None, text, "Import it again under its own day, and delete the listing of this one"),)


def read_text(path: Path) -> str:
    """What a file to import says; ContentError when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(
            Problem(str(path), None, f"is not UTF-8 (byte {error.start})", "Save it as UTF-8")
        ) from error
    except OSError as error:
        raise ContentError(Problem(str(path), None, f"cannot be read ({error.strerror})", "Check its name")) from error
