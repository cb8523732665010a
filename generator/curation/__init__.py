"""`content/notes/` and `content/curators.yml` → Notes, and a Problem for every file that is not one."""

from generator.curation.reader import NoteReader

__all__ = ["NoteReader"]
