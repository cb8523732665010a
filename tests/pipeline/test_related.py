"""Under each paper stand the earlier ones that mean nearly the same."""

import re
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.model import Paper
from generator.pipeline import Wishes, preview, write_pages
from generator.pipeline.building import opened_catalogue
from generator.pipeline.related import MONTHS, RelatedPapers, window_keys
from generator.pipeline.workers import workers
from generator.settings import load_settings
from tests.pipeline.builds import build_elsewhere, build_here, differing, snapshot
from tests.pipeline.conftest import Repository, new_repository, paper
from tests.pipeline.vectors import place

DAYS = tuple(date(2025, 10, day) for day in (1, 2, 3, 6, 7))
MEANING = "topics:\n  - {name: Graphs, any: [graph]}\nsearch: {meaning: true}"


def listed(root: Repository, day: date, *papers: tuple[Paper, float], source: str = "huggingface") -> None:
    """A listing, and vectors at these degrees."""
    root.keep(day, *(each for each, _ in papers), source=source)
    place(root.root, day, *papers)


def begin(root: Path) -> Repository:
    """A paper a day, each ten degrees from the one before."""
    repository = new_repository(root)
    repository.settings(MEANING)
    for number, day in enumerate(DAYS):
        listed(repository, day, (paper(number, f"Title {number}"), 10 * number))
    return repository


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five days, built; make a copy, and change that."""
    root = tmp_path_factory.mktemp("related") / "digest"
    begin(root)
    assert build_here(root).error == ""
    return root


@pytest.fixture
def built(base: Path, tmp_path: Path) -> Repository:
    """Five days, built."""
    return Repository(shutil.copytree(base, tmp_path / "digest"))


def related(root: Path, number: int, day: date) -> Sequence[tuple[str, str]]:
    """Where the related papers of a paper lead, and their titles, as the page of its day has them."""
    html = (root / f"site/{day:%Y/%m/%d}/index.html").read_text(encoding="utf-8")
    article = html.split(f'id="2510.{number:05}"')[1].partition("</article>")[0]
    (lists,) = re.findall('<ul class="related">(.*?)</ul>', article, re.DOTALL) or [""]
    return re.findall('href="([^"]*)" dir="auto">([^<]*)</a>', lists)


def rebuilt(repository: Repository) -> None:
    """What a build leaves now is what a build from nothing makes."""
    done = build_here(repository.root)
    assert (done.error, differing(done.site, build_elsewhere(repository.root).site)) == ("", [])


def test_the_three_nearest_of_earlier_days_stand_under_a_paper(built: Repository):
    """Nearest first, and never a later one."""
    found = [(f"../0{number + 1}/#2510.{number:05}", f"Title {number}") for number in range(3)]
    assert related(built.root, 3, DAYS[3]) == found[::-1]
    assert related(built.root, 1, DAYS[1]) == found[:1]
    assert related(built.root, 0, DAYS[0]) == []


def test_papers_of_the_same_day_and_far_ones_are_not_related(built: Repository):
    """Fifty degrees are too far."""
    listed(built, date(2025, 10, 8), (paper(10), 90), (paper(11, "Another"), 91))
    rebuilt(built)
    assert [title for _, title in related(built.root, 10, date(2025, 10, 8))] == []
    listed(built, date(2025, 10, 8), (paper(10), 80), (paper(11, "Another"), 81))
    rebuilt(built)
    assert [title for _, title in related(built.root, 10, date(2025, 10, 8))] == ["Title 4"]


def test_a_late_paper_changes_later_days_only(built: Repository):
    """One turns up on the third day; days before and the day itself keep theirs."""
    before = snapshot(built.root / "site")
    place(built.root, DAYS[2], (paper(2, "Title 2"), 20), (paper(20, "Late"), 29))
    built.keep(DAYS[2], paper(20, "Late"), source="blog")
    rebuilt(built)
    after = snapshot(built.root / "site")
    days = [day for day in DAYS if before[name := f"{day:%Y/%m/%d}/index.html"] != after[name]]
    assert days == [*DAYS[2:]]  # on the day itself it stands
    assert related(built.root, 2, DAYS[2]) == [
        ("../02/#2510.00001", "Title 1"),
        ("../01/#2510.00000", "Title 0"),
    ]
    assert [title for _, title in related(built.root, 3, DAYS[3])] == ["Late", "Title 2", "Title 1"]


def test_a_new_day_changes_no_old_one(built: Repository):
    """Nor does a vote or a note on an old paper change a later day."""
    listed(built, date(2025, 10, 8), (paper(30, "New"), 41))
    built.keep(DAYS[1], paper(1, "Title 1", votes=99))
    built.note('---\npaper: "2510.00001"\ncurator: ada\npick: true\n---\nRead *this*.\n')
    pages = [built.root / f"site/{day:%Y/%m/%d}/index.html" for day in (DAYS[0], *DAYS[2:4])]
    before = [path.stat().st_mtime_ns for path in pages]
    rebuilt(built)
    assert [path.stat().st_mtime_ns for path in pages] == before
    assert [title for _, title in related(built.root, 30, date(2025, 10, 8))] == ["Title 4", "Title 3", "Title 2"]


def test_hidden_papers_are_nobodys_relatives(built: Repository):
    """They leave the lists, and come back when the line goes."""
    before = snapshot(built.root / "site")
    path = built.root / "content/hidden.yml"
    path.write_text('papers: {"arxiv:2510.00002": asked for}\n', encoding="utf-8")
    rebuilt(built)
    assert [title for _, title in related(built.root, 3, DAYS[3])] == ["Title 1", "Title 0"]
    assert not any(b"2510.00002" in data for data in built.site().values())
    path.unlink()
    rebuilt(built)
    assert differing(snapshot(built.root / "site"), before) == []


def test_another_title_shows_wherever_the_paper_is_related(built: Repository):
    """Its vector is that of another text then."""
    built.keep(DAYS[0], paper(0, "Renamed"))
    place(built.root, DAYS[0], (paper(0, "Renamed"), 5))
    rebuilt(built)
    assert [title for _, title in related(built.root, 1, DAYS[1])] == ["Renamed"]


def test_without_vectors_there_are_no_related_papers(built: Repository):
    """They went, or the settings want no meaning."""
    folder = built.root / "content/vectors"
    folder.rename(built.root / "elsewhere")
    rebuilt(built)
    assert related(built.root, 3, DAYS[3]) == []
    (built.root / "elsewhere").rename(folder)
    rebuilt(built)
    assert len(related(built.root, 3, DAYS[3])) == 3
    built.settings(MEANING.replace("true", "false"))
    rebuilt(built)
    assert related(built.root, 3, DAYS[3]) == []


def test_a_file_of_vectors_that_cannot_be_read_counts_as_none(built: Repository):
    """The others still do."""
    (built.root / "content/vectors/minilm-l6-v2/2025/10/02.vec").write_bytes(b"BSV1 and nothing more")
    rebuilt(built)
    assert [title for _, title in related(built.root, 3, DAYS[3])] == ["Title 2", "Title 0"]


def test_a_vector_is_found_where_the_paper_was_held_back(built: Repository):
    """An earlier listing had it, whose papers are shown for their topics only, and this one has none."""
    sources = (
        "sources:\n  huggingface: {type: huggingface}\n  arxiv: {type: arxiv, categories: [cs.LG], only_topics: true}\n"
    )
    built.settings(f"{sources}{MEANING}")
    late = paper(40, "Nothing of that", abstract="")
    listed(built, date(2025, 10, 8), (late, 41), source="arxiv")
    built.keep(date(2025, 10, 9), late)
    rebuilt(built)
    assert [title for _, title in related(built.root, 40, date(2025, 10, 9))] == ["Title 4", "Title 3", "Title 2"]


def test_the_order_of_builds_and_the_processes_do_not_matter(built: Repository, tmp_path: Path):
    """Days that came in another order, built by two processes, are the same site."""
    other = new_repository(tmp_path / "other")
    other.settings(MEANING)
    for number in (4, 0, 3, 1, 2):
        listed(other, DAYS[number], (paper(number, f"Title {number}"), 10 * number))
        assert build_here(other.root, Wishes(jobs=2)).error == ""
    assert differing(snapshot(other.root / "site"), snapshot(built.root / "site")) == []


def test_many_days_are_read_by_workers(built: Repository):
    """Processes of this machine find what this one does."""
    day = date(2025, 6, 1)
    for number in range(70):
        listed(built, day + timedelta(days=number), (paper(100 + number, f"Of June {number}"), number))
    settings = load_settings(built.root / "mkdocs.yml")
    found = []
    for jobs in (1, 2):
        with workers(jobs, None) as crew, opened_catalogue(settings, built.root / str(jobs), map, print) as catalogue:
            related = RelatedPapers(settings, catalogue, crew)
            related.refresh()
            found.append(related.keys())
    assert len(found[0]) == 74  # all days but the first
    assert found[0] == found[1]


def test_pages_and_preview_show_the_same(built: Repository):
    """What `broadsheet pages` writes and `broadsheet serve` shows."""
    settings = load_settings(built.root / "mkdocs.yml")
    write_pages(settings, lambda problem: None)
    assert (built.root / "build/docs/2025/10/06.md").read_text(encoding="utf-8").count('<ul class="related">') == 1
    with preview(settings, lambda problem: None, lambda line: None) as shown:
        shown.refresh()
        name = "2025/10/06/index.html"
        assert shown.file(name) == (built.root / "site" / name).read_bytes()
        place(built.root, DAYS[0], (paper(0, "Title 0"), 28))
        shown.refresh()
        assert shown.file(name) != (built.root / "site" / name).read_bytes()
        rebuilt(built)
        assert shown.file(name) == (built.root / "site" / name).read_bytes()


def test_what_lies_before_the_window_is_no_part_of_the_key():
    """Two years and the days of its own month."""
    days = [date(2022, 11, 30), date(2022, 12, 1), date(2024, 12, 1), date(2024, 12, 2), date(2025, 1, 1)]
    keys = window_keys({day: str(day) for day in days})
    for number, day in enumerate(days):
        changed = window_keys({each: "other" if each == day else str(each) for each in days})
        months = [(later.year - day.year) * 12 + later.month - day.month for later in days]
        seen = [later for later, away in zip(days, months, strict=True) if day <= later and away <= MONTHS]
        assert [each for each in days if changed[each] != keys[each]] == seen, number
    assert days[1] - days[0] == timedelta(days=1)
