"""`content/notes/` and `content/curators.yml` → Notes, and a Problem for every file that is not one."""

from generator.curation.reader import read_notes

__all__ = ["read_notes"]
