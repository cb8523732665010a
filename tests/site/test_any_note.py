"""Whatever a note's file holds, its page changes nowhere but in the note's own block."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator import links
from generator.mathml import ELEMENTS
from generator.pipeline.building import opened_catalogue
from generator.pipeline.making import DayTask, Workshop, make_days
from generator.settings import load_settings
from tests.pipeline.builds import build_here
from tests.pipeline.conftest import add_days, new_repository

HEAD = '---\npaper: "2510.00003"\ncurator: ada\n---\n'
PATH = "content/notes/2025/10/2510.00003-ada.md"
OUTSIDE_AND_INSIDE = """html => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const inside = [...page.querySelectorAll(".note-body *")]
        .flatMap(each => [each.localName, ...each.getAttributeNames().map(name => `${each.localName} ${name}`)]);
    const targets = [...page.querySelectorAll(".note-body a[href]")].map(each => each.getAttribute("href"));
    page.querySelectorAll(".note-body").forEach(each => { each.replaceChildren(); each.removeAttribute("lang"); });
    return [page.documentElement.outerHTML, [...new Set(inside)], targets];
}"""
ELEMENTS_OF_NOTES = {
    *("a", "blockquote", "br", "code", "em", "h4", "hr", "li", "ol", "p", "pre", "s", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
    *("a href", "a rel", "code class", "ol start"),
    *ELEMENTS,
    *(f"{tag} {name}" for tag, names in ELEMENTS.items() for name in names),
}
TOKENS = (
    *("<script>alert(1)</script>", "<!--", "-->", "]]>", "</div>", "</blockquote>", "<style>", "<svg/onload=x>", "<p"),
    *("[a](javascript:x)", "[a](https://a.example)", "![a](https://b.example)", "<https://c.example>", "&lt;", "&#0;"),
    *("```", "~~~", "    ", "\t", "\n", "\n\n", "> ", "- ", "1. ", "# ", "| a | b |\n|---|---|\n", "***", "__", "~~"),
    *("$x^2$", r"\(a\)", "$", r"\frac{1}{2}", "{{ x }}", "{% raw %}", "{++a++}", '--8<-- "a"', "[TOC]", "\\", "`"),
    *("\x00", "\x02", "\x03", "\u2028", "\u202e", "\ufdd0", "\u0301" * 9, "é", "字", "&", '"', "'", "---\n"),
)
bodies = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(TOKENS), max_size=30).map("".join))


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes | None], str]:
    """Bytes of the note's file, or none → the HTML of its day, as a build makes it."""
    root = tmp_path_factory.mktemp("any") / "digest"
    add_days(new_repository(root))
    assert build_here(root).error == ""
    loaded = load_settings(root / "mkdocs.yml")
    workshop = Workshop(loaded.path, loaded.build / "frame" / "docs", "any note")

    def made(data: bytes | None) -> str:
        path = root / PATH
        path.unlink(missing_ok=True)
        if data is not None:
            path.write_bytes(data)
        with opened_catalogue(loaded, loaded.build, map, lambda problem: None) as catalogue:
            (day,) = (day for day in catalogue.days if str(day.date) == "2025-10-01")
            (page,) = make_days(workshop, [DayTask(catalogue.input(day), True)])
        return page.files[links.day_path(page.date)].decode()

    return made


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page to parse in."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def plain(page: Page, make: Callable[[bytes | None], str]) -> list[str]:
    """What is outside the note's block, with a good note and with none."""
    notes = (f"{HEAD}Words.\n".encode(), None)
    return [page.evaluate(OUTSIDE_AND_INSIDE, make(note))[0] for note in notes]


@settings(max_examples=150, deadline=None)
@given(st.one_of(bodies.map(lambda body: (HEAD + body).encode("utf-8", "surrogatepass")), st.binary(max_size=200)))
@example((HEAD + "a" * 19_000).encode())
@example((HEAD + "> " * 9_000 + "a").encode())
@example((HEAD + "[" * 15_000).encode())
@example((HEAD + "*a_" * 6_000).encode())
@example((HEAD + "<" * 19_000).encode())
def test_any_note_stays_in_its_block(
    page: Page, plain: list[str], make: Callable[[bytes | None], str], data: bytes
) -> None:
    """The page is that of a plain note or of none; the block holds only what notes may hold, and https links."""
    outside, inside, targets = page.evaluate(OUTSIDE_AND_INSIDE, make(data))
    is_plain = outside in plain  # pytest would print both pages
    assert is_plain
    assert set(inside) <= ELEMENTS_OF_NOTES
    assert all(target.startswith("https://") for target in targets)
