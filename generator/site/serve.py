"""The finished site on a local address, built again and reloaded when a watched folder changes."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

_POLICY = re.compile(rb'<meta http-equiv="?Content-Security-Policy"?[^>]*>')


class _Server(LiveReloadServer):
    """MkDocs's reload script is inline, which our content security policy forbids: preview goes without it."""

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        injected: bytes = super()._inject_js_into_html(_POLICY.sub(b"", content), epoch)  # type: ignore[no-untyped-call]
        return injected


def serve_site(output: Path, watched: Sequence[Path], rebuild: Callable[[], None], host: str, port: int) -> None:
    """Serve `output` at `http://host:port/` until interrupted; OSError when the port is taken."""
    server = _Server(builder=rebuild, host=host, port=port, root=str(output), mount_path="/")
    server.error_handler = lambda code: (output / "404.html").read_bytes() if code == 404 else None
    for path in watched:
        server.watch(str(path))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
