"""A real HTTP server on loopback that plays an upstream, and fails as upstreams fail.

    with Upstream() as upstream:
        upstream.huggingface(folder)                     # /api/daily_papers over YYYY-MM-DD.json files
        upstream.script("/feed", Reply(503), Reply(body=b"<rss/>"))   # one reply after the other, the last for ever
        upstream.route("/api/query", function)           # Request -> Reply
    upstream.otherwise(function)                     # for every other path
        upstream.url, upstream.log                       # where it listens, what it was asked

A folder of daily papers answers as Hugging Face does: pages of `limit`, 400 for a date that is none or is after
`today`, `[]` for a day without a file.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; `length` lies about the body's size, `drip` pauses after each byte, `hang_up` cuts it off."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    drip: float = 0
    hang_up: bool = False


Route = Callable[[Request], Reply]


class Upstream:
    """The server; a context manager."""

    def __init__(self) -> None:
        self.log: list[Request] = []
        self._routes: dict[str, Route] = {}
        self._otherwise: Route = lambda _: Reply(404, b"no such page")
        upstream = self

        class Handler(_Handler):
            def answer(self) -> Reply:
                return upstream._answer(self.asked())

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def route(self, path: str, route: Route) -> None:
        """Answer `path` with a function."""
        self._routes[path] = route

    def otherwise(self, route: Route) -> None:
        """Answer every path that has no route of its own."""
        self._otherwise = route

    def script(self, path: str, *replies: Reply) -> None:
        """Answer `path` with these replies in turn; the last one stays."""
        left = list(replies)
        self.route(path, lambda _: left.pop(0) if len(left) > 1 else left[0])

    def huggingface(self, folder: Path, today: date = date(2026, 1, 1)) -> None:
        """Play Hugging Face's daily papers."""
        self.route("/api/daily_papers", lambda request: _daily_papers(folder, today, request.query))

    def asked(self, path: str) -> list[Request]:
        """The requests for one path."""
        return [request for request in self.log if request.path == path]

    def _answer(self, request: Request) -> Reply:
        self.log.append(request)
        return self._routes.get(request.path, self._otherwise)(request)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the play; any other fault is ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def asked(self) -> Request:
        parts = urlsplit(self.path)
        return Request(parts.path, dict(parse_qsl(parts.query)), {k.lower(): v for k, v in self.headers.items()})

    def answer(self) -> Reply:
        raise NotImplementedError

    def do_GET(self) -> None:
        reply = self.answer()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.hang_up:
            self.send_header("Connection", "close")
        elif reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()
        try:
            self._send(reply)
        except OSError:
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        if reply.drip:
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.drip)
        else:
            self.wfile.write(reply.body)
        if reply.hang_up or reply.length is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


def _daily_papers(folder: Path, today: date, query: Mapping[str, str]) -> Reply:
    try:
        day = date.fromisoformat(query["date"])
        limit, page = int(query.get("limit", "50")), int(query.get("p", "0"))
    except (KeyError, ValueError):
        return Reply(400, b'{"error":"Invalid date"}')
    if day > today or not 0 < limit <= 100:
        return Reply(400, b'{"error":"Invalid date"}')
    path = folder / f"{day}.json"
    papers = json.loads(path.read_bytes()) if path.exists() else []
    body = json.dumps(papers[page * limit : (page + 1) * limit]).encode()
    return Reply(body=body, headers={"Content-Type": "application/json; charset=utf-8"})
