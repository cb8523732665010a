"""A paper and a curator → where their note lives, and what stands in it before a word is written."""

from datetime import date

from generator.identifiers import anchor, file_stem
from generator.text import readable

PLACEHOLDER = "github:your-login"
"""Who signs a note as long as nobody said who they are."""
_TITLE_LENGTH = 300
_GITHUB = "github:"


def note_path(paper_id: str, handle: str, day: date) -> str:
    """`content/notes/2025/10/2509.12345-ada.md`, for the month of `day`; a login stands without `github:`."""
    return f"content/notes/{day:%Y/%m}/{note_name(paper_id, handle)}"


def note_name(paper_id: str, handle: str) -> str:
    """`2509.12345-ada.md`: what the file of a curator's note on a paper must be called."""
    return f"{file_stem(anchor(paper_id))}-{handle.removeprefix(_GITHUB)}.md"


def note_names(paper_id: str, handle: str) -> tuple[str, ...]:
    """What it may be called: for a login also `2509.12345-github.ada.md`, where a curator's handle is the same word."""
    name = note_name(paper_id, handle)
    if not handle.startswith(_GITHUB):
        return (name,)
    return name, note_name(paper_id, handle.replace(":", ".", 1))


def shown_id(paper_id: str) -> str:
    """The id as people write it behind `paper:`: a bare arXiv number or DOI, else the anchor of the permalink."""
    kind, _, rest = paper_id.partition(":")
    return rest if kind in ("arxiv", "doi") else anchor(paper_id)


def note_template(paper_id: str, handle: str, title: str | None = None, *, with_rules: bool = True) -> str:
    """A note that lacks nothing but its words; comments say what to write where it is typed.

    A long title is cut short; `with_rules` adds what may stand in the front matter besides.
    """
    about = [f"# {_short(readable(title))}"] if title else []
    sign = f"curator: {handle}"
    if handle == PLACEHOLDER:
        sign += "  # put your login in place of your-login, here and in the name of the file"
    rules = (
        "# pick: true  # without the first # if you recommend the paper",
        "# written_with_ai: true  # without the first # if a machine wrote part of it",
        "# Below the next line, in a few sentences: what it found, whom it helps, what to doubt.",
        "# Markdown works: *emphasis*, lists, [links](https://example.org), $formulas$; no HTML, no images.",
    )
    paper = f'paper: "{shown_id(paper_id)}"'
    return "\n".join(["---", *about, paper, sign, *(rules if with_rules else ()), "---", "", ""])


def _short(title: str) -> str:
    return title if len(title) <= _TITLE_LENGTH else f"{title[: _TITLE_LENGTH - 1]}…"
