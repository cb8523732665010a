"""An address → a validated answer, politely: paced, bounded, retried as a whole, asked for news only.

Retry waits use full jitter (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): a uniform
share of min(cap, base · 2^n) seconds.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError

from generator import __version__
from generator.errors import AnswerError, RefusedError, SourceError
from generator.sources.answers import Answer, AnswerCache
from generator.sources.faults import connection_cause, fault_name, status_words
from generator.sources.hosts import check_address, check_redirect, host_of
from generator.sources.pacing import Pacer

__all__ = ["Answer", "Client", "Limits"]

T = TypeVar("T")

_RETRIED = frozenset((406, 408, 425, 429, *range(500, 600)))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds to connect, between two reads, in all; decoded bytes; redirects; tries."""

    connect: float = 10
    read: float = 30
    total: float = 120
    size: int = 50_000_000
    redirects: int = 5
    tries: int = 5
    longest_wait: float = 120


class _PassingFault(Exception):  # noqa: N818  # not an error until the tries are used up
    """A fault that may pass; `wait` is what the source asked for, in seconds."""

    def __init__(self, cause: str, wait: float | None = None) -> None:
        super().__init__(cause)
        self.wait = wait


class Client:
    """The one way to the network. `cache` is a folder for conditional requests; the clocks are for tests."""

    def __init__(
        self,
        contact: str,
        cache: Path | None = None,
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._session = requests.Session()
        self._agent = f"broadsheet/{__version__} (+{contact})"
        self._answers = AnswerCache(cache)
        self._limits = limits or Limits()
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._pacer = Pacer(clock, sleep)

    def get(
        self,
        url: str,
        params: Mapping[str, str],
        accept: str,
        parse: Callable[[Answer], T],
        also: frozenset[int] = frozenset(),
    ) -> T:
        """Ask until `parse` takes the answer, and return what it makes of it.

        `parse` sees answers with status 200 or one in `also`. It raises AnswerError for an answer that another try
        may mend, RefusedError for one that none will. Raises SourceError, of one line, when all tries are used up.
        """
        full = requests.Request("GET", url, params=dict(params)).prepare().url or url
        for attempt in range(self._limits.tries):
            try:
                return self._try(full, url, accept, parse, also)
            except (_PassingFault, AnswerError) as error:
                fault = error
            self._pause(fault, attempt)
        raise SourceError(f"{fault} ({self._limits.tries} tries)") from fault

    def _try(self, url: str, configured: str, accept: str, parse: Callable[[Answer], T], also: frozenset[int]) -> T:
        known = self._answers.load(url)
        answer = self._ask(url, configured, accept, self._answers.conditions(known))
        if answer.status == 304 and known is not None:
            return self._parse_known(url, known, parse)
        if answer.status in _RETRIED and answer.status not in also:
            raise _PassingFault(_told(answer), _retry_after(answer.headers.get("retry-after")))
        if answer.status != 200 and answer.status not in also:
            raise SourceError(_told(answer))
        parsed = parse(answer)
        self._answers.store(url, answer)
        return parsed

    def _parse_known(self, url: str, known: Answer, parse: Callable[[Answer], T]) -> T:
        """An older version of us may have stored what this one does not take: then ask without conditions."""
        try:
            return parse(known)
        except AnswerError:
            self._answers.forget(url)
            raise

    def _pause(self, fault: Exception, attempt: int) -> None:
        if attempt + 1 == self._limits.tries:
            return
        asked = fault.wait if isinstance(fault, _PassingFault) else None
        if asked is not None and asked > self._limits.longest_wait:
            raise SourceError(f"{fault}: it asks to wait {asked:.0f} s; failed for now") from fault
        backoff = self._jitter() * min(30.0, 2.0**attempt)
        self._sleep(backoff if asked is None else asked)

    def _ask(self, url: str, configured: str, accept: str, conditions: Mapping[str, str]) -> Answer:
        """One request and its redirects, within the total deadline."""
        deadline = self._clock() + self._limits.total
        headers = {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": "gzip, deflate", **conditions}
        check_address(url, configured)
        for _ in range(self._limits.redirects + 1):
            self._pacer.wait(url)
            answer = self._receive(url, headers, deadline)
            if answer.status not in _REDIRECTS:
                return answer
            target = urljoin(url, answer.headers.get("location", ""))
            check_redirect(url, target, configured)
            url = target
        raise RefusedError(f"more than {self._limits.redirects} redirects")

    def _receive(self, url: str, headers: Mapping[str, str], deadline: float) -> Answer:
        timeout = (self._limits.connect, self._limits.read)
        try:
            with self._session.get(
                url, headers=dict(headers), timeout=timeout, stream=True, allow_redirects=False
            ) as response:
                found = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, url, found, self._body(response, deadline))
        except requests.exceptions.Timeout as error:
            raise _PassingFault(f"no answer from {host_of(url)} within {self._limits.read:g} s") from error
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise _PassingFault(f"the connection to {host_of(url)} failed: {connection_cause(error)}") from error
        except ValueError as error:
            raise _PassingFault(f"{host_of(url)} answers what cannot be read ({fault_name(error)})") from error

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """The decoded body, piece by piece, so that neither a drip nor a bomb holds us up."""
        pieces: list[bytes] = []
        size = 0
        while piece := response.raw.read1(65_536, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > self._limits.size:
                raise RefusedError(f"the answer is over {self._limits.size // 1_000_000} MB")
            if self._clock() > deadline:
                raise _PassingFault(f"the answer took over {self._limits.total:g} s")
        return b"".join(pieces)


def _told(answer: Answer) -> str:
    """The host alone: an address may hold a secret, and what we say is archived and shown."""
    return f"{host_of(answer.url)} answers {status_words(answer.status)}"


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait (RFC 9110, section 10.2.3); None for none, and for what cannot be read."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
