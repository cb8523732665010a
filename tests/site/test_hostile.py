"""Foreign text is shown as text: it adds no element, no attribute, no script, wherever it stands."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

ELEMENTS = """() => [...document.body.querySelectorAll("*")]
    .filter(each => !each.closest("math") && !each.matches("code.tex"))
    .map(each => [each.localName, ...each.getAttributeNames().sort()].join(" "))"""


@pytest.mark.parametrize("is_guarded", [True, False])
def test_hostile_day_is_made_of_the_same_elements_as_a_benign_one(visit: Callable[..., Page], is_guarded: bool) -> None:
    """The whole body has the same elements with the same attributes, formulas aside, even without the policy."""
    hostile = visit("2025/08/05/", bypass_csp=not is_guarded)
    benign = visit("2025/08/06/", bypass_csp=not is_guarded)
    assert hostile.evaluate(ELEMENTS) == benign.evaluate(ELEMENTS)


HOSTILE_QUERIES = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    '"' * 501,
    "(a+)+$ [ \\ ) *",
    "x" * 10_000,
    "\x00 \u202e %00 &amp; ?q=&like=",
)


@pytest.mark.parametrize("text", HOSTILE_QUERIES, ids=lambda text: text[:20])
def test_search_shows_what_is_typed_and_found_as_text(searching: Callable[..., Page], text: str) -> None:
    """A script writes the results: neither the address nor a paper brings markup to life, and the page still works."""
    page = searching(f"search/?q={quote(text)}+year:2025", 1280)
    expect(page.locator("#search-results > li")).to_have_count(10)
    assert page.locator(".search :is(img, script, b)").count() == 0
    assert "Graph <img src=x onerror=alert(1)>" in page.locator("#search-results").inner_text()
    assert set(page.evaluate("[...new Set([...document.links].map(each => each.protocol))]")) <= {"http:", "https:"}
    page.locator("#search-query").fill("graph")
    expect(page).to_have_url(re.compile(r"\?q=graph$"))


def test_the_box_shows_hostile_titles_as_text(searching: Callable[..., Page]) -> None:
    """Also those that stand in the header of every page."""
    page = searching("2025/08/06/", 1280)
    page.locator(".box-query").press_sequentially("<b>gr")
    expect(page.locator(".box-options")).to_contain_text("<b>graph")
    assert page.locator(".box-options :is(img, b)").count() == 0


def test_hostile_links_are_not_there(visit: Callable[..., Page]) -> None:
    """Every address leads to a page of ours, to the web, or in a message to the owner."""
    page = visit("2025/08/05/")
    found = page.evaluate("[...document.links].map(each => each.href)")
    assert [href for href in found if not href.startswith(("http:", "https:", "mailto:notes@sheet.example?"))] == []
