"""From a paper to a note: whatever a title holds, the address opens a template that lacks nothing but its words."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.curation import NoteReader
from generator.curation.naming import note_path
from generator.model import Curator, Digest, Note, RankedPaper
from generator.pages import Renderer, Site
from generator.pages.contributing import LONGEST, Contributing
from generator.settings import ContributingSettings
from generator.spans import FrontPage

REPOSITORY = Path(__file__).parents[2]
DAY = date(2025, 10, 1)
REPO = "https://github.com/ann/digest"
BODY = "It found that half of the data will do.\n"
FORGES = {
    "github": (f"{REPO}/new/main", "filename", "value", f"{REPO}/edit/main"),
    "gitlab": (f"{REPO}/-/new/main", "file_name", "content", f"{REPO}/-/edit/main"),
    "gitea": (f"{REPO}/_new/main", "filename", "value", f"{REPO}/_edit/main"),
}
ids = st.sampled_from(["arxiv:2509.12345", "arxiv:hep-th/9901001", "doi:10.1000/a_b<c>#d&e", "title:cf02ba5f113e37c6"])
SITE = Contributing(Site("Sheet", repo_url=REPO), ContributingSettings(email="ann+notes@mail.example"))


def _read(path: str, template: str) -> Note:
    found = NoteReader(Path("nowhere/content"), ()).read(path, template.encode())
    assert found.problems == ()
    assert found.note
    return found.note


def _told(address: str | None) -> dict[str, str]:
    assert address is not None
    assert len(address) <= LONGEST
    assert address.isascii()
    assert address.isprintable()
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query, strict_parsing=True).items()}


@given(paper=ids, title=st.text())
@example(paper="arxiv:2509.12345", title="漢" * 300)
@example(paper="arxiv:2509.12345", title="\U0001f41f" * 1_000)
@example(paper="arxiv:2509.12345", title="\" & ' # % + </textarea> \n--- \n: - ? [x] {y} *z &a !b | > @ `c`")
@example(paper="arxiv:2509.12345", title="two\u2028lines\x85and\rmore: - a\n---\npaper: x")
def test_any_title_makes_a_note_that_lacks_only_its_words(paper: str, title: str) -> None:
    """The address is short enough, names the right file, and its template with a body is a good note on the paper."""
    told = _told(SITE.new_note(paper, title, DAY))
    assert told["filename"].startswith("content/notes/2025/10/")
    assert told["filename"].endswith("-your-login.md")
    text = re.sub("^curator: .*", "curator: github:ada", told["value"], flags=re.MULTILINE)
    note = _read(told["filename"].replace("your-login", "ada"), text + BODY)
    assert (note.paper, note.curator.handle, note.body) == (paper, "github:ada", BODY.strip())


@given(paper=ids, title=st.text(max_size=2_000))
def test_any_title_makes_a_message(paper: str, title: str) -> None:
    """People without an account send the same note; the owner says who signs it. Line ends are those of mail."""
    address = SITE.mailed_note(paper, title)
    told = _told(address)
    assert (address or "").startswith("mailto:ann%2Bnotes@mail.example?subject=A%20note%20on%20")
    assert "+" not in (address or "")
    assert "\n" not in told["body"].replace("\r\n", "")
    signed = told["body"].replace("\r\n", "\n").replace("curator: your-name", "curator: github:ada")
    assert _read(note_path(paper, "github:ada", DAY), signed + BODY).paper == paper


def test_the_title_stands_in_a_comment() -> None:
    """Whoever writes sees which paper it is."""
    template = _told(SITE.new_note("arxiv:2509.12345", "Zebrafish & $O(n^2)$", DAY))["value"]
    assert "# Zebrafish & O(n^2)\n" in template
    assert "# Below the next line" in template


@pytest.mark.parametrize("forge", FORGES)
def test_each_forge_is_asked_in_its_own_words(forge: str) -> None:
    """A new file, an editor, a place for suggestions."""
    address, name, value, edit = FORGES[forge]
    site = Contributing(Site("Sheet", repo_url=f"{REPO}.git"), ContributingSettings.model_validate({"forge": forge}))
    new = site.new_note("arxiv:2509.12345", "A title", DAY) or ""
    assert new.partition("?")[0] == address
    assert set(_told(new)) == {name, value}
    assert site.changed_note("content/notes/2025/10/a b#c.md") == f"{edit}/content/notes/2025/10/a%20b%23c.md"
    assert (site.suggestion or "").startswith(f"{REPO}/")


def test_the_branch_is_the_owners() -> None:
    """Not every repository calls it main."""
    site = Contributing(Site("Sheet", repo_url=REPO), ContributingSettings(branch="notes/2025 #1"))
    assert (site.changed_note("x.md") or "").startswith(f"{REPO}/edit/notes/2025%20%231/x.md")


@pytest.mark.parametrize("repo_url", [None, "", "javascript:alert(1)", "not an address"])
def test_without_a_repository_nothing_leads_there(repo_url: str | None) -> None:
    """Nor by mail without an address."""
    site = Contributing(Site("Sheet", repo_url=repo_url), ContributingSettings())
    assert site.new_note("arxiv:2509.12345", "A title", DAY) is None
    assert site.changed_note("content/notes/x.md") is None
    assert site.suggestion is None
    assert site.mailed_note("arxiv:2509.12345", "A title") is None


def test_every_paper_and_note_invites_where_the_repository_is_known(
    make_ranked: Callable[..., RankedPaper], make_digest: Callable[..., Digest]
) -> None:
    """On the day, the first page and the paper's own page; nowhere without a repository."""
    note = Note("arxiv:2509.12345", Curator("ada", "Ada"), "x", "<p>x</p>", path="content/notes/2025/10/a.md")
    digest = make_digest(make_ranked(notes=(note,)))
    told = Renderer(REPOSITORY / "site_templates", Site("Sheet", repo_url=REPO), ContributingSettings())
    silent = Renderer(REPOSITORY / "site_templates", Site("Sheet"), ContributingSettings())
    for page in (told.day(digest), told.home(FrontPage(digest, None, (), (), ())), told.paper(digest.papers[0], DAY)):
        assert f'<a class="add-note" href="{REPO}/new/main?' in page.text
        assert 'aria-describedby="2509.12345-title">Add a note</a>' in page.text
        assert f'href="{REPO}/edit/main/content/notes/2025/10/a.md" rel="nofollow">Improve this note</a>' in page.text
        assert f'<a href="{REPO}/issues/new?template=suggest-a-paper.yml" rel="nofollow">' in page.text
    for page in (
        silent.day(digest),
        silent.home(FrontPage(digest, None, (), (), ())),
        silent.paper(digest.papers[0], DAY),
    ):
        assert "Add a note" not in page.text
        assert "Improve" not in page.text
        assert "Suggest" not in page.text
