"""The browser's own code, run by Node, one query after the other.

It is copied away from the site first, as Node 20 wants to be told that `.js` files are modules.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from generator.errors import BroadsheetError
from generator.files import write_atomic
from generator.search.index import FOLDER

_RUNNER: Final = Path(__file__).with_name("queries.mjs")
_PROGRAM: Final = "assets/search/search.js"


@dataclass(frozen=True, slots=True)
class Answer:
    """Anchors of papers, best first, and the milliseconds of wall clock in which they were found."""

    anchors: tuple[str, ...]
    ms: float


class Reader(Enum):
    """Who asks: what they have got already, besides the query."""

    FIRST_VISIT = "nothing: the client's scripts are loaded, too"
    SECOND_QUERY = "what every query needs"
    LONG_SESSION = "all that this reader's queries fetched before"


class Browser:
    """A context manager. `assets` are what a page loads for search, by site path; `site` is a URL that ends in a slash,
    below which these and the index are served; `folder` must be empty.

    BroadsheetError when there is no Node, or when it ends before it is told to.
    """

    def __init__(self, assets: Mapping[str, bytes], site: str, folder: Path) -> None:
        node = shutil.which("node")
        if node is None:
            raise BroadsheetError(
                "'node' is not there, and what a browser runs is measured in it: install Node 20 or newer "
                "(on Debian: apt install nodejs)"
            )
        for path, data in {**assets, "package.json": b'{"type": "module"}'}.items():
            write_atomic(folder / path, data, durable=False)
        loaded = [site + path for path in assets]
        self._command: Sequence[str] = (node, str(_RUNNER), str(folder / _PROGRAM), site + FOLDER, *loaded)

    def __enter__(self) -> Self:
        pipe = subprocess.PIPE
        self._node = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")  # noqa: S603  # our own choice
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._node.kill()
        self._node.communicate()

    def ask(self, text: str, limit: int, reader: Reader) -> Answer:
        """What `text` finds."""
        question = json.dumps({"text": text, "limit": limit, "from": reader.name})
        with suppress(BrokenPipeError):  # then there is no answer either
            print(question, file=self._node.stdin, flush=True)
        line = self._node.stdout.readline() if self._node.stdout else ""
        if not line:
            code = self._node.wait()
            raise BroadsheetError(f"node ended with {code} at the query {text!r}. What it said stands above")
        found = json.loads(line)
        return Answer(tuple(found["anchors"]), found["ms"])
