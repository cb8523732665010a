"""Workers on other machines: a Dask cluster behind the seam `Executor`. Imported only when a cluster is asked for.

A task carries all that it needs and the stack it was written for; a worker of another stack refuses it. When a worker
dies, the scheduler gives its tasks to others.

Reference: https://distributed.dask.org/en/stable/
"""

import asyncio
import logging
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Any, TypeVar

import dask
from distributed import Client, KilledWorker, Security, get_worker
from distributed.comm.core import connect

from generator.catalogue import Each
from generator.errors import BroadsheetError
from generator.pipeline.stack import differences, our_stack
from generator.pipeline.workers import in_order

T = TypeVar("T")
R = TypeVar("R")

_PATIENCE_S = 5
_TASK_LIMIT = "1 GB"
"""Dask warns of tasks of 10 MB, which a few days of all of arXiv exceed."""
_MEND = "Install there the same program and packages, start it again, and build again"
_turn = Lock()


@contextmanager
def cluster_at(address: str) -> Iterator[Each]:
    """`map` over the workers of the cluster. BroadsheetError when it cannot be reached, or a worker is another's."""
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it we say ourselves
    stack = our_stack()
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": _TASK_LIMIT}), _client(address) as client:
        _refuse_others(client, address, stack)
        executor = client.get_executor(pure=False)

        def each(function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
            errands = (pickle.dumps((function, task)) for task in tasks)
            with _losses_told(address):
                yield from in_order(executor, partial(run_errand, stack), errands, lambda: 2 * len(client.nthreads()))

        yield each


def run_errand(stack: Mapping[str, str], errand: bytes) -> Any:
    """What a worker does: nothing when it differs from `stack`, else the function on its task.

    Both come as bytes, so that nothing of ours is read before the comparison. One at a time in each process:
    MkDocs's settings and templates are not made for threads.
    """
    if told := differences(stack):
        raise _refused(get_worker().address, told)
    function, task = pickle.loads(errand)  # noqa: S301  # a scheduler may run any code anyway
    with _turn:
        return function(task)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """Connect once before Dask's client does, which cannot be closed when something else than a scheduler answers."""
    try:
        asyncio.run(_knock(address))
    except Exception as error:  # what answers there may be anything
        raise BroadsheetError(
            f"no Dask scheduler answers at {address} ({str(error) or type(error).__name__}). "
            "Start one with dask scheduler, or mend the address"
        ) from error
    with Client(address, timeout=_PATIENCE_S, set_as_default=False) as client:
        yield client


async def _knock(address: str) -> None:
    comm = await connect(address, timeout=_PATIENCE_S, **Security().get_connection_args("client"))
    await comm.close()


def _refuse_others(client: Client, address: str, stack: Mapping[str, str]) -> None:
    """BroadsheetError for the first worker that would make other bytes; also when there is none at all."""
    try:
        client.run_on_scheduler(differences, {})
    except Exception as error:  # whatever it says: it could not read the name of our function
        raise BroadsheetError(f"the scheduler at {address} cannot run this program ({error}). {_MEND}") from error
    answers = client.run(differences, stack, on_error="return")
    if not answers:
        raise BroadsheetError(f"the cluster at {address} has no workers. Start one: dask worker {address}")
    for worker, told in sorted(answers.items()):
        if told and not isinstance(told, OSError):  # a worker that just went is no trouble
            raise _refused(worker, told)


def _refused(worker: str, told: str | Exception) -> BroadsheetError:
    why = f"cannot run this program ({told})" if isinstance(told, Exception) else f"is of another version: {told}"
    return BroadsheetError(f"the worker {worker} {why}. {_MEND}")


@contextmanager
def _losses_told(address: str) -> Iterator[None]:
    try:
        yield
    except KilledWorker as error:
        raise BroadsheetError(
            f"{error.allowed_failures + 1} workers died of one task, the last of them {error.last_worker.address}. "
            "Look into its log; memory is the usual cause. Then build again"
        ) from error
    except CancelledError as error:
        raise BroadsheetError(
            f"the scheduler at {address} went away. Start it and its workers, and build again"
        ) from error
