"""The workflows: valid, least privilege, pinned, one writer of the cache, and the shell that could lose work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.workflows import GITHUB, WORKFLOWS, jobs, run_step, steps_using


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(name)), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_zizmor_finds_nothing() -> None:
    """The strictest audit of zizmor is silent: permissions, pins, injection, credentials."""
    result = tool("zizmor", "--offline", "--no-progress", "--no-config", "--persona", "auditor", GITHUB)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-issue-forms", [GITHUB / "ISSUE_TEMPLATE/suggest-a-paper.yml"]),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_files_match_their_schema(schema: str, files: list[Path]) -> None:
    """What GitHub reads has the shape GitHub documents."""
    result = tool("check-jsonschema", "--builtin-schema", schema, *files)
    assert result.returncode == 0, result.stdout + result.stderr


def test_only_the_daily_build_may_touch_the_cache_and_only_the_weekly_check_may_read_it() -> None:
    """GitHub gives each job a token for what its `cache-mode` says; a pull request's jobs get none."""
    modes = {(workflow, name): job["cache-mode"] for workflow, name, job in jobs()}
    assert modes.pop(("daily", "build")) == "write"
    assert modes.pop(("weekly", "compare")) == "read"
    assert set(modes.values()) == {"none"}
    assert {("pull-request", "notes"), ("pull-request", "tests"), ("pull-request-comment", "comment")} <= modes.keys()


def test_a_link_can_fill_the_form_for_a_paper_in() -> None:
    """By the ids of its fields, which are part of addresses on our pages."""
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/suggest-a-paper.yml").read_text(encoding="utf-8"))
    assert [field["id"] for field in form["body"]] == ["paper", "why"]


def test_what_is_published_goes_on_from_caches_of_the_daily_build_on_main_alone() -> None:
    """One step in all workflows saves, on `main`; the job that hands the site over takes up what that step saved."""
    ((workflow, saver, save),) = steps_using("actions/cache/save@")
    ((_, publisher, _),) = steps_using("actions/upload-pages-artifact@")
    assert (workflow, saver, save["if"]) == ("daily", publisher, "github.ref == 'refs/heads/main'")
    assert save["with"]["key"] == "${{ steps.cache.outputs.cache-primary-key }}"
    readers = {(workflow, name): step for workflow, name, step in steps_using("actions/cache/restore@")}
    assert readers.keys() == {("daily", "build"), ("weekly", "compare")}
    assert readers["daily", "build"]["id"] == "cache"
    assert not steps_using("actions/cache@")


def test_the_weekly_check_reads_what_the_daily_build_reads() -> None:
    """Other keys, paths or addresses would make it compare nothing with nothing, and stay green."""
    (daily, weekly) = (step["with"] for _, _, step in steps_using("actions/cache/restore@"))
    assert {key: daily[key] for key in weekly} == weekly
    assert weekly["key"].startswith(weekly["restore-keys"])
    (save,) = (step["with"] for _, _, step in steps_using("actions/cache/save@"))
    assert save["path"] == daily["path"]
    kept = [job for workflow, _, job in jobs() if workflow in ("daily", "weekly")]
    builds = [step for job in kept for step in job["steps"] if "broadsheet build" in step.get("run", "")]
    addresses = [step["env"]["BROADSHEET_SITE_URL"] for step in builds]
    assert addresses == ["${{ steps.pages.outputs.base_url }}"] * 3


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


def commit_file(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    git(folder, "add", name)
    git(folder, "commit", "--quiet", "--message", name)


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone, as a workflow finds it, of a repository with one note; `tmp_path/author` is another clone."""
    for name, value in {"NAME": "Ada", "EMAIL": "ada@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", "origin.git")
    git(tmp_path, "clone", "--quiet", "origin.git", "author")
    git(tmp_path / "author", "checkout", "--quiet", "-b", "main")
    commit_file(tmp_path / "author", "content/notes/first.md", "First.\n")
    git(tmp_path / "author", "push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "origin.git", "runner")
    return tmp_path / "runner"


def run_commit_step(runner: Path) -> str:
    """The commit that the step of the daily workflow hands to the build."""
    output = runner.parent / "output"
    environment = {"GITHUB_REF_NAME": "main", "GITHUB_OUTPUT": str(output), "GH_TOKEN": "none"}
    run_step("Commit", "daily", runner, environment).check_returncode()
    return output.read_text().removeprefix("commit=").strip()


def test_fetched_listings_are_committed_beside_a_note_merged_meanwhile(runner: Path) -> None:
    """A push between checkout and commit is kept, and so are the listings."""
    commit_file(runner.parent / "author", "content/notes/second.md", "Second.\n")
    git(runner.parent / "author", "push", "--quiet", "origin", "main")
    (runner / "content" / "listing.json").write_text("{}\n")
    commit = run_commit_step(runner)
    assert git(runner.parent / "origin.git", "rev-parse", "main") == commit
    files = git(runner.parent / "origin.git", "ls-tree", "-r", "--name-only", "main").split()
    assert files == ["content/listing.json", "content/notes/first.md", "content/notes/second.md"]


def test_nothing_new_makes_no_commit(runner: Path) -> None:
    """A fetch that changed nothing leaves the history as it is."""
    before = git(runner, "rev-parse", "HEAD")
    assert run_commit_step(runner) == before
    assert git(runner.parent / "origin.git", "rev-parse", "main") == before
