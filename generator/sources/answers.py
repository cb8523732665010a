"""Answers on disk: what a source said last time, so that it need not say it again (RFC 9110, section 13)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.files import write_atomic

_VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete HTTP answer; `headers` are keyed in lower case, `body` is decoded of its transfer."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class AnswerCache:
    """One file an address; derived, so a broken one only costs a request."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def load(self, url: str) -> Answer | None:
        """The last good answer of this address."""
        if self._folder is None:
            return None
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            known = json.loads(head)
            if known["url"] == url and known["size"] == len(body):
                return Answer(200, url, {str(key): str(value) for key, value in known["headers"].items()}, body)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return None

    def store(self, url: str, answer: Answer) -> None:
        """Keep an answer that was good, if it can be asked for conditionally."""
        kept = {name.lower() for name in _VALIDATORS}
        if self._folder is None or answer.status != 200 or not kept & set(answer.headers):
            return
        headers = {name: value for name, value in answer.headers.items() if name in kept | {"content-type"}}
        head = json.dumps({"url": url, "size": len(answer.body), "headers": headers})
        write_atomic(self._path(url), head.encode() + b"\n" + answer.body, durable=False)

    def forget(self, url: str) -> None:
        """Ask for all of it next time."""
        if self._folder is not None:
            self._path(url).unlink(missing_ok=True)

    def conditions(self, answer: Answer | None) -> dict[str, str]:
        """The request headers that ask for news only."""
        headers = {} if answer is None else answer.headers
        return {ask: headers[name.lower()] for name, ask in _VALIDATORS.items() if name.lower() in headers}

    def _path(self, url: str) -> Path:
        assert self._folder is not None  # noqa: S101  # both callers return before
        return self._folder / hashlib.sha256(url.encode()).hexdigest()[:32]
