"""The workflows as values, and their shell steps as a runner runs them."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

GITHUB = Path(__file__).parents[1] / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))

Step = Mapping[str, Any]


def jobs() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Workflow, name and body of every job; what the workflow says of the cache holds where its job says nothing."""
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, job in workflow["jobs"].items():
            yield path.stem, name, {"cache-mode": workflow.get("cache-mode"), **job}


def steps_using(action: str) -> list[tuple[str, str, Step]]:
    """Every step that uses an action whose name starts so, with its workflow and job."""
    return [
        (workflow, name, step)
        for workflow, name, job in jobs()
        for step in job["steps"]
        if step.get("uses", "").startswith(action)
    ]


def run_step(name: str, workflow: str, folder: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """The shell of the step with this name, in `folder`."""
    steps = (step for found, _, job in jobs() if found == workflow for step in job["steps"])
    (script,) = (step["run"] for step in steps if step["name"] == name)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    environment = {**os.environ, **env}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
