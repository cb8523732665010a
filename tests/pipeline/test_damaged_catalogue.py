"""A wrong, old, cut or missing catalogue costs time, never correctness."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.pipeline.builds import build_elsewhere, build_here, differing
from tests.pipeline.conftest import Repository, paper

Befall = Callable[[Path], None]
"""What is done to the file of a catalogue; its seal lies beside it."""


def seal_of(path: Path) -> Path:
    return path.with_suffix(".seal")


def sealed_again(path: Path, version: str | None = None) -> None:
    """As the program itself would seal what is there now."""
    known, _, _ = seal_of(path).read_text(encoding="ascii").partition(" ")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    seal_of(path).write_text(f"{version or known} {digest}\n", encoding="ascii")


def cut(part: float) -> Befall:
    def befall(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * part)])

    return befall


def flipped(part: float) -> Befall:
    """One bit, at this part of the file."""

    def befall(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[min(int(len(data) * part), len(data) - 1)] ^= 1
        path.write_bytes(data)

    return befall


def emptied(path: Path) -> None:
    """A catalogue that is well-formed and says that there is nothing."""
    with closing(sqlite3.connect(path)) as database:
        for table in ("paper", "note", "made"):
            database.execute(f"DELETE FROM {table}")
        database.commit()


def of_another_version(path: Path) -> None:
    emptied(path)
    sealed_again(path, version="0" * 32)


def foreign(path: Path) -> None:
    """A database of something else, which has a table by the name of one of ours."""
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE note (id INTEGER, said TEXT)")
        database.commit()
    sealed_again(path)


def no_database(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0 or so")
    sealed_again(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inner").write_bytes(b"")


def a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def of_the_seal(befall: Befall) -> Befall:
    return lambda path: befall(seal_of(path))


def all_of_build(path: Path) -> None:
    shutil.rmtree(path.parent)


CASES: dict[str, Befall] = {
    "deleted": Path.unlink,
    "cut to nothing": cut(0),
    "cut in its head": cut(0.001),
    "cut in half": cut(0.5),
    "cut at its end": cut(0.999),
    "a bit in its head": flipped(0.0001),
    "a bit in its first quarter": flipped(0.25),
    "a bit in the middle": flipped(0.5),
    "its last bit": flipped(1),
    "emptied": emptied,
    "of another version": of_another_version,
    "foreign and sealed": foreign,
    "no database and sealed": no_database,
    "a folder": a_folder,
    "a link to itself": a_link_to_itself,
    "seal deleted": of_the_seal(Path.unlink),
    "seal cut": of_the_seal(cut(0.5)),
    "a bit in the seal": of_the_seal(flipped(0.9)),
    "seal not ASCII": of_the_seal(lambda path: path.write_bytes(b"\xff")),
    "seal a folder": of_the_seal(a_folder),
    "gone with all of build/": all_of_build,
}


@pytest.fixture(scope="module")
def expected(base: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | str]:
    """What a build from nothing makes of the base and one more day."""
    root = shutil.copytree(base, tmp_path_factory.mktemp("expected") / "digest")
    add_a_day(root)
    return build_elsewhere(root).site


def add_a_day(root: Path) -> None:
    Repository(root).keep(date(2025, 10, 7), paper(2, "Second"), paper(7, "Seventh"))


@pytest.mark.parametrize("befall", CASES.values(), ids=CASES)
def test_the_build_still_ends_with_the_same_bytes(
    base: Path, expected: dict[str, bytes | str], tmp_path: Path, befall: Befall
):
    """A new day on top of a damaged catalogue; the build after it has a good one again."""
    root = shutil.copytree(base, tmp_path / "digest")
    befall(root / "build/catalogue.sqlite")
    add_a_day(root)
    for _ in range(2):
        done = build_here(root)
        assert (done.error, differing(done.site, expected)) == ("", [])


def test_a_folder_in_place_of_the_ledger_costs_no_byte_either(
    base: Path, expected: dict[str, bytes | str], tmp_path: Path
):
    """The list of what each file of the site was made of is derived, too."""
    root = shutil.copytree(base, tmp_path / "digest")
    a_folder(root / "build/ledger.json")
    add_a_day(root)
    done = build_here(root)
    assert (done.error, differing(done.site, expected)) == ("", [])
