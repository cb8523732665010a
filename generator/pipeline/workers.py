"""Where the work is done: in this process, in others on this machine, or on a cluster. One seam: `Executor`."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from threading import Thread
from typing import TypeVar

from generator.catalogue import Each
from generator.errors import BroadsheetError

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work. A far crew shares no folder with us: all that a task needs must be in it."""

    each: Each
    is_far: bool


@contextmanager
def workers(jobs: int, cluster: str | None) -> Iterator[Crew]:
    """`jobs` processes of this machine, or those of the Dask cluster with this address.

    BroadsheetError when the cluster cannot be used.
    """
    with ExitStack() as stack:
        if cluster is None:
            yield Crew(_here(jobs, stack), is_far=False)
        else:
            yield Crew(_there(cluster, stack), is_far=True)


def _here(jobs: int, stack: ExitStack) -> Each:
    """`map` over processes, which start when there is work for two."""
    pools: list[Executor] = []

    def each(function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        waiting = iter(tasks)
        first = list(islice(waiting, 2))
        if jobs == 1 or len(first) < 2:
            return map(function, chain(first, waiting))
        if not pools:
            pools.append(stack.enter_context(_processes(jobs)))
        return _unbroken(in_order(pools[0], function, chain(first, waiting), lambda: 2 * jobs))

    return each


def _unbroken(results: Iterator[R]) -> Iterator[R]:
    try:
        yield from results
    except BrokenProcessPool as error:
        raise BroadsheetError(
            "a process of this build was killed, most likely for want of memory. Build again with --jobs 1"
        ) from error


def _processes(jobs: int) -> Executor:
    """Processes that inherit nothing open: a fork would hold the lock on the build for as long as it lived."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A worker waits for tasks for ever, also when whoever gave them was killed."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _there(address: str, stack: ExitStack) -> Each:
    try:
        from generator.pipeline.cluster import cluster_at
    except ModuleNotFoundError as error:
        raise BroadsheetError(
            f"--cluster needs a package that is not installed ({error.name}). Install it in the folder of the program: "
            "python -m pip install --editable '.[cluster]'"
        ) from error
    return stack.enter_context(cluster_at(address))


def in_order(
    executor: Executor, function: Callable[[T], R], tasks: Iterable[T], ahead: Callable[[], int]
) -> Iterator[R]:
    """Results in the order of the tasks; about `ahead` tasks are under way, so that memory stays small.

    `ahead` may be none for a while, as workers come and go: one task then waits for them.
    """
    waiting = iter(tasks)
    under_way: deque[Future[R]] = deque(executor.submit(function, task) for task in islice(waiting, max(1, ahead())))
    while under_way:
        done = under_way.popleft().result()
        room = max(0, max(1, ahead()) - len(under_way))
        under_way.extend(executor.submit(function, task) for task in islice(waiting, room))
        yield done
