"""A build while a fetch writes: listings that change after the catalogue read them, and may change back."""

import shutil
from datetime import date

import pytest

from generator.model import Problem
from generator.pipeline.building import Wishes, build
from generator.settings import load_settings
from tests.pipeline.conftest import Repository

DAYS = (date(2025, 9, 30), date(2025, 10, 1), date(2025, 10, 3))


def build_while_titles_change(repository: Repository) -> dict[date, bytes]:
    """A build whose listings all change when it tells of a stray file, before it makes pages; the old listings."""
    stray = repository.root / "content/stray.md"
    stray.write_text("Nothing reads this.")
    before: dict[date, bytes] = {}

    def refresh(_: Problem) -> None:
        for day in DAYS:
            path = repository.root / f"content/listings/{day:%Y/%m/%d}/huggingface.json"
            before[day] = path.read_bytes()
            path.write_bytes(before[day].replace(b"F", b"E").replace(b"T", b"W"))

    build(load_settings(repository.root / "mkdocs.yml"), Wishes(), refresh, lambda line: None)
    stray.unlink()
    return before


def from_nothing(repository: Repository) -> dict[str, bytes]:
    shutil.rmtree(repository.root / "build")
    shutil.rmtree(repository.root / "site")
    assert repository.run("build").returncode == 0
    return repository.site()


def test_a_listing_refreshed_beside_a_build_is_no_alarm(repository: Repository):
    """The build goes through, and the next one takes the new listings in."""
    assert repository.run("build").returncode == 0
    build_while_titles_change(repository)
    assert repository.run("build").returncode == 0
    assert b"Eirst" in repository.site()["2025/09/30/index.html"]
    assert repository.site() == from_nothing(repository)


@pytest.mark.parametrize("is_back", [False, True], ids=["stays", "goes back"])
def test_what_was_made_of_a_listing_that_changed_meanwhile_is_made_again(repository: Repository, is_back: bool):
    """Also where the listing is then again what the catalogue had read."""
    before = build_while_titles_change(repository)
    if is_back:
        for day, data in before.items():
            (repository.root / f"content/listings/{day:%Y/%m/%d}/huggingface.json").write_bytes(data)
    assert repository.run("build").returncode == 0
    assert repository.site() == from_nothing(repository)
