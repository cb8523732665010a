"""`python killed.py PLACE TOUCH ARGUMENT…`: `broadsheet`, killed just before its TOUCH-th write at or below PLACE.

Every opening for writing, moving, making and removing counts, as Python's audit hooks report them, so that the same
numbers kill the same build at the same step.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.cli import main

_CHANGES = frozenset(("os.rename", "os.remove", "os.rmdir", "os.mkdir"))
_WHOLE_PATH = -1
"""In place of the folder to which a path is relative."""


def die_at(place: Path, touch: int) -> None:
    """From now on, count what this process does to `place`, and end it by SIGKILL."""
    left = touch

    def count(event: str, details: Sequence[object]) -> None:
        nonlocal left
        if (event in _CHANGES and details[-1] == _WHOLE_PATH) or (event == "open" and _is_writing(details[2])):
            left -= any(_is_below(detail, place) for detail in details[:2])
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _is_writing(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def _is_below(detail: object, place: Path) -> bool:
    return isinstance(detail, str | bytes | os.PathLike) and os.path.abspath(os.fsdecode(detail)).startswith(str(place))


if __name__ == "__main__":
    die_at(Path(sys.argv[1]).absolute(), int(sys.argv[2]))
    main(sys.argv[3:], prog_name="broadsheet")
