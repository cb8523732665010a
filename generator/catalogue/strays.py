"""`content/` → a Problem for every file that nothing reads, so that no misnamed note is passed over in silence."""

import os
from collections.abc import Iterator
from pathlib import Path

from generator.files import walk
from generator.model import Problem

_READ = frozenset(("curators.yml", "hidden.yml", "listings", "notes", "pages", "vectors"))
"""What content/ holds; what is read in its folders is known to those who walk them."""
_HINT = (
    "Rename or delete it: a note is named content/notes/YYYY/MM/NAME.md, a page content/pages/NAME.md, "
    "the list of curators content/curators.yml"
)


def find_strays(content: Path) -> Iterator[Problem]:
    """The files beside the folders and files of content/ that have a meaning, by path."""
    for entry in sorted(content.iterdir()) if content.is_dir() else ():
        if entry.name in _READ or entry.is_symlink():
            continue
        names = (f"{entry.name}/{name}" for name, _ in walk(entry)) if entry.is_dir() else (entry.name,)
        for path in (spelt(f"{content.name}/{name}") for name in names):
            if not is_hidden(path):
                yield unread(path)
    yield from _links(content / "notes", content.parent)


def _links(folder: Path, root: Path) -> Iterator[Problem]:
    """Symbolic links among the notes, which nobody follows."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for path in (Path(parent, name) for name in sorted((*folders, *names))):
            if path.is_symlink():
                hint = "Put the note itself in its place"
                yield Problem(spelt(path.relative_to(root).as_posix()), None, "is a link to another file", hint)


def unread(path: str) -> Problem:
    """A file that stands where nothing reads it; `path` is relative to the repository."""
    return Problem(path, None, "is not read", _HINT)


def is_hidden(path: str) -> bool:
    """True for files that an editor, a system or git put there, such as `.gitkeep`."""
    return any(part.startswith(".") for part in path.split("/"))


def spelt(path: str) -> str:
    """A path as it can be stored and shown: bytes of a name that are no UTF-8 become `\\udc80`."""
    return path.encode("utf-8", "backslashreplace").decode()
