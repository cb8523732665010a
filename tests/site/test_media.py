"""Paper, colours and motion as the reader's device asks for them, and pages zoomed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site.conftest import KINDS

Visit = Callable[..., Page]
DAY = "2025/10/01/"
FISH = "[id='2509.00001']"


def _style(page: Page, selector: str, name: str) -> str:
    value: str = page.locator(selector).first.evaluate(f"(node) => getComputedStyle(node).{name}")
    return value


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_digest_is_black_on_white_and_whole(visit: Visit, scheme: str) -> None:
    """Titles with addresses, authors, abstracts to their end; nothing to click on."""
    page = visit(DAY, 794, scheme)
    clamped = page.locator(f"{FISH} .abstract").evaluate("(node) => node.scrollHeight > node.clientHeight")
    page.emulate_media(media="print")
    printed = page.locator(f"{FISH} .abstract").evaluate("(node) => node.scrollHeight > node.clientHeight")
    assert (clamped, printed) == (True, False)
    assert _style(page, f"{FISH} .paper-title a", "color") == "rgb(0, 0, 0)"
    assert _style(page, f"{FISH} .abstract", "color") == "rgb(0, 0, 0)"
    shown = page.locator(f"{FISH} .paper-title a").evaluate("(node) => getComputedStyle(node, '::after').content")
    assert shown == '"https://arxiv.org/abs/2509.00001"'
    for gone in (".turn", ".md-header", ".md-tabs", ".links", ".cite-day", ".md-footer", ".star"):
        assert not [each for each in page.locator(gone).all() if each.is_visible()], gone


def test_notes_are_printed(visit: Visit) -> None:
    """With who wrote them."""
    page = visit("papers/2509.00001/", 794)
    page.emulate_media(media="print")
    expect(page.locator(".note-body").first).to_be_visible()
    expect(page.locator(".note-by").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_leaves_nothing_faded(visit: Visit, scheme: str) -> None:
    """What stood back stands with the rest."""
    page = visit(DAY, 390, scheme)
    faded = _style(page, f"{FISH} .facts", "color")
    page.emulate_media(contrast="more")
    assert _style(page, f"{FISH} .badges", "color") == _style(page, f"{FISH} .abstract", "color") != faded


def test_forced_colours_leave_badges_and_notes_apart(visit: Visit) -> None:
    """By a line, where backgrounds are gone."""
    page = visit(DAY, 390)
    page.emulate_media(forced_colors="active")
    assert _style(page, ".badge", "borderTopStyle") == "solid"


def test_forced_colours_leave_the_calendars_shades(visit: Visit) -> None:
    """They are what it says."""
    page = visit("archive/", 390)
    before = _style(page, ".almanac-month td[class*='heat-']", "backgroundColor")
    page.emulate_media(forced_colors="active")
    assert _style(page, ".almanac-month td[class*='heat-']", "backgroundColor") == before


def test_less_motion_means_none(visit: Visit) -> None:
    """Nothing of ours or Material's glides."""
    page = visit(DAY, 390, reduced_motion="reduce")
    moving = """[...document.querySelectorAll("*")].filter((node) => {
      const {transitionDuration, animationDuration, scrollBehavior} = getComputedStyle(node);
      return /[1-9]/.test(transitionDuration + animationDuration) || scrollBehavior === "smooth";
    }).map(({className}) => className)"""
    assert page.evaluate(moving) == []


@pytest.mark.parametrize("path", KINDS)
def test_zoomed_to_200_percent_nothing_scrolls_sideways(visit: Visit, path: str) -> None:
    """A window of 1280 pixels has 640 then, and media queries see that."""
    page = visit(path, 640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_links_to_the_site_bring_its_card(visit: Visit, base: str, built: Path) -> None:
    """Title and description as text, once escaped; the picture is small."""
    page = visit("2025/10/01/")
    said = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('meta[property]')]"
        ".map((meta) => [meta.getAttribute('property'), meta.content]))"
    )
    assert said == {
        "og:title": "Wednesday, 1 October 2025",
        "og:site_name": "Broadsheet",
        "og:type": "website",
        "og:description": "4 papers of Wednesday, 1 October 2025",
        "og:url": "https://sheet.example/sheet/2025/10/01/",
        "og:image": "https://sheet.example/sheet/assets/card.png",
        "og:image:alt": "A newspaper’s front page",
    }
    assert (built / "assets/card.png").stat().st_size < 30_000
