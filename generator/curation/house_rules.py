"""Rules that a note may break and still be shown: what its file is called, and that a machine's help is said."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from generator.curation.findings import Finding
from generator.curation.naming import note_name, note_names, note_path
from generator.model import Severity

_PLACE = re.compile(r"content/notes/\d{4}/(?:0[1-9]|1[0-2])/", re.ASCII)
_MACHINE = (
    r"(?:an? )?(?:ais?|llms?|chatgpt|gpt-?\d\w*|claude|gemini|copilot|deepseek|(?:large )?language models?|machine)\b"
)
_MADE = r"(?:written|generated|drafted|summari[sz]ed|composed|created|translated|polished|produced)"
_SAYS_SO = re.compile(
    rf"\b(?:this|the above|the following|my) (?:note|text|summary|comment|paragraph|review)\b[^.\n]{{0,40}}\b{_MADE}"
    rf"[^.\n]{{0,30}}\b(?:by|with|using) [^.\n]{{0,20}}?\b{_MACHINE}"
    rf"|\b{_MADE} (?:this|it)[^.\n]{{0,20}} (?:with|using) [^.\n]{{0,20}}?\b{_MACHINE}"
    rf"|\bas an? (?:ai|large) (?:language )?(?:model|assistant)\b"
    rf"|^[^\w\n]*(?:ai|machine|llm|chatgpt)[- ]generated\b",
    re.IGNORECASE | re.MULTILINE,
)


def name_findings(path: str, paper_id: str, handles: Collection[str], line: int) -> Iterator[Finding]:
    """What the path should be, if it is another; `handles` are how the curator signs and is known."""
    folder, _, name = path.rpartition("/")
    known = {name.lower() for handle in handles for name in note_names(paper_id, handle)}
    wanted = note_name(paper_id, min(handles))
    if not _PLACE.fullmatch(f"{folder}/"):
        example = note_path(paper_id, min(handles), date(2025, 10, 1))
        hint = f"Move it to the year and month of the paper's digest, such as {example}"
        yield Finding(None, "lies in no folder of a year and a month", hint, Severity.WARNING)
    elif name.lower() not in known:
        hint = f"Name it {wanted}, or mend paper and curator"
        yield Finding(line, f"is called {name}, which names another paper or curator", hint, Severity.WARNING)


def unsaid_machine(body: str, first_line: int) -> Iterator[Finding]:
    """For a note whose words say that a machine wrote it, and whose front matter does not tell."""
    if found := _SAYS_SO.search(body):
        line = first_line + body.count("\n", 0, found.start())
        hint = "Add written_with_ai: true, or false if no part of it is a machine's"
        yield Finding(line, "the words say that a machine wrote this", hint, Severity.WARNING)
