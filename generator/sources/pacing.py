"""Requests in a row → requests with pauses, as each host asks for.

arXiv: one request in three seconds over all its hosts (https://info.arxiv.org/help/api/tou.html). Others: five a
second. The owner's own machine needs no pauses.
"""

from collections.abc import Callable

from generator.sources.hosts import host_of, is_loopback

_ARXIV_SECONDS = 3.0
_OTHER_SECONDS = 0.2


class Pacer:
    """Waits before a request until its host may be asked again."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free: dict[str, float] = {}

    def wait(self, url: str) -> None:
        """Return when `url` may be asked."""
        if is_loopback(url):
            return
        host = host_of(url)
        is_arxiv = host == "arxiv.org" or host.endswith(".arxiv.org")
        key, pause = ("arxiv.org", _ARXIV_SECONDS) if is_arxiv else (host, _OTHER_SECONDS)
        remaining = self._free.get(key, 0.0) - self._clock()
        if remaining > 0:
            self._sleep(remaining)
        self._free[key] = self._clock() + pause
