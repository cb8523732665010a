"""A stranger's pull request on loopback: the steps of the workflows as they are written, on real repositories."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.starter import CHECKOUT, create
from tests.pipeline.proposals import commit, git
from tests.workflows import jobs, run_step

NOTE = '---\npaper: "t-cf02ba5f113e37c6"\ncurator: github:eve\n---\nSentence of a stranger.\n'
PATH = "content/notes/2025/10/t-cf02ba5f113e37c6-eve.md"


@dataclass(frozen=True)
class Scene:
    """A digest's repository on a forge, a runner with the base checked out, and a stranger's fork."""

    folder: Path

    @property
    def runner(self) -> Path:
        """Where the workflow runs."""
        return self.folder / "runner"

    @property
    def fork(self) -> Path:
        """Where the stranger works."""
        return self.folder / "fork"

    @property
    def canary(self) -> Path:
        """Whatever of the stranger's runs leaves this file behind."""
        return self.folder / "canary"

    def write(self, path: str, text: str) -> Path:
        """A file in the fork."""
        place = self.fork / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return place

    def propose(self) -> dict[str, subprocess.CompletedProcess[str]]:
        """What stands in the fork, as pull request 7; the steps of the job that reads notes, save the install."""
        head = commit(self.fork)
        git(self.fork, "push", "--quiet", "--force", str(self.folder / "forge.git"), f"{head}:refs/pull/7/head")
        env = {
            "NUMBER": "7",
            "AUTHOR": "eve",
            "HEAD": head,
            "BASE": git(self.runner, "rev-parse", "HEAD"),
            "GH_TOKEN": "none",
            "GITHUB_ACTIONS": "true",
            "CANARY": str(self.canary),
            **{name: str(self.folder / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")},
        }
        steps = ("Fetch the change as data", "Review", "Build the digests of the notes")
        return {name: run_step(name, "pull-request", self.runner, env) for name in steps}

    def read(self, name: str) -> str:
        """A file that the steps wrote beside the runner."""
        return (self.folder / name).read_text(encoding="utf-8")

    def said(self) -> dict[str, Any]:
        """The review that would be handed over."""
        return json.loads((self.runner / "build/review/review.json").read_text(encoding="utf-8"))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A digest with the example's days; its program is installed in the runner as `make .venv/.runtime` would."""
    create(tmp_path / "start", example=True)
    git(tmp_path / "start", "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path / "start")
    git(tmp_path, "clone", "--quiet", "--bare", "start", "forge.git")
    for name in ("runner", "fork"):
        git(tmp_path, "clone", "--quiet", "forge.git", name)
    program = tmp_path / "runner/.venv/bin/broadsheet"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path}/runner" exec "{sys.executable}" -m generator.cli "$@"\n')
    program.chmod(0o755)
    return Scene(tmp_path)


def test_a_note_alone_is_read_built_and_handed_over(scene: Scene) -> None:
    """No test of the change is asked for; the page and what it needs are there to look at."""
    scene.write(PATH, NOTE)
    steps = scene.propose()
    for done in steps.values():
        assert done.returncode == 0, done.stderr
    assert [steps[name].stdout for name in ("Fetch the change as data", "Review")] == ["", ""]
    begun, ended = steps["Build the digests of the notes"].stdout.split()
    assert (begun, len(ended)) == (f"::stop-commands::{ended.strip(':')}", 36)  # in between, a runner obeys nobody
    assert scene.read("GITHUB_OUTPUT") == "other=false\nmade=true\n"
    assert "Sentence of a stranger." in scene.read("GITHUB_STEP_SUMMARY")
    pages = scene.runner / "build/review/site"
    assert {path.name for path in pages.rglob("*.html")} == {"index.html"}
    assert "Sentence of a stranger." in (pages / "2025/10/01/index.html").read_text(encoding="utf-8")
    assert (pages / "assets").is_dir()


def arm(scene: Scene) -> set[str]:
    """Every place of a repository from which code has ever been run, loaded; the paths."""
    bomb = 'import os, pathlib\npathlib.Path(os.environ["CANARY"]).write_text(__name__)\n'
    loaded = {
        **{f"generator/{name}.py": bomb for name in ("__init__", "cli", "commands/reviewing", "pipeline/proposal")},
        **{f"{name}.py": bomb for name in ("click", "sitecustomize", "conftest", "hook", "yaml")},
        ".github/scripts/comment.py": bomb,
        "Makefile": ".venv/.runtime:\n\ttouch $(CANARY)\n",
        "mkdocs.yml": (scene.fork / "mkdocs.yml").read_text(encoding="utf-8") + "\nhooks: [hook.py]\n",
        "site_templates/pages/day.md.j2": "CANARY\n",
        "site_templates/theme/main.html": "CANARY\n",
        ".gitattributes": "* filter=canary diff=canary merge=canary\n",
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% $CANARY\n\tupdate = !touch $CANARY\n',
        "content/curators.yml": "eve: {name: CANARY, github: eve}\n",
        "::add-mask::x": "x",
    }
    for path, text in loaded.items():
        scene.write(path, text)
    # As if the runner had programs for what the attributes name.
    for key in ("filter.canary.smudge", "filter.canary.clean", "diff.canary.textconv", "diff.canary.command"):
        git(scene.runner, "config", key, f"touch {scene.canary}; cat")
    return set(loaded)


def test_nothing_of_a_hostile_change_runs_and_all_of_it_is_named(scene: Scene) -> None:
    """Program, settings, hooks, templates, attributes, modules, odd notes; the good note beside them is read."""
    paths = arm(scene)
    scene.write(PATH, NOTE)
    odd = [
        scene.write(f"content/notes/2025/10/{name}", NOTE).name
        for name in ("a\nb.md", "'\"`.md", "$(touch ${CANARY}).md", "-exec.md", "; touch $CANARY;.md")
    ]
    scene.write("content/notes/2025/10/2510.00001-eve.md", NOTE).chmod(0o755)
    scene.write("content/notes/2025/10/2510.00002-eve.md", "x" * 1_000_000)
    (scene.fork / "content/notes/2025/10/2510.00003-eve.md").symlink_to("/etc/passwd")
    steps = scene.propose()
    assert [done.returncode for done in steps.values()] == [0, 1, 0], steps["Build the digests of the notes"].stderr
    assert not scene.canary.exists()

    assert git(scene.runner, "status", "--porcelain", "--untracked-files=all") == f"?? {PATH}"
    site = {path: path.read_bytes() for path in (scene.runner / "site").rglob("*.html")}
    assert not [path for path, data in site.items() if b"CANARY" in data]
    assert scene.read("GITHUB_OUTPUT") == "other=true\nmade=true\n"
    named = {problem["path"] for problem in scene.said()["problems"]}
    assert paths <= set(scene.said()["other"])
    assert {f"content/notes/2025/10/{name}".replace("\n", " ") for name in odd} <= named
    assert {f"content/notes/2025/10/2510.0000{number}-eve.md" for number in (1, 2, 3)} <= named
    said = steps["Review"].stdout + steps["Review"].stderr
    commands = {line.split(" ")[0] for line in said.splitlines() if line.strip().startswith("::")}
    assert commands == {"::error"}
    assert not [command for command in ("##[", "CANARY\n") if command in said]


def test_what_would_run_there_leaves_a_mark(scene: Scene) -> None:
    """So that the test above shows something: the same change, checked out and run, is noticed."""
    arm(scene)
    env = {**os.environ, "PYTHONPATH": str(scene.fork), "CANARY": str(scene.canary)}
    subprocess.run([sys.executable, "-m", "generator.cli"], cwd=scene.fork, env=env, capture_output=True, check=False)
    assert scene.canary.exists()


def test_the_workflow_that_reads_strangers_is_never_theirs() -> None:
    """It checks the base out, its scripts take values from the environment alone, and only one job runs the change."""
    for _, _, job in jobs():
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]
    found = {(workflow, name): job for workflow, name, job in jobs()}
    (checkout,) = (step for step in found["pull-request", "notes"]["steps"] if "checkout@" in step.get("uses", ""))
    assert checkout["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert found["pull-request", "notes"]["permissions"] == {"contents": "read"}
    assert found["pull-request", "tests"]["permissions"] == {"contents": "read"}
    (checkout,) = (step for step in found["pull-request-comment", "comment"]["steps"] if "uses" in step)
    assert set(checkout["with"]) == {"persist-credentials", "sparse-checkout"}  # the main branch, by default


GH = """#!{python}
import json, os, subprocess, sys
from pathlib import Path
home, arguments = Path(os.environ["FORGE"]), sys.argv[1:]
address = next(argument for argument in arguments if argument.startswith("repos/"))
method = arguments[arguments.index("--method") + 1] if "--method" in arguments else "GET"
if method != "GET":
    fields = [value.split("=", 1) for flag, value in zip(arguments, arguments[1:]) if flag in ("-f", "-F")]
    fields = {{key: Path(value[1:]).read_text() if value.startswith("@") else value for key, value in fields}}
    with (home / "written").open("a") as file:
        file.write(json.dumps([method, address, fields]) + "\\n")
elif address.endswith("/zip"):
    sys.stdout.buffer.write((home / "review.zip").read_bytes())
else:
    answer = home / (address.partition("?")[0].rpartition("/")[2] + ".json")
    subprocess.run(["jq", "--raw-output", arguments[arguments.index("--jq") + 1], answer], check=True)
"""


@dataclass(frozen=True)
class Forge:
    """GitHub as the workflow that comments sees it: canned answers in, what was written out."""

    folder: Path

    def answers(self, name: str, value: object) -> None:
        """What GitHub says to questions whose address ends so."""
        (self.folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")

    def review(self, text: str) -> None:
        """What the run hands over."""
        with zipfile.ZipFile(self.folder / "review.zip", "w") as archive:
            archive.writestr("review.json", text)
        self.answers("artifacts", {"artifacts": [{"id": 5, "size_in_bytes": 9, "created_at": "2025-10-01T00:00:00Z"}]})

    def comment(self) -> list[tuple[str, str, Mapping[str, str]]]:
        """Run the steps; method, address and fields of all that they write."""
        temporary = self.folder / "temporary"
        temporary.mkdir(exist_ok=True)
        env = {
            "FORGE": str(self.folder),
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "REPOSITORY": "ann/digest",
            "BRANCH": "$(touch x)",
            "HEAD": "abc",
            "OWNER": "eve",
            "RUN": "1",
            "NUMBER": "7",
            "RUN_URL": "https://forge.example/run",
            "RUNNER_TEMP": str(temporary),
            "GITHUB_OUTPUT": str(self.folder / "output"),
        }
        for name in ("Find the pull request", "Take the review", "Comment"):
            done = run_step(name, "pull-request-comment", CHECKOUT, env)
            assert (done.returncode, done.stdout) == (0, ""), done.stderr
        written = self.folder / "written"
        return [tuple(json.loads(line)) for line in written.read_text().splitlines()]


SHOWN = {"path": PATH, "title": "A title", "address": "2025/10/01/#x", "words": 4}
GOOD = {"problems": [], "notes": [SHOWN], "touches_other": False, "needs_owner": False, "other": [], "left_out": 0}


@pytest.fixture
def github(tmp_path: Path) -> Forge:
    """Pull request 7 by Eve, of one note, without comments and without a review."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    gh = tmp_path / "gh"
    gh.write_text(GH.format(python=sys.executable))
    gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
    forge = Forge(tmp_path)
    forge.answers("pulls", [{"number": 6, "head": {"sha": "old"}}, {"number": 7, "head": {"sha": "abc"}}])
    forge.answers("files", [{"filename": PATH}])
    forge.answers("comments", [])
    forge.answers("artifacts", {"artifacts": []})
    return forge


def test_the_first_run_comments_and_later_ones_renew_the_comment(github: Forge) -> None:
    """One comment; that of somebody who forges the mark is left alone."""
    github.review(json.dumps(GOOD))
    ((method, address, fields),) = github.comment()
    assert (method, address) == ("POST", "repos/ann/digest/issues/7/comments")
    assert fields["body"].startswith("<!-- broadsheet-review -->\n\nNothing to mend.\n\n<table>")
    assert (github.folder / "output").read_text() == "number=7\n"
    forged = {"id": 1, "user": {"login": "eve"}, "body": fields["body"]}
    github.answers("comments", [forged, {**forged, "id": 2, "user": {"login": "github-actions[bot]"}}])
    assert github.comment()[-1][:2] == ("PATCH", "repos/ann/digest/issues/comments/2")


@pytest.mark.parametrize(
    "files",
    [
        [{"filename": "generator/cli.py"}],
        [{"filename": PATH, "previous_filename": "mkdocs.yml"}],
        [{"filename": f"{PATH}\n{PATH}"}],
    ],
)
def test_the_label_follows_what_github_says_not_what_the_run_says(github: Forge, files: list[dict[str, str]]) -> None:
    """A run of a changed workflow can hand over any review, or none."""
    github.answers("files", files)
    github.review(json.dumps(GOOD))
    label, comment = github.comment()
    assert label == ("POST", "repos/ann/digest/issues/7/labels", {"labels[]": "needs the owner"})
    assert "the owner looks at it by hand" in comment[2]["body"]


def test_where_there_is_no_note_there_is_no_comment(github: Forge) -> None:
    """The program's own changes get their label and no more; a comment that is there already is renewed."""
    github.answers("files", [{"filename": "generator/cli.py"}])
    github.review(json.dumps({**GOOD, "notes": []}))
    ((_, address, _),) = github.comment()
    assert address.endswith("/labels")
    mine = {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "<!-- broadsheet-review -->"}
    github.answers("comments", [mine])
    assert github.comment()[-1][0] == "PATCH"


def test_without_a_review_the_comment_says_so(github: Forge) -> None:
    """As when the run broke off."""
    ((_, _, fields),) = github.comment()
    assert fields["body"].endswith("cannot be read: [the run](https://forge.example/run) says why.\n")


def test_a_pull_request_that_has_moved_on_is_left_to_the_next_run(github: Forge) -> None:
    """No number, so that no later step runs."""
    github.answers("pulls", [{"number": 7, "head": {"sha": "newer"}}])
    env = {"FORGE": str(github.folder), "PATH": f"{github.folder}:{os.environ['PATH']}", "REPOSITORY": "ann/digest"}
    more = {"HEAD": "abc", "OWNER": "eve", "BRANCH": "main", "GITHUB_OUTPUT": str(github.folder / "output")}
    run_step("Find the pull request", "pull-request-comment", CHECKOUT, {**env, **more}).check_returncode()
    assert (github.folder / "output").read_text() == ""
    steps = next(job for workflow, _, job in jobs() if workflow == "pull-request-comment")["steps"]
    assert {step["if"] for step in steps[2:]} == {"steps.find.outputs.number != ''"}
