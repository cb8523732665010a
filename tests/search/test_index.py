"""Documents → an index → documents: what a reader of the files gets is what the documents say."""

import json
import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.analysis import STOP_WORDS, words
from generator.search.base import build_base
from generator.search.counting import IN_TITLE
from generator.search.documents import Document
from generator.search.entries import OWN_FILE
from generator.search.index import MANIFEST, Names
from generator.search.packing import home
from generator.search.reader import IndexReader, SegmentReader
from generator.search.reference import Reference
from generator.search.slots import CODE, NOTE, PICK, WITHDRAWN, cut
from generator.search.unpacking import SearchIndexError
from tests.search.made_index import NAMES, document, index_of, made_papers, note, reading, vectors_of

MANY = made_papers(40)


def read(documents: Sequence[Document], recent: Sequence[Document] | None = None) -> IndexReader:
    return IndexReader.open(reading(index_of(documents, recent)))


def anchors(segment: SegmentReader, key: str) -> set[str]:
    """Of all papers under a key."""
    entry = segment.entry(key)
    return {segment.slot(number).anchor for number in segment.whole(entry)[0].tolist()} if entry else set()


def only_slot(found: Document):
    return read([found]).slot(0)


def test_every_fact_is_in_the_slot() -> None:
    """One paper with all of them."""
    slot = only_slot(
        document(
            1,
            "On graphs",
            "Graphs are everywhere.",
            day=date(2025, 6, 7),
            authors=("Ada Lovelace", "Bo Li"),
            organization="Lovelace Labs",
            topics=("trees", "unknown", "graphs"),
            sources=("arxiv",),
            votes=163,
            has_code=True,
            is_withdrawn=True,
            notes=(note("", "bo", "Bo"), note("Read this.", is_pick=True)),
        )
    )
    assert (slot.anchor, slot.day, slot.title) == ("2501.00001", date(2025, 6, 7), "On graphs")
    assert (slot.authors, slot.organization) == ("Ada Lovelace, Bo Li", "Lovelace Labs")
    assert (slot.topics, slot.sources, slot.curators) == ((2, 0), (1,), ("Bo", "Ada Lovelace"))
    assert (slot.snippet, slot.votes, slot.flags) == ("Read this.", 163, CODE | NOTE | PICK | WITHDRAWN)


def test_a_paper_of_which_little_is_known_has_a_slot() -> None:
    """No votes, no words at all."""
    slot = only_slot(document(1))
    assert (slot.title, slot.authors, slot.snippet, slot.votes, slot.flags) == ("", "", "", None, 0)
    assert (slot.topics, slot.curators, slot.neighbours, slot.title_weight) == ((), (), (), 0)


def test_authors_are_named_as_far_as_a_reader_wants() -> None:
    """Three of 942, and four of four; all of them can be searched."""
    many = tuple(f"Author{number}" for number in range(942))
    index = read([document(1, authors=many), document(2, authors=many[:4])])
    shown = {index.slot(number).authors for number in (0, 1)}
    assert shown == {f"{', '.join(many[:3])} and 939 more", ", ".join(many[:4])}
    assert anchors(index.segments[0], f"author:{many[941].lower()}") == {"2501.00001"}


@pytest.mark.parametrize("letter", ["a", "é", "論", "😀"])
@pytest.mark.parametrize("size", range(8))
def test_a_cut_text_is_whole_characters(letter: str, size: int) -> None:
    """It has at most so many bytes, and ends in an ellipsis where there is room for one."""
    found = cut(letter * 9, size)
    assert len(found) <= size
    assert found.decode() == ("" if size < 3 else letter * ((size - 3) // len(letter.encode())) + "…")


@pytest.mark.parametrize("letter", ["a", "é", "論", "😀"])
@pytest.mark.parametrize("beside", [0, 16, 63, 64, 65, 148, 149, 150, 151, 152, 400])
def test_a_slot_holds_as_much_as_there_is_room_for(letter: str, beside: int) -> None:
    """Texts of every length: what is cut is the beginning of what was there, and the fields stay apart."""
    text = letter * beside
    slot = only_slot(
        document(
            1, text, text, authors=(text,), organization=text, topics=("graphs",), notes=(note("", name=text or "x"),)
        )
    )
    assert slot.anchor == "2501.00001"
    assert slot.topics == (0,)
    for shown, limit in ((slot.title, 150), (slot.authors, 64), (slot.organization, 40), (slot.snippet, 208)):
        kept = shown.removesuffix("…")
        assert text.startswith(kept)
        assert len(shown.encode()) <= limit
        assert shown == text or shown.endswith("…") or not shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("one\ntwo", "one two"),
        ("nothing\0 here", "nothing\0 here"),
        ("ends in nothing\0\0", "ends in nothing\0\0"),
        ("half \ud800 of a pair", "half ? of a pair"),
        ("<b>bold</b> & \x1b[31m", "<b>bold</b> & \x1b[31m"),
        ("line\u2028parted\x85", "line\u2028parted\x85"),
    ],
)
def test_a_hostile_title_does_no_harm(title: str, shown: str) -> None:
    """It is shown as it is, in its own field, and the fields behind it too."""
    slot = only_slot(document(1, title, "The abstract.", authors=("Ann",)))
    assert (slot.title, slot.authors, slot.snippet) == (shown, "Ann", "The abstract.")


def test_sources_beyond_the_room_are_left_out_whole() -> None:
    """A number cut short would be another one, or none."""
    names = Names((), tuple(f"s{number}" for number in range(30)))
    found = document(1, "Graph", sources=tuple(f"s{number}" for number in range(15, 25)))
    slot = IndexReader.open(reading(index_of([found], names=names))).slot(0)
    assert slot.sources == (15, 16, 17, 18, 19)


def test_an_overlong_anchor_is_left_out() -> None:
    """A link to the day is better than a link to a part of a name; the paper is found all the same."""
    found = Document("x" * 300, date(2025, 1, 1), "Graph")
    assert only_slot(found).anchor == ""
    assert read([found]).segments[0].entry("graph").papers.tolist() == [0]


def test_days_before_the_first_and_votes_beyond_the_last_stay_in_their_bytes() -> None:
    """Nothing overflows."""
    index = read([document(1, day=date(1999, 12, 31), votes=70_000), document(2, day=date(9999, 1, 1), votes=-3)])
    slots = {slot.anchor: slot for slot in map(index.slot, (0, 1))}
    old, new = slots["2501.00001"], slots["2501.00002"]
    assert (old.day, old.votes, new.day.year, new.votes) == (date(2000, 1, 1), 65_534, 2179, 0)


def test_columns_say_what_slots_say() -> None:
    """Number by number, over two files of slots."""
    segment = read(made_papers(300)).segments[0]
    slots = [segment.slot(number) for number in range(300)]
    assert segment.column("days").tolist() == [(slot.day - date(2000, 1, 1)).days for slot in slots]
    assert segment.column("votes").tolist() == [65_535 if slot.votes is None else slot.votes for slot in slots]


def test_every_word_leads_to_its_papers() -> None:
    """All forms of a stem lead to one entry, wherever it lies; the marks tell what stands in titles."""
    segment = read(MANY).segments[0]
    for wanted in {word for found in MANY for word in words(found.title)}:
        entry = segment.entry(wanted)
        assert entry is not None
        titled = entry.papers[entry.marks & IN_TITLE > 0].tolist()
        having = {found.anchor for found in MANY if set(words(found.title)) & set(entry.keys)}
        assert {segment.slot(number).anchor for number in titled} == having


def test_an_alias_leads_to_a_word_of_another_home() -> None:
    """Stemming joins what no cutting of endings does."""
    assert home("sky") != home("skies")
    segment = read([document(1, "skies skies"), document(2, "sky")]).segments[0]
    assert segment.entry("sky").keys == segment.entry("skies").keys == ("skies", "sky")


def test_fields_lead_to_their_papers() -> None:
    """Authors and organisations by word, topics, sources, curators, facts, ids."""
    found = document(
        1,
        aliases=("doi-10.1000x",),
        authors=("José Ñuñez-Li",),
        organization="Institute of Graphs",
        topics=("graphs",),
        sources=("Hugging Face",),
        has_code=True,
        notes=(note("x", "github:Eve", "Eve Ö", is_pick=True),),
    )
    segment = read([found, document(2)]).segments[0]
    keys = (
        "author:jose author:nunez author:li author:nunezli org:institute org:of org:graphs topic:graphs has:code "
        "has:note has:pick curator:eve curator:o curator:github:eve id:2501.00001 id:doi-10.1000x"
    ).split()
    assert {key: anchors(segment, key) for key in (*keys, "source:hugging face")} == {
        key: {"2501.00001"} for key in (*keys, "source:hugging face")
    }
    assert segment.entry("topic:trees") is None


def test_a_long_list_is_a_file_of_its_own() -> None:
    """The entry keeps the best 200; titles with the word are listed apart; nothing is lost."""
    documents = [document(number, "Graph" if number % 7 == 0 else "Tree", "graph") for number in range(1_200)]
    files = index_of(documents)
    segment = IndexReader.open(reading(files)).segments[0]
    entry = segment.entry("graph")
    assert entry.own_file is not None
    assert (entry.count, len(entry.papers)) == (1_200, 200)
    assert entry.own_bytes == len(files[f"search/base/{entry.own_file}"]) < OWN_FILE
    papers, marks = segment.whole(entry)
    assert papers.tolist() == list(range(1_200))
    assert marks[entry.papers].tolist() == entry.marks.tolist()
    assert set(np.delete(marks, entry.papers).tolist()) <= {15 * 8 + 3}
    assert anchors(segment, "title:graph") == {found.anchor for found in documents[::7]}
    assert all(mark & IN_TITLE for mark in entry.marks[: len(documents) // 7].tolist()) or len(entry.papers) == 200


def test_no_list_is_lost_for_want_of_room() -> None:
    """A key of 256 bytes is; the paper stays findable by the others."""
    segment = read([document(1, "Graph", topics=("t" * 256,), aliases=("a" * 252, "b" * 253))]).segments[0]
    assert anchors(segment, "id:2501.00001") == anchors(segment, f"id:{'a' * 252}") == {"2501.00001"}
    assert segment.entry(f"id:{'b' * 253}") is None


def test_neighbours_and_clusters_cover_all_papers() -> None:
    """Six others each, nearest first; every paper is in one cluster."""
    index = read(MANY)
    clusters, replaced, middles = index.segments[0].top
    assert (len(clusters), replaced, len(middles)) == (40, frozenset(), clusters.max() + 1)
    for number in range(40):
        near = index.slot(number).neighbours
        assert number not in near
        assert len(set(near)) == len(near)
        cosines = [float(index.slot(number).vector @ index.slot(other).vector) for other in near]
        assert all(one >= other - 0.1 for one, other in pairwise(cosines))


def test_a_second_segment_replaces_papers_of_the_first() -> None:
    """Its numbers go on where those of the base end, and its middles are the base's."""
    again = [document(3, "Fresh words", day=MANY[3].day, notes=(note("Noted."),)), document(99, "Newest")]
    index = read(MANY, again)
    base, recent = index.segments
    assert (recent.first, recent.papers, recent.spelling) == (40, 2, 0)
    assert [base.slot(number).anchor for number in recent.top[1]] == ["2501.00003"]
    assert {index.slot(40).anchor, index.slot(41).anchor} == {"2501.00003", "2501.00099"}
    assert recent.top[0].max() < len(base.top[2])
    assert not any(set(index.slot(40 + row).neighbours) & recent.top[1] for row in (0, 1))


def test_a_word_has_one_first_key_in_both_segments() -> None:
    """Whichever form the newer papers prefer."""
    index = read([document(1, "models models"), document(2, "model")], [document(3, "modelled modelled")])
    assert [segment.entry("model").keys[0] for segment in index.segments] == ["models", "models"]
    entry = index.segments[1].entry("modelled")
    assert entry.keys == ("models", "model", "modelled")
    assert entry.marks.tolist()[0] & 3 == 1


def test_spelling_knows_words_with_their_weight() -> None:
    """Of titles, abstracts and authors' names; codes are not proposed."""
    segment = read([document(1, "graph x264", authors=("Grace",)), document(2, "", "graph groups")]).segments[0]
    known = {**segment.words("gr"), **segment.words("x2")}
    assert known == {
        "graph": round(16 * math.log1p(2)), "grace": round(16 * math.log1p(1)), "groups": round(16 * math.log1p(1)),
    }  # fmt: skip


def test_a_large_base_proposes_no_word_of_one_paper() -> None:
    """Most are typos."""
    segment = read([document(number, "graph" if number else "grahp") for number in range(1_000)]).segments[0]
    assert list(segment.words("gr")) == ["graph"]


@pytest.mark.parametrize("documents", [[], [document(1)], [document(1, "Graph")], [document(1), document(2)]])
def test_the_smallest_sites_have_an_index(documents: list[Document]) -> None:
    """None, one and two papers, with words and without; also with a segment behind them, where there are some."""
    for recent in (None, [document(3, "New")], [document(3)]) if documents else (None,):
        index = read(documents, recent)
        assert [segment.papers for segment in index.segments] == [
            len(documents),
            *([] if recent is None else [len(recent)]),
        ]
        assert index.segments[0].entry("nothing") is None


def test_the_manifest_tells_encoder_topics_and_sources() -> None:
    """In the order of the settings, as slots number them."""
    files = index_of(MANY)
    told = json.loads(files[MANIFEST])
    assert (told["version"], told["encoder"]) == (1, "corpus")
    assert told["topics"] == [list(topic) for topic in NAMES.topics]
    assert told["sources"] == list(NAMES.sources)
    assert json.loads(index_of(MANY, stored=vectors_of(MANY))[MANIFEST])["encoder"] == "minilm-l6-v2"


def test_stored_vectors_count_when_half_of_the_papers_have_one() -> None:
    """The others' are predicted from their words."""
    half, less = vectors_of(MANY, every=2), vectors_of(MANY, every=3)
    assert build_base(MANY, half, NAMES).predicted == 20
    assert (build_base(MANY, less, NAMES).reference.encoder, build_base(MANY, less, NAMES).predicted) == ("corpus", 0)


@pytest.mark.parametrize("stored", [None, vectors_of(MANY)])
@pytest.mark.parametrize("documents", [[], MANY[:1], MANY])
def test_a_reference_that_was_kept_is_the_same(documents: list[Document], stored: object) -> None:
    """Byte for byte, for small sites too."""
    kept = build_base(documents, stored, NAMES).reference.as_bytes()
    assert Reference.from_bytes(kept).as_bytes() == kept


def test_another_version_and_missing_or_cut_files_are_told() -> None:
    """As one error, which says what to do."""
    files = dict(index_of(MANY))
    with pytest.raises(SearchIndexError, match="another version"):
        IndexReader.open(reading({MANIFEST: files[MANIFEST].replace(b'"version":1', b'"version":2')}))
    for broken in (b"", b"[]", b"{}", b"\xff", b"null"):
        with pytest.raises(SearchIndexError, match="cannot be read"):
            IndexReader.open(reading({MANIFEST: broken}))
    segment = IndexReader.open(reading({MANIFEST: files[MANIFEST]})).segments[0]
    with pytest.raises(SearchIndexError, match="missing"):
        segment.slot(0)


WORDS = st.sampled_from(("graph", "Graphs", "k-NN", "日本語", "TNF-α", "naïve", "C++", "the", "", "\n", "a" * 50, "x"))
TEXTS = st.one_of(st.lists(WORDS, max_size=5).map(" ".join), st.text(max_size=12))


@given(st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=2)), min_size=1, max_size=5), st.integers(1, 5))
def test_any_paper_is_found_by_its_id_and_by_its_words(papers: list[tuple[str, str, list[str]]], first: int) -> None:
    """Whatever its texts, in the base or after it."""
    documents = [
        document(number, title, abstract, authors=tuple(authors))
        for number, (title, abstract, authors) in enumerate(papers)
    ]
    index = read(documents[:first], documents[first:])
    for number, found in enumerate(documents):
        segment = index.segments[number >= first]
        assert anchors(segment, f"id:{found.anchor}") == {found.anchor}
        for word in (*words(found.title), *words(found.abstract)):
            assert found.anchor in anchors(segment, word) or word in STOP_WORDS
        for word in (word for author in found.authors for word in words(author)):
            assert found.anchor in anchors(segment, f"author:{word}")
