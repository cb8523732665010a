"""axe finds nothing serious on any kind of page, in both colour schemes. Rules: https://dequeuniversity.com/rules/axe/"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.site.conftest import KINDS

AXE = Path(__file__).parents[1] / "js/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's script."""
    if not AXE.exists():
        pytest.fail("axe-core is missing: run npm ci in tests/js")
    return AXE.read_text(encoding="utf-8")


def findings(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in results["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_serious(visit: Callable[..., Page], axe: str, path: str, width: int, scheme: str) -> None:
    """Contrast, names, roles and structure hold, folded parts included."""
    page = visit(path, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert findings(page, axe) == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_serious_in_results(
    searching: Callable[..., Page], axe: str, width: int, scheme: str
) -> None:
    """Papers, marks, conditions and facets."""
    page = searching("search/?q=zebrafish+author:ada", width, scheme)
    page.locator("#search-results mark").first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert findings(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_open_box(searching: Callable[..., Page], axe: str, scheme: str) -> None:
    """Words and papers, one of them chosen."""
    page = searching("2025/10/01/", 1280, scheme)
    page.locator(".box-query").press_sequentially("gr")
    page.locator(".box-options mark").first.wait_for()
    page.keyboard.press("ArrowUp")
    assert findings(page, axe) == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_the_dialog_of_citations(
    visit: Callable[..., Page], axe: str, width: int, scheme: str
) -> None:
    """Nor on the page of a topic behind it, which has a button for it."""
    page = visit("topics/zebrafish/", width, scheme)
    page.get_by_role("button", name="Cite these papers").click()
    page.get_by_role("dialog", name="Cite").wait_for()
    assert findings(page, axe) == []
