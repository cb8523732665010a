"""`content/notes/`, `curators.yml`, `hidden.yml` → Notes, what is hidden, and Problems for what breaks a rule."""

from generator.curation.reader import NoteReader, ReadNote

__all__ = ["NoteReader", "ReadNote"]
