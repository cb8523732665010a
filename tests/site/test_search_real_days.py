"""Searches of the site of all real days, in a real browser; skipped where the recorded days are absent.

Every query is made from the days themselves, and what it must find is counted by hand (`real_queries.py`).
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.bench.counting_server import CountingServer
from generator.files import only_one
from tests.site.real_days import Days, Known, build, listings
from tests.site.real_queries import MAKERS, Case

Visit = Callable[..., Page]

SITE = "digests/site/"
SHOWN = 10
ANSWERED = re.compile("paper|index|offline")
"""What a page says when a search has ended."""


@pytest.fixture(scope="session")
def real_site(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Known]]:
    """Where the finished site stands, built once for all processes of a run, and all papers, oldest first."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "real-days"
    with only_one(root.with_suffix(".lock")):
        root.mkdir(exist_ok=True)
        papers = build(root, listings(real_data))
    return root / "site", papers


@pytest.fixture(scope="session")
def papers(real_site: tuple[Path, list[Known]]) -> list[Known]:
    """All papers, oldest first."""
    return real_site[1]


@pytest.fixture(scope="session")
def files(real_site: tuple[Path, list[Known]]) -> Mapping[str, bytes]:
    """The finished site by addresses below its own; a folder's page stands under the folder."""
    site = real_site[0]
    found = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return {re.sub(r"(^|/)index\.html$", r"\1", name): data for name, data in found.items()}


@pytest.fixture(scope="module")
def server(files: Mapping[str, bytes]) -> Iterator[CountingServer]:
    """The site below a path, on a server that does what plain hosts do."""
    with CountingServer({f"{SITE}{name}": data for name, data in files.items()}) as running:
        yield running


@pytest.fixture(scope="module")
def base(server: CountingServer) -> str:
    """The address of the site; `visit` opens its pages and watches them."""
    return f"{server.url}{SITE}"


@pytest.fixture(scope="module")
def one_page(browser: Browser, base: str) -> Iterator[tuple[Page, list[str]]]:
    """A search page in which reader after reader types, and what it must not say or ask for."""
    context = browser.new_context(viewport={"width": 1280, "height": 844})
    page, seen = context.new_page(), list[str]()
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(base) else seen.append(asked.url))
    page.goto(f"{base}search/")
    yield page, seen
    context.close()


def _ask(page: Page, query: str) -> tuple[str, list[str]]:
    """Type it; what the page says, and the anchors of the papers it shows."""
    page.evaluate("document.querySelectorAll('.search-status, #search-results').forEach(e => e.replaceChildren())")
    page.locator("#search-query").fill(query)
    return _answer(page)


def _answer(page: Page) -> tuple[str, list[str]]:
    expect(page.locator(".search-status")).to_have_text(ANSWERED, timeout=30_000)
    hrefs = page.locator("#search-results > li > a").evaluate_all("all => all.map(each => each.hash.slice(1))")
    return page.locator(".search-status").inner_text().strip(), hrefs


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__.strip("_"))
def test_what_is_asked_for_is_found(
    papers: list[Known], one_page: tuple[Page, list[str]], make: Callable[[Days], Case], seed: int
) -> None:
    """As counted by hand: the first papers, no others, in order, and how many."""
    case = make(Days(papers, f"{make.__name__} {seed}"))
    page, seen = one_page
    said, shown = _ask(page, case.query)
    by_anchor = {known.anchor: known for known in papers}
    found = [by_anchor[anchor] for anchor in shown]
    assert tuple(found[: len(case.first)]) == case.first, (case.query, said)
    if case.among is not None:
        assert set(found) <= set(case.among), (case.query, said)
    if case.by:
        wanted = sorted(map(case.by, case.among or ()), reverse=True)[:SHOWN]  # type: ignore[type-var]
        assert list(map(case.by, found)) == wanted, (case.query, said)
        assert len(set(found)) == len(found)
    if case.counted:
        number = len(case.among or ())
        assert said.startswith(f"{number:,} paper" if number else "No paper was found."), (case.query, said)
    assert seen == []


def test_a_typo_in_a_frequent_word_is_mended(papers: list[Known], visit: Visit) -> None:
    """What is searched instead is told, and the papers have it."""
    page = visit("search/?q=reinforcemnet+lerning", 1280)
    said, shown = _answer(page)
    assert "No paper has “reinforcemnet”, so “reinforcement” was searched." in said
    assert "No paper has “lerning”, so “learning” was searched." in said
    by_anchor = {known.anchor: known for known in papers}
    assert all({"reinforc", "learn"} <= by_anchor[anchor].stems for anchor in shown[:5])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("长颈鹿", lambda known: any("长颈鹿" in said for _, _, said in known.notes)),
        ("風の歌", lambda known: "風の歌" in known.paper.title),
        ("author:山田", lambda known: "山田太郎" in known.paper.authors),
    ],
    ids=["note", "title", "author"],
)
def test_scripts_without_blanks_are_searched(
    papers: list[Known], visit: Visit, query: str, wanted: Callable[[Known], bool]
) -> None:
    """In notes, titles and names."""
    _, shown = _answer(visit(f"search/?q={quote(query)}"))
    assert shown[0] in {known.anchor for known in papers if wanted(known)}


HOSTILE = {
    "element": "<img src=x onerror=alert(1)>",
    "element in a condition": 'author:"<img src=x onerror=alert(1)>" title:<svg/onload=alert(2)>',
    "script": "</title><script>alert(3)</script> graph",
    "long": "a" * 10_000,
    "long words": "graph " * 2_000,
    "quotation marks": '"graph "neural" "networks ” “ „',
    "one quotation mark": 'graph "neural',
    "pattern": "(a+)+$ (.*)*^ [a-z]{1,99999} \\",
    "stars": "*" * 5_000,
    "endings": "alyalyalyalyalyalyalyalyalyalyalyalyalyb " * 60,
    "joints": "a-b/c_d.e'" * 1_000,
    "minuses": "-" * 3_000 + "graph",
    "alternatives": "OR " * 3_000,
    "conditions": "author: title:- has:x on:2025-13-45 sort:up year:99999 -sort:date --has:code",
    "address": "javascript:alert(4) http://[::1 https://arxiv.org/abs/" + "9" * 3_000,
    "prototype": "__proto__ constructor toString title:hasOwnProperty topic:__proto__ id:__proto__",
    "marks": "e" + "\u0301" * 4_000 + "\u202e\u0000\ufffd",
    "emoji": "👩‍🔬" * 800,
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries_are_text(visit: Visit, query: str) -> None:
    """They are answered, and show as what they are; nothing runs, nothing is said on the console."""
    page = visit(f"search/?q={quote(query)}", 1280)
    _answer(page)
    assert page.locator("#search-query").input_value() == " ".join(query.split("\n")).strip()
    assert page.locator(".search").locator("img, script, svg, iframe").count() == 0
    assert page.evaluate("document.querySelectorAll('[onerror], [onload], a[href^=\"javascript:\"]').length") == 0
    assert _ask(page, "graph")[1]


KINDS = {
    "page": "search/",
    "manifest": r"search/index\.json",
    "groups": r"search/\w{16}/top\.bin",
    "words": r"search/\w{16}/w/\w+\.bin",
    "lists": r"search/\w{16}/l/\w+\.bin",
    "papers": r"search/\w{16}/r/\w+\.bin",
    "spelling": r"search/\w{16}/s/\w+\.bin",
    "columns": r"search/\w{16}/(?:days|votes)\.bin",
    "days": r"\d{4}/\d\d/\d\d/",
    "search": r"assets/search/\w+\.js",
    "theme": r"assets/[\w./-]+\.(?:css|js|svg)",
}
"""All that a search may ask for, by its path below the site."""


def test_only_known_files_are_asked_for(papers: list[Known], server: CountingServer, visit: Visit) -> None:
    """Words, phrases, typos, conditions and orders: each file is of a kind that the format tells, and of this site."""
    days = Days(papers, "network")
    phrase = next(make(days).query for make in MAKERS if make.__name__ == "_phrase")
    server.take()
    page = visit("search/", 1280)
    for query in ("graph learning", phrase, "reinforcemnet", "year:2024 sort:votes", "author:lee has:code", "topic:a"):
        _ask(page, query)
    asked = [sent.path for sent in server.take()]
    assert all(path.startswith(SITE) for path in asked)
    kinds = {path: _kind(path.removeprefix(SITE)) for path in asked}
    assert [path for path, kind in kinds.items() if kind is None] == []
    assert set(kinds.values()) == set(KINDS)


def _kind(path: str) -> str | None:
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, path)), None)


def test_offline_what_is_kept_answers(papers: list[Known], visit: Visit) -> None:
    """Also what an earlier visit read; of all else the page says so, and goes on when the network is back."""
    days = Days(papers, "offline")
    one, other, never = (_titled(days) for _ in range(3))
    page = visit(f"search/?q={quote(one.query)}", 1280)
    before = _answer(page)
    page.goto(page.url.partition("?")[0] + f"?q={quote(other.query)}")
    assert _answer(page)[1][0] == other.first[0].anchor
    page.context.set_offline(True)
    assert _ask(page, never.query) == ("You are offline, and this part of the index has not been read before.", [])
    said, shown = _ask(page, one.query)
    assert shown == before[1]
    assert said == f"{before[0]} You are offline: only what this browser has kept was searched."
    page.context.set_offline(False)
    assert _ask(page, never.query)[1][0] == never.first[0].anchor


def _titled(days: Days) -> Case:
    return next(make(days) for make in MAKERS if make.__name__ == "_title_in_any_order")


DAMAGED: Mapping[str, tuple[str, Callable[[bytes], bytes | None]]] = {
    "words cut": (r"search/\w+/w/.*", lambda data: data[: len(data) * 2 // 3]),
    "words noise": (r"search/\w+/w/.*", lambda data: bytes(255 - byte for byte in data)),
    "words missing": (r"search/\w+/w/.*", lambda data: None),
    "lists cut": (r"search/\w+/l/.*", lambda data: data[: len(data) // 2]),
    "spelling cut": (r"search/\w+/s/.*", lambda data: data[: len(data) // 2]),
    "papers cut": (r"search/\w+/r/.*", lambda data: data[:100]),
    "papers missing": (r"search/\w+/r/.*", lambda data: None),
    "papers empty": (r"search/\w+/r/.*", lambda data: b""),
    "groups cut": (r"search/\w+/top\.bin", lambda data: data[: len(data) // 2]),
    "groups empty": (r"search/\w+/top\.bin", lambda data: b""),
    "days cut": (r"search/\w+/days\.bin", lambda data: data[:-1]),
    "manifest missing": (r"search/index\.json", lambda data: None),
    "manifest cut": (r"search/index\.json", lambda data: data[:-20]),
    "manifest of another version": (r"search/index\.json", lambda data: data.replace(b'"version":1', b'"version":2')),
    "all segments missing": (r"search/\w{16}/.*", lambda data: None),
}


@pytest.mark.parametrize(("pattern", "damage"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_index_is_told(
    files: Mapping[str, bytes], browser: Browser, pattern: str, damage: Callable[[bytes], bytes | None]
) -> None:
    """A sentence in the page and in the box, no error besides, and the rest of the page works."""
    stored = {f"{SITE}{name}": damage(data) if re.fullmatch(pattern, name) else data for name, data in files.items()}
    errors: list[str] = []
    kept = {name: data for name, data in stored.items() if data is not None}
    with CountingServer(kept) as damaged, browser.new_context(viewport={"width": 1280, "height": 844}) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{damaged.url}{SITE}search/?q=langauge+model+year:2024")
        said, shown = _answer(page)
        assert re.search(r"search index .*; reload the page", said), said
        assert shown == []
        page.locator(".md-tabs").get_by_role("link", name="Archive").click()
        page.wait_for_url("**/archive/")
        page.keyboard.press("/")
        page.keyboard.type("langauge model year:2024")
        expect(page.locator(".box-status")).to_contain_text("search index")
        page.get_by_role("link", name="2024", exact=True).first.click()
        page.wait_for_url("**/2024/**")
    assert errors == []


def test_the_box_finds_papers_on_every_page(papers: list[Known], base: str, visit: Visit) -> None:
    """By key and words: completion, the first five papers and the way to all of them."""
    case = _titled(Days(papers, "box"))
    page = visit(f"{papers[500].day:%Y/%m/%d}/", 1280)
    page.keyboard.press("/")
    page.keyboard.type(case.query)
    options = page.locator(".box-options").get_by_role("option")
    hrefs = options.locator("xpath=self::*[contains(@href, '#')]")
    expect(hrefs).to_have_count(5)
    assert (hrefs.first.get_attribute("href") or "").endswith(f"#{case.first[0].anchor}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}search/?q=**")
    assert _answer(page)[1][0] == case.first[0].anchor
