"""`broadsheet fetch` against an arXiv on loopback that fails as arXiv fails."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.pipeline.conftest import Repository, tree
from tests.sources.played_arxiv import PlayedArxiv, rss
from tests.upstream import Reply, Request, Upstream

OLD = date(2025, 7, 9)
API = "/api/query"
ERROR_FEED = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#bad</id>
<title>Error</title><summary>malformed query</summary></entry></feed>"""


@pytest.fixture
def digest(empty: Repository, upstream: Upstream) -> Repository:
    """A repository with one arXiv source, on loopback."""
    return _with_source(empty, upstream)


def _with_source(repository: Repository, upstream: Upstream, more: str = "", below: str = "") -> Repository:
    urls = "".join(f", {name}_url: {upstream.url!r}" for name in ("api", "rss", "listing"))
    repository.settings(f"sources:\n  arxiv: {{type: arxiv, categories: [cs.LG]{urls}{more}}}\n{below}")
    return repository


def listing(digest: Repository, day: date, source: str = "arxiv") -> dict[str, object]:
    path = digest.root / f"content/listings/{day:%Y/%m/%d}/{source}.json"
    value: dict[str, object] = json.loads(path.read_bytes())
    return value


def ids(digest: Repository, day: date) -> list[str]:
    return [paper["id"] for paper in listing(digest, day)["papers"]]


def papers(*names: str) -> dict[str, tuple[str, str]]:
    """Sent in at noon of the day before OLD."""
    return dict.fromkeys(names, (f"{OLD - timedelta(days=1)}T12:00:00", "cs.LG"))


def test_the_past_is_archived_as_estimated_and_a_second_run_changes_nothing(digest: Repository, upstream: Upstream):
    """Old ids and new ones; finished days are not asked for again."""
    upstream.otherwise(PlayedArxiv(papers=papers("2507.00001", "hep-th/9901001")).answer)
    done = digest.run("fetch", "--date", str(OLD))
    assert (done.returncode, done.stderr) == (0, f"arxiv {OLD}: announced, 2 papers\n")
    assert ids(digest, OLD) == ["arxiv:2507.00001", "arxiv:hep-th/9901001"]
    assert all(paper["extra"]["announced_estimated"] for paper in listing(digest, OLD)["papers"])
    before, asked = tree(digest.root / "content"), len(upstream.log)
    digest.run("fetch", "--date", str(OLD))
    assert (tree(digest.root / "content"), len(upstream.log)) == (before, asked)
    digest.run("fetch", "--date", str(OLD), "--refresh")
    assert (tree(digest.root / "content"), len(upstream.log) > asked) == (before, True)


def test_today_s_announcement_comes_from_the_rss(digest: Repository, upstream: Upstream):
    """arXiv announces nothing at weekends; on other days its feed is asked, and the API for the papers."""
    today = datetime.now(UTC).date()
    feeds = {"cs.LG": rss(today, ("2509.00001", "new"), ("2509.00002", "replace"))}
    upstream.otherwise(PlayedArxiv(papers=papers("2509.00001", "2509.00002"), feeds=feeds).answer)
    done = digest.run("fetch", "--date", str(today))
    assert done.returncode == 0, done.stderr
    if today.weekday() < 5:
        assert (ids(digest, today), len(upstream.asked("/rss/cs.LG"))) == (["arxiv:2509.00001"], 1)
    else:
        assert (listing(digest, today)["state"], upstream.log) == ("none", [])


def test_a_new_version_makes_no_second_paper_and_a_withdrawn_one_stays(digest: Repository, upstream: Upstream):
    """The listing keeps one paper, its newest version, and the page says that it was withdrawn."""
    played = PlayedArxiv(papers=papers("2507.00001", "2507.00002"))
    upstream.otherwise(played.answer)
    digest.run("fetch", "--date", str(OLD))

    def later(request: Request) -> Reply:
        comment = b"<arxiv:comment>This paper has been withdrawn by the author</arxiv:comment>"
        second = played.answer(request).body.replace(b"2507.00001v1", b"2507.00001v2")
        return Reply(body=second.replace(b"<title>API 2507.00001", comment + b"<title>API 2507.00001"))

    upstream.route(API, later)
    digest.run("fetch", "--date", str(OLD), "--refresh")
    assert ids(digest, OLD) == ["arxiv:2507.00001", "arxiv:2507.00002"]
    first, second = listing(digest, OLD)["papers"]
    assert (first["version"], first["withdrawn"], second["version"]) == (2, True, 1)
    digest.run("build")
    assert "Withdrawn" in (digest.root / f"site/{OLD:%Y/%m/%d}/index.html").read_text(encoding="utf-8")


FAULTS = {
    "an error feed": Reply(400, ERROR_FEED),
    "down": Reply(503),
    "an error page": Reply(200, b"<!doctype html><title>arXiv is busy</title>"),
    "truncated": Reply(200, b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http'),
    "wrong charset": Reply(200, '<?xml version="1.0" encoding="utf-8"?><feed/>'.encode("utf-16")[2:]),
    "come back tomorrow": Reply(503, headers={"Retry-After": "86400"}),
}


@pytest.mark.parametrize("reply", FAULTS.values(), ids=FAULTS)
def test_an_arxiv_that_fails_is_one_line_and_exit_3(digest: Repository, upstream: Upstream, reply: Reply):
    """Source, day, cause and what happens next; another source's day is archived, and the next run mends it."""
    _with_source(digest, upstream, below=f"  hf: {{type: huggingface, url: {upstream.url!r}}}")
    upstream.script("/api/daily_papers", Reply(body=b"[]"))
    upstream.script(API, reply)
    done = digest.run("fetch", "--date", str(OLD))
    first, second = done.stderr.splitlines()
    assert (done.returncode, second) == (3, f"hf {OLD}: none, 0 papers")
    assert first.startswith(f"arxiv {OLD}: failed: ")
    assert first.endswith("What is archived stays; the next run asks again.")
    upstream.route(API, PlayedArxiv(papers=papers("2507.00001")).answer)
    assert digest.run("fetch", "--date", str(OLD)).returncode == 0
    assert ids(digest, OLD) == ["arxiv:2507.00001"]


def test_an_empty_page_that_arxiv_s_own_total_contradicts_is_asked_for_again(digest: Repository, upstream: Upstream):
    """And so is one behind a 503 that says when to come back."""
    played = PlayedArxiv(papers=papers("2507.00001"))
    replies = iter([Reply(503, headers={"Retry-After": "0"}), "empty"])

    def answer(request: Request) -> Reply:
        reply = next(replies, None)
        if reply == "empty":
            return Reply(body=PlayedArxiv(papers=played.papers, lost={"2507.00001"}).answer(request).body)
        return played.answer(request) if reply is None else reply

    upstream.route(API, answer)
    done = digest.run("fetch", "--date", str(OLD))
    assert (done.returncode, ids(digest, OLD), len(upstream.asked(API))) == (0, ["arxiv:2507.00001"], 3)


def test_a_day_learnt_in_part_is_estimated_later_not_called_whole(digest: Repository, upstream: Upstream):
    """What arXiv announced and we did not learn can only be found by searching."""
    announced = {"arxiv:2507.00001": "a"}
    path = digest.root / f"content/listings/{OLD:%Y/%m/%d}/arxiv.json"
    path.parent.mkdir(parents=True)
    value = {"date": str(OLD), "fetched": "2025-07-09T06:00:00Z", "reason": "HTTP 503", "source": "arxiv"}
    lines = [{"id": name, "title": title, "announced": str(OLD)} for name, title in announced.items()]
    path.write_text(json.dumps({**value, "state": "incomplete", "papers": lines}), encoding="utf-8")
    upstream.otherwise(PlayedArxiv(papers=papers("2507.00001", "2507.00002")).answer)
    assert digest.run("fetch", "--date", str(OLD)).returncode == 0
    first, second = listing(digest, OLD)["papers"]
    assert (first["id"], "announced_estimated" in first.get("extra", {})) == ("arxiv:2507.00001", False)
    assert (second["id"], second["extra"]["announced_estimated"]) == ("arxiv:2507.00002", True)


def test_only_topics_keeps_the_rest_in_the_archive_and_off_the_page(digest: Repository, upstream: Upstream):
    """Everything is archived; the page shows what a topic wants."""
    _with_source(digest, upstream, ", only_topics: true", 'topics:\n  - {name: First, any: ["2507.00001"]}')
    upstream.otherwise(PlayedArxiv(papers=papers("2507.00001", "2507.00002")).answer)
    digest.run("fetch", "--date", str(OLD))
    assert len(ids(digest, OLD)) == 2
    digest.run("build")
    page = (digest.root / f"site/{OLD:%Y/%m/%d}/index.html").read_text(encoding="utf-8")
    assert ('id="2507.00001"' in page, 'id="2507.00002"' in page) == (True, False)
