"""Readers find what a paper followed, and what followed it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_what_followed_is_shown_when_more_is_opened(visit: Callable[..., Page]) -> None:
    """Papers of later days only, nearest first, each with its day; nothing is asked for before."""
    page = visit("2025/09/29/", 1280)
    article = page.locator("article.paper").first
    expect(article.locator(".related")).to_have_count(0)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    article.locator(".more > summary").focus()
    assert asked == []
    page.keyboard.press("Enter")
    lines = article.locator("ul.related > li")
    expect(article.get_by_text("Followed by")).to_be_visible()
    assert 1 <= lines.count() <= 3
    for href in [line.get_attribute("href") or "" for line in lines.locator("a").all()]:
        assert "/2025/10/" in href
    assert any("/search/" in url for url in asked)
    lines.first.locator("a").click()
    expect(page.locator("article.paper:target")).to_have_count(1)


def test_the_newest_paper_is_followed_by_nothing(visit: Callable[..., Page]) -> None:
    """And no heading says so; opened twice, it does not ask twice."""
    page = visit("2025/10/03/", 390)
    more = page.locator("article.paper").last.locator(".more")
    with page.expect_response(lambda response: "/search/" in response.url):
        more.locator("> summary").click()
    expect(more.get_by_role("link", name="Papers like this one")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(more.get_by_text("Followed by")).to_have_count(0)
