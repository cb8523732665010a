"""The checkout this program runs from → a new digest repository that holds the program and content of its own.

A digest carries its program, so that it can be built as long as Python runs, and changed by its owner
(docs/decisions/0005-self-contained-repositories.md). Git is left to the owner: what is new may also join a
repository that exists already.
"""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import BroadsheetError
from generator.files import regular_files

CHECKOUT = Path(__file__).resolve().parents[1]
STARTER = "site_templates/starter"
PROGRAM = (
    ".github",
    ".gitignore",
    "LICENSE",
    "Makefile",
    "content/pages/contribute.md",
    "docs/moderation.md",
    "docs/settings.schema.json",
    "generator",
    "pyproject.toml",
    "requirements-meaning.txt",
    "requirements-test.txt",
    "requirements-weights.txt",
    "requirements.txt",
    "site_templates",
)
EXAMPLE = ("content/listings/2025/10", "content/notes/2025/10", "content/vectors", "content/curators.yml")


def create(target: Path, *, example: bool = False, checkout: Path = CHECKOUT) -> tuple[Path, ...]:
    """Fill `target`, which must be missing or empty, and say which files are the owner's to edit.

    With `example`, the program's own first days and notes come along. Everything is put together beside `target`
    and moved there at the end, so a failure leaves nothing behind. Raises BroadsheetError.
    """
    origins = _origins(checkout, example)
    target = target.resolve()
    try:
        _refuse_taken(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent, prefix=".broadsheet-") as scratch:
            for name, origin in origins.items():
                place = Path(scratch, name)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(origin, place)
            target.mkdir(exist_ok=True)
            for entry in sorted(Path(scratch).iterdir()):
                entry.rename(target / entry.name)
    except OSError as error:
        raise BroadsheetError(f"{target} cannot be written ({error.strerror}); choose another folder") from error
    starter = (name for name, _ in _relative_files(checkout, STARTER, STARTER))
    return tuple(target / name for name in starter if not name.endswith("/.gitkeep"))


def next_steps(target: Path) -> str:
    """What the owner of a new digest types first."""
    return f"Next: cd {shlex.quote(str(target))}; make site; then read README.md, which says how to go on."


def _refuse_taken(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BroadsheetError(f"{target} is not an empty folder; choose one that is empty or does not exist yet")


def _origins(checkout: Path, example: bool) -> dict[str, Path]:
    """File name in the new repository → the file it is copied from; later ones replace earlier ones."""
    origins: dict[str, Path] = {}
    for part in PROGRAM:
        origins.update(_relative_files(checkout, part, "."))
    origins.update(_relative_files(checkout, STARTER, STARTER))
    for part in EXAMPLE if example else ():
        origins.update(_relative_files(checkout, part, "."))
    return origins


def _relative_files(checkout: Path, part: str, base: str) -> Iterator[tuple[str, Path]]:
    """The files of one part of the checkout, named as seen from `base`."""
    source = checkout / part
    if source.is_file():
        found = [source]
    else:
        found = [path for path in regular_files(source) if "__pycache__" not in path.parts]
    if not found:
        raise BroadsheetError(
            f"{checkout} has no {part}, which a new digest needs; clone Broadsheet, type make site there, "
            "and then .venv/bin/broadsheet new DIR"
        )
    for path in found:
        yield path.relative_to(checkout / base).as_posix(), path
