"""Foreign addresses become safe ones, or None."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.urls import canonical_url, safe_url

REAL = os.environ.get("BROADSHEET_REAL_DATA")
addresses = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "HTTPS", "https", "ftp", "javascript"]),
    st.sampled_from(["a.example", "A.Example:443", "ü.example:8080", "[::1]", "x@a.example", "a..b", "a.example:x"]),
    st.text(alphabet="/?#&=%'\"<>[]() \\\n\ud800éa1:@utm_source") | st.text(),
)


def hostile_urls() -> list[pytest.param]:
    path = Path(REAL or "") / "hostile.json"
    if not REAL or not path.exists():
        return [pytest.param("", "drop-link", marks=pytest.mark.skip("BROADSHEET_REAL_DATA is not set"))]
    cases = json.loads(path.read_text(encoding="utf-8"))
    return [pytest.param(case["payload"], case["must"], id=case["name"]) for case in cases if case["field"] == "url"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://Example.org/repo\n", "http://example.org/repo"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org/a b'\"<c>[d]", "https://example.org/a%20b%27%22%3Cc%3E%5Bd%5D"),
        ("https://example.org/%41%zz%", "https://example.org/%41%25zz%25"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org/~name/(x)", "https://example.org/~name/(x)"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ],
)
def test_web_addresses_are_kept_and_encoded(text: str, expected: str) -> None:
    """Host in ASCII and lower case, everything unusual percent-encoded once."""
    assert safe_url(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org/a",
        "//example.org/a",
        "/a",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "https:example.org",
        "https:///a",
        "https://user@example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org/a\nb",
        "https://exa mple.org/",
        "https://example.org:99999/",
        "https://example.org:0/",
        "https://[::1",
        "https://-a.example/",
        "https://a..example/",
        "https://straße.example/",
        "https://example.org/\ud800",
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_anything_else_is_no_link(text: str) -> None:
    """What a browser would have to mend or what is no web address is refused."""
    assert safe_url(text) is None


@given(addresses)
def test_a_safe_address_is_plain_ascii_and_stays_as_it_is(text: str) -> None:
    """`safe_url` is idempotent; its result needs no escaping but `&`."""
    url = safe_url(text)
    if url is not None:
        assert safe_url(url) == url
        assert url.isascii()
        assert not set(url) & set("\"'<>\\` \n[]{}|^") - set("[]" if "[::1]" in url else "")
        assert canonical_url(url) == canonical_url(canonical_url(url) or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTPS://Example.org:443", "https://example.org/"),
        ("http://example.org:80/a#b", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/?utm_source=x&id=1&fbclid=y", "https://example.org/?id=1"),
        ("https://example.org/?gclid=x", "https://example.org/"),
        ("javascript:alert(1)", None),
    ],
)
def test_one_thing_has_one_canonical_address(text: str, expected: str | None) -> None:
    """Default port, fragment and tracking parameters do not name a thing."""
    assert canonical_url(text) == expected


@pytest.mark.parametrize(("text", "must"), hostile_urls())
def test_hostile_addresses_are_dropped_or_disarmed(text: str, must: str) -> None:
    """Every hostile address of the shared data."""
    url = safe_url(text)
    if must == "drop-link":
        assert url is None
    elif must == "show-punycode":
        assert url is not None
        assert "://xn--" in url
    else:
        assert url is not None
        assert '"' not in url
