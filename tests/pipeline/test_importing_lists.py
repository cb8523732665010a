"""Weekly lists of any kind, and the recorded ones: every note that an import writes is a good one."""

import json
import shutil
from collections.abc import Container, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.archive import Archive
from generator.cli import main
from generator.curation import NoteReader
from generator.model import Listing, Paper, State
from generator.settings import load_settings
from tests.pipeline.conftest import Repository, new_repository, paper
from tests.site.real_days import listings


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with three papers."""
    repository = new_repository(tmp_path_factory.mktemp("weekly") / "digest")
    repository.keep(date(2025, 10, 1), paper(1, "First"), paper(2, "Second"), paper(3, "Third"))
    return repository


SNIPPETS = r"""
https://arxiv.org/abs/2510.00001 [x](https://arxiv.org/abs/2510.00002) arXiv:2510.00003 http://x.y https://t.co/a
https://a.b/?utm_source=c javascript:x <br> ● • ** * _ ` `` ![ [ ]( ) ] ]: <b> </b> <think> <!-- --> < > &amp; &lt;
&#10; &#91; \ $ \( \) \[ \] ~~ ! & ;
""".split()
BREAKS = (
    "\n| a | b |\n|---|---|\n| ",
    "\n- ",
    "\n  - ",
    "\n### 1. ",
    "\n\n",
    "\n",
    " | ",
    "# ",
    "1. ",
    "> ",
    "---",
    "\t",
    "    ",
)
PIECES = st.one_of(
    st.sampled_from(SNIPPETS), st.sampled_from(BREAKS), st.sampled_from(" \r\ue000"), st.text(max_size=5)
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_ends_in_notes_that_the_reader_accepts(archive: Repository, text: str):
    """Without a traceback, and without a word of complaint about what was written."""
    shutil.rmtree(archive.root / "content/notes", ignore_errors=True)
    (archive.root / "week.md").write_text(text, encoding="utf-8", errors="replace", newline="")
    done = imported(archive.root / "week.md", archive)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert list(complaints(archive)) == []


def imported(file: Path, repository: Repository) -> Result:
    """An import by Ada in this process."""
    config = str(repository.root / "mkdocs.yml")
    return CliRunner().invoke(main, ["--config", config, "import", "--as", "weekly", str(file), "--curator", "ada"])


def complaints(repository: Repository) -> Iterator[str]:
    """What the reader says of all notes."""
    reader = NoteReader(repository.root / "content", load_settings(repository.root / "mkdocs.yml").topics)
    for path in note_paths(repository):
        read = reader.read(path.relative_to(repository.root).as_posix(), path.read_bytes())
        yield from map(str, read.problems)
        assert read.note is not None


YEARS = ("2026", "2025", "2024", "2023")
NOTE_BY = '<p class="note-by">'


def test_the_recorded_lists_are_joined_to_all_their_papers(real_data: Path, tmp_path: Path):
    """Of 1,810 items 1,547 have an address of arxiv.org: 492 are on one of the 686 days, 563 in the whole collection.

    One more has only Hugging Face's address of an arXiv id. Two papers have a second item in the same list.
    """
    repository = new_repository(tmp_path / "digest")
    archive = Archive(repository.root / "content")
    for listing in listings(real_data):
        archive.keep(listing)
    assert joined(real_data, repository) == [
        "5 notes written, 0 unchanged, 245 items not joined",
        "138 notes written, 0 unchanged, 382 items not joined",
        "184 notes written, 0 unchanged, 336 items not joined",
        "165 notes written, 0 unchanged, 355 items not joined",
    ]
    if not (real_data / "ir").is_dir():
        pytest.skip("the collection that holds all of their papers is not among the recorded data here")
    archive.keep(collection(real_data))
    assert joined(real_data, repository) == [
        "70 notes written, 5 unchanged, 175 items not joined",
        "0 notes written, 138 unchanged, 382 items not joined",
        "0 notes written, 184 unchanged, 336 items not joined",
        "0 notes written, 165 unchanged, 355 items not joined",
    ]
    assert list(complaints(repository)) == []
    said = recorded_words(real_data, {known.id for known in collection(real_data).papers})
    assert sum(map(len, said.values())) == 563
    notes = {path.name: letters(path.read_text(encoding="utf-8")) for path in note_paths(repository)}
    lost = [bare for bare, some in said.items() if not any(notes[f"{bare}-ada.md"].endswith(one) for one in some)]
    assert lost == []
    built = repository.run("build")
    assert (built.returncode, "content/notes/" in built.stderr) == (0, False)
    pages = (repository.root / "site").glob("20??/??/??/index.html")
    assert sum(page.read_text(encoding="utf-8").count(NOTE_BY) for page in pages) == len(notes)


def joined(real_data: Path, repository: Repository) -> list[str]:
    """The summaries of importing the recorded lists of four years."""
    lists = [real_data / "curation/ai-papers-of-the-week" / f"{year}.md" for year in YEARS]
    return [imported(path, repository).stderr.splitlines()[-1].partition(": ")[2] for path in lists]


def collection(real_data: Path) -> Listing:
    """The collection's papers as one listing of a later day."""
    lines = (real_data / "ir/dairai_notes_hf/corpus.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [Paper(f"arxiv:{told['_id']}", told["title"], told["text"]) for told in map(json.loads, lines)]
    day = date(2026, 9, 1)
    return Listing("collection", day, State.ANNOUNCED, datetime(2026, 9, 2, tzinfo=UTC), tuple(papers))


def recorded_words(real_data: Path, known: Container[str]) -> dict[str, list[str]]:
    """arXiv id → letters of what each item on it says, as the same lists were recorded as data."""
    found: dict[str, list[str]] = {}
    for item in json.loads((real_data / "curation/ml-papers-of-the-week.json").read_bytes()):
        for bare in set(item["arxiv"]):
            if f"arxiv:{bare}" in known:
                found.setdefault(bare, []).append(letters(item["note"]))
    return found


def letters(text: str) -> str:
    """Letters and digits, which Markdown does not change."""
    return "".join(filter(str.isalnum, text))


def note_paths(repository: Repository) -> list[Path]:
    """All notes, by path."""
    return sorted((repository.root / "content/notes").rglob("*.md"))
