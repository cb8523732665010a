"""Files in memory → a real HTTP server on loopback that serves them as a static host would, and counts what it sends.

HTTP/1.1 with connections kept; text is compressed with gzip for who takes it, as GitHub Pages does, `.bin` never; one
`Range` is answered with 206, several with the whole file, which RFC 9110 section 14.2 permits.
"""

import gzip
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import formatdate
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self
from zlib import crc32

_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    "/": "text/html",
}
"""What is compressed, by the end of its path; all else is bytes."""
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_IDLE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer: the path asked for, without the slash before it, and the bytes of its head and body on the wire;
    `body` are those of the body alone.
    """

    path: str
    size: int
    body: int


class CountingServer:
    """A context manager; inside, `url` ends in a slash. End whoever asks before you leave it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._sent: list[Sent] = []
        stored = {path: _Stored.of(path, data) for path, data in files.items()}
        handler = type("Handler", (_Handler,), {"stored": stored, "sent": self._sent})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False  # so that leaving waits for them
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where the files are."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def take(self) -> tuple[Sent, ...]:
        """All that was sent since the last time, in order; an answer is counted before its last byte is out."""
        taken = tuple(self._sent)
        del self._sent[: len(taken)]
        return taken


@dataclass(frozen=True)
class _Stored:
    data: bytes
    is_text: bool
    type: str
    tag: str

    @classmethod
    def of(cls, path: str, data: bytes) -> "_Stored":
        kind = next((kind for end, kind in _TYPES.items() if path.endswith(end)), None)
        return cls(data, kind is not None, kind or "application/octet-stream", f'"{crc32(data):08x}-{len(data):x}"')

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.data, 6, mtime=0)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _IDLE
    stored: Mapping[str, _Stored]
    sent: list[Sent]

    def do_GET(self) -> None:
        """One file, or a range of it."""
        path = self.path.partition("?")[0].lstrip("/")
        stored = self.stored.get(path)
        status, headers, body = _answer(stored, self.headers) if stored else (HTTPStatus.NOT_FOUND, {}, b"")
        headers |= {"Date": formatdate(usegmt=True), "Content-Length": str(len(body))}
        lines = (f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in headers.items()))
        data = "\r\n".join((*lines, "", "")).encode() + body
        self.sent.append(Sent(path, len(data), len(body)))
        self.wfile.write(data)

    def log_message(self, format: str, *values: object) -> None:
        """Nothing: requests are counted, not told."""


def _answer(stored: _Stored, asked: Message) -> tuple[HTTPStatus, dict[str, str], bytes]:
    headers = {
        "Content-Type": stored.type,
        "ETag": stored.tag,
        "Cache-Control": "max-age=600",
        "Accept-Ranges": "bytes",
    }
    if stored.is_text and "gzip" in asked.get("Accept-Encoding", ""):
        return HTTPStatus.OK, headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}, stored.compressed
    wanted = _RANGE.fullmatch(asked.get("Range", ""))
    if wanted is None:
        return HTTPStatus.OK, headers, stored.data
    size = len(stored.data)
    first, last = int(wanted[1]), min(int(wanted[2] or size), size - 1)
    if first > last:
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"Content-Range": f"bytes */{size}"}, b""
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return HTTPStatus.PARTIAL_CONTENT, headers, stored.data[first : last + 1]
