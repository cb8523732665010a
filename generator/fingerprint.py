"""Values → short digests that are equal exactly when the values are: the keys of everything derived."""

import hashlib
import sys
from functools import cache
from pathlib import Path

from generator.files import walk

_SIZE = 16


def digest(*parts: bytes | str) -> str:
    """32 hex digits of BLAKE2b over the parts, each with its length, so that `ab, c` is not `a, bc`."""
    state = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def folder_digest(folder: Path) -> str:
    """Every file below `folder`, by path and content."""
    parts: list[bytes | str] = []
    for name, _ in walk(folder):
        if "__pycache__" not in name:
            parts += (name, (folder / name).read_bytes())
    return digest(*parts)


@cache
def program_digest() -> str:
    """This program, byte for byte, the Python that runs it, and the version of every package installed beside it."""
    packages = {found.name for folder in map(Path, sys.path) for found in folder.glob("*.dist-info")}
    return digest(folder_digest(Path(__file__).parent), sys.version, *sorted(packages))
