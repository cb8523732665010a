"""A preview on a local address: files are made when they are asked for, an open page is reloaded when it changed.

A page carries a key of all that it shows, and a script that asks whether the key still holds. The script is a file of
our own origin, so that the preview keeps the content security policy of the site.
"""

import html
import mimetypes
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from threading import Condition, Lock, Thread
from typing import Any, Protocol
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from generator.errors import BroadsheetError, wrap_errors
from generator.fingerprint import digest
from generator.site.watching import watching

_SCRIPT, _CHANGED = "/_preview/reload.js", "/_preview/changed"
_RELOAD = Path(__file__).with_name("reload.js").read_bytes()
_QUIET = 0.05
"""Seconds without a change after which a save, or a checkout of many files, is taken to be over."""
_PATIENCE = 30.0
"""Seconds without news after which a browser is told so."""


class Preview(Protocol):
    """A site that changes; for one thread at a time. It raises BroadsheetError, and what `wrap_errors` knows."""

    @property
    def base(self) -> str:
        """The path below which the absolute links of the site lie."""

    @property
    def look(self) -> str:
        """Changes with what pages share: theme, assets, navigation."""

    def refresh(self) -> None:
        """Take in what changed."""

    def file(self, name: str) -> bytes | None:
        """A file of the site."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """`key` is that of a page, and empty for other files."""

    status: int
    head: tuple[tuple[str, str], ...]
    body: bytes
    key: str = ""


class PreviewServer(ThreadingTCPServer):
    """Serves a preview at `host` and `port`; BroadsheetError when they cannot be had.

    What changes is taken in at once, and questions that come meanwhile wait. What goes wrong is told, and stands in
    place of the pages that are asked for; an open page stays as it is until all is well again.
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 32  # a page brings a dozen requests at once

    def __init__(self, preview: Preview, host: str, port: int, tell: Callable[[BroadsheetError], None]) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            cause = f"{host} port {port} cannot be used ({error.strerror})"
            raise BroadsheetError(f"{cause}; try --port {port + 1}") from error
        self._preview = preview
        self._tell = tell
        self._told: set[str] = set()
        self._trouble: BroadsheetError | None = None
        self._desk = Lock()  # for all that is above
        self._is_touched = True
        self._is_current = False
        self._round = 0
        self._news = Condition()  # for all that is below the desk

    def run(self, root: Path, folders: Sequence[Path]) -> None:
        """Serve, and follow changes of settings in `root` and of all below `folders`; only an exception ends it.

        Settings that are inherited from elsewhere, and folders that come or are named later, are taken in with the
        next change here.
        """
        Thread(target=self.serve_forever, daemon=True).start()
        with watching(root, folders, self._touch):
            while True:
                self._take_in()
                with self._news:
                    self._news.wait_for(lambda: self._is_touched)
                    while self._news.wait(_QUIET):
                        pass

    def _touch(self) -> None:
        with self._news:
            self._is_touched, self._is_current = True, False
            self._news.notify_all()

    def _take_in(self) -> None:
        with self._news:
            self._is_touched = False
        with self._desk:
            self._told.clear()
            self._trouble = None
            try:
                with wrap_errors():
                    self._preview.refresh()
            except BroadsheetError as error:
                self._trouble = error
                self._tell(error)
        with self._news:
            self._is_current = not self._is_touched
            self._round += 1
            self._news.notify_all()

    def answer(self, path: str) -> _Answer:
        """What stands at a path of the site now."""
        with self._news:
            self._news.wait_for(lambda: self._is_current)
        with self._desk:
            if self._trouble:
                return _trouble(self._trouble)
            try:
                with wrap_errors():
                    return self._found(path)
            except BroadsheetError as error:
                if str(error) not in self._told:
                    self._tell(error)
                self._told.add(str(error))
                return _trouble(error)

    def _found(self, path: str) -> _Answer:
        name = path.removeprefix(self._preview.base).lstrip("/")
        if name.endswith("/") or not name:
            name += "index.html"
        if (data := self._preview.file(name)) is not None:
            return self._file(200, name, data)
        if self._preview.file(f"{name}/index.html") is not None:
            return _Answer(302, (("Location", f"{quote(name.rpartition('/')[2])}/"),), b"")
        return self._file(404, "404.html", self._preview.file("404.html") or b"There is no such page.")

    def _file(self, status: int, name: str, data: bytes) -> _Answer:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind != "text/html":
            return _Answer(status, (("Content-Type", kind),), data)
        return _page(status, data, digest(data, self._preview.look))

    def has_changed(self, path: str, key: str) -> bool:
        """Wait until another page stands at `path` than the one with this key; False when there is no news for long.

        Trouble is no other page, unless trouble is what the page shows.
        """
        has_news = True
        while has_news:
            seen = self._round
            answer = self.answer(path)
            if answer.key != key and (answer.status != 500 or key.startswith("!")):
                return True
            has_news = self._has_news_since(seen)
        return False

    def _has_news_since(self, seen: int) -> bool:
        with self._news:
            return self._news.wait_for(lambda: self._round != seen, _PATIENCE)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away while it is answered is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _page(status: int, data: bytes, key: str) -> _Answer:
    head, end, tail = data.rpartition(b"</body>")
    script = f'<script src="{_SCRIPT}" data-key="{key}"></script>'.encode()
    body = head + script + end + tail if end else data + script
    return _Answer(status, (("Content-Type", "text/html; charset=utf-8"),), body, key)


def _trouble(error: BroadsheetError) -> _Answer:
    text = f"{html.escape(str(error))}\n\nThe page comes back once this is mended."
    page = f"<!doctype html>\n<title>This page cannot be made</title>\n<pre>{text}</pre>\n"
    return _page(500, page.encode(), f"!{digest(text)}")


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == _SCRIPT:
            self._send(_Answer(200, (("Content-Type", "text/javascript"),), _RELOAD))
        elif address.path == _CHANGED:
            asked = dict(parse_qsl(address.query))
            has_changed = self.server.has_changed(unquote(asked.get("path", "/")), asked.get("key", ""))
            self._send(_Answer(200, (("Content-Type", "text/plain"),), b"yes" if has_changed else b"no"))
        else:
            self._send(self.server.answer(unquote(address.path)))

    do_HEAD = do_GET  # noqa: N815  # the name that the library calls

    def _send(self, answer: _Answer) -> None:
        self.send_response(answer.status)
        for name, value in (*answer.head, ("Content-Length", str(len(answer.body))), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Only what goes wrong is told."""
