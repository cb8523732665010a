"""A command → what it cost, measured from outside."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from generator.errors import BroadsheetError


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall clock, seconds of all its processes' CPU, and the peak of the largest of them in 10^6 bytes."""

    seconds: float
    cpu: float
    peak_mb: float


def measure(command: Sequence[str]) -> Run:
    """One process with all it starts, from start to end; BroadsheetError when it fails.

    The kernel's `ru_maxrss` of a child that was waited for is that of the largest process below it, never a sum
    (getrusage(2)). A new process begins with the size of the one that starts it, so no peak can be told that is
    smaller than our own.
    """
    os.sync()  # so that no run pays for what another wrote
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=quiet)  # noqa: S603  # our own choice
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        shown = " ".join(command)
        raise BroadsheetError(f"'{shown}' ended with {process.returncode}. What it said stands above; mend that first")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def typical(runs: Sequence[Run]) -> Run:
    """The median of each time, and the largest peak."""
    return Run(
        seconds=median(run.seconds for run in runs),
        cpu=median(run.cpu for run in runs),
        peak_mb=max(run.peak_mb for run in runs),
    )
