"""The known traps of building only what changed, one test each."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.files import discard
from generator.pipeline import Wishes
from tests.pipeline.builds import build_elsewhere, build_here, differing
from tests.pipeline.conftest import CHECKOUT, Repository, paper
from tests.pipeline.edits import GRAPHS, alter, link, option, write

DAY = "2025/10/01/index.html"
"""A page that shows nothing of settings and looks but what every page shows."""


@pytest.fixture
def built(base: Path, tmp_path: Path) -> Repository:
    """Three days and a note, built."""
    return Repository(shutil.copytree(base, tmp_path / "digest"))


def page(repository: Repository, name: str = DAY) -> str:
    return (repository.root / "site" / name).read_text(encoding="utf-8")


# --- everything a page is made of is part of its key

BROADSHEET = ("extra", "broadsheet")
OPTIONS: dict[str, tuple[tuple[str, ...], Any, str]] = {
    "site_url": (("site_url",), "https://b.example/sub", 'href="https://b.example/sub/2025/10/01/"'),
    "site_name": (("site_name",), "Other", "Other</title>"),
    "site_description": (("site_description",), "Said of all", ""),
    "copyright": (("copyright",), "Nobody’s", "Nobody’s"),
    "repo_url": (("repo_url",), "https://github.com/ann/digest", "https://github.com/ann/digest"),
    "language": (("theme", "language"), "de", 'lang="de"'),
    "features": (("theme", "features"), ["navigation.path"], "navigation.path"),
    "palette": (("theme", "palette"), {"scheme": "slate"}, 'data-md-color-scheme="slate"'),
    "extra_css": (("extra_css",), ["assets/other.css"], "assets/other.css"),
    "plugins": (("plugins",), [], ""),
    "title in nav": (("nav",), [{"Start here": "index.md"}], "Start here"),
    "extra": (("extra", "social"), [{"icon": "material/star", "link": "https://x.example/"}], "https://x.example/"),
    "topics": ((*BROADSHEET, "topics"), [{**GRAPHS, "name": "Drawings"}], "Drawings"),
    "ranking": ((*BROADSHEET, "ranking"), {"pick": 77}, ""),
    "sources": ((*BROADSHEET, "sources"), {}, ""),
}


@pytest.mark.parametrize(("keys", "value", "shown"), OPTIONS.values(), ids=OPTIONS)
def test_every_option_is_part_of_the_key(built: Repository, keys: tuple[str, ...], value: Any, shown: str):
    """Pages that stood before show the change, and the whole is what a build from nothing makes."""
    option(built.root, keys, value)
    done = build_here(built.root)
    assert (done.error, differing(done.site, build_elsewhere(built.root).site)) == ("", [])
    assert shown in page(built)


FILES = {
    "template": ("site_templates/pages/day.md.j2", DAY),
    "template within a template": ("site_templates/pages/_paper.md.j2", DAY),
    "theme": ("site_templates/theme/main.html", DAY),
    "new override": ("site_templates/theme/partials/copyright.html", DAY),
    "asset": ("site_templates/assets/broadsheet.css", "assets/broadsheet.css"),
    "hand-written page": ("content/pages/about.md", "about/index.html"),
}


@pytest.mark.parametrize(("name", "shown_in"), FILES.values(), ids=FILES)
def test_templates_theme_and_assets_are_part_of_the_key(built: Repository, name: str, shown_in: str):
    """What is altered shows in the next build."""
    alter(built.root, name, "<i>new</i>")
    assert build_here(built.root).error == ""
    assert "<i>new</i>" in page(built, shown_in)


@pytest.mark.parametrize("name", ["site_templates/pages/day.md.j2", "site_templates/theme/main.html"])
def test_what_a_link_leads_to_is_part_of_the_key(built: Repository, name: str):
    """Templates may be shared between repositories by links, which Jinja follows."""
    link(built.root, name)
    assert build_here(built.root).error == ""
    alter(built.root, name, "<i>new</i>")
    assert build_here(built.root).error == ""
    assert "<i>new</i>" in page(built)


def test_who_a_curator_is_is_part_of_the_key(built: Repository):
    """Notes stay as they are, their author gets another name."""
    write(built.root, "content/curators.yml", "ada: {name: Ada Lovelace}\n")
    build_here(built.root)
    assert "Ada Lovelace" in page(built)


def test_an_environment_variable_in_settings_is_part_of_the_key(built: Repository, monkeypatch: pytest.MonkeyPatch):
    """`!ENV [BROADSHEET_SITE_URL, ""]`."""
    monkeypatch.setenv("BROADSHEET_SITE_URL", "https://env.example/")
    build_here(built.root)
    assert 'href="https://env.example/2025/10/01/"' in page(built)


def test_icons_of_pages_in_the_navigation_are_part_of_the_key(built: Repository):
    """Every page shows what a hand-written page says about itself in its front matter."""
    write(built.root, "content/pages/about.md", "---\nstatus: new\n---\n# About\n")
    done = build_here(built.root)
    assert "md-status--new" in page(built)
    assert differing(done.site, build_elsewhere(built.root).site) == []


# --- packages: a theme of our own, installed where only these builds look

TOY = """\
site_name: Toy
docs_dir: build/docs
site_dir: site
theme: {name: toy}
plugins: []
nav: [{Home: index.md}]
extra: {broadsheet: {}}
"""


@pytest.fixture
def toy(repository: Repository, tmp_path: Path) -> Callable[..., str]:
    """Text of the theme and its version → stderr of a build with it."""
    write(repository.root, "mkdocs.yml", TOY)
    folder = tmp_path / "packages"

    def build(text: str, version: str, *arguments: str) -> str:
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, "toy/__init__.py", "")
        write(folder, "toy/mkdocs_theme.yml", "static_templates: []\n")
        write(folder, "toy/main.html", text + "{{ page.content }}")
        write(folder, f"toy-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: toy\nVersion: {version}\n")
        write(folder, f"toy-{version}.dist-info/entry_points.txt", "[mkdocs.themes]\ntoy = toy\n")
        path = f"{CHECKOUT}{os.pathsep}{folder}"
        return repository.run("build", "--jobs", "1", *arguments, env={"PYTHONPATH": path}).stderr

    return build


def test_versions_of_packages_are_part_of_the_key(repository: Repository, toy: Callable[..., str]):
    """A theme that was updated shows on every page."""
    toy("First", "1")
    assert page(repository).startswith("First")
    toy("Second", "2")
    assert page(repository).startswith("Second")


def test_a_canary_notices_what_no_key_tells(repository: Repository, toy: Callable[..., str]):
    """A theme that was changed within its version: nothing is published, and the way out works."""
    toy("First", "1")
    said = toy("Second", "1")
    assert "is not what a build makes of the same content today. Nothing was published." in said
    assert page(repository).startswith("First")
    assert "Nothing" not in toy("Second", "1", "--clean")
    assert page(repository).startswith("Second")


def test_a_canary_notices_a_theme_that_tells_the_time(built: Repository):
    """No two builds could ever agree."""
    alter(built.root, "site_templates/theme/main.html", "{{ build_date_utc }}")
    assert build_here(built.root).error == ""
    before = build_here(built.root)
    assert "is not what a build makes of the same content today" in before.error


# --- --verify


def test_verify_agrees_with_a_good_site(built: Repository):
    """All pages are made again, not only a few."""
    built.keep(date(2025, 10, 7), paper(7))
    assert build_here(built.root, Wishes(is_verified=True)).error == ""


def test_verify_names_the_file_that_differs(built: Repository):
    """A hand-written page that tells the time, which no canary looks at."""
    write(built.root, "site_templates/theme/clock.html", "{{ build_date_utc }}")
    write(built.root, "content/pages/about.md", "---\ntemplate: clock.html\n---\n")
    assert build_here(built.root).error == ""
    error = build_here(built.root, Wishes(is_verified=True)).error
    assert error.startswith(
        "about/index.html in site/ differ from a build from nothing, which is in /build/verify/site."
    )


# --- the folder that readers look at


def test_unchanged_files_keep_their_time_and_no_reader_meets_a_gap(built: Repository, monkeypatch: pytest.MonkeyPatch):
    """`site/` is never emptied: after each step of a build, every page that stays is there."""
    site = built.root / "site"
    segments = {
        *site.glob("search/*/**/*.bin"),
        *site.glob("search/latest-*.bin"),
    }  # named by their bytes: others take their place
    before = {path: path.stat().st_mtime_ns for path in set(site.rglob("*")) - segments if path.is_file()}
    gone = site / "2025/10/03/index.html"
    missing: set[Path] = set()

    def watched(name: str) -> None:
        real = getattr(os, name)

        def step(*arguments: Any, **options: Any) -> Any:
            result = real(*arguments, **options)
            missing.update(path for path in before if path.parent != gone.parent and not path.is_file())
            return result

        monkeypatch.setattr(os, name, step)

    for name in ("replace", "rename", "unlink", "remove", "rmdir", "mkdir"):
        watched(name)
    built.keep(date(2025, 10, 7), paper(7))
    shutil.rmtree(built.root / "content/listings/2025/10/03")
    missing.clear()
    assert build_here(built.root).error == ""
    assert (missing, gone.exists(), (site / "2025/10/07/index.html").exists()) == (set(), False, True)
    same = {path for path in before if path.exists() and path.stat().st_mtime_ns == before[path]}
    assert site / "assets/broadsheet.css" in same
    assert site / "2025/09/30/index.html" in same


def test_a_copy_by_hard_links_stays_as_it_was(built: Repository):
    """Files are replaced, never written into."""
    site, copy = built.root / "site", built.root / "copy"
    shutil.copytree(site, copy, copy_function=os.link)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    alter(built.root, "site_templates/pages/day.md.j2", "<i>new</i>")
    alter(built.root, "site_templates/assets/broadsheet.css", "/* new */")
    option(built.root, ("site_url",), "https://b.example/")
    assert build_here(built.root).error == ""
    assert {path: path.read_bytes() for path in before} == before
    assert (site / "sitemap.xml").read_bytes() != (copy / "sitemap.xml").read_bytes()


@pytest.mark.parametrize("plugins", [["search"], ["search", "tags"]], ids=["page by page", "all at once"])
def test_the_sitemap_carries_no_time(repository: Repository, plugins: list[str]):
    """Its compressed twin would, so there is none."""
    option(repository.root, ("plugins",), plugins)
    option(repository.root, ("site_url",), "https://b.example/")
    site = build_here(repository.root).site
    assert b"<loc>https://b.example/2025/10/01/</loc>" in site["sitemap.xml"]
    assert b"lastmod" not in site["sitemap.xml"]
    assert "sitemap.xml.gz" not in site


def test_titles_that_mkdocs_must_look_up_are_kept_up_to_date(repository: Repository):
    """Without a title in `nav`, a page's heading stands on all others: all are rendered, and the build says so."""
    option(repository.root, ("nav",), [{"Home": "index.md"}, "about.md"])
    write(repository.root, "content/pages/about.md", "# Old heading\n")
    said = repository.run("build").stderr
    assert "every page was rendered, since nav gives about.md no title" in said
    write(repository.root, "content/pages/about.md", "# New heading\n")
    build_here(repository.root)
    assert "New heading" in page(repository)


def test_extra_templates_see_all_pages(repository: Repository):
    """They may list every page, so all pages go through one `mkdocs build`."""
    option(repository.root, ("extra_templates",), ["list.html"])
    write(repository.root, "content/pages/list.html", "{% for page in pages %}{{ page.url }} {% endfor %}")
    said = repository.run("build").stderr
    assert "every page was rendered, since extra_templates may list all pages" in said
    assert "2025/10/01/" in page(repository, "list.html")


def test_serving_does_not_change_the_address_of_the_site(built: Repository):
    """`mkdocs serve` would write its own address into every page."""
    option(built.root, ("site_url",), "https://b.example/")
    before = build_here(built.root).site
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "generator.cli", "serve", "--port", port]
    process = subprocess.Popen(
        command, cwd=built.root, env=built.environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert process.stderr is not None
    with process.stderr:
        assert any(line.startswith("Serving on") for line in process.stderr)
        process.kill()
    process.wait()
    assert differing(build_here(built.root).site, before) == []
    assert 'href="https://b.example/2025/10/01/"' in page(built)


def test_two_builds_at_once_take_turns(built: Repository):
    """Both end well, and the site is right."""
    built.keep(date(2025, 10, 7), paper(7))
    alter(built.root, "site_templates/pages/day.md.j2", "<i>new</i>")
    command = [sys.executable, "-m", "generator.cli", "build"]
    both = [
        subprocess.Popen(command, cwd=built.root, env=built.environment(), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    done = build_here(built.root)
    assert differing(done.site, build_elsewhere(built.root).site) == []


# --- whatever else writes into our folders


def _link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _altered(path: Path) -> None:
    """Same size, same time."""
    times = path.stat()
    path.write_bytes(b"?" * times.st_size)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


STRANGE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a page deleted": (DAY, Path.unlink),
    "a page altered": (DAY, _altered),
    "a page as a link to nowhere": (DAY, _link),
    "an empty folder": ("2025/empty", Path.mkdir),
    "a link to a folder": ("2025/link", lambda path: path.symlink_to("/")),
}
"""tests/pipeline/test_restored_cache.py holds more."""


@pytest.mark.parametrize(("name", "befall"), STRANGE.values(), ids=STRANGE)
def test_what_else_was_done_to_the_site_is_undone(built: Repository, name: str, befall: Callable[[Path], None]):
    """The next build ends with the same bytes, and nothing beside them."""
    before = build_here(built.root).site
    befall(built.root / "site" / name)
    done = build_here(built.root)
    assert (done.error, differing(done.site, before)) == ("", [])


@pytest.mark.parametrize("name", ["assets", "index.html", ""])
def test_a_link_where_the_frame_was_made_is_none_of_our_files(built: Repository, name: str):
    """What stands there is made again, whatever it became since."""
    made = built.root / "build/frame/site" / name
    discard(made)
    made.symlink_to("nowhere")
    (built.root / "site_templates/assets/new.css").write_text("p {}", encoding="utf-8")
    assert build_here(built.root).error == ""
    assert (built.root / "site/assets/new.css").read_text(encoding="utf-8") == "p {}"


def test_a_site_that_lies_elsewhere_stays_there(built: Repository, tmp_path: Path):
    """`site` may be a link to what a web server shows, on another disk too."""
    target = Path("/dev/shm") / f"broadsheet-{os.getpid()}" if Path("/dev/shm").is_dir() else tmp_path / "elsewhere"
    shutil.move(built.root / "site", target)
    try:
        (built.root / "site").symlink_to(target)
        built.keep(date(2025, 10, 7), paper(7))
        done = build_here(built.root)
        assert (done.error, (built.root / "site").is_symlink()) == ("", True)
        assert differing(done.site, build_elsewhere(built.root).site) == []
    finally:
        shutil.rmtree(target)
