"""A client without network: a function of address and parameters plays the upstream."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from generator.errors import AnswerError, SourceError
from generator.sources.http import Answer, Client

T = TypeVar("T")
Upstream = Callable[[str, Mapping[str, str]], bytes | int]


class FakeClient(Client):
    """Gives each answer to the parser once; a number is a failing HTTP status. `asked` records the requests."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.asked: list[tuple[str, dict[str, str]]] = []

    def get(
        self,
        url: str,
        params: Mapping[str, str],
        accept: str,
        parse: Callable[[Answer], T],
        also: frozenset[int] = frozenset(),
    ) -> T:
        """As the real one, without a second try."""
        self.asked.append((url, dict(params)))
        body = self._upstream(url, params)
        if isinstance(body, int):
            raise SourceError(f"HTTP {body}")
        try:
            return parse(Answer(200, url, {}, body))
        except AnswerError as error:
            raise SourceError(f"{error} (1 tries)") from error
