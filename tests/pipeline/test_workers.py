"""Builds over several processes: the same bytes, and nothing left behind."""

import subprocess
import sys
from datetime import date, timedelta

from tests.pipeline.conftest import Repository, paper

DAYS = 60
"""Enough for three tasks, so that processes start."""


def many_days(repository: Repository) -> None:
    for number in range(DAYS):
        repository.keep(date(2025, 7, 1) + timedelta(days=number), paper(1000 + number, f"Paper of day {number}"))


def test_two_processes_make_the_bytes_that_one_makes(repository: Repository) -> None:
    """How the work is shared shows nowhere."""
    many_days(repository)
    assert repository.run("build", "--jobs", "1").returncode == 0
    alone = repository.site()
    done = repository.run("build", "--clean", "--jobs", "2")
    assert (done.returncode, repository.site() == alone) == (0, True), done.stderr


def test_a_killed_build_takes_its_processes_along(repository: Repository) -> None:
    """They would hold the lock on the build, and the next run would wait for ever."""
    many_days(repository)
    command = [sys.executable, "-m", "generator.cli", "build", "--jobs", "2"]
    build = subprocess.Popen(command, cwd=repository.root, env=repository.environment(), stderr=subprocess.DEVNULL)
    while not (repository.root / "build" / "stage").exists() and build.poll() is None:
        pass
    build.kill()
    assert build.wait() == -9
    done = repository.run("build", "--jobs", "2", "--verify")
    assert (done.returncode, "waiting" in done.stderr) == (0, False), done.stderr
