"""One catalogue → one site: each output has a key of all that it is made of; those whose key is new are made."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from random import SystemRandom
from typing import Any

from generator import links
from generator.catalogue import Catalogue, CatalogueDay
from generator.errors import BroadsheetError
from generator.fingerprint import digest, folder_digest, program_digest
from generator.pages import opensearch, sitemap
from generator.pipeline.indexing import Indexer
from generator.pipeline.kit import make_days_from, pack
from generator.pipeline.making import DayMade, DayTask, Workshop, equipped, make_days, make_page
from generator.pipeline.recording import Records
from generator.pipeline.related import RelatedPapers
from generator.pipeline.rollups import RollUps, rollup_paths
from generator.pipeline.workers import Crew
from generator.settings import Settings, Site
from generator.site import SITEMAP, Frame, Ledger, Published

_CHUNK = 25
"""Days that one task makes."""
_CANARIES = 2


class Assembly:
    """One build of the site into `output`; `scratch` holds what the next build may use again."""

    def __init__(self, settings: Settings, catalogue: Catalogue, crew: Crew, scratch: Path, output: Path) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._crew = crew
        self._records = Records(settings, catalogue)
        self._related = RelatedPapers(settings, catalogue, crew)
        self._related.refresh()
        self._related_keys = self._related.keys()
        self._ledger = Ledger(scratch / "ledger.json", output, scratch / "stage")
        self._frame = frame_of(settings, scratch / "frame")
        self._paths = page_paths(settings, catalogue)
        self._generated = set(map(links.source_uri, self._paths))
        framed = self._frame.settle(self._generated, settings.mkdocs.pages)
        self._look_key = look_key(settings, self._frame)
        self._workshop = Workshop(settings.path, self._frame.docs, digest(self._look_key, framed))
        self._indexer = Indexer(settings, catalogue, crew, scratch)
        self.days = self.papers = self.unencoded = 0

    @property
    def _pages(self) -> Sequence[CatalogueDay]:
        return [day for day in self._catalogue.days if day.has_page]

    def run(self, warn: Callable[[str], None]) -> Published:
        """Make what is stale, check a little of what is not, and publish. TemplateError leaves `output` alone."""
        stale = self._stale_days()
        self._make_days(stale)
        self._make_rollups()
        self._make_frame(warn)
        self._make_sitemap()
        self._make_opensearch()
        self.unencoded = self._indexer.run(self._ledger.keep, self._ledger.put, self._ledger.read)
        fresh = {day.date for day in stale}
        self._try_canaries([day for day in self._pages if day.date not in fresh])
        self._records.forget_others()
        return self._ledger.finish()

    def _stale_days(self) -> Sequence[CatalogueDay]:
        """The days whose page or record is missing, or was made of something else."""
        unrecorded = {day.date for day in self._records.missing()}
        return [day for day in self._catalogue.days if day.date in unrecorded or not self._are_current(day)]

    def _are_current(self, day: CatalogueDay) -> bool:
        key = self._key_of(day.date, day.key)
        return all(self._is_current(path, key) for path in (*day_paths(day), *citation_paths(day)))

    def _key_of(self, day: date, key: str) -> str:
        """Of a day's pages; `key` is that of its input."""
        return digest(key, self._related_keys.get(day, ""))

    def _is_current(self, path: str, key: str) -> bool:
        return self._ledger.keep(_file(path), digest(self._look_key, key))

    def _make_days(self, days: Sequence[CatalogueDay]) -> None:
        for some in self._crew.each(self._maker(), self._tasks(days)):
            for made in some:
                self._keep_day(made)

    def _maker(self) -> Callable[[Sequence[DayTask]], tuple[DayMade, ...]]:
        if self._crew.is_far:
            return partial(make_days_from, pack(self._settings, self._workshop))
        return partial(make_days, self._workshop)

    def _tasks(self, days: Sequence[CatalogueDay]) -> Iterator[tuple[DayTask, ...]]:
        tasks = (DayTask(self._related.added(self._catalogue.input(day)), day.has_page) for day in days)
        while chunk := tuple(islice(tasks, _CHUNK)):
            yield chunk

    def _keep_day(self, made: DayMade) -> None:
        self._records.keep(made.date, made.key, made.texts)
        key = self._key_of(made.date, made.key)
        for path, data in made.files.items():
            self._put(path, key, data)

    def _put(self, path: str, key: str, data: bytes) -> None:
        self._ledger.put(_file(path), digest(self._look_key, key), data)

    def _make_rollups(self) -> None:
        rollups = RollUps(self._catalogue, equipped(self._workshop)[0])
        for rollup in rollups:
            if not self._is_current(rollup.path, rollup.key):
                self._put(rollup.path, rollup.key, make_page(self._workshop, rollup.make()))
        self.days, self.papers = rollups.days, rollups.papers

    def _make_frame(self, warn: Callable[[str], None]) -> None:
        """Hand-written pages, assets and the theme's files; MkDocs's warnings are told in every build."""
        key = self._workshop.key
        if not all(self._ledger.keep(name, key) for name in self._framed.get("files", ("",))):
            files, warnings = self._frame.build(self._settings.path, self._generated)
            for name, data in files.items():
                self._ledger.put(name, key, data)
            self._catalogue.remember("frame", "", key, json.dumps({"files": list(files), "warnings": warnings}))
        for line in self._framed["warnings"]:
            warn(line)

    @property
    def _framed(self) -> Mapping[str, Any]:
        """What was kept of the frame; empty when it was another one."""
        key, value = self._catalogue.recall("frame", "") or ("", "{}")
        found: Mapping[str, Any] = json.loads(value) if key == self._workshop.key else {}
        return found

    def _make_sitemap(self) -> None:
        text = sitemap_of(self._settings.site, self._paths, self._framed["files"])
        self._ledger.put(SITEMAP, digest(text), text)

    def _make_opensearch(self) -> None:
        if text := opensearch(self._settings.site):
            self._ledger.put(links.OPENSEARCH, digest(text), text.encode())

    def _try_canaries(self, days: Sequence[CatalogueDay]) -> None:
        """Make a few pages that nothing asks to be made: what differs would tell of a key that lacks something.

        Not those whose listings changed since the catalogue read them, by a `fetch` beside this build.
        """
        chosen = SystemRandom().sample(days, min(_CANARIES, len(days)))
        inputs = [found for day in chosen if (found := self._catalogue.input(day)).key == day.key]
        for made in make_days(self._workshop, [DayTask(self._related.added(found), True) for found in inputs]):
            for name, data in ((_file(path), data) for path, data in made.files.items()):
                if data != self._ledger.bytes_of(name):
                    raise BroadsheetError(
                        f"site/{name} is not what a build makes of the same content today. Nothing was published. "
                        "Run broadsheet build --clean, and please report what you had changed before"
                    )


def frame_of(settings: Settings, folder: Path) -> Frame:
    """The repository's hand-written pages and assets, with `folder` to build them in."""
    return Frame(folder, settings.content / "pages", settings.templates / "assets")


def page_paths(settings: Settings, catalogue: Catalogue) -> set[str]:
    """The site paths of all generated pages."""
    days, topics, curators = catalogue.days, settings.topics, catalogue.curators
    return {*rollup_paths(days, topics, curators), *(path for day in days for path in day_paths(day))}


def day_paths(day: CatalogueDay) -> tuple[str, ...]:
    """The site paths of a day's page and of its papers' pages; none where it has no page."""
    return (links.day_path(day.date), *map(links.paper_path, day.noted)) if day.has_page else ()


def citation_paths(day: CatalogueDay) -> tuple[str, ...]:
    """The site paths of the files that cite a day's papers; none where it has no page."""
    return links.citation_paths(day.date) if day.has_page else ()


def sitemap_of(site: Site, paths: Collection[str], framed: Iterable[str]) -> bytes:
    """Of all pages that people may find, generated or among the frame's files; the page for wrong addresses is none."""
    written = (name.removesuffix("index.html") for name in framed if name.endswith(".html") and name != "404.html")
    return sitemap(site, sorted({*paths, *written})).encode()


def look_key(settings: Settings, frame: Frame) -> str:
    """All that a page depends on, besides what it shows."""
    return digest(theme_key(settings, frame), folder_digest(settings.templates / "pages"))


def theme_key(settings: Settings, frame: Frame) -> str:
    """All that MkDocs adds to a page depends on."""
    mkdocs = settings.mkdocs
    theme = folder_digest(mkdocs.theme) if mkdocs.theme else ""
    return digest(program_digest(), mkdocs.key, theme, frame.navigation_key(mkdocs.pages))


def _file(path: str) -> str:
    """The file of a site path: that of a page is a folder's."""
    return path if path.endswith(links.CITATIONS) else f"{path}index.html"
