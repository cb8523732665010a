"""Builds over several processes: the same bytes, and nothing left behind."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from generator.errors import BroadsheetError
from generator.pipeline.workers import in_order, workers
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
    deadline = time.monotonic() + 300
    while not (repository.root / "build" / "stage").exists() and build.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    build.kill()
    assert build.wait(timeout=60) == -9
    done = repository.run("build", "--jobs", "2", "--verify")
    assert (done.returncode, "waiting" in done.stderr) == (0, False), done.stderr


def test_a_process_that_dies_is_one_line() -> None:
    """As when the system ends it for want of memory."""
    with workers(2, None) as crew, pytest.raises(BroadsheetError, match=r"was killed.*Build again with --jobs 1"):
        list(crew.each(os._exit, [1, 2, 3]))


def test_no_task_is_lost_while_nobody_works() -> None:
    """Workers of a cluster come and go; the tasks wait for them."""
    room = iter([0, 0, 3, 0, 0, 1, 0, 0, 0, 0])
    with ThreadPoolExecutor(1) as executor:
        assert list(in_order(executor, str, range(9), lambda: next(room))) == [str(number) for number in range(9)]
