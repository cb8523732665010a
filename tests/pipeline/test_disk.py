"""A disk that is not as it should be: one line that names the path and the cause, never a traceback."""

import sqlite3

import pytest

from generator.errors import BroadsheetError, wrap_errors
from tests.pipeline.conftest import Repository

MEND = "Make room or give rights there, or move away what is in its place, and run this again"


@pytest.mark.parametrize("command", ["build", "pages", "check"])
def test_a_file_in_place_of_build_is_named(empty: Repository, command: str):
    """Every command that needs the folder says so."""
    (empty.root / "build").write_text("mine", encoding="utf-8")
    done = empty.run(command)
    assert (done.returncode, done.stderr) == (1, f"broadsheet: {empty.root}/build: File exists. {MEND}\n")


def test_a_full_disk_is_named():
    """SQLite has errors of its own."""
    with (
        pytest.raises(BroadsheetError, match=r"^build/catalogue\.sqlite: database or disk is full\. Make room"),
        wrap_errors(),
    ):
        raise sqlite3.OperationalError("database or disk is full")
