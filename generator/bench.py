"""A number of days and papers → how long builds take, beside plain MkDocs on the same pages (`broadsheet bench build`).

Everything runs as separate processes in a scratch folder, one after the other, and is measured from outside:
seconds of wall clock and the peak resident set, in megabytes of 10^6 bytes.
"""

import filecmp
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from generator.archive import Archive
from generator.identifiers import parse_arxiv
from generator.model import Json, Listing, Paper, Signals, State

_FIRST_DAY = date(2016, 1, 1)
_WORDS = "graph neural network learning model data training attention language vision sparse robust method".split()


@dataclass(frozen=True, slots=True)
class _Run:
    seconds: float
    peak_mb: float


def bench_build(
    repository: Path, scratch: Path, days: int, papers_per_day: int, corpus: Path | None, say: Callable[[str], None]
) -> dict[str, Json]:
    """The figures of DESIGN section 9 as one JSON object; `say` gets a line before each step."""
    papers = _papers(corpus)
    _settle(repository, scratch)
    for number in range(days):
        _add_day(scratch, number, papers, papers_per_day)
    say(f"clean build of {days} days")
    clean = _build(scratch)
    say("nothing changed")
    nothing, same_nothing = _build(scratch), _equals_clean(scratch)
    say("one new day")
    _add_day(scratch, days, papers, papers_per_day)
    day, same_day = _build(scratch), _equals_clean(scratch)
    say("one new note")
    _add_note(scratch)
    note, same_note = _build(scratch), _equals_clean(scratch)
    files = [path for path in (scratch / "site").rglob("*") if path.is_file()]
    say("plain mkdocs build of the same pages")
    plain, with_search = _mkdocs(scratch, search=False), _mkdocs(scratch, search=True)
    return {
        "days": days,
        "papers": days * papers_per_day,
        "clean_s": clean.seconds,
        "day_s": day.seconds,
        "note_s": note.seconds,
        "nothing_s": nothing.seconds,
        "mkdocs_s": plain.seconds,
        "mkdocs_search_s": with_search.seconds,
        "peak_mb": {"clean": clean.peak_mb, "day": day.peak_mb},
        "site_mb": round(sum(path.stat().st_size for path in files) / 1e6, 1),
        "files": len(files),
        "identical": {"day": same_day, "note": same_note, "nothing": same_nothing},
    }


def _settle(repository: Path, scratch: Path) -> None:
    shutil.copytree(repository / "site_templates", scratch / "site_templates")
    shutil.copytree(repository / "content" / "pages", scratch / "content" / "pages")
    shutil.copy(repository / "mkdocs.yml", scratch / "mkdocs.yml")
    (scratch / "content" / "curators.yml").write_text("bench: {name: Bench}\n")


def _papers(corpus: Path | None) -> Iterator[Paper]:
    return _invented() if corpus is None else _of_corpus(corpus)


def _invented() -> Iterator[Paper]:
    """Papers of usual length from a fixed seed."""
    source = random.Random(0)
    for number in cycle(range(1, 100_000)):
        text = " ".join(source.choices(_WORDS, k=180)).capitalize()
        title = " ".join(source.choices(_WORDS, k=10)).capitalize()
        authors = tuple(f"Author {source.randrange(5_000)}" for _ in range(5))
        yield Paper(f"title:{number:016x}", title, text, authors, signals=Signals(votes=source.randrange(200)))


def _of_corpus(corpus: Path) -> Iterator[Paper]:
    with corpus.open(encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            if bare := parse_arxiv(str(item["id"])):
                authors = item.get("authors") or ()
                names = tuple(authors.split(", ")) if isinstance(authors, str) else tuple(authors)
                yield Paper(f"arxiv:{bare[0]}", item["title"], item["abstract"], names)


def _add_day(scratch: Path, number: int, papers: Iterator[Paper], count: int) -> None:
    day = _FIRST_DAY + timedelta(days=number)
    fetched = datetime(day.year, day.month, day.day, tzinfo=UTC)
    listing = Listing("bench", day, State.ANNOUNCED, fetched, tuple(islice(papers, count)))
    Archive(scratch / "content").keep(listing)


def _add_note(scratch: Path) -> None:
    """On the first paper of the first day."""
    listing = Archive(scratch / "content").read("bench", _FIRST_DAY)
    paper = listing.papers[0].id if listing else "arxiv:2510.00001"
    path = scratch / "content" / "notes" / "note.md"
    path.parent.mkdir(parents=True)
    path.write_text(f'---\npaper: "{paper}"\ncurator: bench\n---\n\nWorth a look.\n', encoding="utf-8")


def _build(scratch: Path) -> _Run:
    return _measure([sys.executable, "-m", "generator.cli", "-q", "-f", str(scratch / "mkdocs.yml"), "build"])


def _equals_clean(scratch: Path) -> bool:
    """Build the same content in a second folder from nothing and compare every byte."""
    other = scratch.with_name(f"{scratch.name}-clean")
    for name in ("site_templates", "content"):
        shutil.copytree(scratch / name, other / name)
    shutil.copy(scratch / "mkdocs.yml", other / "mkdocs.yml")
    _build(other)
    same = _same(filecmp.dircmp(scratch / "site", other / "site", ignore=[]))
    shutil.rmtree(other)
    return same


def _same(found: "filecmp.dircmp[str]") -> bool:
    if found.left_only or found.right_only or found.funny_files:
        return False
    _, differ, failed = filecmp.cmpfiles(found.left, found.right, found.common_files, shallow=False)
    return not differ and not failed and all(_same(folder) for folder in found.subdirs.values())


def _mkdocs(scratch: Path, search: bool) -> _Run:
    """Plain MkDocs on the Markdown that the last build left, with Material's search plugin or without any plugin."""
    plugins = "[search]" if search else "[]"
    settings = scratch / "plain.yml"
    settings.write_text(f"INHERIT: mkdocs.yml\nplugins: {plugins}\n", encoding="utf-8")
    target = str(scratch / "build" / "bench-site")
    return _measure([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(settings), "-d", target])


def _measure(command: Sequence[str]) -> _Run:
    """One process from start to end; CalledProcessError when it fails."""
    begin = time.perf_counter()
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=quiet)  # noqa: S603  # our own program
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return _Run(round(seconds, 2), round(usage.ru_maxrss * 1024 / 1e6, 1))
