"""The Markdown of a digest → the same pages by other programs: what one would use without us."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.bench.processes import Run, measure
from generator.errors import BroadsheetError

_HUGO_SETTINGS = """\
baseURL = "/"
title = "Bench"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
[markup.goldmark.renderer]
unsafe = true
"""
_HUGO_LAYOUT = "<!doctype html>\n<title>{{ .Title }}</title>\n{{ .Content }}\n"


def plain_mkdocs(settings: Path, output: Path, plugins: Sequence[str]) -> Run:
    """`mkdocs build` as in `settings`, but with these plugins."""
    own = settings.with_name("peer.yml")
    own.write_text(f"INHERIT: {settings.name}\nplugins: [{', '.join(plugins)}]\n", encoding="utf-8")
    return measure([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(own), "-d", str(output)])


class Hugo:
    """A Hugo site in `folder` with the Markdown of `docs` and the barest layout that shows it."""

    def __init__(self, program: str, folder: Path, docs: Path) -> None:
        self._program = program
        self._folder = folder
        layouts = folder / "layouts" / "_default"
        layouts.mkdir(parents=True)
        for kind in ("single", "list"):
            (layouts / f"{kind}.html").write_text(_HUGO_LAYOUT, encoding="utf-8")
        (folder / "config.toml").write_text(_HUGO_SETTINGS, encoding="utf-8")
        self._pages = [_copy(path, folder / "content" / path.relative_to(docs)) for path in docs.rglob("*.md")]

    def build(self) -> Run:
        """One build from nothing; BroadsheetError when Hugo fails or leaves pages out."""
        output = self._folder / "public"
        run = measure([self._program, "--quiet", "--source", str(self._folder), "--destination", str(output)])
        made = len(list(output.rglob("*.html")))
        if made < len(self._pages):
            raise BroadsheetError(f"hugo made {made} of {len(self._pages)} pages, so its time says nothing")
        shutil.rmtree(output)
        return run


def _copy(page: Path, target: Path) -> Path:
    """Hugo takes a folder's `index.md` for all there is in the folder, and `_index.md` for its front page."""
    if target.name == "index.md":
        target = target.with_name("_index.md")
    target.parent.mkdir(parents=True, exist_ok=True)
    text = page.read_text(encoding="utf-8").replace("{{%", "{{&#37;")  # Hugo would take that for a command
    target.write_text(text, encoding="utf-8")
    return target
