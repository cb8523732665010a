"""The site as a build would make it now, file by file as they are asked for: `site/` is left alone.

A page costs a few milliseconds, so none is kept, and none can be stale. Only for settings that entangle pages the
whole site is built, as `broadsheet build` does. The search index is made when it is first asked for; of what the last
build left there, it takes what still holds.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from generator import links
from generator.catalogue import Catalogue, Rules
from generator.curation import NoteReader
from generator.files import stamps
from generator.fingerprint import digest, folder_digest
from generator.pages import Page, opensearch
from generator.pipeline.assembling import citation_paths, day_paths, frame_of, page_paths, sitemap_of, theme_key
from generator.pipeline.building import Report, Warn, Wishes, build, detached_catalogue, record_days, tell_problems
from generator.pipeline.indexing import Indexer
from generator.pipeline.making import Tools, tools_of
from generator.pipeline.related import RelatedPapers
from generator.pipeline.rollup import RollUp
from generator.pipeline.rollups import RollUps
from generator.pipeline.workers import Crew
from generator.search.index import FOLDER
from generator.settings import Settings, load_settings
from generator.site import SITEMAP, Frame, PageMaker

T = TypeVar("T")


class _Site(Protocol):
    """One state of settings, content and templates."""

    @property
    def look(self) -> str: ...

    def file(self, name: str) -> bytes | None: ...


class Preview:
    """What a preview server shows; one thread at a time.

    `refresh` comes first. When it raises, there is nothing to show until it goes well.
    """

    def __init__(self, settings: Path, scratch: Path, report: Report, warn: Warn) -> None:
        self._settings = settings
        self._scratch = scratch
        self._report = report
        self._warn = warn
        self._tools = _Kept[Tools]()
        self._catalogue: tuple[Rules, Catalogue] | None = None
        self._dress = _Kept[_Dress]()
        self._index_files: dict[str, bytes] = {}
        self._site: _Site
        self.base = "/"

    @property
    def look(self) -> str:
        """Changes with whatever every page shows: the theme, assets, the navigation."""
        return self._site.look

    def file(self, name: str) -> bytes | None:
        """A file of the site, None when there is none of this name; TemplateError when it cannot be made."""
        return self._site.file(name)

    def refresh(self) -> None:
        """Take in what changed. SettingsError, TemplateError."""
        settings = load_settings(self._settings)
        self.base = urlsplit(settings.site.url or "/").path
        if settings.mkdocs.entangled:
            self._site = _Built(settings, self._report, self._warn)
        else:
            self._site = self._unbuilt(settings)

    def _unbuilt(self, settings: Settings) -> "_Unbuilt":
        look = digest(settings.mkdocs.key, folder_digest(settings.templates / "pages"))
        tools = self._tools.get(look, lambda: tools_of(settings))
        catalogue = self._current(tools)
        paths = page_paths(settings, catalogue)
        dress = self._dressed(settings, set(map(links.source_uri, paths)))
        return _Unbuilt(tools, catalogue, dress, paths, _Index(settings, catalogue, self._index_files))

    def _current(self, tools: Tools) -> Catalogue:
        settings, rules = tools.settings, tools.rules
        notes = NoteReader(settings.content, settings.topics)
        if self._catalogue and self._catalogue[0] == rules:
            catalogue = self._catalogue[1].synced(rules, notes)
            record_days(tools, catalogue)
        else:
            catalogue = detached_catalogue(tools)
        self._catalogue = rules, catalogue
        tell_problems(catalogue, notes, self._report)
        return catalogue

    def _dressed(self, settings: Settings, generated: Collection[str]) -> "_Dress":
        frame = frame_of(settings, self._scratch)
        framed = frame.settle(generated, settings.mkdocs.pages)
        key = digest(theme_key(settings, frame), framed)
        return self._dress.get(key, lambda: _Dress(key, settings.path, frame, generated, self._warn))


@contextmanager
def preview(settings: Settings, report: Report, warn: Warn) -> Iterator[Preview]:
    """A preview of the repository with these settings, which may change meanwhile."""
    settings.build.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.build, prefix="preview-") as scratch:
        yield Preview(settings.path, Path(scratch), report, warn)


class _Kept(Generic[T]):
    """A value that is made again when its key changes."""

    def __init__(self) -> None:
        self._key: str | None = None
        self.value: T

    def get(self, key: str, make: Callable[[], T]) -> T:
        if self._key != key:
            self._key = None
            self.value = make()
            self._key = key
        return self.value


class _Dress:
    """What MkDocs adds to pages, and all files that are no generated page."""

    def __init__(self, key: str, settings: Path, frame: Frame, generated: Collection[str], warn: Warn) -> None:
        self.key = key
        self.maker = PageMaker(settings, frame.docs)
        self._settings = settings
        self._frame = frame
        self._generated = generated
        self._warn = warn

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """By path in the site."""
        files, warnings = self._frame.build(self._settings, self._generated)
        for line in warnings:
            self._warn(line)
        return files


class _Index:
    """The search index of one state of the content; `files` are those that no build has left."""

    def __init__(self, settings: Settings, catalogue: Catalogue, files: dict[str, bytes]) -> None:
        self._output = settings.output
        self._indexer = Indexer(settings, catalogue, Crew(map, is_far=False), settings.build)
        self._files = files
        self._names: set[str] = set()
        self._is_made = False

    def file(self, name: str) -> bytes | None:
        if not self._is_made:
            self._indexer.run(self._keep, self._put, self._read)
            for old in self._files.keys() - self._names:
                del self._files[old]
            self._is_made = True
        if name not in self._names:  # what is asked for may lead out of the site
            return None
        return self._read(name)

    def _keep(self, name: str, key: str) -> bool:
        """A segment's file never changes, whoever made it."""
        is_there = name in self._files or self._built(name).is_file()
        if is_there:
            self._names.add(name)
        return is_there

    def _put(self, name: str, key: str, data: bytes) -> None:
        self._files[name] = data
        self._names.add(name)

    def _read(self, name: str) -> bytes:
        return self._files[name] if name in self._files else self._built(name).read_bytes()

    def _built(self, name: str) -> Path:
        return self._output / name


class _Unbuilt:
    """Every file is made when it is asked for."""

    def __init__(
        self, tools: Tools, catalogue: Catalogue, dress: _Dress, paths: Collection[str], index: _Index
    ) -> None:
        self._index = index
        self._tools = tools
        self._catalogue = catalogue
        self._related = RelatedPapers(tools.settings, catalogue, Crew(map, is_far=False))
        self._dress = dress
        self._paths = paths
        self._days = {path: day for day in catalogue.days for path in day_paths(day)}
        self._cited = {path: day for day in catalogue.days for path in citation_paths(day)}

    @property
    def look(self) -> str:
        return self._dress.key

    def file(self, name: str) -> bytes | None:
        path = name.removesuffix("index.html")
        if name == f"{path}index.html" and path in self._paths:
            page = self._page(path)
            return self._dress.maker.render(page.path, page.text) if page else None
        if day := self._cited.get(name):
            return dict(self._tools.citations(self._tools.digest(self._catalogue.input(day)))).get(name)
        if name == SITEMAP:
            return sitemap_of(self._tools.settings.site, self._paths, self._dress.files)
        if name == links.OPENSEARCH and (described := opensearch(self._tools.settings.site)):
            return described.encode()
        if name.startswith(FOLDER) and name not in self._dress.files:
            return self._index.file(name)
        return self._dress.files.get(name)

    def _page(self, path: str) -> Page | None:
        """None for a paper's page that went with the paper since the catalogue read its listing."""
        if day := self._days.get(path):
            found = self._related.added(self._catalogue.input(day))
            return dict(self._tools.pages(self._tools.digest(found))).get(path)
        return self._rollups[path].make()

    @cached_property
    def _rollups(self) -> Mapping[str, RollUp]:
        return {rollup.path: rollup for rollup in RollUps(self._catalogue, self._tools)}


class _Built:
    """The whole site, built."""

    def __init__(self, settings: Settings, report: Report, warn: Warn) -> None:
        build(settings, Wishes(), report, warn)
        self._output = settings.output
        self._stamps = stamps(settings.output)

    @property
    def look(self) -> str:
        return digest(*(f"{name} {seen}" for name, seen in self._stamps.items() if not name.endswith(".html")))

    def file(self, name: str) -> bytes | None:
        return (self._output / name).read_bytes() if name in self._stamps else None
