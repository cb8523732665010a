"""The commands of `broadsheet`, each a few lines that call `pipeline`: what a user names → values, events → lines."""

from generator.commands.checking import check
from generator.commands.fetching import encode, fetch
from generator.commands.importing import import_
from generator.commands.making import build, new, pages, serve
from generator.commands.noting import note
from generator.commands.reviewing import review
from generator.commands.searching import search
from generator.commands.standing import status

__all__ = [
    "build",
    "check",
    "encode",
    "fetch",
    "import_",
    "new",
    "note",
    "pages",
    "review",
    "search",
    "serve",
    "status",
]
