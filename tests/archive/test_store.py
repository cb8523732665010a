"""Listings on disk: canonical, atomic, and reported when broken."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive import Archive
from generator.archive.listing_json import decode_listing, encode_listing
from generator.errors import ContentError
from generator.model import Listing, Paper, State

DAY = date(2025, 10, 1)
LISTING = Listing(
    "huggingface",
    DAY,
    State.ANNOUNCED,
    datetime(2025, 10, 2, 6, tzinfo=UTC),
    (Paper("arxiv:2510.00002", "Zwei: ein Maß"), Paper("arxiv:2510.00001", "Eins", abstract="a\n b")),
)


def test_a_listing_is_written_in_one_canonical_form():
    """Sorted keys, papers by id, one a line, UTF-8 as it is, a newline at the end."""
    assert encode_listing(LISTING).decode() == (
        "{\n"
        '"date": "2025-10-01",\n'
        '"fetched": "2025-10-02T06:00:00Z",\n'
        '"papers": [\n'
        '{"abstract": "a\\n b", "id": "arxiv:2510.00001", "title": "Eins"},\n'
        '{"id": "arxiv:2510.00002", "title": "Zwei: ein Maß"}\n'
        "],\n"
        '"reason": null,\n'
        '"source": "huggingface",\n'
        '"state": "announced"\n'
        "}\n"
    )


def test_what_is_awaited_stands_in_the_file_where_something_is():
    """First, each id with its reason; a file without it says that nothing is."""
    data = encode_listing(replace(LISTING, awaited={"doi:10.1000/b": "HTTP 503", "arxiv:2510.00003": "ein Maß"}))
    assert data.decode().splitlines()[1] == '"awaited": {"arxiv:2510.00003": "ein Maß", "doi:10.1000/b": "HTTP 503"},'
    assert decode_listing(data, "x.json").awaited == {"arxiv:2510.00003": "ein Maß", "doi:10.1000/b": "HTTP 503"}
    assert decode_listing(encode_listing(LISTING), "x.json").awaited == {}


@given(st.text(), st.text())
def test_reading_gives_back_what_was_written(title: str, abstract: str):
    """Any text survives; what UTF-8 cannot hold is replaced, never fatal."""
    title = title if title.strip() else "x"
    paper = Paper("arxiv:2510.00001", title, abstract=abstract)
    data = encode_listing(replace(LISTING, papers=(paper,)))
    read = decode_listing(data, "x.json")
    assert encode_listing(read) == data
    if not any("\ud800" <= character <= "\udfff" for character in title + abstract):
        assert read.papers[0] == paper


def test_keeping_the_same_listing_again_changes_no_byte(tmp_path):
    """The second write finds nothing to do."""
    archive = Archive(tmp_path / "content")
    assert archive.keep(LISTING)
    before = archive.path("huggingface", DAY).read_bytes()
    assert not archive.keep(replace(LISTING, fetched=datetime(2025, 10, 3, tzinfo=UTC)))
    assert archive.path("huggingface", DAY).read_bytes() == before


def test_what_could_not_be_read_back_is_never_written(tmp_path):
    """A paper without a title is refused before it reaches the disk."""
    archive = Archive(tmp_path / "content")
    with pytest.raises(ContentError, match="title"):
        archive.keep(replace(LISTING, papers=(Paper("arxiv:2510.00001", " "),)))
    assert list(archive.places()) == []


BROKEN = {
    "truncated": (b'{"date": "2025-10-01",\n"fetch', 2, "not valid JSON"),
    "a list": (b"[]", 1, "must be an object"),
    "NaN": (b'{"date": NaN}', None, "NaN"),
    "not UTF-8": (b"\xff\xfe", None, "not valid JSON"),
    "deep": (b"[" * 100_000, None, "not valid JSON"),
}


@pytest.mark.parametrize(("data", "line", "text"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_one_problem_with_its_place(tmp_path, data, line, text):
    """The message names file and line, and the file is never written over."""
    archive = Archive(tmp_path / "content")
    path = archive.path("huggingface", DAY)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    with pytest.raises(ContentError) as caught:
        archive.keep(LISTING)
    problem = caught.value.problem
    assert problem.path == "content/listings/2025/10/01/huggingface.json"
    assert (problem.line, text in problem.text) == (line, True)
    assert path.read_bytes() == data


def test_a_wrong_paper_is_found_at_its_line(tmp_path):
    """One paper a line: the problem names the line of the paper."""
    lines = encode_listing(LISTING).decode().split("\n")
    lines[5] = json.dumps({"id": "arxiv:2510.00002", "title": 7})
    with pytest.raises(ContentError) as caught:
        decode_listing("\n".join(lines).encode(), "x.json")
    assert caught.value.problem.line == 6
    assert "title" in caught.value.problem.text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("state", "bogus", "must be announced, none, incomplete, open, failed; it is 'bogus'"),
        ("state", None, "must be announced, none, incomplete, open, failed; it is 'None'"),
        ("date", "1 October", "'1 October' is not a day; write it as YYYY-MM-DD, such as 2025-10-01"),
        ("date", 20251001, "must be text, not int 20251001"),
        ("fetched", "0001-01-01T00:00:00+23:00", "date value out of range"),
        ("reason", 7, "must be text, not int 7"),
        ("awaited", ["arxiv:2510.00003"], "must be an object of paper ids and reasons, not list"),
        ("awaited", {"2510.00003": "down"}, "'2510.00003' is no paper id"),
        ("awaited", {"arxiv:2510.00003": None}, "must be text, not NoneType None"),
        ("awaited", {"arxiv:2510.00003": "a\nb"}, "the reason of arxiv:2510.00003 must be one line"),
    ],
)
def test_a_wrong_field_is_found_at_its_line(name, value, text):
    """Field, value and what it may be."""
    lines = encode_listing(replace(LISTING, awaited={"arxiv:2510.00003": "down"})).decode().split("\n")
    (number,) = (number for number, line in enumerate(lines, 1) if line.startswith(f'"{name}": '))
    end = "," if lines[number - 1].endswith(",") else ""
    lines[number - 1] = f'"{name}": {json.dumps(value)}{end}'
    with pytest.raises(ContentError) as caught:
        decode_listing("\n".join(lines).encode(), "x.json")
    assert (caught.value.problem.line, caught.value.problem.text) == (number, f"field '{name}': {text}")


def test_links_are_not_followed(tmp_path):
    """A symbolic link is no listing, and neither is a file in the wrong place."""
    archive = Archive(tmp_path / "content")
    archive.keep(LISTING)
    folder = archive.path("huggingface", DAY).parent
    (folder / "evil.json").symlink_to("/etc/passwd")
    (folder / "README").write_text("hello")
    assert [source for _, source in archive.places()] == ["huggingface"]
