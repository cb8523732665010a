"""Foreign text is shown as text: it adds no element, no attribute, no script, wherever it stands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

ELEMENTS = """() => [...document.body.querySelectorAll("*")]
    .filter(each => !each.closest("math") && !each.matches("code.tex"))
    .map(each => [each.localName, ...each.getAttributeNames().sort()].join(" "))"""


@pytest.mark.parametrize("is_guarded", [True, False])
def test_hostile_day_is_made_of_the_same_elements_as_a_benign_one(visit: Callable[..., Page], is_guarded: bool) -> None:
    """The whole body has the same elements with the same attributes, formulas aside, even without the policy."""
    hostile = visit("2025/08/05/", bypass_csp=not is_guarded)
    benign = visit("2025/08/06/", bypass_csp=not is_guarded)
    assert hostile.evaluate(ELEMENTS) == benign.evaluate(ELEMENTS)


def test_search_shows_hostile_titles_as_text(visit: Callable[..., Page]) -> None:
    """The search dialog is written by a script: it must not bring markup back to life."""
    page = visit("2025/08/06/", 1280)
    page.locator(".md-search__input").press_sequentially("snow road")
    page.locator(".md-search-result__link").first.wait_for()
    assert page.locator(".md-search-result img").count() == 0
    assert "<img src=x" in page.locator(".md-search-result__list").inner_text()


def test_hostile_links_are_not_there(visit: Callable[..., Page]) -> None:
    """Every address leads to a page of ours or to the web."""
    page = visit("2025/08/05/")
    schemes = page.evaluate("[...new Set([...document.links].map(each => each.protocol))]")
    assert set(schemes) <= {"http:", "https:"}
