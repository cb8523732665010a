"""`broadsheet new`: what lands in the folder, and what is refused."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.errors import BroadsheetError
from generator.settings import load_settings
from generator.starter import CHECKOUT, create
from tests.curation.notes import read_notes
from tests.pipeline.conftest import Repository

LOOKS = ("theme", "plugins", "extra_css", "extra_javascript", "nav", "validation", "markdown_extensions", "hooks")


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def settings_of(folder: Path) -> dict[str, Any]:
    class Loader(yaml.SafeLoader):
        """Reads `!ENV` and the like as plain values."""

    Loader.add_multi_constructor("!", lambda loader, suffix, node: suffix)
    return yaml.load((folder / "mkdocs.yml").read_text(encoding="utf-8"), Loader)


def test_a_new_digest_has_settings_that_load(tmp_path: Path) -> None:
    """The settings of a new digest are valid as they come."""
    create(tmp_path / "digest")
    settings = load_settings(tmp_path / "digest" / "mkdocs.yml")
    assert (settings.site.name, tuple(settings.sources)) == ("My digest", ("huggingface",))


def test_a_new_digest_holds_no_content_of_ours(tmp_path: Path) -> None:
    """No listing and no note comes along; the pages are the starter's."""
    create(tmp_path / "digest")
    content = {name for name in names(tmp_path / "digest") if name.startswith("content/")}
    pages = {"content/pages/about.md", "content/pages/contribute.md"}
    assert content == {"content/curators.yml", "content/notes/.gitkeep", *pages}


def test_a_new_digest_carries_the_program(tmp_path: Path) -> None:
    """What `make site` and the workflows need is there, and nothing that can be made again."""
    create(tmp_path / "digest")
    found = names(tmp_path / "digest")
    needed = {"Makefile", "LICENSE", "pyproject.toml", "requirements.txt", "README.md", "generator/cli.py"}
    workflows = {
        f".github/workflows/{name}.yml" for name in ("daily", "pull-request", "pull-request-comment", "weekly")
    }
    forge = {f".github/{name}" for name in ("CODEOWNERS", "scripts/comment.py", "ISSUE_TEMPLATE/suggest-a-paper.yml")}
    assert needed | workflows | forge | {".gitignore"} <= found
    assert not [name for name in found if name.startswith(("tests/", "build/", "site/")) or "__pycache__" in name]


def test_a_new_digest_can_make_another(tmp_path: Path) -> None:
    """The starter travels along, so a digest is a checkout too."""
    create(tmp_path / "first")
    create(tmp_path / "second", checkout=tmp_path / "first")
    assert names(tmp_path / "first") == names(tmp_path / "second")


@pytest.mark.parametrize(("option", "days"), [((), 0), (("--example",), 1)], ids=["plain", "example"])
def test_a_new_digest_checks_and_builds_with_its_own_program(
    tmp_path: Path, option: tuple[str, ...], days: int
) -> None:
    """As its owner would, from the first minute: nothing is wrong, nothing is warned of."""
    folder = tmp_path / "digest"
    assert Repository(CHECKOUT).run("new", str(folder), *option).returncode == 0
    digest = Repository(folder)
    for command in (("check",), ("build", "--strict")):
        done = digest.run(*command, env={"PYTHONPATH": str(folder)})
        assert done.returncode == 0, done.stderr
    assert f"on {days} day" in done.stderr
    assert "My digest" in (folder / "site/index.html").read_text(encoding="utf-8")
    assert len(list((folder / "site").glob("20*/*/*/index.html"))) == days


def test_the_example_brings_days_and_notes_without_problems(tmp_path: Path) -> None:
    """Every example note is credited and names a topic of the starter's settings."""
    create(tmp_path / "digest", example=True)
    settings = load_settings(tmp_path / "digest" / "mkdocs.yml")
    notes, problems = read_notes(tmp_path / "digest" / "content", settings.topics)
    assert problems == ()
    assert notes
    assert list((tmp_path / "digest" / "content" / "listings").rglob("*.json"))


def test_the_owner_hears_which_files_are_theirs(tmp_path: Path) -> None:
    """The answer names the starter's files, each of them there, and not the program's hundred."""
    made = create(tmp_path / "digest")
    assert {path.relative_to(tmp_path / "digest").as_posix() for path in made} == {
        "CONTRIBUTING.md",
        "README.md",
        "content/curators.yml",
        "content/pages/about.md",
        "mkdocs.yml",
    }
    assert all(path.is_file() for path in made)


def test_the_owner_hears_what_to_do_next(tmp_path: Path) -> None:
    """The last line can be typed as it stands."""
    command = [sys.executable, "-m", "generator.cli", "new", "my digest"]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert done.stderr == "Next: cd 'my digest'; make site; then read README.md, which says how to go on.\n"


@pytest.mark.parametrize("page", ["content/pages/contribute.md", "CONTRIBUTING.md"])
@pytest.mark.parametrize("settings", ["mkdocs.yml", "site_templates/starter/mkdocs.yml"])
def test_the_note_that_contributors_are_shown_is_one(tmp_path: Path, page: str, settings: str) -> None:
    """As it is printed, under the settings and curators that come along."""
    printed = re.search(r"```markdown\n(.*?)```", (CHECKOUT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert printed
    path = tmp_path / "content/notes/2025/10/2509.12345-ada.md"
    path.parent.mkdir(parents=True)
    path.write_text(textwrap.dedent(printed[1]), encoding="utf-8")
    (note,), problems = read_notes(tmp_path / "content", load_settings(CHECKOUT / settings).topics)
    assert (note.paper, note.curator.name, problems) == ("arxiv:2509.12345", "ada", ())


def test_an_empty_folder_is_filled_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`broadsheet new .` works and leaves the shell standing in the same folder."""
    monkeypatch.chdir(tmp_path)
    create(Path())
    assert Path("mkdocs.yml").is_file()


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_what_is_there_is_never_touched(tmp_path: Path, taken: str) -> None:
    """A file, or a folder that holds something, is refused in one line and stays as it is."""
    target = tmp_path / "digest"
    if taken == "folder":
        target.mkdir()
    mine = target / "mine.txt" if taken == "folder" else target
    mine.write_text("mine")
    with pytest.raises(BroadsheetError, match="is not an empty folder; choose") as caught:
        create(target)
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == {mine.relative_to(tmp_path).as_posix()}


def test_without_a_checkout_the_mend_is_named(tmp_path: Path) -> None:
    """A program that was installed without its checkout says how to get one, and makes nothing."""
    with pytest.raises(BroadsheetError, match="clone Broadsheet"):
        create(tmp_path / "digest", checkout=tmp_path / "installed")
    assert names(tmp_path) == set()


def test_the_starter_looks_like_the_site_of_the_program() -> None:
    """Part 4 of the starter's settings follows mkdocs.yml; copy there what you change here."""
    ours, theirs = settings_of(CHECKOUT), settings_of(CHECKOUT / "site_templates" / "starter")
    assert {key: theirs.get(key) for key in LOOKS} == {key: ours.get(key) for key in LOOKS}
