"""`broadsheet import --as weekly`: a weekly list in Markdown → notes on the papers of the archive."""

import shutil
from datetime import date

import pytest

from tests.pipeline.conftest import Repository, add_days, paper

TABLE = """# Best of the week

| **Paper** | **Links** |
| --- | --- |
| 1) **Firstling** - a wombat's work; costs $5.  <br>● Fast: 10x &amp; more.<br>● Small: <1B. \
| [Paper](https://arxiv.org/abs/2510.00001v2), [Post](https://t.co/x) |
| 2) **Third** - has |r| > 0.8 | [Paper](http://arxiv.org/pdf/2510.00003.pdf) |
| 3) **Elsewhere** - nobody lists it. | [Paper](https://arxiv.org/abs/2510.09999) |
| 4) **Product** - is none. | [Shop](https://example.org) |
"""
BULLETS = """## Papers

Intro with a paper: https://arxiv.org/abs/2510.00004

- [Second](https://huggingface.co/papers/2510.00002) – seen in [the press](https://example.org/?utm_source=x&a=1)
  by ![a picture](https://example.org/x.png) <b>everyone</b>.
  - [ ] twice
- A link to elsewhere: [x](https://example.org)
"""
HEADINGS = """# 周报

### 1. 第四篇

**摘要：**
袋熊写的<think>论文。

**链接：** [HF](https://huggingface.co/papers/2510.00004) | [arXiv](https://arxiv.org/abs/2510.00004)

---

### 2. 无名
没有链接。
"""


def write(repository: Repository, text: str, name: str = "week.md") -> None:
    (repository.root / name).write_text(text, encoding="utf-8")


def notes(repository: Repository) -> dict[str, str]:
    """Path below `content/notes/` → words of every note by Ada that an import wrote."""
    folder = repository.root / "content/notes"
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8").partition("---\n\n")[2]
        for path in sorted(folder.rglob("*-ada.md"))
    }


def weekly(repository: Repository, *more: str, file: str = "week.md") -> list[str]:
    """The lines of an import that ends well."""
    done = repository.run("import", "--as", "weekly", file, "--curator", "ada", *more)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


@pytest.fixture
def days(empty: Repository) -> Repository:
    """Three days of papers, and no note."""
    add_days(empty)
    shutil.rmtree(empty.root / "content/notes")
    return empty


def test_a_row_of_a_table_becomes_a_note_in_the_month_of_its_paper(days: Repository):
    """Breaks and bullets are lists, entities are letters, what looks like a tag is text."""
    write(days, TABLE)
    told = weekly(days)
    assert notes(days) == {
        "2025/09/2510.00001-ada.md": "a wombat's work; costs $5.\n\n- Fast: 10x & more.\n- Small: <1B.\n",
        "2025/10/2510.00003-ada.md": "has |r| > 0.8\n",
    }
    assert told == [
        "week.md:7: 'Elsewhere' is about 2510.09999, which no listing has. Fetch or import the day it was on",
        "week.md:8: 'Product' names no paper of arXiv. "
        "Link to its page on arXiv, such as https://arxiv.org/abs/2509.12345",
        "week.md: 2 notes written, 0 unchanged, 2 items not joined",
    ]


def test_an_item_of_a_list_becomes_a_note(days: Repository):
    """Tracking goes, pictures leave their description, tags what they hold; a paper in passing is said."""
    write(days, BULLETS)
    told = weekly(days)
    words = "seen in [the press](https://example.org/?a=1) by a picture everyone.\n\n- [ ] twice\n"
    assert notes(days) == {"2025/09/2510.00002-ada.md": words}
    assert [line.partition(": ")[2][:64] for line in told[:-1]] == [
        "'Intro with a paper: https://arxiv.org/abs/2510.00004' names 251",
    ]


def test_a_numbered_heading_becomes_a_note_in_any_script(days: Repository):
    """Its paragraphs are the words, save that of links alone."""
    write(days, HEADINGS)
    told = weekly(days)
    assert notes(days) == {"2025/10/2510.00004-ada.md": "**摘要：** 袋熊写的\\<think>论文。\n"}
    assert told[0].startswith("week.md:12: '无名' names no paper of arXiv. ")


def test_the_front_matter_names_paper_and_curator_and_keeps_the_name(days: Repository):
    """A login signs with github: and names the file without it."""
    write(days, TABLE)
    assert days.run("import", "--as", "weekly", "week.md", "--curator", "github:bo").returncode == 0
    text = (days.root / "content/notes/2025/10/2510.00003-bo.md").read_text(encoding="utf-8")
    assert text.startswith('---\n# Third\npaper: "2510.00003"\ncurator: github:bo\n---\n\n')


def test_the_notes_pass_check_and_stand_on_the_pages(days: Repository):
    """A build shows them."""
    write(days, TABLE)
    weekly(days)
    checked = days.run("check")
    assert (checked.returncode, "no problems" in checked.stdout + checked.stderr) == (0, True)
    assert days.run("build").returncode == 0
    page = (days.root / "site/2025/09/30/index.html").read_text(encoding="utf-8")
    assert "<li>Fast: 10x &amp; more.</li>" in page


def test_importing_again_changes_nothing(days: Repository):
    """Not even when the paper's first day has become another."""
    write(days, TABLE)
    weekly(days)
    before = notes(days)
    days.keep(date(2025, 8, 1), paper(1, "First"))
    assert weekly(days)[-1] == "week.md: 0 notes written, 2 unchanged, 2 items not joined"
    assert notes(days) == before


def test_a_note_with_other_words_stays_and_is_said(days: Repository):
    """Whoever wrote it meant it."""
    days.note('---\npaper: "2510.00003"\ncurator: ada\n---\nMy own words.\n', "2510.00003-ada.md")
    write(days, TABLE)
    told = weekly(days)
    assert told[0] == (
        "week.md:6: 'Third' has other words than content/notes/2025/10/2510.00003-ada.md, which stays as it is. "
        "Delete that file to take these"
    )
    assert "My own words." in (days.root / "content/notes/2025/10/2510.00003-ada.md").read_text(encoding="utf-8")


def test_of_two_items_on_one_paper_the_first_wins(days: Repository):
    """The second is said, with the line of the first."""
    write(days, "- **A** - one, arXiv:2510.00001\n- **B** - two, arXiv:2510.00001v3\n")
    told = weekly(days)
    assert notes(days) == {"2025/09/2510.00001-ada.md": "one, arXiv:2510.00001\n"}
    assert told[0] == "week.md:2: 'B' is about 2510.00001, as line 1 is. Put both into one item"


def test_an_item_that_makes_no_good_note_is_said(days: Repository):
    """Too long, or without a word."""
    write(days, f"- **A** - {'word ' * 5_000} arXiv:2510.00001\n- [B](https://arxiv.org/abs/2510.00002)\n")
    told = weekly(days)
    assert notes(days) == {}
    assert told[0].startswith("week.md:1: 'A' ")
    assert "20000" in told[0]
    assert told[1] == "week.md:2: 'B' says nothing about 2510.00002. Write why it matters behind its name"


def test_items_below_a_heading_item_are_their_own(days: Repository):
    """A list of lists is a list of what is nested."""
    write(days, "- Agents:\n  - A arXiv:2510.00001\n  - B arXiv:2510.00002\n")
    weekly(days)
    assert list(notes(days)) == ["2025/09/2510.00001-ada.md", "2025/09/2510.00002-ada.md"]


def test_quiet_says_only_what_is_wrong(days: Repository):
    """The summary goes."""
    write(days, TABLE)
    done = days.run("--quiet", "import", "--as", "weekly", "week.md", "--curator", "ada")
    assert [line[:9] for line in done.stderr.splitlines()] == ["week.md:7", "week.md:8"]


def test_strict_writes_nothing_when_an_item_is_not_joined(days: Repository):
    """All or nothing."""
    write(days, TABLE)
    assert days.run("import", "--as", "weekly", "week.md", "--curator", "ada", "--strict").returncode == 1
    assert notes(days) == {}


ASKED_WRONGLY = [
    (("--as", "weekly", "week.md"), 2, "--as weekly needs --curator: who signs the notes, a handle of curators.yml"),
    (("--as", "weekly", "week.md", "--curator", "ada", "--date", "2025-10-01"), 2, "--as weekly takes no --date; "),
    (("--as", "weekly", "week.md", "--curator", "ada", "--source", "x"), 2, "--as weekly takes no --source; it makes"),
    (("week.jsonl",), 2, "--as jsonl needs --date: the day the papers were announced, such as 2025-10-01"),
    (
        ("week.jsonl", "--date", "2025-10-01", "--curator", "ada"),
        2,
        "--as jsonl takes no --curator; it makes a listing",
    ),
    (("week.md", "--curator", "ada"), 2, "cannot tell the form of week.md; say --as FORM: "),
    (
        ("--as", "weekly", "week.md", "--curator", "adda"),
        1,
        "--curator: nobody has the handle 'adda'. Did you mean ada?",
    ),
    (
        ("--as", "weekly", "week.md", "--curator", "../x"),
        1,
        "--curator: nobody has the handle '../x'. Write your handle",
    ),
    (("--as", "weekly", "empty.md", "--curator", "ada"), 1, "empty.md: holds no item. An item is a table's row, "),
    (("--as", "weekly", "gone.md", "--curator", "ada"), 1, "gone.md: cannot be read (No such file or directory)."),
]


@pytest.mark.parametrize(("arguments", "code", "message"), ASKED_WRONGLY)
def test_what_was_asked_wrongly_is_one_clear_line(empty: Repository, arguments, code, message):
    """Exit 1 for the file and the handle, 2 for options that do not go together."""
    write(empty, TABLE)
    write(empty, "Nothing.\n", "empty.md")
    done = empty.run("import", *arguments)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (code, True, False)


def test_help_shows_what_each_form_takes(empty: Repository):
    """One line a form."""
    told = empty.run("import", "--help").stdout
    for form in ("arxiv-daily", "bibtex", "capture", "jsonl", "weekly"):
        assert any(line.strip().startswith(f"{form} ") for line in told.splitlines())
