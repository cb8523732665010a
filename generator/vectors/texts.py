"""A paper → the text whose vector stands for it, and the key under which that vector is kept."""

import hashlib
from typing import Final

from generator.model import Paper
from generator.text import TITLE_LIMIT, clean, readable

HASH_SIZE: Final = 16


def text_of(paper: Paper) -> str:
    """Title and abstract as a reader sees them: the same for a paper as archived and as the catalogue cleans it.

    Empty when the paper has no title, and so stands nowhere.
    """
    title, abstract = readable(clean(paper.title, limit=TITLE_LIMIT)), readable(paper.abstract)
    return f"{title}. {abstract}" if title and abstract else title


def text_hash(text: str) -> bytes:
    """The key of a text's vector: 16 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:HASH_SIZE]
