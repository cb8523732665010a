"""Values → short digests that are equal exactly when the values are: the keys of everything derived."""

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    for name, path in followed(folder):
        parts += (name, path.read_bytes())
    return digest(*parts)


def followed(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below `folder` with its path relative to it; links are followed, as Jinja and MkDocs follow them."""
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for path in (Path(parent, name) for name in sorted(names)):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path


@cache
def program_digest() -> str:
    """This program, byte for byte, the Python that runs it, and the version of every package installed beside it."""
    packages = {found.name for folder in map(Path, sys.path) for found in folder.glob("*.dist-info")}
    return digest(folder_digest(Path(__file__).parent), sys.version, *sorted(packages))


@cache
def processor() -> str:
    """The make of this machine's processor, since others may round the last bit of a sum of fractions otherwise."""
    try:
        about = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        about = ""
    kinds = ("model name", "CPU implementer", "CPU architecture", "CPU variant", "CPU part")
    models = {line for line in about.splitlines() if line.startswith(kinds)}
    return digest(platform.machine(), platform.processor(), *sorted(models))
