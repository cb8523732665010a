"""A note on a paper that nobody listed: it waits, breaks nothing, and its paper comes on the day it was first seen."""

import json
import signal
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from generator.console import went_wrong
from generator.model import COMMUNITY, Paper, Problem, State
from generator.pipeline import Fetched, WaitingNote, Wanted, fetch, fetching, status
from generator.settings import load_settings
from generator.sources.http import Client
from tests.pipeline.builds import build_here, differing, snapshot
from tests.pipeline.conftest import Repository, paper, tree
from tests.sources.played_arxiv import PlayedArxiv
from tests.upstream import Reply, Upstream

API = "/api/query"
FIRST = date(2025, 10, 4)
ID = "2509.12345"
NAME = f"{ID}-ada.md"
NOTE = f"content/notes/2025/10/{NAME}"
ERROR_FEED = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#ill</id>
<summary>the index is ill</summary></entry></feed>"""


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between tries we wait up to half a minute; nothing here depends on it."""
    monkeypatch.setattr(fetching, "Client", partial(Client, sleep=lambda seconds: None))


@pytest.fixture
def arxiv(upstream: Upstream) -> PlayedArxiv:
    """An arXiv that knows the paper."""
    played = PlayedArxiv(papers={ID: ("2025-09-17T12:00:00", "cs.LG")})
    upstream.otherwise(played.answer)
    return played


@pytest.fixture
def digest(repository: Repository, upstream: Upstream, arxiv: PlayedArxiv) -> Repository:
    """Three days of papers, and a note on a paper of none of them."""
    repository.settings(f"community: {{api_url: {upstream.url!r}, doi_url: {upstream.url!r}}}")
    note(repository)
    return repository


def note(repository: Repository, name: str = NAME, paper_id: str = ID, curator: str = "ada") -> Path:
    return repository.note(f'---\npaper: "{paper_id}"\ncurator: {curator}\n---\nRead it.\n', name)


def fetch_on(repository: Repository, day: date, *sources: str) -> list[Fetched | Problem]:
    """What came of looking up, at six in the morning of that day."""
    settings = load_settings(repository.root / "mkdocs.yml")
    now = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    events = fetch(settings, now, Wanted(sources or (COMMUNITY,)))
    return [event for event in events if isinstance(event, Fetched | Problem)]


def listing(repository: Repository, day: date = FIRST) -> dict[str, object]:
    path = repository.root / f"content/listings/{day:%Y/%m/%d}/community.json"
    value: dict[str, object] = json.loads(path.read_bytes())
    return value


def waiting(repository: Repository, day: date = FIRST) -> tuple[WaitingNote, ...]:
    now = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    return tuple(
        note for source in status(load_settings(repository.root / "mkdocs.yml"), now) for note in source.waiting
    )


def page(repository: Repository, day: date = FIRST) -> str:
    return (repository.root / f"site/{day:%Y/%m/%d}/index.html").read_text(encoding="utf-8")


def test_the_paper_comes_with_the_next_fetch(digest: Repository, upstream: Upstream):
    """Of the day of that fetch, found by its curator, with the note; a second run asks and changes nothing."""
    (event,) = fetch_on(digest, FIRST)
    assert isinstance(event, Fetched)
    assert (event.listing.source, event.listing.date, event.listing.state) == ("community", FIRST, State.ANNOUNCED)
    (found,) = listing(digest)["papers"]
    assert (found["id"], found["announced"], found["first_seen"]) == (f"arxiv:{ID}", str(FIRST), str(FIRST))
    assert found["extra"]["submitter"] == {"name": "Ada", "user": "ada"}
    before, asked = tree(digest.root / "content"), len(upstream.log)
    assert fetch_on(digest, FIRST + timedelta(days=1)) == []
    assert (tree(digest.root / "content"), len(upstream.log)) == (before, asked)
    assert build_here(digest.root).error == ""
    assert f'id="{ID}"' in page(digest)
    assert "Suggested by <bdi>Ada</bdi>" in page(digest)
    assert "Read it." in page(digest)


def test_it_survives_three_failed_attempts_and_comes_on_the_first_day(
    digest: Repository, upstream: Upstream, arxiv: PlayedArxiv
):
    """Down, an empty page that its own total contradicts, an error feed; a day passes between each, a month at last."""
    empty = PlayedArxiv(papers=arxiv.papers, lost={ID})
    failures = (
        (lambda _: Reply(503, headers={"Retry-After": "86400"}), "answers HTTP 503 Service Unavailable"),
        (empty.answer, "the page from 0 is empty, although there are 1 results (5 tries)"),
        (lambda _: Reply(400, ERROR_FEED), "arXiv refuses the request: the index is ill"),
    )
    without_it = build_here(digest.root).site
    for number, (answer, cause) in enumerate(failures):
        upstream.otherwise(answer)
        (event,) = fetch_on(digest, FIRST + timedelta(days=number))
        assert isinstance(event, Fetched)
        assert went_wrong(event.listing)
        assert (event.listing.date, event.listing.state) == (FIRST, State.FAILED)
        assert event.listing.reason.startswith(f"{ID}: ")
        assert cause in event.listing.reason
        (note,) = waiting(digest, FIRST + timedelta(days=number))
        assert (note.path, note.paper, note.since, cause in note.reason) == (NOTE, f"arxiv:{ID}", FIRST, True)
        built = build_here(digest.root)
        assert (built.error, differing(built.site, without_it)) == ("", [])
    upstream.otherwise(arxiv.answer)
    (event,) = fetch_on(digest, FIRST + timedelta(days=30))
    assert (event.listing.date, event.listing.state) == (FIRST, State.ANNOUNCED)
    assert ("awaited" in listing(digest), waiting(digest)) == (False, ())
    assert [found["first_seen"] for found in listing(digest)["papers"]] == [str(FIRST)]
    build_here(digest.root)
    assert f'id="{ID}"' in page(digest)


def test_a_connection_that_is_refused_is_a_failure_like_others(digest: Repository, arxiv: PlayedArxiv):
    """And the same failure on another day changes no byte."""
    with Upstream() as gone:
        digest.settings(f"community: {{api_url: {gone.url!r}}}")
    fetch_on(digest, FIRST)
    before = tree(digest.root / "content")
    assert listing(digest)["awaited"] == {f"arxiv:{ID}": "the connection to 127.0.0.1 failed: it was refused (5 tries)"}
    (event,) = fetch_on(digest, FIRST + timedelta(days=1))
    assert (event.changed, tree(digest.root / "content")) == (False, before)


def test_the_command_says_it_and_ends_with_3(digest: Repository, upstream: Upstream):
    """One plain line, then the line of success; the settings' first arXiv source tells where arXiv is."""
    digest.settings(f"sources:\n  arxiv: {{type: arxiv, categories: [cs.LG], api_url: {upstream.url!r}}}")
    today = datetime.now(UTC).date()
    upstream.script(API, Reply(503, headers={"Retry-After": "86400"}))
    done = digest.run("fetch", "--source", "community")
    assert done.returncode == 3
    assert done.stderr == (
        f"community {today}: failed: {ID}: 127.0.0.1 answers HTTP 503 Service Unavailable: it asks to wait 86400 s; "
        "failed for now. What is archived stays; the next run asks again.\n"
    )
    told = digest.run("status")
    assert f"{NOTE} waits since {today}: {ID}: 127.0.0.1 answers HTTP 503" in told.stdout
    (entry,) = (source for source in json.loads(digest.run("status", "--json").stdout) if "waiting" in source)
    assert (entry["source"], entry["waiting"][0]["note"]) == ("community", NOTE)
    upstream.script(API, Reply(body=PlayedArxiv(papers={ID: ("2025-09-17T12:00:00", "")}).answer(upstream.log[0]).body))
    done = digest.run("fetch", "--source", "community")
    assert (done.returncode, done.stderr) == (0, f"community {today}: announced, 1 paper\n")


def test_a_note_that_no_fetch_has_seen_waits_for_it(digest: Repository):
    """Also one whose paper cannot be looked up at all, and that says why."""
    note(digest, "t-0123456789abcdef-ada.md", "title:0123456789abcdef")
    first, second = waiting(digest)
    assert (first.path, first.since, first.reason) == (NOTE, None, "not asked for yet")
    assert (second.since, second.reason.split(";")[0]) == (None, "only arXiv ids and DOIs can be looked up")
    assert [found.source for found in status(load_settings(digest.root / "mkdocs.yml"), datetime.now(UTC))] == [
        "huggingface",
        "community",
    ]
    fetch_on(digest, FIRST)
    assert [waits.path for waits in waiting(digest)] == [second.path]


def test_without_a_note_nothing_is_opened(repository: Repository, upstream: Upstream):
    """Neither by `fetch` nor by `status`; what git or a system put there is no note."""
    for path in (repository.root / "content/notes").rglob("*.md"):
        path.unlink()
    (repository.root / "content/notes/.gitkeep").touch()
    assert (fetch_on(repository, FIRST), waiting(repository)) == ([], ())
    assert not (repository.root / "build/catalogue.sqlite").exists()


def test_a_number_that_arxiv_does_not_know_is_told_with_its_file(digest: Repository):
    """It keeps no other waiting: their paper is shown, and the day says that it is not whole."""
    note(digest, "2512.99999-ada.md", "2512.99999")
    (event,) = fetch_on(digest, FIRST)
    assert (event.listing.state, [found["id"] for found in listing(digest)["papers"]]) == (
        State.INCOMPLETE,
        [f"arxiv:{ID}"],
    )
    path = "content/notes/2025/10/2512.99999-ada.md"
    assert event.listing.reason == f"2512.99999: arXiv knows no such paper; check the number in {path}"
    build_here(digest.root)
    assert f'id="{ID}"' in page(digest)


def test_a_note_that_went_is_awaited_no_longer(digest: Repository, upstream: Upstream):
    """A day to which nothing came says that there is nothing; then no run speaks of it again."""
    upstream.otherwise(lambda _: Reply(503, headers={"Retry-After": "86400"}))
    fetch_on(digest, FIRST)
    (digest.root / NOTE).unlink()
    (event,) = fetch_on(digest, FIRST + timedelta(days=1))
    assert (event.listing.date, event.listing.state) == (FIRST, State.NONE)
    assert ("awaited" in listing(digest), listing(digest)["reason"]) == (False, None)
    assert fetch_on(digest, FIRST + timedelta(days=2)) == []


def test_a_second_note_of_the_day_opens_the_day_again(digest: Repository, upstream: Upstream, arxiv: PlayedArxiv):
    """Though all of it was there; and it is closed when that paper comes as well."""
    fetch_on(digest, FIRST)
    note(digest, "2509.00001-ada.md", "2509.00001")
    upstream.otherwise(lambda _: Reply(503, headers={"Retry-After": "86400"}))
    fetch_on(digest, FIRST)
    assert (listing(digest)["state"], len(listing(digest)["papers"])) == ("incomplete", 1)
    arxiv.papers["2509.00001"] = arxiv.papers[ID]
    upstream.otherwise(arxiv.answer)
    fetch_on(digest, FIRST)
    assert (listing(digest)["state"], len(listing(digest)["papers"])) == ("announced", 2)


def test_two_notes_on_one_paper_bring_it_once(digest: Repository, upstream: Upstream):
    """The first by path is credited, and both show."""
    note(digest, f"{ID}-bo.md", curator="github:bo")
    fetch_on(digest, FIRST)
    assert len(upstream.log) == 1
    build_here(digest.root)
    assert (page(digest).count(f'id="{ID}"'), page(digest).count("Read it.")) == (1, 2)
    assert "Suggested by <bdi>Ada</bdi>" in page(digest)


def test_a_doi_comes_from_its_registry(digest: Repository, upstream: Upstream):
    """Through the resolver's redirect."""
    note(digest, "doi-10.1000_182-ada.md", "https://doi.org/10.1000/182")
    upstream.script("/10.1000/182", Reply(302, headers={"Location": "/works/182"}))
    upstream.script("/works/182", Reply(body=b'{"title": "Of trees", "author": [{"literal": "Ann"}]}'))
    fetch_on(digest, FIRST)
    build_here(digest.root)
    assert 'id="doi-10.1000_182"' in page(digest)
    assert "Of trees" in page(digest)


def test_a_paper_that_a_source_lists_later_stays_where_it_was(digest: Repository):
    """The first day owns it; the later one leads there."""
    fetch_on(digest, FIRST)
    later = FIRST + timedelta(days=2)
    digest.keep(later, Paper(f"arxiv:{ID}", "The same, as a source has it"), paper(9, "Another"))
    build_here(digest.root)
    assert "Read it." in page(digest)
    assert "Read it." not in page(digest, later)
    assert f"../04/#{ID}" in page(digest, later)


def test_a_paper_that_a_source_lists_first_is_awaited_no_longer(digest: Repository, upstream: Upstream):
    """Nobody is asked for it."""
    upstream.otherwise(lambda _: Reply(503, headers={"Retry-After": "86400"}))
    fetch_on(digest, FIRST)
    asked = len(upstream.log)
    digest.keep(FIRST, Paper(f"arxiv:{ID}", "As a source has it"))
    (event,) = fetch_on(digest, FIRST + timedelta(days=1))
    assert (event.listing.state, len(upstream.log)) == (State.NONE, asked)


def test_listings_of_the_same_run_count(digest: Repository, upstream: Upstream):
    """What a source has just listed is looked up nowhere."""
    entry = {"paper": {"id": ID, "title": "Listed", "summary": "", "authors": []}, "title": "Listed"}
    upstream.script("/api/daily_papers", Reply(body=json.dumps([entry]).encode()))
    digest.settings(
        f"sources:\n  huggingface: {{type: huggingface, url: {upstream.url!r}}}\nfetch: {{refresh_days: 1}}\n"
        f"community: {{api_url: {upstream.url!r}}}"
    )
    events = fetch_on(digest, FIRST, "huggingface", COMMUNITY)
    assert {event.listing.source for event in events} == {"huggingface"}
    assert upstream.asked(API) == []


def test_a_listing_that_cannot_be_read_is_said_and_left(digest: Repository):
    """As of other sources: nothing is written over it."""
    path = digest.root / f"content/listings/{FIRST:%Y/%m/%d}/community.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"<<<<<<< ours")
    (event,) = fetch_on(digest, FIRST)
    assert isinstance(event, Problem)
    assert path.read_bytes() == b"<<<<<<< ours"


@pytest.mark.parametrize("touch", range(6, 10))
def test_a_run_that_is_killed_goes_on_where_it_was(digest: Repository, touch: int):
    """At either file that it writes, before and after; once it has asked, the day is known to the next run."""
    assert digest.run_killed("content/listings", touch, "fetch", "--source", "community").returncode == -signal.SIGKILL
    assert [found.get("awaited") for found in listings(digest)] == (
        [{f"arxiv:{ID}": "not asked for yet"}] * (touch > 7)
    )
    assert digest.run("fetch", "--source", "community").returncode == 0
    (found,) = listings(digest)
    assert (found["state"], [one["id"] for one in found["papers"]]) == ("announced", [f"arxiv:{ID}"])


def listings(repository: Repository) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in (repository.root / "content/listings").rglob("community.json")]


def test_a_day_that_waits_stands_nowhere_on_the_site(digest: Repository, upstream: Upstream):
    """Nor in the search or the calendar: it is the owner's business."""
    (digest.root / NOTE).unlink()
    before = build_here(digest.root).site
    note(digest)
    upstream.otherwise(lambda _: Reply(503, headers={"Retry-After": "86400"}))
    fetch_on(digest, FIRST)
    assert differing(build_here(digest.root).site, before) == []
    assert snapshot(digest.root / "site") == before


def test_days_that_wait_too_long_are_overdue(digest: Repository, upstream: Upstream):
    """As for sources, after the grace that the settings give."""
    upstream.otherwise(lambda _: Reply(503, headers={"Retry-After": "86400"}))
    fetch_on(digest, FIRST)
    settings = load_settings(digest.root / "mkdocs.yml")
    found = {days: status(settings, datetime(2025, 10, 4, 6, tzinfo=UTC) + timedelta(days=days))[-1] for days in (3, 4)}
    assert (found[3].overdue, found[4].overdue) == ((), (FIRST,))


def test_the_name_is_taken(digest: Repository, tmp_path: Path):
    """No import and no source of the settings may have it."""
    saved = tmp_path / "saved.jsonl"
    saved.write_text('{"title": "A title"}\n', encoding="utf-8")
    done = digest.run("import", str(saved), "--date", "2025-10-01", "--source", "community")
    assert (done.returncode, "use another one" in done.stderr) == (2, True)
    digest.settings("sources:\n  community: {type: huggingface}")
    done = digest.run("build")
    assert done.returncode == 1
    assert "'community' is the name of the papers that only notes name. Give the source another name" in done.stderr
