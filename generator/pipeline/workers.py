"""Where the work is done: in this process, in others on this machine, or on a cluster. One seam: `Executor`."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from typing import TypeVar

from generator.catalogue import Each

T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def workers(jobs: int) -> Iterator[Each]:
    """`map` over `jobs` processes, which start when there is work for two."""
    with ExitStack() as stack:
        pools: list[Executor] = []

        def each(function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
            waiting = iter(tasks)
            first = list(islice(waiting, 2))
            if jobs == 1 or len(first) < 2:
                return map(function, chain(first, waiting))
            if not pools:
                pools.append(stack.enter_context(ProcessPoolExecutor(jobs)))
            return in_order(pools[0], function, chain(first, waiting), ahead=2 * jobs)

        yield each


def in_order(executor: Executor, function: Callable[[T], R], tasks: Iterable[T], ahead: int) -> Iterator[R]:
    """Results in the order of the tasks; at most `ahead` tasks are under way, so that memory stays small."""
    waiting = iter(tasks)
    under_way: deque[Future[R]] = deque(executor.submit(function, task) for task in islice(waiting, ahead))
    while under_way:
        done = under_way.popleft().result()
        under_way.extend(executor.submit(function, task) for task in islice(waiting, 1))
        yield done
