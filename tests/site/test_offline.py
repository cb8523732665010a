"""Pages that were read are there without a network; with one, nobody reads an old page.

The site stands at a name of its own, since no worker is wanted at a machine's own addresses.
"""

import functools
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

DAY, NEXT_DAY, NEVER_READ = "2025/10/01/", "2025/10/03/", "2025/09/29/"
SITE, OTHER_SITE = "sheet", "other"
KEPT = """async (name) => {
  for (const each of await caches.keys())
    if (each.includes(` ${name} `)) return (await (await caches.open(each)).keys()).map(({url}) => url);
  return [];
}"""
HAS_WORKER = "navigator.serviceWorker.controller"
UNTIL = "async () => { while (!await (CONDITION)) await new Promise((resolve) => setTimeout(resolve, 20)); }"
"""Playwright's own waiting wants `eval`, which the policy of the pages forbids."""


class _Host(SimpleHTTPRequestHandler):
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        """Remember what was asked for."""
        self.asked.append(self.path)
        super().do_GET()

    def end_headers(self) -> None:
        """Pages may be kept ten minutes, as by GitHub; their looks have to be asked for each time."""
        self.send_header("Cache-Control", "no-cache" if "/assets/" in self.path else "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """What the host serves: a copy of the site below one sub-path, and the same below another."""
    shutil.copytree(built, tmp_path / SITE)
    (tmp_path / OTHER_SITE).symlink_to(built)
    return tmp_path


@pytest.fixture
def asked() -> list[str]:
    """The paths that the host was asked for."""
    return []


@pytest.fixture
def host(root: Path, asked: list[str]) -> Iterator[str]:
    """The address of the host, ending in a slash."""
    handler = type("Handler", (_Host,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://sheet.example:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def named_browser(launch: Callable[..., Browser], host: str) -> Iterator[Browser]:
    """Chromium, which finds the name on loopback and trusts it as if it came over TLS."""
    started = launch(
        "--host-resolver-rules=MAP sheet.example 127.0.0.1",
        f"--unsafely-treat-insecure-origin-as-secure={host.rstrip('/')}",
    )
    yield started
    started.close()


@pytest.fixture
def reader(named_browser: Browser) -> BrowserContext:
    """A reader on a phone who has never been here."""
    return named_browser.new_context(viewport={"width": 390, "height": 844})


def _first_visit(reader: BrowserContext, address: str) -> Page:
    """The page, once a worker has kept it."""
    page = reader.new_page()
    page.goto(address)
    _wait(page, HAS_WORKER)
    _wait(page, f"({KEPT})('pages').then((urls) => urls.includes({address!r}))")
    for name in ("broadsheet.css", ".min.js", "offline.js"):
        _wait(page, f"({KEPT})('assets').then((urls) => urls.some((url) => url.endsWith({name!r})))")
    return page


def _wait(page: Page, condition: str) -> None:
    """Until it is true in the page, or its browser is closed by the test's own limit."""
    page.evaluate(UNTIL.replace("CONDITION", condition))


def _kept(page: Page, name: str) -> list[str]:
    kept: list[str] = page.evaluate(KEPT, name)
    return kept


def test_first_page_is_there_offline_with_its_looks(reader: BrowserContext, host: str) -> None:
    """It came before the worker did, and is kept all the same."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    reader.set_offline(True)
    page.reload()
    expect(page.locator("[id='2509.00001'] .abstract")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.paper-title')).fontSize") != "16px"


def test_pages_read_since_are_there_offline(reader: BrowserContext, host: str) -> None:
    """By link and by address, with their anchors."""
    page = _first_visit(reader, f"{host}{SITE}/")
    for path in (DAY, NEXT_DAY):
        page.goto(f"{host}{SITE}/{path}")
    reader.set_offline(True)
    page.goto(f"{host}{SITE}/")
    page.locator("#trending ~ ol a", has_text="Zebrafish").click()
    page.wait_for_url(f"{host}{SITE}/{DAY}#2509.00001")
    page.locator(".turn-next").first.click()
    page.wait_for_url(f"{host}{SITE}/{NEXT_DAY}")


def test_page_never_read_says_what_was(reader: BrowserContext, host: str) -> None:
    """The newest first; each leads to its page."""
    page = _first_visit(reader, f"{host}{SITE}/{NEXT_DAY}")
    page.goto(f"{host}{SITE}/{DAY}")
    reader.set_offline(True)
    page.goto(f"{host}{SITE}/{NEVER_READ}")
    expect(page.locator("h1")).to_have_text("You are offline")
    assert page.locator("li").all_inner_texts() == ["Wednesday, 1 October 2025", "Friday, 3 October 2025"]
    page.get_by_text("Wednesday, 1 October 2025").click()
    page.wait_for_url(f"{host}{SITE}/{DAY}")


def test_page_never_read_comes_when_the_network_is_back(reader: BrowserContext, host: str) -> None:
    """Its address stands, so that trying again is a click."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    reader.set_offline(True)
    page.goto(f"{host}{SITE}/{NEVER_READ}")
    reader.set_offline(False)
    page.get_by_text("Try again").click()
    expect(page.locator("article.paper").first).to_be_visible()


def test_home_page_is_never_stale_online(reader: BrowserContext, host: str, root: Path) -> None:
    """Not even where the host allows ten minutes."""
    page = _first_visit(reader, f"{host}{SITE}/")
    home = root / SITE / "index.html"
    home.write_text(re.sub("<title>[^<]*", "<title>A new day", home.read_text("utf-8")), encoding="utf-8")
    page.goto(f"{host}{SITE}/")
    assert page.title() == "A new day"
    reader.set_offline(True)
    page.goto(f"{host}{SITE}/")
    assert page.title() == "A new day"


def test_files_named_by_their_content_are_asked_for_once(reader: BrowserContext, host: str, asked: list[str]) -> None:
    """Others may have changed with a deployment."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    asked.clear()
    page.goto(f"{host}{SITE}/{NEXT_DAY}")
    assert f"/{SITE}/assets/broadsheet.css" in asked
    assert [path for path in asked if ".min." in path] == []


def test_no_more_than_sixty_pages_are_kept(reader: BrowserContext, host: str, root: Path) -> None:
    """The oldest go first; reading one again makes it new."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    made = [f"made/{number}/" for number in range(61)]
    for path in made:
        (root / SITE / path).mkdir(parents=True)
        (root / SITE / path / "index.html").write_text("<!doctype html><title>Made</title>", encoding="utf-8")
        page.goto(f"{host}{SITE}/{path}")
        if path == made[30]:
            page.goto(f"{host}{SITE}/{DAY}")
    _wait(page, f"({KEPT})('pages').then((urls) => urls.length === 60 && urls.at(-1).includes('/60/'))")
    assert [url.removeprefix(f"{host}{SITE}/") for url in _kept(page, "pages")] == [*made[2:31], DAY, *made[31:]]


def test_no_more_than_sixteen_megabytes_are_kept(reader: BrowserContext, host: str, root: Path) -> None:
    """Pages of six: two remain."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    large = "<!doctype html><title>Large</title><!--" + 6_000_000 * "x" + "-->"
    for number in range(3):
        (root / SITE / f"large-{number}.html").write_text(large, encoding="utf-8")
        page.goto(f"{host}{SITE}/large-{number}.html")
    wanted = [f"{host}{SITE}/large-{number}.html" for number in (1, 2)]
    _wait(page, f"({KEPT})('pages').then((urls) => JSON.stringify(urls) === JSON.stringify({wanted}))")


def test_sites_on_one_host_keep_apart(reader: BrowserContext, host: str) -> None:
    """As the projects of one owner do."""
    _first_visit(reader, f"{host}{SITE}/{DAY}")
    page = reader.new_page()
    page.goto(f"{host}{OTHER_SITE}/")
    _wait(page, HAS_WORKER)
    reader.set_offline(True)
    page.goto(f"{host}{OTHER_SITE}/{DAY}")
    expect(page.locator("h1")).to_have_text("You are offline")


def test_wrong_addresses_and_queries_are_not_kept(reader: BrowserContext, host: str) -> None:
    """What was searched for is nobody's business; the search page itself comes without a network, too."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    page.goto(f"{host}{SITE}/nowhere/")
    page.goto(f"{host}{SITE}/search/?q=fish")
    page.goto(f"{host}{SITE}/search/")
    _wait(page, f"({KEPT})('pages').then((urls) => urls.some((url) => url.endsWith('/search/')))")
    assert _kept(page, "pages") == [f"{host}{SITE}/{DAY}", f"{host}{SITE}/search/"]
    reader.set_offline(True)
    page.goto(f"{host}{SITE}/search/?q=fish")
    expect(page.locator(".search-status")).to_contain_text("offline")


def test_another_form_of_the_caches_replaces_the_old_one(reader: BrowserContext, host: str, root: Path) -> None:
    """A new program forgets what it cannot read; what search keeps is its own."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    page.evaluate("caches.open('broadsheet kept by search')")
    worker = root / SITE / "sw.js"
    worker.write_text(worker.read_text("utf-8").replace("pages 1`", "pages 2`"), encoding="utf-8")
    page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
    _wait(page, "caches.keys().then((names) => !names.some((name) => name.endsWith('pages 1')))")
    assert "broadsheet kept by search" in page.evaluate("caches.keys()")
    page.goto(f"{host}{SITE}/{NEXT_DAY}")
    _wait(page, "caches.keys().then((names) => names.some((name) => name.endsWith('pages 2')))")


def test_no_worker_at_a_machines_own_address(browser: Browser, base: str) -> None:
    """A preview shows what is there."""
    page = browser.new_page()
    page.goto(f"{base}{DAY}", wait_until="networkidle")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    page.context.close()


def test_chromium_finds_all_that_installing_needs(reader: BrowserContext, host: str) -> None:
    """It names what is wrong with a manifest."""
    page = _first_visit(reader, f"{host}{SITE}/{DAY}")
    session = reader.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{host}{SITE}/manifest.webmanifest"
    wrong = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {each["errorId"] for each in wrong} <= {"in-incognito"}  # as all contexts of tests are
