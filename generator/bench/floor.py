"""What changed on disk → the seconds that reading and writing just that take: no build can be faster."""

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.files import stamps


def physical_floor(walked: Sequence[Path], read: Sequence[Path], written: Mapping[str, bytes], target: Path) -> float:
    """Seconds for one look at every file's status in `walked`, reading `read`, and putting `written` in place.

    The files of `target` are replaced as a build does it: a temporary file each, no fsync. Wall clock, in this
    process, all of it in the system's cache.
    """
    begin = time.perf_counter()
    for folder in walked:
        stamps(folder)
    for path in read:
        path.read_bytes()
    for name, data in written.items():
        temporary = target / f"{name}.tmp"
        temporary.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        os.replace(temporary, target / name)
    return time.perf_counter() - begin
