"""What a reader does of a morning, on a phone and on a desk."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.site.conftest import KINDS

Visit = Callable[..., Page]
ABSTRACT_START = "We watch a zebrafish in a labyrinthine tank."


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_home_leads_to_a_day_and_its_papers(visit: Visit, base: str, width: int, scheme: str) -> None:
    """Home → day → paper."""
    page = visit("", width, scheme)
    page.locator("#trending ~ ol a", has_text="Zebrafish").click()
    page.wait_for_url(f"{base}2025/10/01/#2509.00001")
    expect(page.locator("[id='2509.00001'] .abstract")).to_contain_text(ABSTRACT_START)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_wider_than_the_window(visit: Visit, path: str, width: int) -> None:
    """Endless words, many authors and formulas: no page scrolls sideways."""
    page = visit(path, width)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_device(visit: Visit, scheme: str, java_script_enabled: bool) -> None:
    """Dark at night without a click."""
    page = visit("2025/10/01/", 390, scheme, java_script_enabled=java_script_enabled)
    red = page.evaluate("+getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0]")
    assert (red > 200) == (scheme == "light")


def test_colours_can_be_chosen(visit: Visit) -> None:
    """The switch goes from the device's colours to light, then to dark."""
    page = visit("", 390, "light")
    page.locator("label[title='Switch to light colours']").click()
    page.locator("label[title='Switch to dark colours']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_menu_leads_to_the_archive_on_a_phone(visit: Visit, base: str) -> None:
    """The navigation is one tap away."""
    page = visit("2025/10/01/", 390)
    page.locator("label.md-header__button[for=__drawer]").click()
    page.locator(".md-nav__link", has_text="Archive").click()
    page.wait_for_url(f"{base}archive/")


def test_keyboard_skips_to_the_content(visit: Visit) -> None:
    """The first stop of the tab key leads past the header."""
    page = visit("2025/10/01/", 1280)
    page.keyboard.press("Tab")
    expect(page.locator("a.md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#start"


def test_links_under_a_paper_are_large_enough_to_touch(visit: Visit) -> None:
    """44 pixels each way."""
    page = visit("2025/10/01/", 390)
    page.locator("[id='2509.00001'] .more > summary").click()
    boxes = [link.bounding_box() for link in page.locator("[id='2509.00001'] .links a").all()]
    assert boxes
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)


def test_old_site_says_that_it_is_stale(visit: Visit) -> None:
    """The newest papers of the test are old, whenever it runs."""
    expect(visit("").locator(".stale")).to_contain_text("days ago")


def test_reading_works_without_javascript(visit: Visit, base: str) -> None:
    """Home, day, folded authors and the next day need no script; the date of the newest papers stands there."""
    page = visit("", 390, java_script_enabled=False)
    assert page.locator("time[data-newest='2025-10-03']").is_visible()
    page.locator("#trending ~ ol a", has_text="Zebrafish").click()
    expect(page.locator("[id='2509.00001'] .abstract")).to_be_visible()
    page.locator("[id='2509.00001'] .more-authors summary").click()
    expect(page.get_by_text("Author Number 42")).to_be_visible()
    page.locator(".turn-next").first.click()
    page.wait_for_url(f"{base}2025/10/03/")


def test_yesterday_a_topic_and_the_abstract_page_are_reached_without_javascript(visit: Visit, base: str) -> None:
    """Every step is a link; More unfolds by itself, and the title leads to the paper's own page on arXiv."""
    page = visit("2025/10/03/", 390, java_script_enabled=False)
    page.locator(".turn-previous").first.click()
    page.wait_for_url(f"{base}2025/10/01/")
    page.locator("[id='2509.00001'] .unfold > summary").click()
    page.locator("[id='2509.00001'] .more > summary").click()
    expect(page.locator("[id='2509.00001'] .permalink")).to_be_visible()
    page.locator(".badge-topic a").first.click()
    page.wait_for_url(f"{base}topics/*/")
    page.locator(".line > a").first.click()
    page.wait_for_url(re.compile(f"^{re.escape(base)}2025/10/"))
    title = page.locator(f"[id='{page.url.partition('#')[2]}'] .paper-title a")
    expect(title).to_have_attribute("href", re.compile("^https://arxiv.org/abs/"))


def test_paper_that_came_again_leads_to_its_first_day(visit: Visit, base: str) -> None:
    """A later day links back, and its anchor exists."""
    page = visit("2025/10/03/#2509.00001")
    page.locator("[id='2509.00001'] a").click()
    page.wait_for_url(f"{base}2025/10/01/#2509.00001")
