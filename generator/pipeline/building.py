"""`content/` → Markdown pages → the site; only what changed is made again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import Catalogue, Each, open_catalogue
from generator.curation import NoteReader
from generator.errors import BroadsheetError, SettingsError
from generator.files import FolderWriter, differing, discard, only_one, walk
from generator.model import Problem, Severity
from generator.pages.wording import counted
from generator.pipeline.assembling import Assembly, frame_of
from generator.pipeline.indexing import Indexer
from generator.pipeline.making import Tools, rules_of, tools_of
from generator.pipeline.recording import Records
from generator.pipeline.related import RelatedPapers
from generator.pipeline.rollups import RollUps
from generator.pipeline.workers import Crew, workers
from generator.settings import Settings
from generator.site import PACKED_SITEMAP, Ledger, Published, mkdocs_build

Report = Callable[[Problem], None]
Warn = Callable[[str], None]

CATALOGUE = "catalogue.sqlite"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to build: over how many processes or on which cluster, from nothing, and compared with such a build."""

    jobs: int = 1
    cluster: str | None = None
    is_clean: bool = False
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: days with papers, papers shown, files that changed and that went, MkDocs's warnings.

    `entangled` tells why every page had to be rendered, where settings ask for that; `unencoded` papers have no vector
    though most have.
    """

    days: int
    papers: int
    changed: int
    removed: int
    warnings: int
    entangled: str | None = None
    unencoded: int = 0

    def summary(self, place: str) -> str:
        """One line for people; `place` is the folder that was written."""
        papers, days, files = counted(self.papers, "paper"), counted(self.days, "day"), counted(self.changed, "file")
        removed = f", {self.removed} removed" if self.removed else ""
        slow = f" (every page was rendered, since {self.entangled})" if self.entangled else ""
        guessed = f"; search guesses the meaning of {counted(self.unencoded, 'paper')}, until broadsheet encode"
        return f"{papers} on {days} in {place}: {files} changed{removed}{slow}{guessed if self.unencoded else ''}"


def write_pages(settings: Settings, report: Report) -> Built:
    """`content/` → `build/docs`: every page as Markdown, with the assets and the hand-written pages."""
    tools = tools_of(settings)
    with only_one(build_lock(settings)), opened_catalogue(settings, settings.build, map, report) as catalogue:
        return _write_pages(tools, catalogue)


def detached_catalogue(tools: Tools) -> Catalogue:
    """What is known of `content/`, every day's record included, as a copy of its own that holds up no other run."""
    settings = tools.settings
    with only_one(build_lock(settings)):
        with opened_catalogue(settings, settings.build, map, lambda problem: None) as catalogue:
            record_days(tools, catalogue)
        catalogue.detach(settings.build / CATALOGUE)
    return catalogue


def record_days(tools: Tools, catalogue: Catalogue) -> None:
    """Make the records that are missing, and find the related papers of days that lack them."""
    records = Records(tools.settings, catalogue)
    for day in records.missing():
        found = catalogue.input(day)
        records.keep(day.date, found.key, tools.recorded(found, tools.digest(found)))
    RelatedPapers(tools.settings, catalogue, Crew(map, is_far=False)).refresh()


def build(settings: Settings, wishes: Wishes, report: Report, warn: Warn) -> Built:
    """`content/` → `site/`; two builds at once take turns. TemplateError leaves the site that stands alone."""
    with only_one(build_lock(settings)), workers(wishes.jobs, wishes.cluster) as crew:
        if wishes.is_clean:
            _forget(settings.build)
        built = _build(settings, crew, settings.build, settings.output, report, warn)
        if wishes.is_verified:
            _verify(settings, crew)
    return built


def _build(settings: Settings, crew: Crew, scratch: Path, output: Path, report: Report, warn: Warn) -> Built:
    warnings: list[str] = []

    def tell(line: str) -> None:
        warnings.append(line)
        warn(line)

    with opened_catalogue(settings, scratch, crew.each, report) as catalogue:
        if settings.mkdocs.entangled is None:
            assembly = Assembly(settings, catalogue, crew, scratch, output)
            published = assembly.run(tell)
            days, papers, unencoded = assembly.days, assembly.papers, assembly.unencoded
        else:
            written = _write_pages(tools_of(settings), catalogue)
            ledger = Ledger(scratch / "ledger.json", output, scratch / "stage")
            unencoded = Indexer(settings, catalogue, crew, scratch).run(ledger.keep, ledger.put, ledger.read)
            published = _build_as_one(settings, scratch, ledger, tell)
            days, papers = written.days, written.papers
    return Built(
        days, papers, published.changed, published.removed, len(warnings), settings.mkdocs.entangled, unencoded
    )


def _build_as_one(settings: Settings, scratch: Path, ledger: Ledger, warn: Warn) -> Published:
    """All pages through one `mkdocs build`, for plugins and hooks that may look at more than one page."""
    whole = scratch / "whole"
    for line in mkdocs_build(settings.path, settings.docs, whole):
        warn(line)
    for name, _ in walk(whole):
        if name != PACKED_SITEMAP:
            ledger.put(name, "", (whole / name).read_bytes())
    return ledger.finish()


def _forget(scratch: Path) -> None:
    """What earlier builds left there counts for nothing."""
    for name in ("catalogue.seal", "ledger.json"):
        discard(scratch / name)


def _verify(settings: Settings, crew: Crew) -> None:
    """Build from nothing in a folder of its own; BroadsheetError when a byte differs."""
    scratch = settings.build / "verify"
    _forget(scratch)
    clean = scratch / "site"
    _build(settings, crew, scratch, clean, lambda problem: None, lambda line: None)
    if wrong := differing(clean, settings.output):
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise BroadsheetError(
            f"{', '.join(wrong[:3])}{more} in site/ differ from a build from nothing, which is in {clean}. "
            "Run broadsheet build --clean, and please report what you had changed before"
        )


def build_lock(settings: Settings) -> Path:
    """Held by whoever writes what builds derive."""
    return settings.build / "build.lock"


@contextmanager
def opened_catalogue(settings: Settings, scratch: Path, each: Each, report: Report) -> Iterator[Catalogue]:
    """What is known of `content/`, brought up to date; what is left out of the site is reported.

    SettingsError when it cannot be told what is hidden.
    """
    notes = NoteReader(settings.content, settings.topics)
    if notes.hidden.errors:
        raise SettingsError(notes.hidden.errors)
    with open_catalogue(scratch / CATALOGUE, settings.content, rules_of(settings), notes, each) as catalogue:
        tell_problems(catalogue, notes, report)
        yield catalogue


def tell_problems(catalogue: Catalogue, notes: NoteReader, report: Report) -> None:
    """Report what is left out of the site, each problem once: one cause may spoil many notes."""
    left_out = (problem for problem in catalogue.problems() if problem.severity is Severity.ERROR)
    for problem in dict.fromkeys((*notes.problems, *left_out)):
        report(problem)


def _write_pages(tools: Tools, catalogue: Catalogue) -> Built:
    settings = tools.settings
    folder = FolderWriter(settings.docs)
    for name, data in frame_of(settings, settings.build / "frame").originals():
        folder.write(name, data)
    for name, data in _day_files(tools, catalogue):
        folder.write(name, data)
    rollups = RollUps(catalogue, tools)
    for rollup in rollups:
        page = rollup.make()
        folder.write(page.path, page.text.encode())
    removed = folder.finish()
    return Built(rollups.days, rollups.papers, folder.changed, removed, 0)


def _day_files(tools: Tools, catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Every day's pages and citations; what roll-ups need of the day is remembered on the way."""
    records = Records(tools.settings, catalogue)
    related = RelatedPapers(tools.settings, catalogue, Crew(map, is_far=False))
    related.refresh()
    for day in catalogue.days:
        found = related.added(catalogue.input(day))
        digest = tools.digest(found)
        records.keep(day.date, found.key, tools.recorded(found, digest))
        if day.has_page:
            yield from ((page.path, page.text.encode()) for _, page in tools.pages(digest))
            yield from tools.citations(digest)
