"""A paper and a curator → the file of a note, ready to edit."""

import subprocess
from dataclasses import dataclass
from datetime import date

from generator.catalogue import Catalogue
from generator.curation import NoteReader
from generator.curation.naming import PLACEHOLDER, note_path, note_template, shown_id
from generator.errors import BroadsheetError
from generator.files import only_one, write_atomic
from generator.identifiers import is_weak
from generator.model import Problem
from generator.pipeline.building import build_lock, opened_catalogue
from generator.pipeline.checking import Titles
from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class NewNote:
    """A file that lacks only its words; `said` is what its author should know."""

    path: str
    said: tuple[str, ...]


def new_note(settings: Settings, paper: str, handle: str | None, today: date) -> NewNote:
    """The note of `handle` on a PaperId, in the month of the paper's digest, or of `today` where none has it yet.

    BroadsheetError when nobody has the handle, the curator wrote about this paper already, or the paper can be none or
    is hidden.
    """
    signature = _signature(settings, handle)
    with only_one(build_lock(settings)), opened_catalogue(settings, settings.build, map, _pass_over) as catalogue:
        work, day, title = _shown(settings, catalogue, paper)
        _refuse_second(catalogue, work, signature)
    path = note_path(work, signature, day or today)
    if (settings.root / path).exists():
        raise BroadsheetError(f"{path} is there already. Edit it")
    write_atomic(settings.root / path, note_template(work, signature, title).encode())
    return NewNote(path, tuple(_said(path, signature, title, day)))


def _said(path: str, signature: str, title: str | None, day: date | None) -> list[str]:
    if title:
        about = f"A note on “{title}” in the digest of {day}."
    elif day:
        about = f"A listing of {day} has this paper; with the note, the digest shows it."
    else:
        about = "No listing has this paper yet: fetch looks it up."
    sign = ["Put your login in place of your-login, in the file and in its name."] if signature == PLACEHOLDER else []
    return [about, *sign, f"Write below the second line of hyphens; then: broadsheet check {path}"]


def _signature(settings: Settings, handle: str | None) -> str:
    if handle is None:
        login = _git_login()
        handle = f"github:{login}" if login else PLACEHOLDER
    found = NoteReader(settings.content, settings.topics).curator(handle, 1, "--curator")
    if isinstance(found, Problem):
        raise BroadsheetError(f"{found.text}. {found.hint}")
    return found.handle


def _git_login() -> str:
    """What `git config github.user` says; nothing without git."""
    try:
        asked = subprocess.run(["git", "config", "github.user"], capture_output=True, text=True, check=False)  # noqa: S607  # the user's git
    except OSError:
        return ""
    return asked.stdout.strip()


def _shown(settings: Settings, catalogue: Catalogue, paper: str) -> tuple[str, date | None, str | None]:
    """The id of the paper's work, the day of its digest or else of a listing, and its title in the digest."""
    if catalogue.is_hidden(paper):
        raise BroadsheetError(f"{shown_id(paper)} is hidden in content/hidden.yml. Take its line out there first")
    place = catalogue.place(paper)
    if place:
        work, day = place
        return work, day, Titles(settings, catalogue).of(work, day)
    if is_weak(paper):
        raise BroadsheetError(f"{shown_id(paper)} is no paper of this site. Copy the permalink of the paper again")
    return paper, catalogue.listed(paper), None


def _refuse_second(catalogue: Catalogue, work: str, handle: str) -> None:
    for note in catalogue.notes():
        place = catalogue.place(note.paper)
        if note.curator.handle == handle and work == (place[0] if place else note.paper):
            raise BroadsheetError(f"{note.path} is a note by {handle} on this paper. Edit it")


def _pass_over(problem: Problem) -> None:
    """What else is wrong in content is not the matter here."""
