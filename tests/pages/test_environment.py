"""Mistakes in templates: file, line, cause."""

from pathlib import Path

import pytest

from generator.errors import TemplateError
from generator.pages.environment import Templates


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "page.md.j2").write_text(text, encoding="utf-8")
    return tmp_path


def test_syntax_error_is_found_at_once(tmp_path: Path) -> None:
    """A mistake is told before any page is written."""
    with pytest.raises(TemplateError, match=r"page\.md\.j2:2: .*endif"):
        Templates(_folder(tmp_path, "fine\n{% endif %}\n"), {})


@pytest.mark.parametrize("mistake", ["{{ unknown }}", "{{ 1 + 'a' }}", "{{ nothing | counted('x') }}", "{{ 1 // 0 }}"])
def test_error_while_rendering_names_its_line(tmp_path: Path, mistake: str) -> None:
    """What only shows with values is still traced to the template's line."""
    templates = Templates(_folder(tmp_path, f"one\ntwo\n{mistake}\n"), {})
    with pytest.raises(TemplateError, match=r"page\.md\.j2:3: "):
        templates.render("page.md.j2", {"nothing": None})


def test_error_in_an_included_macro_names_the_macro(tmp_path: Path) -> None:
    """The file that is named is the one to mend."""
    (tmp_path / "_part.md.j2").write_text("{% macro part() %}\n{{ unknown }}\n{% endmacro %}\n", encoding="utf-8")
    templates = Templates(_folder(tmp_path, '{% from "_part.md.j2" import part %}\n{{ part() }}\n'), {})
    with pytest.raises(TemplateError, match=r"_part\.md\.j2:2: "):
        templates.render("page.md.j2", {})


def test_missing_template_is_named(tmp_path: Path) -> None:
    """A deleted template is told as such."""
    with pytest.raises(TemplateError, match=r"page\.md\.j2: is missing"):
        Templates(tmp_path, {}).render("page.md.j2", {})


def test_values_are_escaped_without_asking(tmp_path: Path) -> None:
    """A template need not remember to escape."""
    templates = Templates(_folder(tmp_path, "{{ text }}"), {})
    assert templates.render("page.md.j2", {"text": "<b>"}) == "&lt;b&gt;"
