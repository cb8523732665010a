"""`broadsheet build`: the same content gives the same bytes, and bad content stops nothing."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from generator.model import Paper
from generator.pipeline import Wishes
from tests.pipeline.builds import build_elsewhere, build_here, differing, snapshot
from tests.pipeline.conftest import CHECKOUT, Repository, paper, tree
from tests.pipeline.edits import write

OTHER_WORLD = """
import builtins, datetime, os, time

_time, _datetime = time.time, datetime.datetime

class _Later(_datetime):
    @classmethod
    def now(cls, tz=None):
        return _datetime.now(tz) + datetime.timedelta(days=400)
    @classmethod
    def utcnow(cls):
        return _datetime.utcnow() + datetime.timedelta(days=400)
    @classmethod
    def today(cls):
        return cls.now()

datetime.datetime = _Later
time.time = lambda: _time() + 400 * 86400
_listdir, _scandir = os.listdir, os.scandir
os.listdir = lambda *a: sorted(_listdir(*a), reverse=True)

class _Backwards:
    def __init__(self, *a):
        self._inner = _scandir(*a)
        self._items = iter(sorted(self._inner, key=lambda entry: entry.name, reverse=True))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._items)
    def __enter__(self):
        return self
    def __exit__(self, *a):
        self._inner.close()
    def close(self):
        self._inner.close()

os.scandir = _Backwards
"""
"""Another day, and every folder read backwards."""


def test_a_second_build_touches_nothing(repository: Repository):
    """Nothing changed: no file is written, none goes."""
    assert repository.run("build", "--strict").returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (repository.root / "site").rglob("*")}
    again = repository.run("build", "--strict")
    assert "0 files changed" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in (repository.root / "site").rglob("*")} == before


def test_clock_locale_zone_hash_seed_and_file_order_do_not_leak(repository: Repository, tmp_path: Path):
    """A build on another day, in another place, that reads folders backwards gives the same bytes."""
    repository.run("build", env={"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"})
    here = repository.site()
    world = tmp_path / "world"
    world.mkdir()
    (world / "sitecustomize.py").write_text(OTHER_WORLD, encoding="utf-8")
    shutil.rmtree(repository.root / "site")
    shutil.rmtree(repository.root / "build")
    path = f"{world}{os.pathsep}{CHECKOUT}"
    env = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "tr_TR", "PYTHONHASHSEED": "7", "PYTHONPATH": path}
    done = repository.run("build", env=env)
    assert (done.returncode, repository.site() == here) == (0, True), done.stderr


def test_plain_mkdocs_gives_the_same_pages(repository: Repository):
    """`broadsheet pages && mkdocs build` is the site, as far as HTML goes."""
    repository.run("build")
    ours = {name: data for name, data in repository.site().items() if name.endswith(".html")}
    assert repository.run("pages", "--strict").returncode == 0
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(repository.root / "plain")]
    subprocess.run(command, cwd=repository.root, check=True, capture_output=True)
    plain = {name: data for name, data in tree(repository.root / "plain").items() if name.endswith(".html")}
    assert plain == ours


def test_what_vanishes_from_content_vanishes_from_the_site(repository: Repository):
    """A deleted listing takes its page along."""
    repository.run("build")
    assert "2025/10/03/index.html" in repository.site()
    (repository.root / "content/listings/2025/10/03/huggingface.json").unlink()
    repository.run("build")
    assert "2025/10/03/index.html" not in repository.site()


def test_bad_content_is_reported_and_left_out(repository: Repository):
    """One line each; the rest of the site is built; `--strict` and `check` end with 1."""
    repository.keep(date(2025, 10, 6), paper(7)).write_text("{", encoding="utf-8")
    repository.note("no front matter", "bad.md")
    done = repository.run("build")
    assert done.returncode == 0
    assert "content/listings/2025/10/06/huggingface.json:1: is not valid JSON" in done.stderr
    assert "content/notes/2025/10/bad.md:1: does not start with ---." in done.stderr
    assert "2025/10/03/index.html" in repository.site()
    assert "2025/10/06/index.html" not in repository.site()
    assert repository.run("build", "--strict").returncode == 1
    assert repository.run("check").returncode == 1
    assert repository.run("check", "content/notes").stderr.count("\n") == 1


def test_check_annotates_under_actions(repository: Repository):
    """GitHub shows the problem at its line; nothing in a file can forge another command."""
    repository.note("---\n::error file=x::y: 1\n---\nx", "bad.md")
    annotations = repository.run("check", env={"GITHUB_ACTIONS": "true"}).stdout.splitlines()
    assert [line.partition("::")[2].partition("::")[0] for line in annotations] == [
        "error file=content/notes/2025/10/bad.md,line=1",
        "error file=content/notes/2025/10/bad.md,line=1",
        "error file=content/notes/2025/10/bad.md,line=2",
    ]


def test_bad_settings_end_with_one_and_say_where(repository: Repository):
    """Nothing is built, every mistake is named."""
    repository.settings("timezone: Mars\ntopcs: []")
    done = repository.run("build")
    assert done.returncode == 1
    lines = (repository.root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    named = [
        lines[int(number) - 1].strip() for number in re.findall(r"^mkdocs\.yml:(\d+): ", done.stderr, re.MULTILINE)
    ]
    assert named == ["timezone: Mars", "topcs: []"]
    assert "Did you mean topics?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_template_says_which(repository: Repository):
    """File and line, exit 1, and the site that stands is left alone."""
    repository.run("build")
    before = repository.site()
    path = repository.root / "site_templates/pages/day.md.j2"
    path.write_text(f"{{{{ nothing.here }}}}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    done = repository.run("build")
    assert done.returncode == 1
    assert "day.md.j2" in done.stderr
    assert "Traceback" not in done.stderr
    assert repository.site() == before


@pytest.mark.parametrize("text", [b"# Not text\xff", b"---\ntemplate: missing.html\n---\n"], ids=["bytes", "template"])
def test_a_hand_written_page_that_cannot_be_built_is_named(repository: Repository, text: bytes):
    """One line, exit 1, and the site that stands is left alone."""
    repository.run("build")
    before = repository.site()
    write(repository.root, "content/pages/extra.md", text)
    done = repository.run("build")
    assert (done.returncode, "extra.md" in done.stderr, done.stderr.count("\n")) == (1, True, 1)
    assert repository.site() == before


def test_a_file_name_that_is_no_utf8_stops_nothing(repository: Repository):
    """It is shown with its bytes written out."""
    for folder in ("content/notes", "content/listings/2025/10"):
        (repository.root / folder / "b\udcff.md").write_text("x", encoding="utf-8")
    done = repository.run("build")
    assert done.returncode == 0
    assert "content/notes/b\\udcff.md:1: does not start with ---." in done.stderr
    assert "content/listings/2025/10/b\\udcff.md: is not where a listing lives." in done.stderr


def test_builds_in_one_process_do_not_leak_into_each_other(repository: Repository):
    """`broadsheet serve` builds many times; MkDocs's plugins live as long as the process."""
    first = build_here(repository.root, Wishes(is_clean=True)).site
    for _ in range(2):
        assert differing(build_here(repository.root, Wishes(is_clean=True)).site, first) == []


def test_keys_do_not_depend_on_the_hash_seed(repository: Repository):
    """Else the next build, which has another one, would make every day again."""
    narrow = "{type: arxiv, categories: [cs.LG], only_topics: true}"
    names = ", ".join(f"{name}: {narrow}" for name in "abcdefgh")
    repository.settings(f"sources: {{{names}}}")
    keys = []
    for seed in "12":
        repository.run("build", env={"PYTHONHASHSEED": seed})
        with closing(sqlite3.connect(repository.root / "build/catalogue.sqlite")) as database:
            keys.append(database.execute("SELECT kind, name, key FROM made").fetchall())
    assert keys[0] == keys[1]


def test_a_repeated_paper_leads_to_its_first_day(repository: Repository):
    """The later page keeps the anchor and links to the owner."""
    repository.run("build")
    page = repository.site()["2025/10/01/index.html"].decode()
    assert 'id="2510.00002"' in page
    assert "../../09/30/#2510.00002" in page


def test_an_empty_archive_still_builds(empty: Repository):
    """The home page says that nothing has been fetched yet."""
    done = empty.run("build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "index.html" in empty.site()


KILLED = {
    "while MkDocs renders the frame": ("build/frame/site", 9, False),
    "while pages are staged": ("build/stage", 5, False),
    "at the first page that is published": ("site", 1, False),
    "while pages are published": ("site", 9, True),
    "before the ledger is written": ("build/ledger.json", 1, True),
    "before the catalogue is sealed": ("build/catalogue.seal", 1, True),
}
"""Where it dies, at which write there, and whether readers see anything new by then."""


@pytest.mark.parametrize(("place", "touch", "is_seen"), KILLED.values(), ids=KILLED)
def test_a_killed_build_leaves_whole_files_and_the_next_one_mends(
    repository: Repository, place: str, touch: int, is_seen: bool
):
    """Every file of the site is the old or the new one, and a further build equals a clean one."""
    build_here(repository.root)
    old = snapshot(repository.root / "site")
    repository.keep(date(2025, 10, 7), *(paper(number) for number in range(10, 40)))
    shutil.rmtree(repository.root / "content/listings/2025/10/03")
    template = repository.root / "site_templates/pages/day.md.j2"
    template.write_text(template.read_text(encoding="utf-8").replace("No papers", "Nothing"), encoding="utf-8")
    write(repository.root, "content/pages/about.md", "# Other words\n")
    new = build_elsewhere(repository.root).site
    killed = repository.run_killed(place, touch, "build", "--jobs", "1")
    torn = snapshot(repository.root / "site")
    assert (killed.returncode, torn != old) == (-signal.SIGKILL, is_seen)
    assert [name for name, data in torn.items() if data not in (old.get(name), new.get(name))] == []
    done = build_here(repository.root)
    assert (done.error, differing(done.site, new)) == ("", [])


def test_a_doi_longer_than_a_file_name_stops_nothing(repository: Repository):
    """Its notes have a page all the same, and `note` makes them a file."""
    doi = f"10.1000/{'<' * 200}"
    repository.keep(date(2025, 10, 1), Paper(f"doi:{doi}", "Long", "Words.", ("Ann",)), source="journal")
    made = repository.run("note", doi, "--curator", "ada").stdout.strip()
    with (repository.root / made).open("a", encoding="utf-8") as note:
        note.write("Read it.\n")
    done = repository.run("build", "--strict", "--verify")
    assert (done.returncode, done.stderr.startswith("5 papers on 3 days")) == (0, True), done.stderr
    assert len([name for name in repository.site() if name.startswith("papers/doi-10.1000_~3c")]) == 1
