"""The search index of a site: which papers stand in which segment, and what is made again when something changes."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive import Archive
from generator.pipeline import Wishes, build, preview
from generator.search.searcher import Searcher
from generator.settings import load_settings
from generator.vectors.store import Stored, VectorStore
from generator.vectors.texts import text_hash, text_of
from generator.vectors.weights import MODEL, SIZE
from tests.pipeline.builds import build_elsewhere, build_here, differing
from tests.pipeline.conftest import Repository, new_repository, paper, tree
from tests.pipeline.edits import write

SUBJECTS = ("graphs", "trees", "meadows", "rivers", "clouds", "stones", "birds", "winds")
SECTION = "topics:\n  - {name: Graphs, any: [graph]}\nsources:\n  huggingface: {type: huggingface}\n"
OLD = '---\npaper: "2510.00301"\ncurator: ada\n---\nA quokka.\n'


def add_day(repository: Repository, day: date, papers: int = 2) -> None:
    """Papers of one day, each on a subject, numbered by the day."""
    first = (day - date(2025, 9, 1)).days * 10
    some = (
        paper(first + n, f"On {SUBJECTS[(first // 10 + n) % 8]} and paper{first + n}") for n in range(1, papers + 1)
    )
    repository.keep(day, *some)


@pytest.fixture(scope="session")
def months_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight days of October, three of November and one of December, built: October is the base."""
    root = tmp_path_factory.mktemp("months") / "digest"
    repository = new_repository(root)
    for day in (*(date(2025, 10, number) for number in range(1, 9)), *(date(2025, 11, n) for n in (1, 2, 30))):
        add_day(repository, day)
    add_day(repository, date(2025, 12, 3))
    assert build_here(root).error == ""
    return root


@pytest.fixture
def months(months_built: Path, tmp_path: Path) -> Repository:
    """A copy of it to change."""
    root = tmp_path / "digest"
    shutil.copytree(months_built, root, symlinks=True)
    return Repository(root)


def manifest(root: Path) -> dict[str, object]:
    return json.loads((root / "site/search/index.json").read_bytes())


def papers_of(root: Path) -> list[int]:
    """How many papers each segment has."""
    return [segment["papers"] for segment in manifest(root)["segments"]]


def folder_of(root: Path, number: int) -> Path:
    return root / "site/search" / manifest(root)["segments"][number]["path"]


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Which files these are, and when each was written."""
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def searching(root: Path) -> Searcher:
    site = root / "site"
    return Searcher(
        lambda name: (site / "search" / name).read_bytes(), lambda path: (site / path / "index.html").read_text("utf-8")
    )


def found(root: Path, query: str) -> list[str]:
    return [slot.anchor for _, slot in searching(root).find(query, 100).papers]


def built(root: Path) -> str:
    """A build that must go well; what it says in the end."""
    said: list[str] = []
    done = build(
        load_settings(root / "mkdocs.yml"), Wishes(jobs=1), lambda problem: said.append(str(problem)), said.append
    )
    assert said == []
    return done.summary("site")


def search_files(root: Path) -> dict[str, bytes]:
    return tree(root / "site/search")


# --- segments


def test_closed_months_are_the_base_and_the_rest_a_second_segment(months_built: Path):
    """November ended three days before the newest day: it is not closed yet."""
    assert papers_of(months_built) == [16, 8]
    assert len(found(months_built, "year:2025")) == 24


def test_a_month_closes_when_the_newest_day_is_far_enough(months: Repository):
    """More than `refresh_days` after its end."""
    add_day(months, date(2025, 12, 7))
    built(months.root)
    assert papers_of(months.root) == [16, 10]
    add_day(months, date(2025, 12, 8))
    built(months.root)
    assert papers_of(months.root) == [22, 6]


def test_refresh_days_say_how_far(months: Repository):
    """Two of them close November."""
    months.settings(f"{SECTION}fetch: {{refresh_days: 2}}")
    built(months.root)
    assert papers_of(months.root) == [22, 2]


def test_a_young_site_has_one_segment(empty: Repository):
    """While the closed months hold fewer papers than the others; notes stand in it."""
    add_day(empty, date(2025, 9, 1), 1)
    add_day(empty, date(2025, 10, 20), 2)
    empty.note('---\npaper: "2510.00491"\ncurator: ada\n---\nA quokka.\n')
    built(empty.root)
    assert papers_of(empty.root) == [3]
    assert found(empty.root, "quokka has:note") == ["2510.00491"]


def test_a_site_without_papers_has_an_index_that_finds_nothing(empty: Repository):
    """Its manifest names no segment, and a search says so."""
    built(empty.root)
    assert papers_of(empty.root) == []
    for query in ("graph", "has:note year:2025 sort:votes", '"a graph"', "2510.00001"):
        assert searching(empty.root).find(query).total == 0


def test_a_new_day_leaves_the_base_alone(months: Repository):
    """Not one of its files is written; the new papers are found."""
    before = state(folder_of(months.root, 0))
    add_day(months, date(2025, 12, 4))
    built(months.root)
    assert state(folder_of(months.root, 0)) == before
    assert found(months.root, "title:paper941") == ["2510.00941"]


def test_a_note_on_an_old_paper_leaves_the_base_alone(months: Repository):
    """The paper is found by the note's words, once, and by its own; and so when the note goes again."""
    before, without = state(folder_of(months.root, 0)), search_files(months.root)
    note = months.note(OLD)
    built(months.root)
    assert state(folder_of(months.root, 0)) == before
    assert papers_of(months.root) == [16, 9]
    for query in ("quokka", "title:paper301", "2510.00301", "has:note", "curator:ada"):
        assert found(months.root, query)[:2].count("2510.00301") == 1, query
    assert len(found(months.root, "year:2025")) == 24
    note.write_text(OLD.replace("quokka", "wombat"), encoding="utf-8")
    built(months.root)
    assert found(months.root, "wombat has:note") == ["2510.00301"]
    assert found(months.root, "quokka has:note") == []
    note.unlink()
    built(months.root)
    assert search_files(months.root) == without


def test_a_listing_that_changes_in_a_closed_month_makes_the_base_anew(months: Repository):
    """Its old folder goes."""
    before = folder_of(months.root, 0)
    months.keep(date(2025, 10, 3), paper(321, "On marmots"))
    built(months.root)
    assert not before.exists()
    assert sorted(path.name for path in (months.root / "site/search").iterdir() if path.is_dir()) == sorted(
        segment["path"].strip("/") for segment in manifest(months.root)["segments"]
    )
    assert found(months.root, "title:marmots") == ["2510.00321"]


def test_a_build_with_nothing_new_touches_nothing(months: Repository):
    """No file of the index."""
    before = state(months.root / "site/search")
    built(months.root)
    assert state(months.root / "site/search") == before


# --- what is kept beside the catalogue


@pytest.mark.parametrize("harm", ["lost", "empty", "cut", "not of our making", "of another base", "a folder"])
def test_a_lost_reference_is_made_again(months: Repository, harm: str):
    """With it the base, whose files stay as they are; the second segment is the same as from nothing."""
    kept = months.root / "build/search-reference"
    data = kept.read_bytes()
    kept.unlink()
    head, _, body = data.partition(b"\n")
    wrong = {
        "empty": b"",
        "cut": data[:-20],
        "not of our making": head + b"\nnothing",
        "of another base": b"0\n" + body,
    }
    if harm in wrong:
        kept.write_bytes(wrong[harm])
    elif harm == "a folder":
        kept.mkdir()
    before = state(folder_of(months.root, 0))
    add_day(months, date(2025, 12, 4))
    built(months.root)
    assert papers_of(months.root) == [16, 10]
    assert state(folder_of(months.root, 0)) == before


def test_a_damaged_file_of_a_segment_is_mended(months: Repository):
    """As any file of the site."""
    before = search_files(months.root)
    for number in (0, 1):
        next((folder_of(months.root, number) / "w").iterdir()).write_bytes(b"x")
        (folder_of(months.root, number) / "top.bin").unlink()
    built(months.root)
    assert search_files(months.root) == before


# --- meaning


def encode(root: Path, *days: date, seed: int = 1) -> None:
    """Made-up vectors for all papers of some days."""
    store = VectorStore(root / "content", MODEL, SIZE)
    chance = np.random.default_rng(seed)
    for day in days:
        listing = Archive(root / "content").read("huggingface", day)
        keys = [text_hash(text_of(found)) for found in listing.papers]
        store.write(day, Stored.of(keys, chance.standard_normal((len(keys), SIZE)).astype(np.float32)))


OCTOBER = tuple(date(2025, 10, number) for number in range(1, 9))


def test_vectors_change_the_segment_of_their_day(months: Repository):
    """Those of new papers the second, those of old ones both, since the second refers to the base."""
    months.settings(f"{SECTION}search: {{meaning: true}}")
    encode(months.root, *OCTOBER)
    assert "guesses the meaning of 8 papers" in built(months.root)
    assert manifest(months.root)["encoder"] == MODEL
    base, recent = (folder_of(months.root, number) for number in (0, 1))
    encode(months.root, date(2025, 11, 1), date(2025, 11, 2))
    assert "guesses the meaning of 4 papers" in built(months.root)
    assert folder_of(months.root, 0) == base
    assert folder_of(months.root, 1) != recent
    encode(months.root, OCTOBER[0], seed=2)
    built(months.root)
    assert folder_of(months.root, 0) != base


def test_vectors_of_too_few_papers_count_for_nothing(months: Repository):
    """Then the corpus itself says what words mean, and nobody is asked to encode."""
    months.settings(f"{SECTION}search: {{meaning: true}}")
    encode(months.root, *OCTOBER[:3])
    assert "guesses" not in built(months.root)
    assert manifest(months.root)["encoder"] == "corpus"


def test_without_meaning_vectors_count_for_nothing(months: Repository):
    """They stay where they are."""
    before = search_files(months.root)
    encode(months.root, *OCTOBER)
    assert "guesses" not in built(months.root)
    assert search_files(months.root) == before


def test_a_damaged_file_of_vectors_counts_as_none(months: Repository):
    """The build goes on."""
    months.settings(f"{SECTION}search: {{meaning: true}}")
    encode(months.root, *OCTOBER)
    VectorStore(months.root / "content", MODEL, SIZE).path(OCTOBER[0]).write_bytes(b"nonsense")
    assert "guesses the meaning of 10 papers" in built(months.root)


# --- other doors


def previewed(root: Path, edits: Iterator[None] | None = None) -> dict[str, bytes]:
    """All files of the index as `broadsheet serve` shows them; between edits a page is looked at."""
    with preview(load_settings(root / "mkdocs.yml"), lambda problem: None, lambda line: None) as shown:
        shown.refresh()
        for _ in edits or ():
            assert shown.file("search/index.json") is not None
            shown.refresh()
        told = json.loads(shown.file("search/index.json") or b"")
        names = ["index.json", told["latest"]]
        for segment in told["segments"]:
            names += [f"{segment['path']}{name}" for name in ("top.bin", "days.bin", "votes.bin", "r/0000.bin")]
            names += [f"{segment['path']}w/{number:04x}.bin" for number in range(segment["shards"])]
            names += [f"{segment['path']}s/{number:04x}.bin" for number in range(segment["spelling"])]
        return {name: shown.file(f"search/{name}") or b"" for name in names}


def test_serve_shows_the_index_that_a_build_makes(months: Repository):
    """Before there is a build, and after it; `site/` is left alone."""
    expected = search_files(months.root)
    expected.pop("index.html", None)
    assert previewed(months.root).items() <= expected.items()
    shutil.rmtree(months.root / "site")
    shutil.rmtree(months.root / "build")
    shown = previewed(months.root)
    assert shown == {name: data for name, data in expected.items() if name in shown}
    assert not (months.root / "site").exists()
    assert set(expected) - set(shown) <= {name for name in expected if "/l/" in name or "/r/" in name}


def test_the_newest_papers_stand_in_one_file(months: Repository):
    """Those of thirty days, newest first, each once; the name goes by what is in it, and nothing changed keeps it."""
    months.note(OLD)
    for _ in range(2):
        built(months.root)
        name = str(manifest(months.root)["latest"])
        data = (months.root / "site/search" / name).read_bytes()
        slots = [data[start : start + 296] for start in range(0, len(data), 296)]
        anchors = [slot[88:].partition(b"\n")[0].decode() for slot in slots]
        days = [int.from_bytes(slot[:2], "little") for slot in slots]
        assert days == sorted(days, reverse=True)
        assert {date(2000, 1, 1) + timedelta(days=day) for day in days} == {date(2025, 11, 30), date(2025, 12, 3)}
        assert len(set(anchors)) == len(anchors) == 4
    assert [path.name for path in (months.root / "site/search").glob("latest-*")] == [name]


def test_serve_takes_in_what_changed(months: Repository):
    """Days, notes and topics, in one session."""

    def edits() -> Iterator[None]:
        add_day(months, date(2025, 12, 4))
        yield
        months.note(OLD)
        yield
        months.settings(SECTION.replace("graph]", "graph, tree]"))
        yield
        months.settings(SECTION.replace("graph]", "meadow]"))
        yield

    shown = previewed(months.root, edits())
    built(months.root)
    assert shown.items() <= search_files(months.root).items()


def test_a_build_in_a_process_that_built_before_takes_in_new_settings(months: Repository):
    """Topics stand in documents, and who made them once must not remember."""
    for word in ("trees", "meadows"):
        months.settings(SECTION.replace("graph]", f"{word}]"))
        assert build_here(months.root).error == ""
        assert found(months.root, "topic:graphs") != []
        assert set(found(months.root, "topic:graphs")) == set(found(months.root, f"title:{word}"))


def test_settings_that_entangle_pages_publish_the_index_all_the_same(months: Repository):
    """By one build of MkDocs, and files of the base are not written anew."""
    expected = search_files(months.root)
    write(months.root, "hook.py", "def on_page_content(html, **_):\n    return html\n")
    text = (months.root / "mkdocs.yml").read_text("utf-8")
    (months.root / "mkdocs.yml").write_text(f"{text}\nhooks: [hook.py]\n", "utf-8")
    before = state(folder_of(months.root, 0))
    done = build_here(months.root)
    assert done.error == ""
    assert {name: data for name, data in search_files(months.root).items() if name != "index.html"} == {
        name: data for name, data in expected.items() if name != "index.html"
    }
    assert state(folder_of(months.root, 0)) == before


def test_several_processes_make_the_same_index(months: Repository):
    """As one does."""
    for day in range(1, 29):
        add_day(months, date(2025, 9, day), 1)
    build_here(months.root, Wishes(jobs=1, is_clean=True))
    expected = search_files(months.root)
    build_here(months.root, Wishes(jobs=2, is_clean=True))
    assert search_files(months.root) == expected


def test_a_listing_that_changes_while_the_index_is_made_is_no_lasting_harm(months: Repository):
    """A fetch beside the build, which brings back what was there: the next build makes the index again."""
    path = Archive(months.root / "content").path("huggingface", date(2025, 12, 3))
    write(months.root, "content/pages/about.md", "# About\n\n[nowhere](nowhere.md)\n")
    before = path.read_bytes()
    loaded = load_settings(months.root / "mkdocs.yml")

    def change(line: str) -> None:
        path.write_bytes(before.replace(b"paper931", b"paper977"))

    add_day(months, date(2025, 12, 4))
    build(loaded, Wishes(), lambda problem: None, change)
    assert path.read_bytes() != before
    path.write_bytes(before)
    build(loaded, Wishes(), lambda problem: None, lambda line: None)
    assert differing(search_names(build_elsewhere(months.root).site), search_names(build_here(months.root).site)) == []


def search_names(site: dict[str, bytes | str]) -> dict[str, bytes | str]:
    return {name: data for name, data in site.items() if name.startswith("search/")}


# --- whatever happens

STEPS = st.one_of(
    st.tuples(st.just("day"), st.integers(0, 80), st.integers(0, 3)),
    st.tuples(st.just("day"), st.integers(60, 80), st.integers(1, 3)),
    st.tuples(st.just("note"), st.integers(0, 80), st.sampled_from(("A quokka.", "A wombat.", ""))),
    st.tuples(st.just("note"), st.integers(0, 20), st.sampled_from(("A quokka.", "A wombat.", ""))),
)


@settings(max_examples=settings().max_examples // 33)
@given(steps=st.lists(STEPS, min_size=1, max_size=4))
def test_whatever_changes_the_index_is_that_of_a_clean_build(
    months_built: Path, steps: list[tuple[str, int, int | str]]
):
    """Byte for byte after each step, days new or refreshed, notes written, changed or gone."""
    with TemporaryDirectory(prefix="broadsheet-") as folder:
        root = Path(folder) / "digest"
        shutil.copytree(months_built, root, symlinks=True)
        repository = Repository(root)
        for kind, number, value in steps:
            day = date(2025, 10, 1) + timedelta(days=number)
            if kind == "day":
                Archive(root / "content").path("huggingface", day).unlink(missing_ok=True)
                if value:
                    add_day(repository, day, int(value))
            elif value:
                repository.note(
                    f'---\npaper: "2510.{(number + 30) * 10 + 1:05}"\ncurator: ada\n---\n{value}\n', f"{number}.md"
                )
            else:
                (root / f"content/notes/2025/10/{number}.md").unlink(missing_ok=True)
            done, clean = build_here(root), build_elsewhere(root)
            assert (done.error, done.counts) == (clean.error, clean.counts)
            assert differing(done.site, clean.site) == []
