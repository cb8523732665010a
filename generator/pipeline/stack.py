"""What the bytes of a page depend on besides content: this program, its Python, and the packages that it needs.

What else is installed beside them is left out, unlike in `program_digest`: a worker may lack the tests' packages, and
have those of its cluster.
"""

import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from generator.errors import BroadsheetError
from generator.fingerprint import folder_digest

_US = "broadsheet"
_PROGRAM, _PYTHON = "program", "Python"


def our_stack() -> Mapping[str, str]:
    """Version by name. BroadsheetError when this program is not installed as a package, which tells what it needs."""
    names = sorted(_needed())
    return {name: version for name in (_PROGRAM, _PYTHON, *names) if (version := _version(name))}


def differences(stack: Mapping[str, str]) -> str:
    """In what this process differs from `stack`; empty when pages made here have the same bytes."""
    return ", ".join(_told(name, wanted) for name, wanted in stack.items() if _version(name) != wanted)


def _told(name: str, wanted: str) -> str:
    if name == _PROGRAM:
        return "other files of the program"
    return f"{name} {_version(name) or 'missing'} instead of {wanted}"


@cache
def _version(name: str) -> str | None:
    if name == _PROGRAM:
        return folder_digest(Path(__file__).parents[1])
    if name == _PYTHON:
        return f"{platform.python_implementation()} {platform.python_version()}"
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _needed() -> set[str]:
    """The packages that this program needs on this machine, and those that they need in turn."""
    needed: set[str] = set()
    waiting = list(_wants(_US))
    while waiting:
        if (name := waiting.pop()) not in needed:
            needed.add(name)
            waiting += _wants(name)
    return needed


def _wants(name: str) -> Iterator[str]:
    try:
        wanted = metadata.requires(name) or ()
    except metadata.PackageNotFoundError as error:
        raise BroadsheetError(
            f"the package {name} is not installed here, so that workers cannot be compared with it. "
            "Type make site in the folder of the program"
        ) from error
    for requirement in map(Requirement, wanted):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name.lower()
