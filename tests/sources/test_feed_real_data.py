"""Every real and hostile feed there is: parsed or refused with one clear line, and never slow."""

import base64
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from generator.errors import AnswerError, SourceError
from generator.sources.arxiv_atom import parse_api_page
from generator.sources.arxiv_listing import parse_listing
from generator.sources.arxiv_rss import parse_rss
from generator.sources.feed_entry import paper_of
from generator.sources.feed_parsing import parse_feed

DATA = Path(os.environ.get("BROADSHEET_REAL_DATA", "no such folder"))
GUARD = 2.0
"""Seconds after which a file counts as hanging; most take a hundredth of that."""

needs_data = pytest.mark.skipif(not (DATA / "feeds").is_dir(), reason="BROADSHEET_REAL_DATA has no feeds")


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Two seconds of this process's own work, however busy the machine is."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"{name} takes over {GUARD:g} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, GUARD)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def outcome(name: str, body: bytes) -> str:
    """What became of a file: `parsed`, or the reason in one line."""
    try:
        with guarded(name):
            for entry in parse_feed(body, None, "https://example.org/feed"):
                paper_of(entry)
    except SourceError as error:
        assert str(error).isprintable(), name
        return type(error).__name__
    return "parsed"


@needs_data
def test_real_feeds_are_parsed_or_refused() -> None:
    """The tests and captures of seven feed readers: nearly all are feeds, the others are refused in one line."""
    files = [path for folder in ("feeds", "arxiv") for path in sorted((DATA / folder).rglob("*")) if path.is_file()]
    outcomes = [outcome(path.name, path.read_bytes()) for path in files]
    assert outcomes.count("parsed") > 2_200
    assert set(outcomes) == {"parsed", "AnswerError", "RefusedError"}


@needs_data
@pytest.mark.parametrize("parse", [parse_api_page, parse_rss, parse_listing])
def test_real_arxiv_answers_are_parsed_or_refused(parse: object) -> None:
    """API pages, error pages and RSS, each also given to the parser of the others and of the week's page."""
    assert callable(parse)
    for path in sorted((DATA / "arxiv").rglob("*.xml")):
        try:
            with guarded(path.name):
                parse(path.read_bytes())
        except SourceError as error:
            assert str(error).isprintable(), path.name


FRAGMENTS = (
    *("<", "<a ", "<a b=c ", "<a '", "<a b='", '<a b="', "<a/", "<a =", "<a b='>", "<a b='>\"", "<a b=c>", "<a\n"),
    *("<!--", "<!--a>", "<!-->", "<!", "<![x", "<?", "</", "</a ", "<script>", "<style></", "<div>", "<svg>", "<br/>"),
    *("&", "&#", "&#9", "&a", "&#x"),
)
"""What HTML is made of, whole and half: again and again it makes a parser look for an end that never comes."""


@pytest.mark.parametrize("end", ["", ">", "'>", '">', "-->"])
@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_hostile_summaries_are_read_in_time(fragment: str, end: str) -> None:
    """Two hundred kilobytes of one fragment, as an RSS summary and as arXiv's page of the week."""
    text = fragment * (200_000 // len(fragment)) + end
    feed = f"<rss version='2.0'><channel><item><title>t</title><description><![CDATA[{text}]]></description></item>"
    assert outcome(fragment, f"{feed}</channel></rss>".encode()) == "parsed"
    with guarded(fragment), pytest.raises(AnswerError):
        parse_listing(text.encode())


def test_a_week_that_never_ends_is_refused_in_time() -> None:
    """A paper that ends ever again is not read ever again."""
    with guarded("dt"), pytest.raises(AnswerError):
        parse_listing(b"<dt>" + b"x</dt>" * 40_000)


EXPECTED = {
    "reject-feed": {"AnswerError", "RefusedError"},
    "retry-then-fail": {"AnswerError"},
    "no-network": {"parsed"},
    "drop-link": {"parsed"},
    "one-entry": {"parsed"},
    "strip-or-reject": {"parsed"},
    "bounded": {"AnswerError", "RefusedError"},
}


def payload_of(case: dict[str, object]) -> bytes | None:
    match case["payload"]:
        case str(text):
            return text.encode("utf-8", "surrogatepass")
        case {"b64": str(text)}:
            return base64.b64decode(text)
        case {"repeat": str(text), "times": int(times), **rest}:
            return f"{rest.get('prefix', '')}{text * times}{rest.get('suffix', '')}".encode()
    return None


@pytest.mark.skipif(not (DATA / "hostile.json").is_file(), reason="BROADSHEET_REAL_DATA has no hostile.json")
def test_hostile_feeds_do_no_harm() -> None:
    """Bombs, cut connections, error pages and foreign entities get what they must."""
    cases = json.loads((DATA / "hostile.json").read_text(encoding="utf-8"))
    feeds = [case for case in cases if case["name"].startswith("feed_")]
    for case in feeds:
        if (body := payload_of(case)) is not None:
            assert outcome(case["name"], body) in EXPECTED[case["must"]], case["name"]
    assert feeds
