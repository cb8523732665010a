"""Searches of the whole site, from the page a reader types in to the index that the build wrote."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def _first(page: Page) -> str:
    link = page.locator("#search-results > li > a").first
    link.wait_for()
    return (link.get_attribute("href") or "").rpartition("#")[2]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_home_leads_to_a_paper_by_a_word_of_its_abstract(visit: Visit, base: str, width: int, scheme: str) -> None:
    """In the header's box, or on a phone on the page behind the glass."""
    page = visit("", width, scheme)
    if width < 1000:
        page.locator(".md-header").get_by_role("link", name="Search").click()
        page.locator("#search-query").press_sequentially("labyrinthine")
        page.locator("#search-results > li > a").first.click()
    else:
        page.keyboard.press("/")
        page.keyboard.type("labyrinthine")
        page.get_by_role("option", name="Zebrafish").click()
    page.wait_for_url(f"{base}2025/10/01/#2509.00001")
    expect(page.locator("[id='2509.00001-title']")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("query", "anchor"),
    [
        ("costs", "2509.00001"),
        ('"labyrinthine tank"', "2509.00001"),
        ("author:number has:code", "2509.00001"),
        ("has:pick curator:ada topic:zebrafish year:2025", "2509.00001"),
        ("org:aquarium sort:votes", "2509.00001"),
        ("https://arxiv.org/abs/2509.00003v2", "2509.00003"),
        ("要旨", "2509.00004"),
        ("بالعربية", "2509.00003"),
        ("snow road <img onerror", "2509.10001"),
    ],
)
def test_what_is_asked_for_comes_first(visit: Visit, query: str, anchor: str) -> None:
    """The end of an abstract, a phrase, operators, an address, other scripts, hostile text."""
    page = visit("search/")
    page.locator("#search-query").fill(query)
    assert _first(page) == anchor


def test_a_paper_leads_to_papers_like_it(visit: Visit) -> None:
    """From its place on the page of its day, to others and not to itself."""
    page = visit("2025/09/29/")
    page.locator("[id='2509.00005'] .more > summary").click()
    page.locator("[id='2509.00005']").get_by_role("link", name="Papers like this one").click()
    expect(page.locator(".search-status")).to_have_text("Papers like Paper number 5 of the test")
    assert _first(page) in ("2509.00006", "2509.00008")


def test_a_typo_is_mended_and_told(visit: Visit) -> None:
    """By a word that papers have."""
    page = visit("search/?q=ownd")
    expect(page.locator(".search-status")).to_contain_text("No paper has “ownd”, so “owned” was searched.")
    assert _first(page)


def test_what_was_fetched_still_answers_without_a_network(visit: Visit) -> None:
    """The page that stays open says what it cannot know, and goes on with what it has."""
    page = visit("search/?q=labyrinthine")
    assert _first(page) == "2509.00001"
    page.context.set_offline(True)
    page.locator("#search-query").fill("supercalifragilistic")
    expect(page.locator(".search-status")).to_contain_text("offline")
    page.locator("#search-query").fill("labyrinthine")
    assert _first(page) == "2509.00001"
