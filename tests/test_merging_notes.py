"""Notes and forks in git: nothing that people write at the same time gets in each other's way."""

import shutil
import subprocess
from pathlib import Path

from generator.starter import create
from tests.pipeline.conftest import CHECKOUT, Repository, add_days, new_repository

NOTE = '---\npaper: "2510.00003"\ncurator: github:{login}\n---\nSays {login}.\n'


def git(root: Path, *arguments: str) -> None:
    """Git, as somebody."""
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@mail.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def commit_all(root: Path, message: str) -> None:
    """Everything that changed."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def test_two_branches_with_notes_on_one_paper_merge_and_both_show(tmp_path: Path):
    """One file a note: there is no line that both change."""
    repository = new_repository(tmp_path / "digest")
    add_days(repository)
    root = repository.root
    git(root, "init", "--quiet", "--initial-branch", "main")
    (root / ".gitignore").write_text("/build/\n/site/\n", encoding="utf-8")
    commit_all(root, "start")
    for login in ("eve", "bo"):
        git(root, "switch", "--quiet", "--create", login, "main")
        repository.note(NOTE.format(login=login), f"2510.00003-{login}.md")
        commit_all(root, login)
    git(root, "switch", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-edit", "eve")
    git(root, "merge", "--quiet", "--no-edit", "bo")
    assert repository.run("check").returncode == 0
    assert repository.run("build").returncode == 0
    page = repository.site()["2025/10/01/index.html"].decode()
    assert ("Says eve." in page, "Says bo." in page) == (True, True)


def test_an_owner_takes_a_newer_broadsheet_without_a_conflict_in_content(tmp_path: Path):
    """What the program ships lies beside what the owner and contributors write: their content merges untouched."""
    upstream, fork = tmp_path / "broadsheet", tmp_path / "fork"
    create(upstream, example=True, checkout=CHECKOUT)
    git(upstream, "init", "--quiet", "--initial-branch", "main")
    commit_all(upstream, "a release")
    git(tmp_path, "clone", "--quiet", str(upstream), str(fork))
    mine = Repository(fork)
    mine.note('---\npaper: "t-ea3038d360d9ff64"\ncurator: github:eve\n---\nMine.\n', "t-ea3038d360d9ff64-eve.md")
    (fork / "content/hidden.yml").write_text("papers: {t-cf02ba5f113e37c6: off topic}\n", encoding="utf-8")
    curators = fork / "content/curators.yml"
    curators.write_text(f"{curators.read_text(encoding='utf-8')}eve:\n  name: Eve\n", encoding="utf-8")
    commit_all(fork, "our digest")
    for name in ("generator/dates.py", "site_templates/pages/day.md.j2", "site_templates/assets/broadsheet.css"):
        path = upstream / name
        path.write_text(f"{path.read_text(encoding='utf-8')}\n", encoding="utf-8")
    shutil.copy(CHECKOUT / "README.md", upstream / "docs/README.md")
    commit_all(upstream, "a newer release")
    git(fork, "pull", "--quiet", "--no-rebase", "--no-edit")
    assert mine.run("check").returncode == 0
    assert "Eve" in curators.read_text(encoding="utf-8")
