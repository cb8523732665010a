"""All of the site that is no generated page: hand-written pages, assets, what the theme brings.

It is built from a small docs tree of its own, in which a stub stands for each generated page that the navigation or a
hand-written page names, so that MkDocs resolves their links as it would among all pages.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.utils import meta

from generator.files import FolderWriter, regular_files, walk
from generator.fingerprint import digest, folder_digest
from generator.site.mkdocs import mkdocs_build
from generator.site.shipping import shipped

_STUB = b"---\nsearch: {exclude: true}\n---\n"
_NAMED = re.compile(r"[^\s()<>\[\]\"'#]+\.md\b")
SITEMAP, PACKED_SITEMAP = "sitemap.xml", "sitemap.xml.gz"
SITEMAPS = frozenset((SITEMAP, PACKED_SITEMAP))
"""What MkDocs makes of all pages; we make the first ourselves, and the other never: it carries the time of the build.

Search engines read the plain one.
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """The docs tree in `folder`/docs, made of hand-written `pages` and `assets`."""

    folder: Path
    pages: Path
    assets: Path

    @property
    def docs(self) -> Path:
        """The docs tree."""
        return self.folder / "docs"

    def settle(self, generated: Collection[str], navigation: Sequence[str]) -> str:
        """Write the docs tree; its digest. `generated` are the Markdown files of all our pages."""
        writer = FolderWriter(self.docs)
        for name, data in self.originals():
            if name not in generated:
                writer.write(name, data)
        for name in self._named(navigation) & set(generated):
            writer.write(name, _STUB)
        writer.finish()
        return folder_digest(self.docs)

    def navigation_key(self, navigation: Sequence[str]) -> str:
        """All that every page shows of the pages in the navigation: which are there, and icons and the like in them."""
        there = (page for page in navigation if (self.docs / page).is_file())
        return digest(*(f"{page} {meta.get_data(_text(self.docs / page))[1]}" for page in there))

    def hand_written(self) -> Iterator[str]:
        """The Markdown files in `pages`."""
        return (name for name, _ in walk(self.pages) if name.endswith(".md"))

    def build(self, settings_file: Path, generated: Collection[str]) -> tuple[dict[str, bytes], list[str]]:
        """Every file of the site but the generated pages, and MkDocs's warnings."""
        output = self.folder / "site"
        warnings = mkdocs_build(settings_file, self.docs, output)
        stubs = {_html(name) for name in generated}
        found = {path.relative_to(output).as_posix(): path for path in regular_files(output)}
        return {name: path.read_bytes() for name, path in found.items() if name not in stubs | SITEMAPS}, warnings

    def originals(self) -> Iterator[tuple[str, bytes]]:
        """The assets and hand-written pages, by their path in a docs tree, as they are shipped."""
        for folder, prefix in ((self.assets, "assets/"), (self.pages, "")):
            for name, _ in walk(folder):
                yield f"{prefix}{name}", shipped(name, (folder / name).read_bytes())

    def _named(self, navigation: Sequence[str]) -> set[str]:
        """Every Markdown file that the navigation or a hand-written page may link to."""
        named = set(navigation)
        for page in self.hand_written():
            for found in _NAMED.findall(_text(self.pages / page)):
                named.add(posixpath.normpath(posixpath.join(posixpath.dirname(page), found)))
        return named


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _html(source_uri: str) -> str:
    """The HTML file of a Markdown file, with directory URLs."""
    stem = source_uri.removesuffix(".md")
    return f"{stem}.html" if stem.rpartition("/")[2] == "index" else f"{stem}/index.html"
