"""The search page and the box in the header, with `played_client.js` behind them: what readers see, type and press."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Searching = Callable[..., Page]


def _status(page: Page) -> str:
    return page.locator(".search-status").inner_text().strip()


def _address(base: str, query: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(f'{base}search/?{query}')}$")


def test_results_come_while_one_types(searching: Searching, base: str) -> None:
    """The address follows, so it can be copied; words are marked; a title leads to its paper below any path."""
    page = searching("search/", 1280)
    expect(page.locator("#search-query")).to_be_focused()
    page.keyboard.type("graph")
    first = page.locator("#search-results > li").first
    expect(first.locator("> a mark")).to_have_text(["Graph", "zébrafish"])
    expect(page).to_have_url(_address(base, "q=graph"))
    assert _status(page) == "23 papers."
    first.locator("> a").click()
    page.wait_for_url(f"{base}2025/10/01/#2509.00001")


def test_a_result_says_what_it_is_and_why_it_came(searching: Searching) -> None:
    """Day, authors, beginning, badges; words or meaning."""
    page = searching("search/?q=graph", 1280)
    shown = page.locator("#search-results > li")
    expect(shown.nth(0).locator(".line-facts")).to_have_text("1 October 2025 · Ada Lovelace, 山田太郎 · Aquarium")
    expect(shown.nth(0).locator(".found-text")).to_have_text("We watch a zebrafish & <b>wait</b>…")
    badges = ["Pick", "Note by Ada Lovelace", "Code", "1,163 votes", "Zebrafish"]
    expect(shown.nth(0).locator(".badge")).to_have_text(badges)
    expect(shown.nth(0).locator(".found-why")).to_contain_text("Has: zebrafish, graph")
    expect(shown.nth(1).locator(".badge")).to_have_text(["Withdrawn", "Zebrafish"])
    expect(shown.nth(2).locator(".found-why")).to_contain_text("Close in meaning")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("rough", "About 23 papers."),
        ("grpah", "23 papers. No paper has “grpah”, so “graph” was searched."),
        ("colour:red", "23 papers. colour: is no operator, so it was searched as text."),
        ("offline", "23 papers. You are offline: only what this browser has kept was searched."),
        ("nothing", "No paper was found. Try other words or fewer conditions; the archive has every paper."),
    ],
)
def test_what_a_reader_should_know_is_said(searching: Searching, query: str, words: str) -> None:
    """How many, how sure, what was corrected, what was not understood, what else to try."""
    page = searching(f"search/?q={query}", 390)
    expect(page.locator(".search-status")).to_have_text(words)


def test_a_condition_is_added_and_taken_away(searching: Searching, base: str) -> None:
    """Each facet says how many papers it leaves; one that is on can be taken off."""
    page = searching("search/?q=graph", 1280)
    facets = page.locator(".search-facets li")
    expect(facets).to_have_text(["Zebrafish 12", "2025 about 1,234", "Ada Lovelace 1", "code 4"])
    page.locator(".search-facets a", has_text="Ada Lovelace").click()
    expect(page).to_have_url(_address(base, "q=graph+curator%3A%22Ada+Lovelace%22"))
    expect(page.locator(".search-status")).to_be_focused()
    expect(page.locator("#search-query")).to_have_value('graph curator:"Ada Lovelace"')
    expect(facets).to_have_text(["Zebrafish 12", "2025 about 1,234", "code 4"])
    page.get_by_role("link", name='Take away curator:"Ada Lovelace"').click()
    expect(page).to_have_url(_address(base, "q=graph"))


def test_the_order_can_be_chosen(searching: Searching, base: str) -> None:
    """Best, newest or most voted first; conditions stay."""
    page = searching("search/?q=sort:votes+graph+year:2025", 1280)
    current = page.locator(".search-order [aria-current=true]")
    expect(current).to_have_text("Most votes first")
    page.get_by_role("link", name="Newest first").click()
    expect(page).to_have_url(_address(base, "q=graph+year%3A2025+sort%3Adate"))
    expect(current).to_have_text("Newest first")
    page.get_by_role("link", name="Best first").click()
    expect(page).to_have_url(_address(base, "q=graph+year%3A2025"))


def test_more_papers_are_shown_until_there_are_no_more(searching: Searching) -> None:
    """The first new one has the focus, so that a keyboard goes on there."""
    page = searching("search/?q=graph", 390)
    shown, more = page.locator("#search-results > li"), page.get_by_role("button", name="Show more")
    expect(shown).to_have_count(10)
    more.click()
    expect(shown).to_have_count(20)
    expect(shown.nth(10).locator("> a")).to_be_focused()
    more.click()
    expect(shown).to_have_count(23)
    expect(more).to_be_hidden()


def test_papers_like_one_are_shown(searching: Searching, base: str) -> None:
    """From a result and from a paper's page; an id that is nowhere is named."""
    page = searching("search/?q=graph", 390)
    page.get_by_role("link", name="Papers like this one").first.click()
    expect(page).to_have_url(_address(base, "like=2509.00001"))
    expect(page.locator(".search-status")).to_contain_text("Papers like Graph <img src=x")
    expect(page.locator("#search-results > li")).to_have_count(5)
    page.goto(f"{base}search/?like=none")
    expect(page.locator(".search-status")).to_have_text("No paper has the id none.")


def test_back_leads_through_searches_that_were_sent(searching: Searching, base: str) -> None:
    """Not through every letter typed."""
    page = searching("search/?q=one", 1280)
    expect(page.locator("#search-results > li")).to_have_count(10)
    for text in ("two", "three"):
        page.locator("#search-query").fill(text)
        expect(page).to_have_url(_address(base, f"q={text}"))
        page.keyboard.press("Enter")
    for text in ("two", "one"):
        page.go_back()
        expect(page.locator("#search-query")).to_have_value(text)
        expect(page).to_have_title(re.compile(f"^{text} - Search"))


def test_last_searches_are_kept_here_until_they_are_forgotten(searching: Searching, base: str) -> None:
    """What was sent, not every letter; newest first."""
    page = searching("search/?q=one", 1280)
    page.locator("#search-query").fill("two")
    page.keyboard.press("Enter")
    page.goto(f"{base}search/")
    kept = page.locator("#search-results > li")
    expect(kept).to_have_text(["two", "one"])
    page.get_by_role("button", name="Forget them").click()
    expect(kept).to_have_count(0)
    page.reload()
    expect(page.locator(".search-plain")).to_be_hidden()
    expect(kept).to_have_count(0)


def test_trouble_is_told_and_the_page_goes_on(searching: Searching, base: str) -> None:
    """The sentence of the error stands there instead of results, in the page and in the box; the next search works."""
    page = searching("search/?q=broken", 1280)
    expect(page.locator(".search-status")).to_have_text(f"The index at {base}search/ is damaged.")
    page.locator("#search-query").fill("graph")
    expect(page.locator("#search-results > li")).to_have_count(10)
    page.goto(f"{base}2025/10/01/")
    page.locator(".box-query").fill("broken")
    expect(page.locator(".box-status")).to_have_text(f"The index at {base}search/ is damaged.")
    page.locator(".box-query").fill("graph")
    expect(page.locator(".box-status")).to_have_text("")


def test_the_box_is_a_combobox(searching: Searching, base: str) -> None:
    """`/` leads there, arrows to words, papers and all results, Escape out and then empties it, Enter follows."""
    page = searching("2025/10/01/", 1280)
    page.keyboard.press("/")
    box, options = page.locator(".box-query"), page.get_by_role("option")
    expect(box).to_be_focused()
    page.keyboard.type("a/gr")
    expect(options).to_have_count(8)
    assert [options.nth(n).inner_text() for n in (0, 1, 7)] == ["a/graph", "a/grass", "All results"]
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(0).get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    expect(options.nth(7)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("a/gr")
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(8)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}2025/10/01/#2509.00001")
    expect(options).to_have_count(0)
    box.focus()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_enter_in_the_box_shows_all_results(searching: Searching, base: str) -> None:
    """As typed, when no option is chosen."""
    page = searching("topics/zebrafish/", 1280)
    page.locator(".box-query").fill("graph")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}search/?q=graph")
    expect(page.locator("#search-query")).to_have_value("graph")


def test_the_box_closes_when_one_goes_on(searching: Searching) -> None:
    """The tab key leads past the options to what follows in the page."""
    page = searching("2025/10/01/", 1280)
    page.locator(".box-query").fill("graph")
    expect(page.get_by_role("option")).not_to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.locator(".box-options")).to_be_hidden()


def test_a_phone_finds_search_behind_a_glass(searching: Searching, base: str) -> None:
    """There is no room for a field in the header; the page's own is ready to be typed into."""
    page = searching("2025/10/01/", 390)
    expect(page.locator(".box-query")).to_be_hidden()
    page.locator(".md-header").get_by_role("link", name="Search").click()
    page.wait_for_url(f"{base}search/")
    expect(page.locator("#search-query")).to_be_focused()


def test_a_page_loads_one_module_until_one_searches(visit: Callable[..., Page]) -> None:
    """Readers who do not search pay for `box.js` only."""
    page = visit("2025/10/01/", 1280)
    names = "performance.getEntriesByType('resource').map(each => each.name.split('/search/')[1]).filter(Boolean)"
    assert page.evaluate(names) == ["box.js"]


def test_without_javascript_the_page_says_where_else_to_look(visit: Callable[..., Page], base: str) -> None:
    """The header's form leads to it, and it leads to the archive."""
    page = visit("2025/10/01/", 1280, java_script_enabled=False)
    page.locator(".box-query").fill("graph")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}search/?q=graph")
    page.locator(".search-plain").get_by_role("link", name="archive").click()
    page.wait_for_url(f"{base}archive/")


@pytest.mark.parametrize(
    ("status", "index"), [(200, '{"version": 99, "segments": []}'), (200, "{}"), (200, "<html>"), (404, "")]
)
def test_an_index_that_cannot_be_read_is_told(visit: Callable[..., Page], base: str, status: int, index: str) -> None:
    """Of another version, damaged or missing: a sentence stands there, nothing breaks, the rest of the page works."""
    page = visit("about/", 390)
    page.route("**/search/index.json", lambda route: route.fulfill(status=status, body=index))
    page.goto(f"{base}search/?q=graph")
    expect(page.locator(".search-status strong")).to_contain_text("search index")
    expect(page.locator("#search-results > li")).to_have_count(0)
    page.locator(".search-help summary").click()
    page.get_by_role("link", name="author:hinton").click()
    expect(page).to_have_url(_address(base, "q=author%3Ahinton"))


def test_browsers_are_told_how_to_search_here(visit: Callable[..., Page], built: Path) -> None:
    """Every page names the description, which stands where it says."""
    page = visit("2025/10/01/")
    href = page.locator("link[rel=search]").evaluate("each => each.getAttribute('href')")
    assert href == "../../../opensearch.xml"
    assert "https://sheet.example/sheet/search/?q={searchTerms}" in (built / "opensearch.xml").read_text("utf-8")
