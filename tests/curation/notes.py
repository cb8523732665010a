"""All notes of a content folder, read one by one as the catalogue reads them."""

from collections.abc import Sequence
from pathlib import Path

from generator.curation import NoteReader
from generator.files import regular_files
from generator.model import Note, Problem, Topic


def read_notes(content: Path, topics: Sequence[Topic]) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """Notes and problems, by path."""
    reader = NoteReader(content, topics)
    found = [
        reader.read(path.relative_to(content.parent).as_posix(), path.read_bytes())
        for path in regular_files(content / "notes")
        if path.suffix == ".md"
    ]
    notes = tuple(read.note for read in found if read.note)
    return notes, (*reader.problems, *(problem for read in found for problem in read.problems))
