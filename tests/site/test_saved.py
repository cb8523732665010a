"""Stars, read and followed papers, the page of saved ones and the keys, in a real browser; nothing of it is sent."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.site.test_accessibility import AXE

Visit = Callable[..., Page]

DAY = "2025/10/01/"
HOSTILE_DAY = "2025/08/05/"


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def settle(page: Page) -> None:
    """Until the module has come that the first key asked for; what was pressed is done before."""
    page.evaluate("import(new URL('keys.js', document.querySelector('script[src$=\"reader/start.js\"]').src))")


def saved(page: Page) -> list[str]:
    """Anchors of the starred papers, newest first, as they are stored."""
    settle(page)
    kept: list[str] = page.evaluate(
        "Object.keys(localStorage).filter(key => key.endsWith('.stars')).flatMap("
        "key => JSON.parse(localStorage.getItem(key)).value.map(star => star.anchor))"
    )
    return kept


def focused(page: Page) -> str:
    """The paper in which the focus is."""
    settle(page)
    return str(page.evaluate("document.activeElement.closest('article.paper, li.line')?.id ?? ''"))


def unfold(page: Page) -> None:
    """The first abstract that is folded, until that is kept."""
    page.locator(".unfold summary").first.click()
    kept = "Object.keys(localStorage).some(key => key.endsWith('.read'))"
    look = f"() => new Promise(done => {{ const look = () => {kept} ? done() : setTimeout(look, 10); look(); }})"
    page.evaluate(look)


def violations(page: Page) -> list[str]:
    """Whatever axe finds, of any level."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]


def shown(page: Page) -> Page:
    """The page of saved papers, once its module has come."""
    expect(page.locator(".saved-parts")).to_be_visible()
    return page


def export(page: Page, form: str) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Export {form}").press("Enter")
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def star(page: Page, count: int) -> None:
    for n in range(count):
        page.locator("article.paper .star").nth(n).click()


def test_a_reader_with_a_keyboard_reads_stars_exports_imports_and_gets_suggestions(
    visit: Visit, base: str, tmp_path: Path
) -> None:
    """From the first page to For you in another browser, without a mouse."""
    page = visit(DAY, 1280, accept_downloads=True)
    press(page, "j")
    first = focused(page)
    press(page, "s j s k")
    assert focused(page) == first
    press(page, "j j s")
    assert len(saved(page)) == 3
    page.goto(f"{base}saved/")
    shown(page)
    expect(page.locator(".saved-list > li")).to_have_count(3)
    text = export(page, "JSON")
    assert [paper["anchor"] for paper in json.loads(text)["papers"]] == saved(page)
    assert export(page, "BibTeX").count("@misc{2509.0000") == 3
    assert export(page, "RIS").count("ER  -") == 3
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    other = shown(visit("saved/", 390))
    expect(other.locator(".saved-none")).to_be_visible()
    with other.expect_file_chooser() as choosing:
        other.get_by_label("Import JSON").press("Enter")
    choosing.value.set_files(path)
    expect(other.locator(".saved-status")).to_have_text("3 papers added.")
    other.get_by_role("button", name="Rank the newest 30 days").press("Enter")
    expect(other.locator(".suggest-status")).to_contain_text("by 3 stars.")
    assert set(saved(other)) == set(saved(page))
    links = other.locator(".suggest-list > li > a")
    assert not [
        href for href in links.evaluate_all("all => all.map(each => each.hash.slice(1))") if href in saved(page)
    ]


def test_keys_lead_through_papers_days_and_help(visit: Visit, base: str) -> None:
    """Not while one types, with another key held, or in a dialog; a reader can turn them off and on."""
    page = visit(DAY, 1280)
    press(page, "j j k")
    page.locator(".box-query").focus()
    page.keyboard.type("jnp?")
    expect(page.locator(".box-query")).to_have_value("jnp?")
    press(page, "Escape Escape")
    page.locator("h1").click()
    page.keyboard.press("Control+j")
    assert focused(page) == ""
    press(page, "?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("next paper")
    press(page, "n")
    expect(dialog).to_be_visible()
    press(page, "Escape")
    expect(dialog).to_have_count(0)
    press(page, "n")
    page.wait_for_url(f"{base}2025/10/03/")
    press(page, "p")
    page.wait_for_url(f"{base}{DAY}")
    press(page, "?")
    expect(dialog).to_be_visible()
    press(page, "Tab Enter")
    expect(dialog).to_have_count(0)
    press(page, "j /")
    assert focused(page) == ""
    page.goto(f"{base}saved/")
    shown(page)
    page.get_by_label("Single keys").press("Space")
    expect(page.get_by_label("Single keys")).to_be_checked()
    page.goto(f"{base}{DAY}")
    press(page, "j")
    assert focused(page) != ""


def test_a_star_says_whose_it_is_and_whether_it_is_on(visit: Visit) -> None:
    """Large enough to touch; a word for who cannot see it; no star moves what stands below it."""
    page = visit(DAY, 390)
    button = page.get_by_role("button", name="Star “Zebrafish learn").first
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("p.visually-hidden[role=status]")).to_contain_text("Starred “Zebrafish learn")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_stars_and_tools_come(visit: Visit, width: int) -> None:
    """Their places are kept free until then."""
    page = visit("about/", width)
    page.route("**/assets/reader/start.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(page.url.replace("about/", DAY))
    place = "[...document.querySelectorAll('.paper-title, .links > li:last-child')].map(each => each.offsetTop)"
    before = page.evaluate(place)
    page.unroute("**/assets/reader/start.js")
    page.reload()
    page.locator(".star").first.wait_for()
    assert page.evaluate(place) == before


def test_without_javascript_there_are_no_stars(visit: Visit) -> None:
    """The page of saved papers says why it is empty."""
    page = visit(DAY, 390, java_script_enabled=False)
    expect(page.locator(".star, .tools")).to_have_count(0)
    page.goto(page.url.replace(DAY, "saved/"))
    expect(page.locator(".saved-plain")).to_contain_text("need JavaScript")
    expect(page.locator(".saved-parts")).to_be_hidden()


def test_where_storage_is_refused_a_star_lasts_as_long_as_the_page(visit: Visit, base: str) -> None:
    """Nothing breaks, and the page of saved papers says so."""
    page = visit("about/", 390)
    # Only for what is ours: Material's own script does not bear it.
    page.add_init_script(
        "for (const name of ['getItem', 'setItem']) { const given = Storage.prototype[name];"
        "Storage.prototype[name] = function (key, ...rest) { if (!key.includes('.__')) throw new Error('refused');"
        "return given.call(this, key, ...rest); }; }"
    )
    page.goto(f"{base}{DAY}")
    page.evaluate("document.querySelector('.star').click()")
    expect(page.locator(".star").first).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.locator(".star").first).to_have_attribute("aria-pressed", "false")
    page.goto(f"{base}saved/")
    shown(page)
    expect(page.locator(".saved-refused")).to_be_visible()
    page.goto(base)
    expect(page.locator(".latest")).to_be_visible()


def test_tabs_agree(visit: Visit, base: str) -> None:
    """A star of one shows in the other, and neither loses what the other did."""
    page = visit(DAY, 1280)
    other = page.context.new_page()
    other.goto(f"{base}{DAY}")
    page.locator(".star").nth(0).click()
    expect(other.locator(".star").nth(0)).to_have_attribute("aria-pressed", "true")
    other.locator(".star").nth(1).click()
    page.locator(".star").nth(2).click()
    assert len(saved(page)) == 3
    other.locator(".star").nth(0).click()
    expect(page.locator(".star").nth(0)).to_have_attribute("aria-pressed", "false")


def test_read_papers_fade_and_can_be_hidden(visit: Visit, base: str) -> None:
    """An abstract unfolded or a link followed, from the next look on; the choice holds on every digest."""
    page = visit(DAY, 390)
    unfold(page)
    article = page.locator("article.paper", has=page.locator(".unfold[open]"))
    expect(article).not_to_have_class(re.compile("paper-read"))
    page.reload()
    faded = page.locator("article.paper-read")
    expect(faded.locator(".badge-read")).to_have_text(["Read"])
    expect(page.locator(".tools")).to_contain_text("1 of 4 read")
    page.get_by_role("button", name="Hide read").click()
    expect(faded).to_be_hidden()
    page.reload()
    expect(faded).to_be_hidden()
    page.goto(f"{base}{DAY}#{faded.get_attribute('id')}")
    page.reload()
    expect(faded).to_be_visible()


def test_followed_things_are_marked_with_a_word(visit: Visit, base: str) -> None:
    """Topics by their names, authors and phrases as whole words, on every digest."""
    page = shown(visit("saved/", 390))
    for name, text in (("Topics", "zebrafish\nquokkas"), ("Authors", "number 7"), ("Phrases", "labyrinthine tank")):
        page.get_by_label(name).fill(text)
    page.get_by_role("button", name="Follow these").click()
    expect(page.locator(".follow-status")).to_contain_text("Kept.")
    page.goto(f"{base}{DAY}")
    marked = page.locator(".badge-followed")
    expect(marked).to_have_text(["Followed: zebrafish, number 7, labyrinthine tank"])
    page.goto(f"{base}saved/")
    shown(page)
    expect(page.get_by_label("Authors")).to_have_value("number 7")


def test_the_first_page_says_what_is_new(visit: Visit, base: str) -> None:
    """Nothing to who comes first; then papers and days since, for as long as the tab."""
    page = visit("", 390)
    expect(page.locator(".since")).to_have_count(0)
    key = "Object.keys(localStorage).find(key => key.endsWith('.visit'))"
    page.wait_for_function(f"localStorage.getItem({key}) !== null")  # its module comes after the page
    newest = page.evaluate(f"JSON.parse(localStorage.getItem({key})).value")
    assert newest == "2025-10-03"
    page.evaluate(f"localStorage.setItem({key}, JSON.stringify({{version: 1, value: '2025-09-29'}}))")
    later = page.context.new_page()
    for _ in range(2):
        later.goto(base)
        expect(later.locator(".since")).to_have_text("5 papers on 2 days since your last visit.")
        expect(later.locator(".strip-new")).to_have_count(2)
        expect(later.locator(".strip-new time").first).to_contain_text("new since your last visit")
    again = page.context.new_page()
    again.goto(base)
    expect(again.locator(".since")).to_have_text("Nothing new since your last visit.")


def test_a_link_carries_the_list_to_somebody_else(visit: Visit, base: str) -> None:
    """They see what it brings, as this site tells it, and add it or not."""
    page = visit(DAY, 390, permissions=["clipboard-read", "clipboard-write"])
    star(page, 2)
    page.goto(f"{base}saved/")
    shown(page)
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator(".saved-status")).to_contain_text("A link with 2 papers")
    link = page.get_by_label("The link that carries this list").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == link
    other = visit("about/", 390)
    other.goto(link)
    expect(other.locator(".offer-said")).to_have_text("A link brought 2 papers.")
    expect(other.locator(".saved-offer li")).to_have_count(2)
    assert saved(other) == []
    other.get_by_role("button", name="Add 2 papers").click()
    expect(other.locator(".saved-list > li")).to_have_count(2)
    assert set(saved(other)) == set(saved(page))
    stars = "JSON.parse(localStorage.getItem(Object.keys(localStorage).find(key => key.endsWith('.stars')))).value"
    fields = f"{stars}.map(star => [star.anchor, star.title, star.authors, star.more, star.url]).sort()"
    assert other.evaluate(fields) == page.evaluate(fields)


@pytest.mark.parametrize(
    "fragment", ["", "20251001:<img src=x onerror=alert(1)>", "20251001:../x", "99999999:a", "%00"]
)
def test_a_link_that_carries_no_list_is_told(visit: Visit, base: str, fragment: str) -> None:
    """Nothing is asked of anybody, nothing is added."""
    page = visit("about/", 390)
    page.goto(f"{base}saved/#list={fragment}")
    shown(page)
    expect(page.locator(".offer-said")).to_contain_text("carries no list of papers that can be read")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".saved-offer")).to_be_hidden()
    assert "#" not in page.url
    assert saved(page) == []


@pytest.mark.parametrize("text", ["", "no JSON", '{"papers": [1]}', "[]"])
def test_a_file_that_is_no_list_is_told(visit: Visit, tmp_path: Path, text: str) -> None:
    """In one sentence; what was there stays."""
    page = shown(visit("saved/", 390))
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    page.get_by_label("Import JSON").set_input_files(path)
    expect(page.locator(".saved-status")).to_contain_text("This file holds no")
    expect(page.locator(".saved-list > li")).to_have_count(0)


def test_foreign_text_stays_text(visit: Visit, base: str, tmp_path: Path) -> None:
    """Hostile titles of a digest and of a file, in the list, in a link's offer and in For you."""
    page = visit(HOSTILE_DAY, 1280)
    count = page.locator("article.paper .star").count()
    star(page, count)
    titles = page.locator(".paper-title").evaluate_all(
        "all => all.map(each => each.textContent.replace(/\\s+/g, ' ').trim())"
    )
    page.goto(f"{base}saved/")
    shown(page)
    expect(page.locator(".saved-list > li")).to_have_count(count)
    texts = page.locator(".saved-list > li > a").all_inner_texts()
    assert sorted(re.sub(r"\s+", " ", each) for each in texts) == sorted(re.sub(r"\s+", " ", each) for each in titles)
    paper = {
        "anchor": "2509.99999",
        "day": "2025-10-01",
        "title": "<img src=x onerror=alert(71)>",
        "authors": ["<b>Eve</b>"],
    }
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"kind": "broadsheet-saved", "version": 1, "papers": [paper]}), encoding="utf-8")
    page.get_by_label("Import JSON").set_input_files(path)
    expect(
        page.locator(".saved-list > li > a", has_text=re.compile(r"^<img src=x onerror=alert\(71\)>$"))
    ).to_have_count(1)
    expect(page.locator(".saved-list .line-facts", has_text="<b>Eve</b>")).to_have_count(1)
    assert page.locator(".saved-parts :is(img, script, svg, b)").count() == 0


def test_the_list_is_filtered_and_papers_come_back(visit: Visit, base: str) -> None:
    """By word, name or day; what is removed can be taken back, and the focus stays in the list."""
    page = visit(DAY, 390)
    star(page, 4)
    page.goto(f"{base}saved/")
    shown(page)
    lines = page.locator(".saved-list > li")
    page.get_by_label("Filter saved papers").fill("author 42")
    expect(lines).to_have_count(0)
    page.get_by_label("Filter saved papers").fill("zebrafish 2025-10")
    expect(lines).to_have_count(1)
    page.get_by_role("button", name="Remove “Zebrafish").click()
    expect(lines).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(lines).to_have_count(1)
    page.get_by_label("Filter saved papers").fill("")
    expect(lines).to_have_count(4)
    page.get_by_role("button", name="Remove “").first.press("Enter")
    expect(lines).to_have_count(3)
    assert page.evaluate("!!document.activeElement.closest('.saved-list')")


def test_everything_can_be_forgotten(visit: Visit, base: str) -> None:
    """On the second press; nothing of it stays in the browser."""
    page = visit(DAY, 390)
    star(page, 2)
    page.goto(f"{base}saved/")
    shown(page)
    expect(page.locator(".kept-said")).to_contain_text("2 starred papers, 0 read papers")
    forget = page.locator(".forget-all")
    forget.click()
    expect(page.locator(".saved-list > li")).to_have_count(2)
    forget.click()
    expect(page.locator(".saved-list > li")).to_have_count(0)
    assert saved(page) == []


def test_few_stars_are_too_few_to_learn_from(visit: Visit, base: str) -> None:
    """It says how many it takes."""
    page = visit(DAY, 390)
    star(page, 2)
    page.goto(f"{base}saved/")
    shown(page)
    page.get_by_role("button", name="Rank the newest 30 days").click()
    expect(page.locator(".suggest-status")).to_contain_text("Star 3 papers at least")


def test_nothing_is_sent(browser: Browser, base: str) -> None:
    """Only files of the site are read: no other host, no body, no query, no method but GET, no cookie."""
    context = browser.new_context(accept_downloads=True)
    page, asked = context.new_page(), list[Request]()

    def note(request: Request) -> None:
        asked.append(request)

    context.on("request", note)
    page.goto(f"{base}{DAY}")
    star(page, 3)
    unfold(page)
    page.goto(f"{base}saved/")
    shown(page)
    for form in ("JSON", "BibTeX", "RIS"):
        export(page, form)
    page.get_by_label("Phrases").fill("graphs")
    page.get_by_role("button", name="Follow these").click()
    page.get_by_role("button", name="Rank the newest 30 days").click()
    expect(page.locator(".suggest-status")).to_contain_text("by 3 stars")
    page.goto(base)
    told = [(each.method, each.post_data, each.url) for each in asked if not each.url.startswith("blob:")]
    context.close()
    assert told
    for method, body, url in told:
        assert (method, body) == ("GET", None)
        assert re.fullmatch(rf"{re.escape(base)}[\w./~-]*|data:.*", url), url
        assert "graphs" not in url.lower()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing(visit: Visit, base: str, width: int, scheme: str) -> None:
    """Faded and followed papers, the filled page of saved ones with an offer and For you, the first page, the keys."""
    page = visit(DAY, width, scheme)
    star(page, 4)
    unfold(page)
    page.goto(f"{base}saved/#list=20250929:2509.00005")
    shown(page)
    page.get_by_label("Phrases").fill("of the test\nzebrafish")
    page.get_by_role("button", name="Follow these").click()
    page.get_by_role("button", name="Rank the newest 30 days").click()
    expect(page.locator(".suggest-status")).to_contain_text("by 4 stars")
    expect(page.locator(".offer-add")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{base}{DAY}")
    expect(page.locator(".badge-followed")).not_to_have_count(0)
    expect(page.locator(".paper-read")).to_have_count(1)
    assert violations(page) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
