"""`broadsheet serve`: a save shows in a browser that is open, without a hand on it; `site/` is left to `build`.

A real process serves a digest of a few days below the path of its `site_url`; tests save files as editors do.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.archive import Archive
from generator.model import Listing, Paper, State
from tests.site.conftest import REPOSITORY

PATIENCE = 20.0
"""Seconds until a test gives up; nothing waits that long when all is well."""
SETTINGS = """
INHERIT: base.yml
site_url: https://sheet.example/sheet/
extra:
  broadsheet:
    sources:
      test: {type: huggingface, url: "http://127.0.0.1:9"}
    topics:
      - {name: Zebrafish, any: [zebrafish]}
"""
ENVIRONMENT = os.environ | {"PYTHONPATH": str(REPOSITORY)}
SCRIPT = re.compile(rb'<script src="/_preview/reload.js" data-key="\w+"></script>')
DAY = "2025/10/01/"


@dataclass
class Digest:
    """A digest repository."""

    root: Path

    def keep(self, day: date, title: str) -> Path:
        """Archive a listing of one paper."""
        number = f"arxiv:{day:%y%m}.{day.day:05}"
        paper = Paper(number, title, "What it says of zebrafish.", ("Ann", "Bo"))
        archive = Archive(self.root / "content")
        archive.keep(Listing("test", day, State.ANNOUNCED, datetime(2025, 10, 9, tzinfo=UTC), (paper,)))
        return archive.path("test", day)

    def note(self, words: str) -> Path:
        """Write a note on the paper of 1 October."""
        path = self.root / "content/notes/2025/10/2510.00001-ada.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, f'---\npaper: "2510.00001"\ncurator: ada\n---\n{words}\n')
        return path


class Served:
    """A `broadsheet serve` of its own process; `said` are its lines so far."""

    def __init__(self, digest: Digest, port: int) -> None:
        command = [sys.executable, "-m", "generator.cli", "serve", "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=digest.root, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
        self.port = port
        self.base = f"http://127.0.0.1:{port}/sheet/"
        self.said: list[str] = []
        self._news = threading.Condition()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body; `path` is below the base."""
        try:
            with urllib.request.urlopen(f"{self.base}{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read()

    def says(self, words: str) -> None:
        """Wait until it does."""
        with self._news:
            assert self._news.wait_for(lambda: any(words in line for line in self.said), PATIENCE), self.said

    def stop(self) -> int:
        """Ctrl+C."""
        self.process.send_signal(signal.SIGINT)
        return self.ends()

    def ends(self) -> int:
        """Wait until it does; the exit code."""
        code = self.process.wait(PATIENCE)
        self._listener.join()
        return code

    def _listen(self) -> None:
        assert self.process.stderr
        with self.process.stderr as lines:
            for line in lines:
                with self._news:
                    self.said.append(line)
                    self._news.notify_all()


def save(path: Path, text: str) -> None:
    """As most editors do: a new file takes the place of the old one."""
    new = path.with_name(f".{path.name}.swp")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def edit(path: Path, old: str, new: str) -> str:
    """Save with one change, in place; the text as it was."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_digest(root: Path) -> Digest:
    root.mkdir()
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "base.yml")
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    shutil.copytree(REPOSITORY / "site_templates", root / "site_templates")
    shutil.copytree(REPOSITORY / "content/pages", root / "content/pages")
    (root / "content/curators.yml").write_text("ada: {name: Ada}\n", encoding="utf-8")
    digest = Digest(root)
    digest.keep(date(2025, 9, 30), "The day before")
    digest.keep(date(2025, 10, 1), "Zebrafish in a labyrinth")
    return digest


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    return new_digest(tmp_path_factory.mktemp("serve") / "digest")


@pytest.fixture(scope="module")
def served(digest: Digest) -> Iterator[Served]:
    """One server for all tests: each leaves it with a digest that is well."""
    running = Served(digest, free_port())
    running.says("Serving on")
    yield running
    code = running.stop()
    assert (code, [line for line in running.said if "Traceback" in line]) == (0, [])


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[[str], Page]]:
    """Path → the open page."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)

    def open_page(path: str) -> Page:
        page = context.new_page()
        page.goto(f"{served.base}{path}", wait_until="load")
        return page

    yield open_page
    context.close()


def shows(page: Page, words: str) -> None:
    expect(page.get_by_text(words, exact=False).first).to_be_visible(timeout=PATIENCE * 1000)


def lacks(page: Page, words: str) -> None:
    expect(page.get_by_text(words, exact=False)).to_have_count(0, timeout=PATIENCE * 1000)


def test_a_saved_note_shows_and_a_removed_one_goes(digest: Digest, visit: Callable[[str], Page]) -> None:
    """The page that is open reloads by itself, under the policy that the site has."""
    page = visit(DAY)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    path = digest.note("Read *this* first.")
    shows(page, "Read this first.")
    digest.note("Read that.")
    shows(page, "Read that.")
    path.unlink()
    lacks(page, "Read that.")
    assert page.locator("meta[http-equiv='Content-Security-Policy']").count() == 1
    assert complaints == []


def test_a_page_that_shows_nothing_of_a_change_is_left_alone(digest: Digest, visit: Callable[[str], Page]) -> None:
    """Where a reader has scrolled to is not lost for a note on another day."""
    other, changed = visit("2025/09/30/"), visit(DAY)
    other.evaluate("window.isOld = true")
    path = digest.note("Somewhere else.")
    shows(changed, "Somewhere else.")
    path.unlink()
    lacks(changed, "Somewhere else.")
    assert other.evaluate("window.isOld") is True


def test_a_saved_template_shows(digest: Digest, visit: Callable[[str], Page]) -> None:
    """On every page that it makes."""
    day, home = visit(DAY), visit("")
    template = digest.root / "site_templates/pages/_paper.md.j2"
    text = edit(template, "<article", "<p>A line above each paper</p><article")
    shows(day, "A line above each paper")
    shows(home, "A line above each paper")
    save(template, text)
    lacks(day, "A line above each paper")
    lacks(home, "A line above each paper")


def test_theme_and_styles_show(digest: Digest, visit: Callable[[str], Page]) -> None:
    """What all pages share is part of each."""
    page = visit(DAY)
    theme, styles = digest.root / "site_templates/theme/main.html", digest.root / "site_templates/assets/broadsheet.css"
    text, style = edit(theme, '<span id="start"', '<p>Of the theme</p><span id="start"'), styles.read_text("utf-8")
    shows(page, "Of the theme")
    save(styles, f"{style}\nbody {{ outline: 7px solid red }}\n")
    expect(page.locator("body")).to_have_css("outline-width", "7px", timeout=PATIENCE * 1000)
    save(theme, text)
    save(styles, style)
    lacks(page, "Of the theme")


@pytest.mark.parametrize("mistake", ["{% if %}", "{{ nothing.here }}"], ids=["syntax", "while rendering"])
def test_a_broken_template_is_told_and_the_page_stays(
    digest: Digest, served: Served, visit: Callable[[str], Page], mistake: str
) -> None:
    """Whoever asks for a page reads what is wrong; the next save mends both."""
    page = visit(DAY)
    page.evaluate("window.isOld = true")
    template = digest.root / "site_templates/pages/day.md.j2"
    served.said.clear()
    text = edit(template, "\n", f"\n{mistake}\n")
    served.says("day.md.j2")
    other = visit(DAY)
    shows(other, "The page comes back once this is mended.")
    assert "day.md.j2" in other.content()
    assert page.evaluate("window.isOld") is True
    save(template, text.replace("<h1>", "<p>All is well</p><h1>", 1))
    shows(page, "All is well")
    shows(other, "All is well")
    save(template, text)
    lacks(page, "All is well")


def test_bad_settings_are_told_and_mended(digest: Digest, served: Served, visit: Callable[[str], Page]) -> None:
    """The line is named, as by `check`."""
    page = visit("")
    settings = digest.root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    save(settings, text.replace("topics:", "topcs:"))
    served.says("mkdocs.yml:8: unknown setting")
    assert served.get("")[0] == 500
    save(settings, f"{text}site_name: Another name\n")
    expect(page).to_have_title(re.compile("Another name"), timeout=PATIENCE * 1000)
    save(settings, text)
    expect(page).to_have_title(re.compile("Broadsheet"), timeout=PATIENCE * 1000)


def test_a_disk_that_fails_is_told_in_our_words(digest: Digest, served: Served, visit: Callable[[str], Page]) -> None:
    """Where it is known, why, and what to do."""
    template = digest.root / "site_templates/pages/odd.md.j2"
    served.said.clear()
    template.symlink_to(Path("/proc/self/mem"))
    served.says("Input/output error. Make room or give rights there")
    home = visit("")
    shows(home, "Input/output error")
    template.unlink()
    lacks(home, "Input/output error")
    assert not [line for line in served.said if "Errno" in line]


def test_a_new_listing_makes_a_page_and_a_removed_one_takes_it(digest: Digest, visit: Callable[[str], Page]) -> None:
    """Whoever looks at the missing page sees it come, and go; so do those that link to it."""
    page, month = visit("2025/10/02/"), visit("2025/10/")
    shows(page, "There is no such page")
    path = digest.keep(date(2025, 10, 2), "Fresh from the press")
    shows(page, "Fresh from the press")
    shows(month, "Fresh from the press")
    shutil.rmtree(path.parent)
    shows(page, "There is no such page")
    lacks(month, "Fresh from the press")


def test_a_checkout_of_many_files_shows(digest: Digest, visit: Callable[[str], Page], tmp_path: Path) -> None:
    """Folders that come whole, as with git, are seen and watched from then on."""
    elsewhere = Digest(tmp_path)
    for day in range(1, 31):
        elsewhere.keep(date(2024, 4, day), f"Paper of day {day}")
    page = visit("2024/04/30/")
    here = digest.root / "content/listings/2024"
    shutil.copytree(tmp_path / "content/listings/2024", here)
    shows(page, "Paper of day 30")
    digest.keep(date(2024, 4, 30), "Paper of the last day")
    shows(page, "Paper of the last day")
    shutil.rmtree(here)
    shows(page, "There is no such page")


def test_every_file_is_what_a_build_makes(digest: Digest, served: Served) -> None:
    """Byte for byte, the script that reloads aside; and `site/` is written by the build alone."""
    assert not (digest.root / "site").exists()
    command = [sys.executable, "-m", "generator.cli", "build"]
    subprocess.run(command, cwd=digest.root, env=ENVIRONMENT, check=True, capture_output=True)
    built = {
        path.relative_to(digest.root / "site").as_posix(): path.read_bytes()
        for path in (digest.root / "site").rglob("*")
        if path.is_file()
    }
    answers = {name: served.get(name) for name in built}
    shown = {name: SCRIPT.sub(b"", body, count=1) for name, (_, body) in answers.items()}
    assert [name for name in built if shown[name] != built[name]] == []


def test_addresses_work_as_on_a_host(digest: Digest, served: Served) -> None:
    """A folder without its slash, the root of the server, an address that is none, a way out of the site."""
    assert served.get("2025/10/01") == served.get(DAY)
    status, page = served.get("no/such/page")
    assert (status, b"There is no such page" in page, b'href="/sheet/assets/' in page) == (404, True, True)
    with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/{DAY}", timeout=PATIENCE) as answer:
        assert answer.read() == served.get(DAY)[1]
    assert served.get("../mkdocs.yml")[0] == 404
    assert served.get("%2e%2e/mkdocs.yml")[0] == 404
    (digest.root / "site/search").mkdir(parents=True, exist_ok=True)
    assert served.get("search/../../mkdocs.yml")[0] == 404
    assert served.get("search/%2e%2e/%2e%2e/mkdocs.yml")[0] == 404


def test_a_busy_port_is_told(digest: Digest, served: Served) -> None:
    """Which, and what to do; nothing is built first."""
    second = Served(digest, served.port)
    assert second.ends() == 1
    assert f"port {served.port} cannot be used (Address already in use); try --port" in second.said[0]


def test_ctrl_c_ends_it_while_it_still_reads(tmp_path: Path) -> None:
    """At once, with 0, without a word, and without a trace but what is derived."""
    digest = new_digest(tmp_path / "digest")
    for day in range(1, 29):
        digest.keep(date(2024, 2, day), f"Paper of day {day}")
    served = Served(digest, free_port())
    served.says("Serving on")
    assert served.stop() == 0
    assert len(served.said) == 1
    assert list((digest.root / "build").glob("preview-*")) == []


def test_settings_that_entangle_pages_are_built_whole(tmp_path: Path, browser: Browser) -> None:
    """A plugin may look at all pages: the site is built on each save, and shown as built."""
    digest = new_digest(tmp_path / "digest")
    save(digest.root / "mkdocs.yml", f"{SETTINGS}plugins: [search, tags]\n")
    served = Served(digest, free_port())
    served.says("Serving on")
    page = browser.new_page()
    page.goto(f"{served.base}{DAY}")
    digest.note("Built whole.")
    shows(page, "Built whole.")
    page.close()
    assert b"Built whole." in (digest.root / f"site/{DAY}index.html").read_bytes()
    assert served.stop() == 0
