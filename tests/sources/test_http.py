"""The polite client against a server that fails as upstreams fail."""

import errno
import gzip
import json
import socket
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.errors import AnswerError, RefusedError, SourceError
from generator.sources.hosts import check_address, check_redirect
from generator.sources.http import Answer, Client, Limits
from generator.sources.pacing import Pacer
from tests.upstream import Reply, Upstream


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        """What time.monotonic is otherwise."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """What time.sleep is otherwise."""
        self.slept.append(seconds)
        self.now += seconds


def client(time: Time, cache: Path | None = None, limits: Limits | None = None) -> Client:
    """A client that waits in no time, always its longest."""
    return Client("mailto:a@b.example", cache, limits=limits, clock=time.clock, sleep=time.sleep, jitter=lambda: 1.0)


def body(answer: Answer) -> bytes:
    return answer.body


def get(upstream: Upstream, time: Time | None = None, limits: Limits | None = None, parse=body, **more):
    return client(time or Time(), limits=limits).get(f"{upstream.url}/x", {}, "*/*", parse, **more)


def test_it_says_who_asks(upstream: Upstream):
    """A name, a version and a contact."""
    upstream.script("/x", Reply(body=b"ok"))
    assert get(upstream) == b"ok"
    assert upstream.log[0].headers["user-agent"].startswith("broadsheet/")
    assert "(+mailto:a@b.example)" in upstream.log[0].headers["user-agent"]


@pytest.mark.parametrize("status", [406, 429, 500, 502, 503])
def test_a_passing_fault_is_asked_again(upstream: Upstream, status: int):
    """With growing pauses."""
    time = Time()
    upstream.script("/x", Reply(status), Reply(status), Reply(body=b"ok"))
    assert get(upstream, time) == b"ok"
    assert time.slept == [1.0, 2.0]


def test_after_the_last_try_the_cause_is_one_line(upstream: Upstream):
    """Status and number of tries."""
    upstream.script("/x", Reply(503, b"<html>\n::error::"))
    with pytest.raises(SourceError, match=r"^127\.0\.0\.1 answers HTTP 503 Service Unavailable \(5 tries\)$"):
        get(upstream)
    assert len(upstream.log) == 5


def test_other_refusals_are_final(upstream: Upstream):
    """404 is asked once, unless the source wants to read it."""
    upstream.script("/x", Reply(404, b"no"))
    with pytest.raises(SourceError, match=r"^127\.0\.0\.1 answers HTTP 404 Not Found$"):
        get(upstream)
    assert len(upstream.log) == 1
    assert get(upstream, also=frozenset((404,))) == b"no"


def test_the_whole_get_and_parse_is_repeated(upstream: Upstream):
    """A page that does not validate is fetched anew."""

    def strict(answer: Answer) -> object:
        try:
            return json.loads(answer.body)
        except ValueError as error:
            raise AnswerError("not JSON") from error

    upstream.script("/x", Reply(body=b"<!doctype html><title>Too many requests</title>"), Reply(body=b"[1]"))
    assert get(upstream, parse=strict) == [1]


@pytest.mark.parametrize(("value", "waited"), [("7", 7.0), ("soon", 1.0), ("-3", 1.0), ("", 1.0), ("120", 120.0)])
def test_retry_after_is_honoured_when_it_makes_sense(upstream: Upstream, value: str, waited: float):
    """Seconds up to 120; nonsense counts as nothing."""
    time = Time()
    upstream.script("/x", Reply(503, headers={"Retry-After": value}), Reply(body=b"ok"))
    get(upstream, time)
    assert time.slept == [waited]


def test_a_long_retry_after_means_failed_for_now(upstream: Upstream):
    """Nobody sleeps for a day."""
    time = Time()
    upstream.script("/x", Reply(429, headers={"Retry-After": "99999"}))
    with pytest.raises(SourceError, match="HTTP 429 Too Many Requests: it asks to wait 99999 s; failed for now"):
        get(upstream, time)
    assert (len(upstream.log), time.slept) == (1, [])


@pytest.mark.parametrize(
    "reply", [Reply(body=b"x", length=1000), Reply(body=b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"})]
)
def test_a_torn_body_is_not_taken_for_whole(upstream: Upstream, reply: Reply):
    """Shorter than it said, or not decodable: once more."""
    upstream.script("/x", reply, Reply(body=b"ok"))
    assert get(upstream) == b"ok"


def test_nobody_listens():
    """A closed port is a passing fault, said in plain words."""
    with Upstream() as gone:
        url = gone.url
    with pytest.raises(SourceError, match=r"connection to 127\.0\.0\.1 failed: it was refused \(5 tries\)$"):
        client(Time()).get(f"{url}/x", {}, "*/*", body)


def test_a_host_that_nobody_knows(monkeypatch: pytest.MonkeyPatch):
    """Told apart from one that refuses."""

    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SourceError, match=r"connection to papers\.example failed: no host has this name"):
        client(Time()).get("http://papers.example/x", {}, "*/*", body)


def test_a_fault_that_has_no_words_of_ours_keeps_those_of_the_system(monkeypatch: pytest.MonkeyPatch):
    """What nobody foresaw is told too."""

    def exhausted(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(socket, "getaddrinfo", exhausted)
    with pytest.raises(SourceError, match=r"connection to papers\.example failed: Too many open files \(5 tries\)$"):
        client(Time()).get("http://papers.example/x", {}, "*/*", body)


def test_an_answer_that_cannot_be_read_is_no_fault_of_the_connection(upstream: Upstream):
    """Such as a redirect to what is no address."""
    upstream.script("/x", Reply(302, headers={"Location": "http://[x/"}))
    with pytest.raises(SourceError, match=r"^127\.0\.0\.1 answers what cannot be read \(ValueError\) \(5 tries\)$"):
        get(upstream)


def test_an_address_with_a_secret_is_not_told(upstream: Upstream):
    """What is said is archived and shown: the host is enough."""
    upstream.script("/x", Reply(404))
    with pytest.raises(SourceError) as caught:
        client(Time()).get(f"{upstream.url}/x?token=abc", {}, "*/*", body)
    assert "abc" not in str(caught.value)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_stopped_at_the_cap(upstream: Upstream, pack):
    """The cap counts decoded bytes."""
    encoding = "gzip" if pack is gzip.compress else "deflate"
    upstream.script("/x", Reply(body=pack(bytes(20_000_000)), headers={"Content-Encoding": encoding}))
    with pytest.raises(RefusedError, match="over 5 MB"):
        get(upstream, limits=Limits(size=5_000_000))


def test_a_drip_does_not_outlive_the_total(upstream: Upstream):
    """Bytes that keep coming do not reset the deadline."""
    upstream.script("/x", Reply(body=b"x" * 10_000, drip=0.01))
    slow = Client("mailto:a@b.example", limits=Limits(total=0.2, tries=1))
    with pytest.raises(SourceError, match=r"took over 0\.2 s"):
        slow.get(f"{upstream.url}/x", {}, "*/*", body)


def test_silence_is_a_timeout(upstream: Upstream):
    """Between two reads."""
    upstream.script("/x", Reply(body=b"xy", drip=5))
    with pytest.raises(SourceError, match=r"no answer from 127\.0\.0\.1 within 0\.1 s|connection to"):
        Client("mailto:a@b.example", limits=Limits(read=0.1, tries=1)).get(f"{upstream.url}/x", {}, "*/*", body)


def test_what_did_not_change_is_not_sent_again(upstream: Upstream, tmp_path: Path):
    """ETag and 304; the stored body is parsed as if it had come."""
    upstream.script("/x", Reply(body=b"one", headers={"ETag": '"1"'}), Reply(304))
    first = client(Time(), tmp_path).get(f"{upstream.url}/x", {}, "*/*", body)
    second = client(Time(), tmp_path).get(f"{upstream.url}/x", {}, "*/*", body)
    assert (first, second) == (b"one", b"one")
    assert upstream.log[1].headers["if-none-match"] == '"1"'


def test_a_broken_cache_costs_a_request(upstream: Upstream, tmp_path: Path):
    """Truncated or foreign files are ignored."""
    upstream.script("/x", Reply(body=b"one", headers={"ETag": '"1"'}))
    client(Time(), tmp_path).get(f"{upstream.url}/x", {}, "*/*", body)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert client(Time(), tmp_path).get(f"{upstream.url}/x", {}, "*/*", body) == b"one"
    assert "if-none-match" not in upstream.log[1].headers


def test_a_bad_answer_is_never_stored(upstream: Upstream, tmp_path: Path):
    """Only what was parsed is kept."""

    def refuse(answer: Answer) -> bytes:
        raise AnswerError("bad")

    upstream.script("/x", Reply(body=b"bad", headers={"ETag": '"1"'}))
    with pytest.raises(SourceError):
        client(Time(), tmp_path).get(f"{upstream.url}/x", {}, "*/*", refuse)
    assert list(tmp_path.iterdir()) == []


REDIRECTS = [
    ("file:///etc/passwd", "not a plain web address"),
    ("http://169.254.169.254/", "not on the open web"),
    ("http://user@127.0.0.1/", "not a plain web address"),
    ("http://[::ffff:127.0.0.1]/", "not on the open web"),
    ("/x", "more than 5 redirects"),
]


@pytest.mark.parametrize(("location", "cause"), REDIRECTS)
def test_redirects_lead_nowhere_else(upstream: Upstream, location: str, cause: str):
    """Each hop is checked like the first address, and there are few."""
    upstream.script("/x", Reply(302, headers={"Location": location}))
    with pytest.raises(RefusedError, match=cause):
        get(upstream)


def test_a_redirect_is_followed(upstream: Upstream):
    """To the same machine, here."""
    upstream.script("/x", Reply(301, headers={"Location": "/y"}))
    upstream.script("/y", Reply(body=b"moved"))
    assert get(upstream) == b"moved"


REFUSED = [
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:127.0.0.1]/",
    "file:///etc/passwd",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://[fe80::1]/",
    "http://0.0.0.0/",
    "https://arxiv.org@evil.example/",
    "http://[::1",
    "http://x.example:99999999/",
    "ftp://example.org/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_off_the_open_web_are_refused(url: str):
    """Before anything is sent."""
    with pytest.raises(RefusedError):
        check_address(url, url)


def test_this_machine_is_asked_only_when_the_settings_name_it():
    """A public source cannot send us to loopback, nor from https to http."""
    check_address("http://127.0.0.1:8000/x", "http://localhost:8000")
    with pytest.raises(RefusedError):
        check_redirect("https://example.org/", "http://127.0.0.1/", "https://example.org")
    with pytest.raises(RefusedError, match="https to http"):
        check_redirect("https://export.arxiv.org/", "http://export.arxiv.org/", "https://export.arxiv.org")


def test_arxiv_is_asked_once_in_three_seconds_over_all_its_hosts():
    """Others five times a second, this machine at will."""
    time = Time()
    pacer = Pacer(time.clock, time.sleep)
    for url in ("https://export.arxiv.org/a", "https://rss.arxiv.org/b", "https://arxiv.org/c"):
        pacer.wait(url)
    assert time.slept == [3.0, 3.0]
    for url in ("https://huggingface.co/a", "https://huggingface.co/b", "http://127.0.0.1/", "http://127.0.0.1/"):
        pacer.wait(url)
    assert [round(seconds, 3) for seconds in time.slept[2:]] == [0.2]
    pacer.wait("https://notarxiv.org/")
    assert len(time.slept) == 3
