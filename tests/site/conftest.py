"""A real site in a real browser: built once by the command line, served on loopback below a sub-path.

The browser is Debian's Chromium. Every page that a test visits is watched: a request that leaves loopback, a word on
the console, an uncaught error or a dialog fails the test.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.archive import Archive
from generator.model import Listing, Paper, Signals, State

REPOSITORY = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()
SUB_PATH = "sheet"
PLAYED_CLIENT = Path(__file__).with_name("played_client.js")
KINDS = (
    "",
    "2025/10/01/",
    "2025/10/02/",
    "2025/W40/",
    "2025/10/",
    "2025/",
    "archive/",
    "topics/",
    "topics/zebrafish/",
    "topics/zebrafish/2025-10/",
    "topics/nothing-yet/2025-10/",
    "stats/",
    "curators/",
    "curators/ada/",
    "curators/github.eve-1/",
    "papers/2509.00001/",
    "search/",
    "saved/",
    "about/",
    "contribute/",
    "404.html",
)
"""One page of every kind that the site has."""
FETCHED = datetime(2025, 10, 3, 6, 30, tzinfo=UTC)

SETTINGS = f"""
INHERIT: base.yml
site_url: https://sheet.example/{SUB_PATH}/
repo_url: https://github.com/example/sheet
extra:
  broadsheet:
    contributing: {{email: notes@sheet.example}}
    sources:
      test: {{type: huggingface, url: "http://127.0.0.1:9"}}
    topics:
      - {{name: Zebrafish, any: [zebrafish]}}
      - {{name: Nothing yet, any: [quokka]}}
"""

OWN_HOSTILE = (
    ("title", "</h2></article></div></main><h1 id=x>Owned by a title"),
    ("title", "Snow <img src=x onerror=alert(1)> and <svg onload=alert(2)> on the road"),
    ("abstract", "``` and ~~~ and [TOC] and {{ 7*7 }} and --> <script>alert(3)</script> <!-- $\\text{<b>}$"),
    ("author", '"><script>alert(4)</script>'),
    ("url", "javascript:alert(5)"),
)
"""Field and payload: a few cases that are always there, besides those of the real data."""

AWKWARD = (
    "Of \"quotes\" & 'apostrophes' in one title",
    "Learning # hashes, 100 % of them, a+b=c?",
    "\u9b5a\u306e\u5b66\u7fd2" * 75,
    "\U0001f41f fish " * 60,
    "</textarea><script>alert(6)</script> closes a form",
    "First line\nsecond line: not the paper",
    "Fish: a survey - of: - everything {x} [y] *z",
    "--- three dashes --- and ... dots",
    "It is signed curator: github:your-login by your-login",
)
"""Titles that addresses, forms and YAML might trip over."""


def _paper(number: int, **fields: Any) -> Paper:
    known = {"title": f"Paper number {number} of the test", "abstract": f"Abstract {number} says little."} | fields
    return Paper(id=f"arxiv:2509.{number:05d}", **known)


def _ordinary_days() -> Iterator[Listing]:
    papers = (
        _paper(
            1,
            title="Zebrafish learn $K$ tricks: $O(n^2)$ at most",
            abstract="We watch a zebrafish in a labyrinthine tank. " * 12 + "It costs $5 and $10.",
            authors=tuple(f"Author Number {n}" for n in range(1, 43)),
            categories=("q-bio.NC", "cs.LG"),
            links={"pdf": "https://arxiv.org/pdf/2509.00001", "code": "https://code.example/fish"},
            submitted=datetime(2025, 9, 28, tzinfo=UTC),
            signals=Signals(votes=163, comments=3, stars=1200),
            comment="12 pages",
            version=2,
            extra={
                "organization": {"name": "aqua", "fullname": "Aquarium"},
                "submitter": {"user": "ada"},
                "ai_summary": "Fish learn.",
                "ai_model": "Model 7",
                "ai_keywords": ["fish", "learning"],
            },
        ),
        _paper(2, title="Supercalifragilistic" * 20, abstract="Unbreakable" * 200, withdrawn=True),
        _paper(3, title="عنوان بالعربية", abstract="ملخص قصير للبحث بالعربية.", authors=("علي", "Bob")),
        _paper(4, title="紙のタイトル", abstract="要旨はここにあります。" * 30, authors=("山田太郎",)),
    )
    yield Listing("test", date(2025, 10, 1), State.ANNOUNCED, FETCHED, papers)
    yield Listing("test", date(2025, 9, 29), State.ANNOUNCED, FETCHED, (_paper(5), _paper(6)))
    yield Listing("test", date(2025, 9, 30), State.NONE, FETCHED)
    yield Listing("test", date(2025, 10, 2), State.FAILED, FETCHED, (), "answered 503 four times <b>")
    awkward = tuple(_paper(100 + number, title=title) for number, title in enumerate(AWKWARD))
    yield Listing("test", date(2025, 7, 15), State.ANNOUNCED, FETCHED, awkward)
    yield Listing("test", date(2025, 10, 3), State.OPEN, FETCHED, (_paper(7), papers[0]))


def _real_hostile() -> Iterator[tuple[str, str, str]]:
    folder = os.environ.get("BROADSHEET_REAL_DATA")
    path = Path(folder, "hostile.json") if folder else None
    if path and path.exists():
        for case in json.loads(path.read_text(encoding="utf-8")):
            if case["field"] in ("title", "abstract", "author", "url") and case["must"] != "reject-record":
                yield case["field"], _expanded(case["payload"]), case["must"]


def _expanded(payload: str | dict[str, Any]) -> str:
    if isinstance(payload, str):
        return payload
    return f"{payload.get('prefix', '')}{payload['repeat'] * payload['times']}{payload.get('suffix', '')}"


def _fields(field: str, payload: str | None, is_dropped: bool) -> dict[str, Any]:
    """One paper's fields: the payload in its place, or benign text; a link that must be dropped has no twin."""
    fields: dict[str, Any] = {"abstract": "A plain abstract.", "authors": ("Ann", "Bob"), "links": {}}
    match field:
        case "author":
            fields["authors"] = ("Ann", payload or "Eve")
        case "url":
            fields["links"] = {"project": payload} if payload else {}
            if not payload and not is_dropped:
                fields["links"] = {"project": "https://ok.example/"}
        case _ if payload is not None:
            fields[field] = payload
    return fields


def _hostile_days() -> Iterator[Listing]:
    """2025-08-05 holds hostile papers, 2025-08-06 the same number of benign ones of the same shape."""
    cases = [*((field, payload, "drop-link") for field, payload in OWN_HOSTILE), *_real_hostile()]
    hostile = [_paper(10_000 + n, **_fields(field, payload, False)) for n, (field, payload, _) in enumerate(cases)]
    benign = [_paper(20_000 + n, **_fields(f, None, must == "drop-link")) for n, (f, _, must) in enumerate(cases)]
    yield Listing("test", date(2025, 8, 5), State.ANNOUNCED, FETCHED, tuple(hostile))
    yield Listing("test", date(2025, 8, 6), State.ANNOUNCED, FETCHED, tuple(benign))
    yield Listing("test", date(2025, 8, 4), State.ANNOUNCED, FETCHED, (_paper(8),))


def _write_note(content: Path) -> None:
    (content / "curators.yml").write_text("ada: {name: Ada Lovelace, link: https://ada.example/}\n", encoding="utf-8")
    path = content / "notes/2025/10/2509.00001-ada.md"
    path.parent.mkdir(parents=True)
    head = '---\npaper: "2509.00001"\ncurator: ada\npick: true\n---\n'
    path.write_text(f"{head}Read *this* first.\n\n- It is [short](https://ok.example/).\n", encoding="utf-8")
    other = head.replace("ada", "github:eve-1").replace("pick: true\n", "")
    path.with_name("2509.00001-eve-1.md").write_text(f"{other}Doubt *that* & more.\n", encoding="utf-8")


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest repository with the shipped looks and hand-written pages, and days of our own."""
    root = tmp_path_factory.mktemp("digest")
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "base.yml")
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    shutil.copytree(REPOSITORY / "site_templates", root / "site_templates")
    shutil.copytree(REPOSITORY / "content/pages", root / "content/pages")
    archive = Archive(root / "content")
    for listing in (*_ordinary_days(), *_hostile_days()):
        archive.keep(listing)
    _write_note(root / "content")
    return root


@pytest.fixture(scope="session")
def built(repository: Path) -> Path:
    """The finished site, by `broadsheet build`; the Markdown tree of `broadsheet pages` lies beside it."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    for name in ("build", "pages"):
        command = [sys.executable, "-m", "generator.cli", name]
        done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return repository / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture(scope="session")
def base(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, ending in a slash."""
    root = tmp_path_factory.mktemp("served")
    (root / SUB_PATH).symlink_to(built)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Further switches → Chromium, which its caller closes."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*SWITCHES, *more])


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    """Chromium, started once."""
    started = launch()
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Callable[..., Page]]:
    """Path, width, colour scheme → the open page, watched until the test ends."""
    seen: list[str] = []
    contexts = []

    def open_page(path: str = "", width: int = 390, scheme: str = "light", **options: Any) -> Page:
        viewport = {"width": width, "height": 844}
        context = browser.new_context(viewport=viewport, color_scheme=scheme, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: seen.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda asked: None if asked.url.startswith((base, "data:")) else seen.append(asked.url))
        page.goto(f"{base}{path}", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


@pytest.fixture
def searching(visit: Callable[..., Page], base: str) -> Callable[..., Page]:
    """As `visit`; searches are answered by `played_client.js`."""

    def open_page(path: str, *where: Any) -> Page:
        page = visit("about/", *where)
        page.route("**/assets/search/client.js", lambda route: route.fulfill(path=PLAYED_CLIENT))
        page.goto(f"{base}{path}", wait_until="load")
        return page

    return open_page
