"""The plan of a measurement → its figures: the same steps for every size, all in one run.

Everything runs as separate processes in a scratch folder, one after the other. Our own builds write the search index,
too; MkDocs beside them makes none, but for the peer `mkdocs_search_s`, which has Material's search plugin.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from generator.bench.digest import ScratchDigest
from generator.bench.figures import Measured, Peers, Step, figures
from generator.bench.floor import physical_floor
from generator.bench.papers import bench_papers
from generator.bench.peers import Hugo, plain_mkdocs
from generator.bench.processes import Run, typical
from generator.files import differing, stamps, walk
from generator.links import OPENSEARCH
from generator.model import Json
from generator.search.index import FOLDER
from generator.site import SITEMAPS


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose looks, how many days and papers, from which file of papers, and how often what is quick is repeated."""

    repository: Path
    days: int
    papers_per_day: int
    corpus: Path | None
    repeat: int

    def digest(self, root: Path, days: int) -> ScratchDigest:
        """A digest of so many days, not built yet."""
        made = ScratchDigest(self.repository, root, bench_papers(self.corpus), self.papers_per_day)
        made.add_days(days)
        return made


def measure_builds(plan: Plan, scratch: Path, say: Callable[[str], None]) -> dict[str, Json]:
    """The figures of docs/bench.md as one JSON object; `say` gets a line before each step."""
    size: dict[str, Json] = {
        "days": plan.days,
        "papers": plan.days * plan.papers_per_day,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }
    return {**size, **figures(_measure(plan, scratch, say))}


def _measure(plan: Plan, scratch: Path, say: Callable[[str], None]) -> Measured:
    say(f"{plan.days} days, and the least that a new one can cost")
    digest = plan.digest(scratch / "digest", plan.days)
    digest.build()
    floor = _floor(digest, scratch / "floor", plan.repeat)
    tenth = max(1, plan.days // 10)
    say(f"a new day on {tenth} days")
    day_tenth = _day_tenth(plan.digest(scratch / "tenth", tenth), plan.repeat)
    say(f"a new day on {plan.days} days")
    day = _step(digest, digest.add_day, plan.repeat)
    say("a new note")
    note = _step(digest, digest.add_note, plan.repeat)
    say("nothing changed")
    nothing = _step(digest, lambda: None, plan.repeat)
    sizes = [status.st_size for _, status in walk(digest.site)]
    say("the same pages by MkDocs, by MkDocs with Material's search, and by Hugo")
    peers = _peers(digest, scratch, plan.repeat)
    return Measured(day_tenth, nothing, day, note, floor, sizes, peers)


def _floor(digest: ScratchDigest, target: Path, repeat: int) -> float:
    before = stamps(digest.site)
    digest.add_day()
    digest.build()
    changed = [name for name, found in stamps(digest.site).items() if before.get(name) != found]
    written = {name: (digest.site / name).read_bytes() for name in changed}
    walked, read = (digest.root / "content", digest.site), (digest.newest_listing,)
    return median(physical_floor(walked, read, written, target) for _ in range(repeat))


def _day_tenth(digest: ScratchDigest, repeat: int) -> Run:
    digest.build()
    runs = _repeated(digest, digest.add_day, repeat)
    shutil.rmtree(digest.root)
    return typical(runs)


def _repeated(digest: ScratchDigest, change: Callable[[], None], repeat: int) -> Sequence[Run]:
    runs = []
    for _ in range(repeat):
        change()
        runs.append(digest.build())
    return runs


def _step(digest: ScratchDigest, change: Callable[[], None], repeat: int) -> Step:
    runs = _repeated(digest, change, repeat)
    clean, is_identical = digest.build_elsewhere()
    clean_jobs1, is_identical_jobs1 = digest.build_elsewhere("--jobs", "1")
    return Step(runs, clean, clean_jobs1, is_identical, is_identical_jobs1)


def _peers(digest: ScratchDigest, scratch: Path, repeat: int) -> Peers:
    """MkDocs once, since it takes minutes and is far away; Hugo, which is near, as often as our own builds."""
    docs, settings, output = digest.write_markdown(), digest.root / "mkdocs.yml", scratch / "mkdocs"
    mkdocs = plain_mkdocs(settings, output, ())
    is_identical = all(map(_is_beside_pages, differing(digest.site, output)))
    shutil.rmtree(output)
    mkdocs_search = plain_mkdocs(settings, output, ("search",))
    program = shutil.which("hugo")
    hugo = Hugo(program, scratch / "hugo", docs) if program else None
    hugo_run = typical([hugo.build() for _ in range(repeat)]) if hugo else None
    return Peers(mkdocs, mkdocs_search, hugo_run, is_identical)


def _is_beside_pages(path: str) -> bool:
    """What plain MkDocs does not make."""
    return path in SITEMAPS or path == OPENSEARCH or path.startswith(FOLDER)
