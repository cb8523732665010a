"""One page of a built site → what a first visit costs on a slow phone: Chromium, real HTTP, throttled.

docs/bench.md says what each figure means.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from generator.bench.counting_server import CountingServer, Sent
from generator.errors import BroadsheetError
from generator.files import walk
from generator.model import Json

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_CHROMIUM: Final = "/usr/bin/chromium"
_SWITCHES: Final = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()
_PHONE: Final = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
_SLOW_NETWORK: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
_SLOW_PROCESSOR: Final = 4
_PATIENCE: Final = 120_000
"""Milliseconds."""
_SCRIPTS, _STYLES = "assets/javascripts/", "assets/stylesheets/"
"""Where Material's own lie."""
_WATCH: Final = """
window.seen = {lcp: 0, cls: 0, tbt: 0};
const watch = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({type, buffered: true});
watch("largest-contentful-paint", ({startTime}) => { seen.lcp = startTime; });
watch("layout-shift", ({value, hadRecentInput}) => { seen.cls += hadRecentInput ? 0 : value; });
watch("longtask", ({duration}) => { seen.tbt += Math.max(0, duration - 50); });
"""
_COUNT: Final = """() => {
  const walker = document.createTreeWalker(document);
  let nodes = 1;
  while (walker.nextNode()) nodes += 1;
  const count = (selector) => document.querySelectorAll(selector).length;
  return {papers: count("article.paper"), elements: count("*"), nodes};
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What the server sent, what the page holds, milliseconds and the score of layout shift."""

    sent: tuple[Sent, ...]
    counts: Mapping[str, int]
    lcp: float
    cls: float
    tbt: float


def measure_page(site: Path, path: str, runs: int, say: Callable[[str], None]) -> dict[str, Json]:
    """The figures of the page at a site path as one JSON object; `say` gets a line before each step.

    BroadsheetError when the page, Playwright or Chromium is not there.
    """
    load = round(os.getloadavg()[0], 2)
    with CountingServer(_files(site, path)) as server, _chromium() as browser:
        say(f"{runs} first visits")
        visits = [_visit(browser, server, path, without=()) for _ in range(runs)]
        say(f"{runs} without Material's script")
        own = [_visit(browser, server, path, without=(_SCRIPTS,)) for _ in range(runs)]
    return figures(path, visits, own) | {"runs": runs, "load": load}


def figures(path: str, visits: Sequence[Visit], own: Sequence[Visit]) -> dict[str, Json]:
    """Medians of times; bytes, requests and nodes are the same each time, and those of the last visit."""
    sent = visits[-1].sent
    material = [each for each in sent if each.path.startswith((_SCRIPTS, _STYLES))]
    ours = [each for each in sent if each not in material]
    parts = {"html": ("/",), "css": (".css",), "js": (".js",), "ours": ("/", ".css", ".js")}
    sizes: dict[str, Json] = {
        name: _kb([each for each in ours if f"/{each.path}".endswith(ends)]) for name, ends in parts.items()
    }
    sizes |= {"material": _kb(material), "all": _kb(sent)}
    return {
        "page": path,
        **visits[-1].counts,
        "requests": len(sent),
        "kb": sizes,
        "lcp_ms": round(median(visit.lcp for visit in visits)),
        "cls": round(max(visit.cls for visit in visits), 4),
        "tbt_ms": {
            "all": round(median(visit.tbt for visit in visits)),
            "ours": round(median(visit.tbt for visit in own)),
        },
    }


def _files(site: Path, path: str) -> dict[str, bytes]:
    """All that a first visit may ask for, by its address."""
    page = site / path / "index.html"
    if not page.is_file():
        raise BroadsheetError(f"{page} is not there: run broadsheet build, or name another page, such as 2025/10/01/")
    assets = {f"assets/{name}": site / "assets" / name for name, _ in walk(site / "assets")}
    at_root = {file.name: file for file in site.iterdir() if file.is_file() and file.suffix != ".html"}
    return {name: file.read_bytes() for name, file in {**assets, **at_root, path: page}.items()}


@contextmanager
def _chromium() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise BroadsheetError("Playwright is not there, which drives the browser: run make test once") from error
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_SWITCHES)
        except Error as error:
            raise BroadsheetError(f"{_CHROMIUM} does not start: apt install chromium") from error
        with browser:
            yield browser


def _visit(browser: "Browser", server: CountingServer, path: str, without: Sequence[str]) -> Visit:
    """Of a reader who was never here; `without` the files below these folders."""
    page = browser.new_context(**_PHONE).new_page()  # type: ignore[arg-type]
    for folder in without:
        page.route(f"**/{folder}**", lambda route: route.abort())
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _SLOW_NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOW_PROCESSOR})
    server.take()
    seen = _read(page, server.url + path)
    counts: dict[str, int] = page.evaluate(_COUNT)
    visit = Visit(server.take(), counts, seen["lcp"], seen["cls"], seen["tbt"])
    page.context.close()
    return visit


def _read(page: "Page", address: str) -> dict[str, Any]:
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="load", timeout=_PATIENCE)
    page.wait_for_load_state("networkidle", timeout=_PATIENCE)
    seen: dict[str, Any] = page.evaluate("seen")
    return seen


def _kb(sent: Sequence[Sent]) -> float:
    return round(sum(each.body for each in sent) / 1000, 1)
