"""A build on a restored cache: whatever the cache holds, the site is the one that a build from nothing makes.

The folders under test are those that the daily workflow keeps; yesterday's build is restored beside today's content.
"""

import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from generator.fingerprint import digest
from tests.pipeline.conftest import CHECKOUT, Repository, new_repository, paper
from tests.workflows import run_step, steps_using

Damage = Callable[[Path], None]

PAGE, MONTH, ANOTHER_PAGE = (f"site/2025/{path}/index.html" for path in ("10/01", "10", "09/30"))
SEAL, CATALOGUE, LEDGER = (f"build/{name}" for name in ("catalogue.seal", "catalogue.sqlite", "ledger.json"))
KEPT = tuple(path for _, _, step in steps_using("actions/cache/save@") for path in step["with"]["path"].split())


def copy(source: Path, target: Path) -> None:
    """The kept paths, as an archive would carry them: same bytes, other files."""
    for name in KEPT:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (source / name).is_dir() else shutil.copy)(source / name, target / name)


def wipe(root: Path) -> None:
    for name in ("build", "site"):
        if (root / name).is_symlink() or (root / name).is_file():
            (root / name).unlink()
        shutil.rmtree(root / name, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Runner:
    """A checkout of today; what yesterday's and today's builds left; the site that today's content makes."""

    checkout: Repository
    yesterday: Path
    today: Path
    expected: dict[str, bytes]

    def restore(self, cache: Path) -> None:
        """As on a fresh machine."""
        wipe(self.checkout.root)
        copy(cache, self.checkout.root)

    def build_and_keep(self, cache: Path, env: dict[str, str] | None = None) -> None:
        """A whole build, and the cache that it leaves."""
        wipe(self.checkout.root)
        done = self.checkout.run("build", env=env)
        assert done.returncode == 0, done.stderr
        copy(self.checkout.root, cache)

    def assert_mended(self) -> None:
        """One build gives the expected site, byte for byte, and nothing beside it."""
        done = self.checkout.run("build")
        assert done.returncode == 0, done.stderr
        assert self.checkout.site() == self.expected
        assert not [path for path in (self.checkout.root / "site").rglob("*") if path.is_symlink()]


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """Since yesterday, a day came, a day went, votes grew and a note changed."""
    folder = tmp_path_factory.mktemp("runner")
    checkout = new_repository(folder / "digest")
    for day, number in ((date(2025, 9, 30), 1), (date(2025, 10, 1), 2), (date(2025, 10, 2), 3)):
        checkout.keep(day, paper(number, "First"), paper(number + 10, "Repeated"), paper(90))
    checkout.note('---\npaper: "2510.00002"\ncurator: ada\n---\nRead this.\n')
    runner = Runner(checkout, folder / "yesterday", folder / "today", {})
    runner.build_and_keep(runner.yesterday)
    checkout.keep(date(2025, 10, 2), paper(3, "First", votes=7), paper(13, "Repeated"), paper(90))
    checkout.keep(date(2025, 10, 3), paper(4, "Fresh"))
    shutil.rmtree(checkout.root / "content/listings/2025/09")
    checkout.note('---\npaper: "2510.00002"\ncurator: ada\npick: true\n---\nRead *this*.\n')
    runner.build_and_keep(runner.today)
    runner.expected.update(checkout.site())
    return runner


def gone(*names: str) -> Damage:
    def damage(root: Path) -> None:
        for name in names:
            (shutil.rmtree if (root / name).is_dir() else Path.unlink)(root / name)

    return damage


def cut(name: str, share: float) -> Damage:
    def damage(root: Path) -> None:
        data = (root / name).read_bytes()
        (root / name).write_bytes(data[: int(len(data) * share)])

    return damage


def flipped(name: str) -> Damage:
    """One bit in the middle."""

    def damage(root: Path) -> None:
        data = bytearray((root / name).read_bytes())
        data[len(data) // 2] ^= 1
        (root / name).write_bytes(data)

    return damage


def swapped(one: str, other: str) -> Damage:
    def damage(root: Path) -> None:
        first, second = (root / one).read_bytes(), (root / other).read_bytes()
        (root / one).write_bytes(second)
        (root / other).write_bytes(first)

    return damage


def written(name: str, text: str = "<p>Not ours.") -> Damage:
    def damage(root: Path) -> None:
        if (root / name).is_dir():
            shutil.rmtree(root / name)
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)

    return damage


def linked(name: str) -> Damage:
    """The file or folder lies elsewhere now, and a link leads there."""

    def damage(root: Path) -> None:
        shutil.move(root / name, root / "build/elsewhere")
        (root / name).symlink_to(root / "build/elsewhere")

    return damage


def stray_link(root: Path) -> None:
    (root / "site/settings.txt").symlink_to(root / "mkdocs.yml")


def folder_for_page(root: Path) -> None:
    (root / PAGE).unlink()
    (root / PAGE / "deeper").mkdir(parents=True)
    (root / PAGE / "deeper" / "index.html").write_text("<p>Not ours.")


def sealed_ledger(body: str) -> Damage:
    """A ledger of other making under a right seal."""
    return written(LEDGER, f"{digest(body)}\n{body}")


def sealed_catalogue(change: Callable[[Path], None]) -> Damage:
    """A catalogue of other making under a right seal."""

    def damage(root: Path) -> None:
        change(root / CATALOGUE)
        version, _ = (root / SEAL).read_text().split()
        (root / SEAL).write_text(f"{version} {sha256((root / CATALOGUE).read_bytes()).hexdigest()}\n")

    return damage


def script(sql: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(sql)

    return change


DAMAGES: dict[str, Damage] = {
    "older content": gone(),
    "nothing but the catalogue": gone(SEAL, LEDGER, "site"),
    "nothing but the ledger": gone(SEAL, CATALOGUE, "site"),
    "nothing but the site": gone(SEAL, CATALOGUE, LEDGER),
    "no seal": gone(SEAL),
    "no catalogue": gone(CATALOGUE),
    "no ledger": gone(LEDGER),
    "no site": gone("site"),
    "part of the site": gone("site/2025", "site/assets", "site/index.html"),
    "empty catalogue": cut(CATALOGUE, 0),
    "half a catalogue": cut(CATALOGUE, 0.5),
    "half a ledger": cut(LEDGER, 0.5),
    "half a page": cut(PAGE, 0.5),
    "flipped catalogue": flipped(CATALOGUE),
    "flipped ledger": flipped(LEDGER),
    "flipped page": flipped(PAGE),
    "catalogue and ledger swapped": swapped(CATALOGUE, LEDGER),
    "pages swapped": swapped(PAGE, MONTH),
    "a page that nobody made": written("site/evil.html"),
    "a temporary file": written("site/.index.html.tmp"),
    "a link to a file": stray_link,
    "a page behind a link": linked(PAGE),
    "a folder behind a link": linked("site/2025"),
    "the site behind a link": linked("site"),
    "a folder in place of a page": folder_for_page,
    "a file in place of a folder": written("site/2025"),
    "a file in place of the site": written("site"),
    "a sealed ledger that is a list": sealed_ledger("[]"),
    "a sealed ledger that is no JSON": sealed_ledger("{"),
    "a sealed ledger of numbers": sealed_ledger('{"index.html": 7}'),
    "a sealed catalogue without a table": sealed_catalogue(script("DROP TABLE made")),
    "a sealed catalogue with another table": sealed_catalogue(script("DROP TABLE note; CREATE TABLE note (path)")),
    "a sealed catalogue that changes what is put in": sealed_catalogue(
        script("CREATE TRIGGER evil AFTER INSERT ON made BEGIN UPDATE made SET value = '' WHERE name = new.name; END")
    ),
    "a sealed catalogue that is no database": sealed_catalogue(lambda path: path.write_text("x" * 9999)),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_cache_costs_only_time(runner: Runner, name: str) -> None:
    """The build mends it without a word."""
    runner.restore(runner.yesterday)
    DAMAGES[name](runner.checkout.root)
    runner.assert_mended()


@pytest.mark.parametrize("part", [(SEAL, CATALOGUE), (LEDGER,), ("site",), (SEAL, CATALOGUE, LEDGER)], ids=str)
def test_parts_of_two_caches_cost_only_time(runner: Runner, part: tuple[str, ...]) -> None:
    """Part of yesterday's beside the rest of today's, each whole in itself."""
    runner.restore(runner.today)
    gone(*part)(runner.checkout.root)
    for name in part:
        source = runner.yesterday / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, runner.checkout.root / name)
    runner.assert_mended()


def test_a_sound_cache_is_used(runner: Runner) -> None:
    """All files are others than those the last build wrote, yet none is made again."""
    runner.restore(runner.today)
    assert "0 files changed" in runner.checkout.run("build").stderr
    assert runner.checkout.site() == runner.expected


@pytest.fixture
def other_world(runner: Runner, tmp_path: Path) -> Iterator[Path]:
    """A place to change the settings and templates of the checkout; they come back afterwards."""
    names = ("mkdocs.yml", "site_templates")
    root = runner.checkout.root
    for name in names:
        (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, tmp_path / name)
    yield root
    for name in names:
        gone(name)(root)
        (shutil.copytree if (tmp_path / name).is_dir() else shutil.copy)(tmp_path / name, root / name)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("mkdocs.yml", "site_name: Broadsheet", "site_name: Narrowsheet"),
        ("mkdocs.yml", "any: [graph]", "any: [word]"),
        ("site_templates/pages/day.md.j2", "<", " <"),
        ("site_templates/assets/broadsheet.css", "{", " {"),
    ],
    ids=["title", "topics", "template", "asset"],
)
def test_a_cache_of_other_settings_costs_only_time(
    runner: Runner, other_world: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    """What was built before settings or templates changed is not taken for what they make now."""
    before = (other_world / file).read_bytes()
    edit(other_world / file, old, new)
    runner.build_and_keep(tmp_path / "cache")
    (other_world / file).write_bytes(before)
    runner.restore(tmp_path / "cache")
    runner.assert_mended()


def test_a_cache_of_another_address_costs_only_time(runner: Runner, tmp_path: Path) -> None:
    """Pages name the address of the site, so a site that moved is built again."""
    runner.build_and_keep(tmp_path / "cache", env={"BROADSHEET_SITE_URL": "https://old.example.org/"})
    runner.restore(tmp_path / "cache")
    runner.assert_mended()


def test_a_cache_of_another_program_costs_only_time(runner: Runner, tmp_path: Path) -> None:
    """An older program with other tables and other pages leaves nothing that this one takes up."""
    older = tmp_path / "older"
    shutil.copytree(CHECKOUT / "generator", older / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    edit(older / "generator/digest/ranking.py", "picked by", "chosen by")
    edit(older / "generator/catalogue/store.py", "problems TEXT NOT NULL", "problems TEXT")
    runner.build_and_keep(tmp_path / "cache", env={"PYTHONPATH": str(older)})
    assert b"chosen by" in (tmp_path / "cache" / PAGE).read_bytes()
    runner.restore(tmp_path / "cache")
    runner.assert_mended()


def forged_page(root: Path) -> None:
    """A page of other making, and a ledger to match."""
    page = (root / MONTH).read_bytes() + b"<p>Not ours."
    (root / MONTH).write_bytes(page)
    entries = json.loads((root / LEDGER).read_text().partition("\n")[2])
    entries[MONTH.removeprefix("site/")][2] = digest(page)
    sealed_ledger(json.dumps(entries))(root)


def test_a_forged_page_with_a_ledger_to_match_is_found_by_verify(runner: Runner) -> None:
    """Nobody but a build from nothing can tell; it does, and names the page."""
    runner.restore(runner.today)
    forged_page(runner.checkout.root)
    done = runner.checkout.run("build", "--verify")
    assert done.returncode == 1
    assert "2025/10/index.html in site/ differ from a build from nothing" in done.stderr
    assert runner.checkout.run("build", "--clean").returncode == 0
    assert runner.checkout.site() == runner.expected


@pytest.fixture
def github(runner: Runner, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The program where the workflows look for it, and their environment."""
    program = runner.checkout.root / ".venv/bin/broadsheet"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m generator.cli "$@"\n')
    program.chmod(0o755)
    yield {**runner.checkout.environment(), "GITHUB_OUTPUT": str(tmp_path / "output"), "TAKEN_UP": "site-1"}
    gone(".venv")(runner.checkout.root)


def test_the_daily_build_starts_again_where_a_forged_catalogue_stops_it(
    runner: Runner, github: dict[str, str], tmp_path: Path
) -> None:
    """Rows that this program never writes may stop it; then it builds from nothing, and the run ends red."""
    runner.restore(runner.yesterday)
    sealed_catalogue(script("UPDATE made SET value = 'x'"))(runner.checkout.root)
    done = run_step("Build", "daily", runner.checkout.root, github)
    assert done.returncode == 0, done.stderr
    assert "Built twice" in done.stdout
    assert (tmp_path / "output").read_text() == "distrusted=true\n"
    assert runner.checkout.site() == runner.expected


def test_the_daily_build_stays_failed_where_the_cache_is_not_at_fault(
    runner: Runner, other_world: Path, github: dict[str, str], tmp_path: Path
) -> None:
    """A template with a mistake in it stops the build from nothing too."""
    runner.restore(runner.today)
    edit(other_world / "site_templates/pages/day.md.j2", "<", "{{ nothing.here }}<")
    assert run_step("Build", "daily", other_world, github).returncode == 1
    assert not (tmp_path / "output").exists()


def test_the_daily_build_from_nothing_is_not_repeated(
    runner: Runner, other_world: Path, github: dict[str, str]
) -> None:
    """A run that took no cache up, or was started by hand, blames none."""
    wipe(other_world)
    edit(other_world / "mkdocs.yml", "topics:", "topcs:")
    done = run_step("Build", "daily", other_world, {**github, "TAKEN_UP": ""})
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize(("damage", "code"), [(gone(), 0), (forged_page, 1)], ids=["sound", "forged"])
def test_the_weekly_check_fails_where_the_cache_is_forged(
    runner: Runner, github: dict[str, str], damage: Damage, code: int
) -> None:
    """Its steps one after the other; the last one names the page."""
    root = runner.checkout.root
    wipe(root)
    assert run_step("Build from nothing", "weekly", root, github).returncode == 0
    copy(runner.today, root)
    damage(root)
    assert run_step("Build on top of it", "weekly", root, github).returncode == 0
    done = run_step("Compare", "weekly", root, github)
    gone("clean")(root)
    assert done.returncode == code
    assert done.stdout == ("Files clean/site/2025/10/index.html and site/2025/10/index.html differ\n" if code else "")
