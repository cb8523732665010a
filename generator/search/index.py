"""Segments → what stands in the site's `search/`: their files, and `index.json` that names them; without numpy."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

VERSION: Final = 1
FOLDER: Final = "search/"
MANIFEST: Final = f"{FOLDER}index.json"


@dataclass(frozen=True, slots=True)
class Names:
    """What `index.json` lists: (slug, name) of all topics, names of all sources."""

    topics: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()

    def numbers(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Place in the lists, of topics by slug and of sources."""
        return (
            {slug: number for number, (slug, _) in enumerate(self.topics)},
            {name: number for number, name in enumerate(self.sources)},
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """Files by path, and the counts that `index.json` tells of them."""

    files: Mapping[str, bytes]
    papers: int
    shards: int
    spelling: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment in a folder of its own."""

    folder: str
    papers: int
    shards: int
    spelling: int

    @classmethod
    def of(cls, folder: str, segment: Segment) -> "Placed":
        """Where a segment stands."""
        return cls(folder, segment.papers, segment.shards, segment.spelling)


def placed_files(folder: str, segment: Segment) -> Mapping[str, bytes]:
    """A segment's files by their path in the site."""
    return {f"{FOLDER}{folder}/{name}": data for name, data in segment.files.items()}


def manifest(segments: Sequence[Placed], encoder: str, names: Names, latest: str = "") -> bytes:
    """`index.json`; `latest` is the name of the file with the newest papers."""
    body = {
        "version": VERSION,
        "encoder": encoder,
        "topics": names.topics,
        "sources": names.sources,
        "latest": latest,
        "segments": [
            {"path": f"{found.folder}/", "papers": found.papers, "shards": found.shards, "spelling": found.spelling}
            for found in segments
        ],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
