"""A script or a style sheet as it is written → as readers get it: what is said to who maintains it stays at home.

Only comments that fill whole lines go, and the indentation of styles; no line of code changes, and nothing is parsed.
So no line within a template literal may begin as a comment does: `tests/site/test_shipping.py` looks for them in ours.
"""

import re
from typing import Final

_BLOCK: Final = rb"^[ \t]*/\*(?!!)(?:(?!\*/).)*\*/[ \t]*\n"
_COMMENTS: Final = re.compile(rb"(?ms)" + _BLOCK + rb"|^[ \t]*//[^\n]*\n")
_IN_STYLES: Final = re.compile(rb"(?ms)" + _BLOCK + rb"|^[ \t]+|^\n")


def shipped(name: str, data: bytes) -> bytes:
    """The bytes of an asset by its file name; those of other kinds, and comments that begin with `/*!`, stay."""
    if name.endswith(".js"):
        return _COMMENTS.sub(b"", data)
    return _IN_STYLES.sub(b"", data) if name.endswith(".css") else data
