"""Readers get our scripts and styles without the comments that stand on lines of their own."""

from pathlib import Path

import pytest

from generator.site import shipped

ASSETS = Path(__file__).parents[2] / "site_templates/assets"
SCRIPT = b"""// @ts-check
/** What it is. */
/**
 * @param {string} a
 */
const f = (a) => a / 2; // half
  /** @type {any} */ (f).b = "/* kept */";
/** one */ f(1); /* two */
/*! Licence */
const url = "https://a.example"; const text = `
 no // comment`;
"""
SHIPPED = b"""const f = (a) => a / 2; // half
  /** @type {any} */ (f).b = "/* kept */";
/** one */ f(1); /* two */
/*! Licence */
const url = "https://a.example"; const text = `
 no // comment`;
"""


def test_scripts_lose_lines_of_comments_only() -> None:
    """No line of code changes."""
    assert shipped("a.js", SCRIPT) == SHIPPED


def test_styles_lose_comments_and_indentation() -> None:
    """Rules stand as they did."""
    style = b"/* Looks */\n\na {\n  color: red; /* why */\n}\n\n/*\n  b {}\n*/\n"
    assert shipped("a.css", style) == b"a {\ncolor: red; /* why */\n}\n"


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.json"])
def test_other_files_stay(name: str) -> None:
    """Whatever they hold."""
    assert shipped(name, SCRIPT) == SCRIPT


def test_no_text_of_ours_looks_like_a_comment() -> None:
    """A line that begins as a comment within a template literal would be lost."""
    for path in ASSETS.rglob("*.js"):
        has_begun = False
        for line in shipped(path.name, path.read_bytes()).decode().splitlines():
            has_begun ^= line.replace("\\`", "").count("`") % 2 == 1
        assert not has_begun, path
        lines, is_text = path.read_text("utf-8").splitlines(), False
        for line in lines:
            assert not (is_text and line.lstrip().startswith(("//", "/*"))), (path, line)
            if not line.lstrip().startswith(("//", "/*", "*")):
                is_text ^= line.replace("\\`", "").count("`") % 2 == 1
