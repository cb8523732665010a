"""Two commits of one git repository → the notes that the second adds, changes or deletes, and what else it touches.

The second commit is a stranger's. Only git's plumbing looks at it: nothing of it is checked out, no attribute, filter,
hook or setting of it counts, and a path is used only if it has the plain form of a note's.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.curation.reader import MAX_FILE_BYTES
from generator.errors import BroadsheetError
from generator.model import Problem
from generator.text import clean

MAX_NOTES = 200
_LONGEST_PATH = 300
_NOTES = "content/notes/"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_NOTE = re.compile(r"content/notes/\d{4}/(?:0[1-9]|1[0-2])/[A-Za-z0-9][A-Za-z0-9._~-]{0,199}\.md", re.ASCII)
_REGULAR = "100644"
_ALONE = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a commit proposes: notes by path, None where one is deleted; what is refused; all other paths, fit to show.

    `refused` are findings by git alone: files among the notes that are none, and too many or too long ones.
    """

    notes: Mapping[str, bytes | None]
    refused: tuple[Problem, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A file that differs: git's mode of the new one and the name of its bytes, both None when it is gone."""

    path: str
    mode: str | None
    blob: str | None

    @property
    def is_note(self) -> bool:
        return _NOTE.fullmatch(self.path) is not None and self.mode in (_REGULAR, None)


def read_proposal(root: Path, base: str, head: str) -> Proposal:
    """What `head` changes since it left the history of `base`: full ids of commits in the repository at `root`.

    BroadsheetError when they are no such ids, share no history, or `base` is not what is checked out.
    """
    changes = _changes(root, base, head)
    notes = [change for change in changes if change.is_note]
    others = [change for change in changes if not change.is_note]
    sizes = _sizes(root, notes[:MAX_NOTES])
    taken = [change for change in notes[:MAX_NOTES] if sizes.get(change.blob, 0) <= MAX_FILE_BYTES]
    long = [change for change in notes[:MAX_NOTES] if change not in taken]
    misplaced = [change for change in others if change.path.startswith(_NOTES) and change.mode]
    refused = (*map(_too_long, long), *_too_many(notes[MAX_NOTES:]), *map(_unfit, misplaced))
    return Proposal(dict(_blobs(root, taken)), refused, tuple(_shown(change.path) for change in others))


def recent_notes(root: Path, base: str, since: int) -> frozenset[str]:
    """Paths of notes that commits up to `base` added after `since`, in seconds of Unix time, by their committers."""
    arguments = ("--diff-filter=A", "--no-renames", "--name-only", "--format=", "-z", f"--since=@{since}")
    names = _git(root, "log", *arguments, _commit(base), "--", _NOTES).split(b"\0")
    return frozenset(path for path in map(os.fsdecode, names) if _NOTE.fullmatch(path))


def _changes(root: Path, base: str, head: str) -> tuple[_Change, ...]:
    """What `head` changed, and `base` has not in the same way.

    Where their histories cross, they left each other at several commits, and a merge may bring what differs from only
    one of them: an old version of a file, say.
    """
    if _git(root, "rev-parse", "HEAD").decode().strip() != _commit(base):
        raise BroadsheetError(f"{base} is not what is checked out; check it out first: its program reads the notes")
    _commit(head)
    try:
        forks = _git(root, "merge-base", "--all", base, head).decode().split()
    except BroadsheetError as error:
        raise BroadsheetError(f"{base} and {head} share no history here; fetch both with all of it") from error
    changed = {change.path: change for fork in forks for change in _differing(root, fork, head)}
    lacking = {change.path for change in _differing(root, base, head)}
    return tuple(change for path, change in changed.items() if path in lacking)


def _differing(root: Path, commit: str, head: str) -> Iterator[_Change]:
    """As https://git-scm.com/docs/git-diff-tree#_raw_output_format lays them out."""
    options = ("-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none")
    fields = _git(root, "diff-tree", *options, commit, head).split(b"\0")
    for about, path in zip(fields[:-1:2], fields[1::2], strict=True):
        _, mode, _, blob, status = about.decode().split(" ")
        yield _Change(os.fsdecode(path), *((None, None) if status == "D" else (mode, blob)))


def _sizes(root: Path, notes: Sequence[_Change]) -> Mapping[str | None, int]:
    """Bytes by the name of each blob."""
    answers = _git(root, "cat-file", "--batch-check", stdin=_names(notes)).decode().splitlines()
    return {name: int(size) for name, _, size in map(str.split, answers)}


def _blobs(root: Path, notes: Sequence[_Change]) -> Iterator[tuple[str, bytes | None]]:
    """Path and bytes, or None for what is deleted."""
    answers = _git(root, "cat-file", "--batch", stdin=_names(notes))
    for note in notes:
        if note.blob is None:
            yield note.path, None
        else:
            head, _, rest = answers.partition(b"\n")
            size = int(head.rpartition(b" ")[2])
            yield note.path, rest[:size]
            answers = rest[size + 1 :]


def _names(notes: Sequence[_Change]) -> bytes:
    return "".join(f"{note.blob}\n" for note in notes if note.blob).encode()


def _unfit(change: _Change) -> Problem:
    """Why a file among the notes is none to take."""
    path = _shown(change.path)
    match change.mode:
        case "120000":
            return Problem(path, None, "is a link to another file", "Put the note itself in its place")
        case "160000":
            return Problem(path, None, "is another repository", "Put the note itself in its place")
        case "100755":
            hint = "Type git update-index --chmod=-x and its name, or delete it and add it again in the browser"
            return Problem(path, None, "is marked as a program", hint)
        case _:
            hint = f"Name it {_NOTES}YYYY/MM/PAPER-LOGIN.md, such as {_NOTES}2025/10/2509.12345-ada.md"
            return Problem(path, None, "is not named as a note", hint)


def _too_long(note: _Change) -> Problem:
    return Problem(note.path, None, f"is longer than {MAX_FILE_BYTES} bytes", "Shorten it, or link to the long version")


def _too_many(left: Sequence[_Change]) -> Iterator[Problem]:
    if left:
        text = f"and {len(left) - 1} more were not read: no more than {MAX_NOTES} notes at once"
        yield Problem(left[0].path, None, text, "Split the pull request")


def _shown(path: str) -> str:
    """A path of any bytes as one line of UTF-8."""
    return clean(path.encode("utf-8", "backslashreplace").decode(), _LONGEST_PATH) or "…"


def _commit(name: str) -> str:
    if not _COMMIT.fullmatch(name):
        raise BroadsheetError(f"{clean(name, 100)!r} is no commit; give its full id, 40 hexadecimal digits")
    return name


def _git(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """The answer of git under the repository's settings alone; BroadsheetError with its last line when it fails."""
    command = ["git", "-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # fixed words, ids and paths that were checked
            command, cwd=root, env={**os.environ, **_ALONE}, input=stdin, capture_output=True, check=True
        )
    except FileNotFoundError as error:
        raise BroadsheetError("git is not installed here; install it and run this again") from error
    except subprocess.CalledProcessError as error:
        said = clean(error.stderr.decode(errors="replace").strip().rpartition("\n")[2], 300) or "no reason given"
        raise BroadsheetError(f"git {arguments[0]}: {said}. Fetch both commits with all their history first") from error
    return done.stdout
