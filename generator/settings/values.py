"""The settings as the program carries them: frozen, resolved, with the places of all that a repository holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.model import Topic
from generator.settings.schema import (
    ArxivSource,
    CommunitySettings,
    ContributingSettings,
    FeedSource,
    FetchSettings,
    HuggingFaceSource,
    RankingWeights,
    SearchSettings,
)


@dataclass(frozen=True, slots=True)
class Site:
    """What mkdocs.yml says of the site itself; `url` ends in a slash."""

    name: str
    url: str | None = None
    description: str | None = None
    repo_url: str | None = None


@dataclass(frozen=True, slots=True)
class MkDocsSettings:
    """What we must know of MkDocs's own settings.

    `key` is a digest of all of them, `INHERIT` and `!ENV` resolved; `theme` is the folder that overrides the theme;
    `pages` are the Markdown files that the navigation names; `entangled` says what in them makes one page depend on
    others, so that each build must render them all.
    """

    key: str
    theme: Path | None
    pages: tuple[str, ...]
    entangled: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """All that mkdocs.yml decides for us; `root` is its folder and holds `content/` and `site_templates/`."""

    path: Path
    site: Site
    timezone: ZoneInfo
    sources: Mapping[str, HuggingFaceSource | ArxivSource | FeedSource]
    fetch: FetchSettings
    topics: tuple[Topic, ...]
    ranking: RankingWeights
    machine_summaries: bool
    search: SearchSettings
    community: CommunitySettings
    contributing: ContributingSettings
    mkdocs: MkDocsSettings

    @property
    def root(self) -> Path:
        """The repository: the folder of mkdocs.yml."""
        return self.path.parent

    @property
    def content(self) -> Path:
        """The truth: what was fetched and what people wrote."""
        return self.root / "content"

    @property
    def build(self) -> Path:
        """Derived and deletable."""
        return self.root / "build"

    @property
    def content_lock(self) -> Path:
        """Held by whoever reads a listing in order to write it."""
        return self.build / "content.lock"

    @property
    def weights(self) -> Path | None:
        """The folder of weights that the owner names."""
        return self.root / Path(self.search.weights).expanduser() if self.search.weights else None

    @property
    def docs(self) -> Path:
        """The Markdown tree that MkDocs reads."""
        return self.build / "docs"

    @property
    def templates(self) -> Path:
        """What gives the site its looks."""
        return self.root / "site_templates"

    @property
    def output(self) -> Path:
        """The finished site."""
        return self.root / "site"

    @property
    def watched(self) -> tuple[Path, ...]:
        """The folders of what a site is made of: not the settings files, nor the files of hooks."""
        return tuple(filter(None, (self.content, self.templates, self.mkdocs.theme)))
