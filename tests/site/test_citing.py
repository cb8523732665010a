"""Readers and their programs can cite a paper, a day, a topic."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.citations.readers import with_pybtex, with_rispy


@pytest.mark.parametrize("path", ["2025/10/01/", "", "papers/2509.00001/"])
def test_a_paper_shows_its_entry_by_keyboard(visit: Callable[..., Page], path: str) -> None:
    """Opened, another format chosen, copied and closed without a mouse; the focus comes back."""
    page = visit(path, 1280, permissions=["clipboard-read", "clipboard-write"])
    article = page.locator("article.paper").first
    article.locator("details.more > summary").press("Enter")
    link = article.get_by_role("link", name="Cite", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Cite")
    text = dialog.get_by_label("Citation")
    expect(text).to_have_value(re.compile("@misc{"))
    page.keyboard.press("ArrowRight")
    expect(text).to_have_value(re.compile("TY {2}- UNPB"))
    page.keyboard.press("ArrowRight")
    assert json.loads(text.input_value())[0]["type"] == "article"
    page.keyboard.press("ArrowRight")
    dialog.get_by_role("button", name="Copy").press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == text.input_value()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_a_paper_is_kept_as_a_file(visit: Callable[..., Page]) -> None:
    """Under its own name, in the format shown."""
    page = visit("2025/10/01/", 1280)
    article = page.locator("article.paper").first
    article.locator("details.more > summary").click()
    article.get_by_role("link", name="Cite", exact=True).click()
    dialog = page.get_by_role("dialog", name="Cite")
    dialog.get_by_label("RIS").check()
    with page.expect_download() as caught:
        dialog.get_by_role("link", name="Download").click()
    assert caught.value.suggested_filename == f"{article.get_attribute('id')}.ris"
    ((*_, number),) = with_rispy(Path(caught.value.path()).read_bytes().decode())
    assert number == article.get_attribute("id")


@pytest.mark.parametrize("path", ["topics/zebrafish/", "topics/zebrafish/2025-10/"])
def test_a_topic_gives_all_its_papers_in_one_file(visit: Callable[..., Page], path: str) -> None:
    """The entries of its days' files; so does a month of it."""
    page = visit(path, 1280)
    page.get_by_role("button", name="Cite these papers").click()
    dialog = page.get_by_role("dialog", name="Cite")
    text = dialog.get_by_label("Citation").input_value()
    name = path.removeprefix("topics/").rstrip("/").replace("/", "-")
    assert dialog.get_by_role("link", name="Download").get_attribute("download") == f"{name}.bib"
    assert len(with_pybtex(text)) == page.locator(".line").count() > 0


def test_a_day_is_cited_without_javascript(visit: Callable[..., Page], built: Path) -> None:
    """Plain links lead to files with all its papers, in the page's order."""
    page = visit("2025/10/01/", java_script_enabled=False)
    for name in ("BibTeX", "RIS", "CSL-JSON"):
        with page.expect_download() as caught:
            page.get_by_role("link", name=name, exact=True).evaluate("each => each.setAttribute('download', '')")
            page.get_by_role("link", name=name, exact=True).click()
        assert Path(caught.value.path()).stat().st_size > 100
    anchors = page.locator("article.paper").evaluate_all("some => some.map(each => each.id)")
    ids = [read[4] for read in with_pybtex((built / "2025/10/01/cite.bib").read_text(encoding="utf-8"))]
    assert ids == anchors


def test_zotero_finds_every_paper_of_a_day(visit: Callable[..., Page]) -> None:
    """COinS, as its translator looks for them."""
    page = visit("2025/10/01/")
    spans = page.locator("xpath=//span[@class='Z3988'][@title]")
    found = [parse_qs(title) for title in spans.evaluate_all("some => some.map(each => each.title)")]
    assert len(found) == page.locator("article.paper").count()
    assert {"https://arxiv.org/abs/2509.00001"} <= {each["rft_id"][0] for each in found}


def test_search_engines_find_a_collection_of_articles(visit: Callable[..., Page]) -> None:
    """JSON-LD, which the policy lets stand since nobody runs it; hostile titles are in it as text."""
    for path in ("2025/10/01/", "2025/08/05/"):
        page = visit(path)
        text = page.locator("script[type='application/ld+json']").text_content()
        assert len(json.loads(text or "")["hasPart"]) == page.locator("article.paper").count()


def test_a_papers_own_page_has_tags_for_google_scholar(visit: Callable[..., Page]) -> None:
    """In the head, one tag an author, in order."""
    page = visit("papers/2509.00001/")
    tags = page.locator("head meta[name^='citation_']").evaluate_all("some => some.map(e => [e.name, e.content])")
    assert tags[0] == ["citation_title", "Zebrafish learn K tricks: O(n^2) at most"]
    authors = [content for name, content in tags if name == "citation_author"]
    assert (len(authors), authors[0], authors[-1]) == (42, "1, Author Number", "42, Author Number")
    assert ["citation_pdf_url", "https://arxiv.org/pdf/2509.00001"] in tags
