"""From a paper to the forge's form in two clicks, as a reader goes: with a script and without, by keyboard too."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site.conftest import AWKWARD, REPOSITORY
from tests.site.test_accessibility import AXE, findings

DAY = "2025/07/15/"
FIRST = "2509.00100"
FORGE = "https://github.com/example/sheet/new/main?"


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which the forge is an empty page."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.route("https://github.com/**", lambda route: route.fulfill(body="a form"))
    yield context
    context.close()


def _told(address: str) -> dict[str, str]:
    assert address.startswith(FORGE)
    assert len(address) <= 6_000
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query, strict_parsing=True).items()}


def _add(page: Page, anchor: str = FIRST) -> None:
    page.locator(f"[id='{anchor}'] .add-note").click()


def _opened(page: Page) -> dict[str, str]:
    page.wait_for_url(lambda address: address.startswith(FORGE))
    return _told(page.url)


def test_what_the_form_is_filled_with_passes_check(
    reader: BrowserContext, base: str, repository: Path, tmp_path: Path
) -> None:
    """For every title: the opened address names a file whose template, with a body, is a note without a problem."""
    for name in ("content", "site_templates"):
        shutil.copytree(repository / name, tmp_path / name)
    for name in ("mkdocs.yml", "base.yml"):
        shutil.copy(repository / name, tmp_path / name)
    page = reader.new_page()
    page.goto(f"{base}{DAY}")
    for number in range(len(AWKWARD)):
        _add(page, f"2509.{100 + number:05d}")
        if number == 0:
            page.locator("#note-login").fill("Ada-1")
            page.keyboard.press("Enter")
        told = _opened(page)
        assert told["filename"] == f"content/notes/2025/07/2509.{100 + number:05d}-Ada-1.md"
        assert "\ncurator: github:Ada-1\n" in told["value"]
        path = tmp_path / told["filename"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{told['value']}Half of the data will do.\n", encoding="utf-8")
        page.go_back()
    command = [sys.executable, "-m", "generator.cli", "check"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, f"{len(AWKWARD) + 2} notes" in done.stdout + done.stderr) == (0, True), done


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
def test_the_plain_link_is_good(browser: Browser, base: str, java_script_enabled: bool) -> None:
    """Without a script, or with another key held down, the template says where the login goes."""
    context = browser.new_context(java_script_enabled=java_script_enabled)
    page = context.new_page()
    page.goto(f"{base}{DAY}")
    told = _told(page.locator(f"[id='{FIRST}'] .add-note").get_attribute("href") or "")
    assert told["filename"].endswith("2509.00100-your-login.md")
    assert "# put your login in place of your-login" in told["value"]
    mail = page.locator(f"[id='{FIRST}'] a[href^='mailto:notes@sheet.example?']").get_attribute("href") or ""
    assert 'paper: "2509.00100"\r\n' in parse_qs(urlsplit(mail).query)["body"][0]
    context.close()


def test_the_login_is_asked_once_by_keyboard(reader: BrowserContext, base: str) -> None:
    """The dialog has a name, takes the focus, says what is wrong, and is never seen again."""
    page = reader.new_page()
    page.goto(f"{base}{DAY}")
    page.locator(f"[id='{FIRST}'] .add-note").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Who signs your notes?")
    expect(dialog.get_by_role("textbox", name="Your GitHub login")).to_be_focused()
    page.keyboard.type("no login")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("letters, digits and hyphens")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("@ada")
    page.keyboard.press("Enter")
    assert _opened(page)["filename"].endswith("-ada.md")
    page.goto(f"{base}papers/2509.00001/")
    _add(page, "2509.00001")
    assert _opened(page)["filename"] == "content/notes/2025/10/2509.00001-ada.md"


def test_the_login_can_be_changed(reader: BrowserContext, base: str) -> None:
    """Below the papers stands who signs."""
    page = reader.new_page()
    page.goto(f"{base}{DAY}")
    for login in ("ada", "bo"):
        page.locator(".note-signature").click()
        page.locator("#note-login").fill(login)
        page.get_by_role("button", name="Keep").click()
        expect(page.locator(".note-signature")).to_have_text(f"Notes signed by {login}: change")
    _add(page)
    assert _opened(page)["filename"].endswith("-bo.md")


def test_escape_leaves_all_as_it_was_and_going_on_without_is_remembered(reader: BrowserContext, base: str) -> None:
    """Whoever does not want to say is not asked again."""
    page = reader.new_page()
    page.goto(f"{base}{DAY}")
    _add(page)
    expect(page.locator("#note-login")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(f"[id='{FIRST}'] .add-note")).to_be_focused()
    _add(page)
    page.get_by_role("button", name="Go on without").click()
    assert _opened(page)["filename"].endswith("-your-login.md")
    page.go_back()
    _add(page)
    assert _opened(page)["filename"].endswith("-your-login.md")


def test_a_browser_that_keeps_nothing_asks_each_time(reader: BrowserContext, base: str) -> None:
    """Storage may be refused."""
    page = reader.new_page()
    refuse = "() => { throw new DOMException('refused') }"
    page.add_init_script(f"for (const name of ['getItem', 'setItem']) Storage.prototype[name] = {refuse};")
    for _ in range(2):
        page.goto(f"{base}{DAY}")
        _add(page)
        page.locator("#note-login").fill("ada")
        page.get_by_role("button", name="Write the note").click()
        assert _opened(page)["filename"].endswith("-ada.md")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_serious_in_the_dialog(visit: Callable[..., Page], width: int, scheme: str) -> None:
    """Contrast and names hold, and the dialog fits."""
    page = visit(DAY, width, scheme)
    _add(page)
    expect(page.locator("#note-login")).to_be_focused()
    page.keyboard.type("no login")
    page.keyboard.press("Enter")
    assert findings(page, AXE.read_text(encoding="utf-8")) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_curator_and_a_paper_with_notes_lead_to_each_other(visit: Callable[..., Page], base: str) -> None:
    """From the note to its author, from there to the paper, and back to the digest."""
    page = visit("2025/10/01/", 1280)
    page.locator("[id='2509.00001'] .note-by a", has_text="eve-1").click()
    page.wait_for_url(f"{base}curators/github.eve-1/")
    expect(page.locator(".line-words")).to_have_text("Doubt that & more.")
    page.locator(".line a", has_text="Zebrafish").click()
    page.wait_for_url(f"{base}papers/2509.00001/")
    expect(page.locator(".note")).to_have_count(2)
    page.locator(".turn-up").click()
    page.wait_for_url(f"{base}2025/10/01/#2509.00001")
