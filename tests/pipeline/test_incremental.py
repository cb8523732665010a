"""Whatever happened between two builds, the second one leaves the site that a build from nothing makes.

A repository is edited, damaged and built in random order, and builds are killed midway.
`pytest --hypothesis-profile=long` looks much further.
"""

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from generator.errors import BroadsheetError
from generator.pipeline import Wishes, find_problems, write_pages
from generator.settings import load_settings
from generator.site import mkdocs_build
from tests.pipeline import edits
from tests.pipeline.builds import TRUTH, build_elsewhere, build_here, differing, snapshot
from tests.pipeline.conftest import CHECKOUT, new_repository
from tests.pipeline.edits import Edit

PLACES = ("", "build/frame", "build/stage", "build/ledger", "build/catalogue", "site")
"""Where a build is killed while it writes."""


class Digest(RuleBasedStateMachine):
    """One repository and what happens to it."""

    def __init__(self) -> None:
        super().__init__()
        self.scratch = TemporaryDirectory(prefix="broadsheet-")
        self.repository = new_repository(Path(self.scratch.name) / "digest")
        self.root = self.repository.root

    @initialize()
    def begin(self) -> None:
        """A few days to start with."""
        edits.begin(self.root)
        self.check_build(Wishes())
        assert len(json.loads((self.root / "site/search/index.json").read_bytes())["segments"]) == 2

    @rule(some=edits.of_sources)
    def fetch_and_build(self, some: list[Edit]) -> None:
        """The usual morning."""
        self.edit(some)
        self.check_build(Wishes())

    @rule(some=edits.of_people)
    def write_and_build(self, some: list[Edit]) -> None:
        """Notes, curators, pages."""
        self.edit(some)
        self.check_build(Wishes())

    @rule(some=edits.of_looks)
    def dress_and_build(self, some: list[Edit]) -> None:
        """Settings, templates, theme."""
        self.edit(some)
        self.check_build(Wishes())

    @rule(some=edits.of_chance, is_clean=st.sampled_from((False, False, False, True)))
    def damage_and_build(self, some: list[Edit], is_clean: bool) -> None:
        """Something else wrote into our folders."""
        self.edit(some)
        self.check_build(Wishes(is_clean=is_clean))

    @rule(some=edits.of_any, place=st.sampled_from(PLACES), touch=st.integers(1, 20))
    def edit_and_kill(self, some: list[Edit], place: str, touch: int) -> None:
        """Every file is the old or the new one; the next step goes on from what is left."""
        self.edit(some)
        old, new = snapshot(self.root / "site"), build_elsewhere(self.root)
        self.repository.run_killed(place, touch, "build", "--jobs", "1")
        left = snapshot(self.root / "site")
        assert [name for name in left if left[name] not in (old.get(name), new.site.get(name))] == []
        if new.error:
            self.restore()

    @rule(some=edits.of_any)
    def edit_and_look(self, some: list[Edit]) -> None:
        """`broadsheet pages` and `broadsheet check` share the catalogue with `build`."""
        self.edit(some)
        try:
            settings = load_settings(self.root / "mkdocs.yml")
            write_pages(settings, lambda problem: None)
            find_problems(settings)
        except BroadsheetError:
            self.restore()

    def edit(self, some: list[Edit]) -> None:
        """One after the other."""
        for edit in some:
            edit(self.root)

    def check_build(self, wishes: Wishes) -> None:
        """The same bytes, problems, warnings and counts as from nothing; the same error, and then no byte changes."""
        before = snapshot(self.root / "site")
        done, clean = build_here(self.root, wishes), build_elsewhere(self.root)
        assert (done.error, done.said, done.counts) == (clean.error, clean.said, clean.counts)
        assert differing(done.site, before if done.error else clean.site) == []
        assert [name for name in _promised(clean.site) if name not in clean.site] == []
        if done.error:
            self.restore()

    def restore(self) -> None:
        """What stops every build comes back from git."""
        for name in ("content/pages", *TRUTH[1:]):
            edits.remove(self.root, name)
        for name in ("content/pages", "site_templates"):
            shutil.copytree(CHECKOUT / name, self.root / name)
        shutil.copy(CHECKOUT / "mkdocs.yml", self.root / "mkdocs.yml")

    def teardown(self) -> None:
        """Plain MkDocs makes the same pages of the Markdown that `broadsheet pages` writes."""
        with self.scratch:
            done = build_here(self.root)
            if not done.error:
                settings = load_settings(self.root / "mkdocs.yml")
                write_pages(settings, lambda problem: None)
                mkdocs_build(settings.path, settings.docs, self.root / "plain")
                assert differing(_pages(done.site), _pages(snapshot(self.root / "plain"))) == []


def _promised(site: dict[str, bytes | str]) -> list[str]:
    """The files at the addresses of the sitemap."""
    sitemap = site.get("sitemap.xml", b"")
    assert isinstance(sitemap, bytes)
    found = re.findall(r"<loc>https://[ab]\.example/(?:sub/)?([^<]*)</loc>", sitemap.decode())
    return [name if name.endswith(".html") else f"{name}index.html" for name in found]


def _pages(site: dict[str, bytes | str]) -> dict[str, bytes | str]:
    return {name: data for name, data in site.items() if name.endswith(".html")}


TestDigest = Digest.TestCase
TestDigest.settings = settings(max_examples=settings().max_examples // 20, stateful_step_count=10, deadline=None)
