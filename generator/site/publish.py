"""`build/site` → `site/`: only files whose bytes differ are touched, vanished ones go last."""

from dataclasses import dataclass
from pathlib import Path

from generator.files import FolderWriter, regular_files

_CLOCKED = frozenset(("sitemap.xml.gz",))
"""MkDocs stamps the time of the build into it; search engines read the plain one."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files changed, and how many went."""

    changed: int
    removed: int


def publish(built: Path, output: Path) -> Published:
    """Make `output` hold what `built` holds. A run killed midway leaves whole files, old or new."""
    writer = FolderWriter(output)
    for path in regular_files(built):
        name = path.relative_to(built).as_posix()
        if name not in _CLOCKED:
            writer.write(name, path.read_bytes())
    return Published(writer.changed, writer.finish())
