"""What a stranger proposes, as real commits: a digest's repository, a fork of it, and `broadsheet review` between."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pipeline.conftest import Repository

_WHO = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in {"NAME": "Eve", "EMAIL": "eve@example.org"}.items()
}


def git(folder: Path, *arguments: str, env: dict[str, str] | None = None, stdin: str | None = None) -> str:
    """Git's answer, under no settings of whoever runs the tests."""
    environment = {**os.environ, **_WHO, "GIT_CONFIG_GLOBAL": os.devnull, **(env or {})}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, env: dict[str, str] | None = None) -> str:
    """Everything in `folder` as a commit; its id."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "change", env=env)
    return git(folder, "rev-parse", "HEAD")


@dataclass(frozen=True)
class Forge:
    """A checkout of the base and, beside it, a fork in which a stranger works."""

    base: Repository
    fork: Repository

    def propose(self, author: str = "eve") -> subprocess.CompletedProcess[str]:
        """What stands in the fork, committed, fetched as data and reviewed."""
        commit(self.fork.root)
        git(self.base.root, "fetch", "--quiet", str(self.fork.root), "HEAD:refs/pull/head")
        head = git(self.base.root, "rev-parse", "refs/pull/head")
        return self.review(git(self.base.root, "rev-parse", "HEAD"), head, author)

    def review(self, base: str, head: str, author: str = "eve") -> subprocess.CompletedProcess[str]:
        """`broadsheet review` in the checkout of the base."""
        return self.base.run("review", "--author", author, "--output", "build/review", "--", base, head)

    @property
    def said(self) -> dict[str, Any]:
        """The `review.json` of the last proposal."""
        return json.loads((self.base.root / "build/review/review.json").read_text(encoding="utf-8"))

    @property
    def summary(self) -> str:
        """Its `summary.md`."""
        return (self.base.root / "build/review/summary.md").read_text(encoding="utf-8")

    def lines(self) -> list[tuple[str, int | None, str, str]]:
        """Path, line, text and severity of every problem that was found last."""
        return [(each["path"], each["line"], each["text"], each["severity"]) for each in self.said["problems"]]


def forge(repository: Repository, *, day: str = "2025-10-03T12:00:00Z") -> Forge:
    """`repository` committed on `day` as the base, and a clone of it as the fork."""
    (repository.root / ".gitignore").write_text("/build/\n/site/\n", encoding="utf-8")
    git(repository.root, "init", "--quiet", "--initial-branch", "main")
    commit(repository.root, {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day})
    fork = repository.root.with_name("fork")
    git(repository.root.parent, "clone", "--quiet", str(repository.root), str(fork))
    return Forge(repository, Repository(fork))
