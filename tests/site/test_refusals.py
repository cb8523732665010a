"""What MkDocs refuses: each cause with its place in mkdocs.yml, never "see above"."""

from pathlib import Path

import pytest

from generator.errors import SettingsError, TemplateError
from generator.site import PageMaker, mkdocs_build
from tests.pipeline.conftest import Repository

HEAD = "site_name: Test\ndocs_dir: build/docs\nsite_dir: site\n"
HINT = "Mend or remove what it names"


def write(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


REFUSED = {
    "theme": (
        "theme: {name: materiel}\n",
        "theme: Unrecognised theme name: 'materiel'. The available installed themes are: mkdocs, readthedocs, material",
    ),
    "plugin": ("plugins:\n  - bogus\n", 'plugins: The "bogus" plugin is not installed'),
    "extension": (
        "markdown_extensions: [bogus]\n",
        "markdown_extensions: Failed to load extension 'bogus'. ModuleNotFoundError: No module named 'bogus'",
    ),
    "hook": ("hooks: [missing.py]\n", "hooks: The path '{}/missing.py' isn't an existing file"),
    "theme's folder": (
        "theme:\n  name: material\n  custom_dir: missing\n",
        "theme: The path set in custom_dir ('{}/missing') does not exist",
    ),
    "address": (
        "site_url: example.org\n",
        "site_url: The URL isn't valid, it should include the http:// (scheme)",
    ),
    "navigation": ("nav: 3\n", "nav: Expected nav to be a list, got a int: 3"),
    "strict": ("bogus: 3\nstrict: true\n", "bogus: Unrecognised configuration name: bogus"),
}


@pytest.mark.parametrize(("setting", "text"), REFUSED.values(), ids=REFUSED)
def test_a_setting_that_mkdocs_refuses_is_named_with_its_line(tmp_path: Path, setting: str, text: str) -> None:
    """File, line, MkDocs's own words, and what to do; the same from a worker and from a build."""
    settings = write(tmp_path, HEAD + setting)
    for refused in (lambda: PageMaker(settings, tmp_path / "docs"), lambda: build(settings)):
        with pytest.raises(SettingsError) as caught:
            refused()
        assert str(caught.value) == f"{settings}:4: {text.format(tmp_path)}. {HINT}"


def build(settings: Path) -> list[str]:
    return mkdocs_build(settings, settings.parent / "docs", settings.parent / "site")


def test_an_inherited_setting_is_named_where_it_stands(tmp_path: Path) -> None:
    """In the file that holds it."""
    base = write(tmp_path, f"{HEAD}use_directory_urls: maybe\n", "base.yml")
    with pytest.raises(SettingsError) as caught:
        build(write(tmp_path, "INHERIT: base.yml\n"))
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [(str(base), 4)]


def test_a_theme_that_fails_is_one_line(tmp_path: Path) -> None:
    """A language that Material does not have is found when its pages are made."""
    settings = write(tmp_path, f"{HEAD}theme: {{name: material, language: xx}}\nplugins: []\n")
    with pytest.raises(
        TemplateError, match=r"^mkdocs: TemplateNotFound: 'partials/languages/xx\.html' not .*"
    ) as caught:
        build(settings)
    assert "\n" not in str(caught.value)


def test_a_build_without_templates_ends_in_one_line(tmp_path: Path) -> None:
    """Exit 1, the missing folder and how to get it back."""
    write(tmp_path, f"{HEAD}extra: {{broadsheet: {{}}}}\n")
    done = Repository(tmp_path).run("build", "--jobs", "1")
    folder = tmp_path / "site_templates" / "pages"
    mend = "there is no such folder. Restore it from git, or from the project"
    assert (done.returncode, done.stderr) == (1, f"broadsheet: {folder}: {mend}\n")
