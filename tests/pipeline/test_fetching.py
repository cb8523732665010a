"""`broadsheet fetch` against an upstream on loopback: what is archived, what is said, and how it ends."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.conftest import Repository, tree
from tests.upstream import Reply, Upstream

PATH = "/api/daily_papers"


def entry(number: int, votes: int = 1, title: str = "A title") -> dict[str, object]:
    """One entry of Hugging Face's daily papers."""
    inner = {"id": f"2510.{number:05}", "title": title, "summary": "Words.", "authors": [], "upvotes": votes}
    return {"paper": inner, "title": title, "numComments": 0}


def body(*entries: dict[str, object]) -> bytes:
    return json.dumps(entries).encode()


@pytest.fixture
def digest(empty: Repository, upstream: Upstream) -> Repository:
    """A repository whose only source is the upstream on loopback."""
    empty.settings(f"sources:\n  huggingface: {{type: huggingface, url: {upstream.url!r}}}")
    return empty


def listing(digest: Repository, day: str) -> dict[str, object]:
    path = digest.root / "content/listings" / day.replace("-", "/") / "huggingface.json"
    value: dict[str, object] = json.loads(path.read_bytes())
    return value


def test_named_days_are_archived_with_their_states(digest: Repository, upstream: Upstream):
    """Papers, or `none`; one plain line a day on stderr."""
    upstream.script(PATH, Reply(body=body(entry(1))), Reply(body=b"[]"))
    done = digest.run("fetch", "--since", "2025-10-01", "--until", "2025-10-02")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "huggingface 2025-10-01: announced, 1 paper",
        "huggingface 2025-10-02: none, 0 papers",
    ]
    assert (listing(digest, "2025-10-01")["state"], listing(digest, "2025-10-02")["state"]) == ("announced", "none")


def test_a_second_run_asks_nothing_and_changes_nothing(digest: Repository, upstream: Upstream):
    """Finished days are left alone, unless `--refresh`."""
    upstream.script(PATH, Reply(body=body(entry(1))))
    digest.run("fetch", "--date", "2025-10-01")
    before, asked = tree(digest.root / "content"), len(upstream.log)
    assert digest.run("fetch", "--date", "2025-10-01").returncode == 0
    assert (len(upstream.log), tree(digest.root / "content")) == (asked, before)
    assert digest.run("fetch", "--date", "2025-10-01", "--refresh").returncode == 0
    assert (len(upstream.log), tree(digest.root / "content")) == (asked + 1, before)


def test_without_days_the_window_and_the_gaps_are_asked_for(digest: Repository, upstream: Upstream):
    """Seven days back, today included; later also what is missing in between."""
    upstream.script(PATH, Reply(body=body(entry(1))))
    assert digest.run("fetch").returncode == 0
    today = datetime.now(UTC).date()
    assert len({request.query["date"] for request in upstream.log}) == 7
    upstream.log.clear()
    digest.run("fetch", "--date", str(today - timedelta(days=10)))
    digest.run("fetch")
    assert {request.query["date"] for request in upstream.log} >= {str(today - timedelta(days=n)) for n in range(11)}


def test_a_refresh_updates_adds_and_never_removes(digest: Repository, upstream: Upstream):
    """Votes and titles move, a late paper comes, a vanished one stays."""
    later = body(entry(1, votes=9, title="A better title"), entry(3))
    upstream.script(PATH, Reply(body=body(entry(1), entry(2))), Reply(body=later))
    digest.run("fetch", "--date", "2025-10-01")
    digest.run("fetch", "--date", "2025-10-01", "--refresh")
    papers = listing(digest, "2025-10-01")["papers"]
    assert [paper["id"] for paper in papers] == ["arxiv:2510.00001", "arxiv:2510.00002", "arxiv:2510.00003"]
    assert (papers[0]["title"], papers[0]["signals"]["votes"]) == ("A better title", 9)


LIES = {
    "an error page": Reply(200, b"<!doctype html><title>502 Bad Gateway</title>"),
    "a dict": Reply(200, b'{"error": "no"}'),
    "truncated": Reply(200, b'[{"paper": {"id": "2510'),
    "wrong charset": Reply(200, "[{}]".encode("utf-16")),
}


@pytest.mark.parametrize("reply", LIES.values(), ids=LIES)
def test_a_source_that_lies_is_one_line_and_exit_3(digest: Repository, upstream: Upstream, reply: Reply):
    """Source, day, cause, and what happens next; the day says so too."""
    upstream.script(PATH, reply)
    done = digest.run("fetch", "--date", "2025-10-01")
    (line,) = done.stderr.splitlines()
    assert done.returncode == 3
    assert line.startswith("huggingface 2025-10-01: failed: ")
    assert line.endswith("(5 tries). What is archived stays; the next run asks again.")
    assert listing(digest, "2025-10-01")["state"] == "failed"


def test_one_source_down_the_others_and_other_days_go_on(digest: Repository, upstream: Upstream):
    """A failed day is mended by the next run, and the site is built all the same."""
    digest.settings(
        f"sources:\n  down: {{type: huggingface, url: 'http://127.0.0.1:9'}}\n"
        f"  huggingface: {{type: huggingface, url: {upstream.url!r}}}"
    )
    refused = Reply(429, headers={"Retry-After": "9999"})
    upstream.script(PATH, refused, Reply(body=body(entry(1))))
    done = digest.run("fetch", "--since", "2025-10-01", "--until", "2025-10-02")
    assert done.returncode == 3
    told = "127.0.0.1 answers HTTP 429 Too Many Requests: it asks to wait 9999 s; failed for now"
    assert f"huggingface 2025-10-01: failed: {told}." in done.stderr
    assert "huggingface 2025-10-02: announced, 1 paper" in done.stderr
    assert digest.run("build").stderr == f"1 paper on 1 day in site: {len(digest.site())} files changed\n"
    page = (digest.root / "site/2025/10/01/index.html").read_text(encoding="utf-8")
    assert "HTTP 429" in page
    digest.run("fetch", "--source", "huggingface", "--since", "2025-10-01", "--until", "2025-10-02")
    assert listing(digest, "2025-10-01")["state"] == "announced"


def test_a_source_that_is_down_is_left_alone_after_three_days(digest: Repository, upstream: Upstream):
    """The rest waits for the next run, in one line."""
    upstream.script(PATH, Reply(429, headers={"Retry-After": "9999"}))
    done = digest.run("fetch", "--since", "2025-09-01", "--until", "2025-09-30")
    assert (done.returncode, len(upstream.log)) == (3, 3)
    waiting = "huggingface 2025-09-04 to 2025-09-30 (27 days): not asked, the source does not answer."
    assert done.stderr.splitlines()[-1].startswith(waiting)


def test_a_broken_archive_file_is_reported_and_never_written_over(digest: Repository, upstream: Upstream):
    """The other days are fetched."""
    upstream.script(PATH, Reply(body=body(entry(1))))
    path = digest.root / "content/listings/2025/10/01/huggingface.json"
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    done = digest.run("fetch", "--since", "2025-10-01", "--until", "2025-10-02")
    assert done.returncode == 3
    assert "content/listings/2025/10/01/huggingface.json:1: is not valid JSON" in done.stderr
    assert path.read_text(encoding="utf-8") == "{"
    assert listing(digest, "2025-10-02")["state"] == "announced"


def test_a_killed_backfill_goes_on_where_it_stopped(digest: Repository, upstream: Upstream):
    """Whole files only; the days that were archived are not asked for again."""
    upstream.script(PATH, Reply(body=body(*(entry(number) for number in range(1, 60)))))
    command = [sys.executable, "-m", "generator.cli", "fetch", "--since", "2025-01-01", "--until", "2025-03-31"]
    process = subprocess.Popen(command, cwd=digest.root, stderr=subprocess.PIPE, text=True, env=digest.environment())
    assert process.stderr is not None
    for _ in range(20):
        process.stderr.readline()
    process.kill()
    process.wait()
    process.stderr.close()
    asked = len(upstream.log)
    assert digest.run("check").returncode == 0
    assert digest.run("fetch", "--since", "2025-01-01", "--until", "2025-03-31").returncode == 0
    assert 90 <= len(upstream.log) <= 92
    assert asked < 90
    assert len(list((digest.root / "content/listings").rglob("*.json"))) == 90


USAGE = {
    "no day": (("--date", "tomorrow"), "'tomorrow' is not a day"),
    "no first day": (("--until", "2025-10-01"), "--until needs --since"),
    "a day to come": (("--date", "2199-12-31"), "2199-12-31 has not come yet"),
    "backwards": (("--since", "2025-10-02", "--until", "2025-10-01"), "--since 2025-10-02 is after 2025-10-01"),
    "from a day to come": (("--since", "2199-12-31"), "--since 2199-12-31 is after"),
    "unknown source": (("--source", "hugging"), "mkdocs.yml has: huggingface"),
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.values(), ids=USAGE)
def test_usage_errors_end_with_2(digest: Repository, upstream: Upstream, arguments: tuple[str, ...], message: str):
    """Before anything is asked."""
    done = digest.run("fetch", *arguments)
    assert (done.returncode, message in done.stderr, upstream.log) == (2, True, []), done.stderr


def test_status_counts_days_and_finds_what_is_overdue(digest: Repository, upstream: Upstream):
    """`--strict` ends with 1 when a day stays unfinished past the grace period."""
    upstream.script(PATH, Reply(429, headers={"Retry-After": "9999"}))
    digest.run("fetch", "--date", "2025-10-01")
    done = digest.run("status", "--strict")
    assert (done.returncode, "1 failed" in done.stdout, "2025-10-01" in done.stdout) == (1, True, True)
    (found,) = json.loads(digest.run("status", "--json").stdout)
    assert found["states"] == {"failed": 1}


def test_the_years_on_record(digest: Repository, upstream: Upstream, real_data: Path):
    """A backfill of every recorded day keeps every paper; a second run is silent; the site builds without warning."""
    upstream.huggingface(real_data / "hf")
    span = ("--since", "2023-05-04", "--until", "2025-12-31")
    assert digest.run("--quiet", "fetch", *span).returncode == 0
    days = [date(2023, 5, 4) + timedelta(days=n) for n in range(973)]
    recorded = {path.stem: json.loads(path.read_bytes()) for path in (real_data / "hf").glob("*.json")}
    for day in days:
        archived = listing(digest, str(day))
        ids = {f"arxiv:{item['paper']['id']}" for item in recorded.get(str(day), [])}
        assert {paper["id"] for paper in archived["papers"]} == ids
        assert archived["state"] == ("announced" if ids else "none")
    before, asked = tree(digest.root / "content"), len(upstream.log)
    assert digest.run("fetch", *span).returncode == 0
    assert (len(upstream.log), tree(digest.root / "content")) == (asked, before)
    done = digest.run("--quiet", "build", "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(1 for path in (digest.root / "site").rglob("index.html") if len(path.parts[-4:-1][-1]) == 2) >= 686


def test_the_same_days_months_later(digest: Repository, upstream: Upstream, real_data: Path):
    """Votes and titles are the later ones, new papers appear, none disappears."""
    later = sorted((real_data / "hf-later").glob("*.json"))
    span = ("--since", later[0].stem, "--until", later[-1].stem)
    upstream.huggingface(real_data / "hf")
    digest.run("--quiet", "fetch", *span)
    first = {path.stem: {paper["id"] for paper in listing(digest, path.stem)["papers"]} for path in later}
    upstream.huggingface(real_data / "hf-later")
    assert digest.run("--quiet", "fetch", *span, "--refresh").returncode == 0
    for path in later:
        papers = {paper["id"]: paper for paper in listing(digest, path.stem)["papers"]}
        assert first[path.stem] <= set(papers)
        for item in json.loads(path.read_bytes()):
            kept = papers[f"arxiv:{item['paper']['id']}"]
            assert (kept["title"], kept["signals"]["votes"]) == (item["paper"]["title"], item["paper"]["upvotes"])
