"""What can happen to a digest repository between two builds, as hypothesis strategies of edits.

An edit is a function of the repository's root; its arguments are values, so that a failing sequence can be read.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from generator.archive import Archive
from generator.archive.listing_json import encode_listing
from generator.errors import ContentError
from generator.identifiers import title_id, url_id
from generator.model import Listing, Paper, Signals, State
from generator.vectors.texts import text_of
from tests.pipeline.vectors import place_vectors


class Edit:
    """What is done to a repository, and with what."""

    def __init__(self, apply: Callable[..., None], values: tuple[Any, ...]) -> None:
        self.apply = apply
        self.values = values

    def __call__(self, root: Path) -> None:
        """Do it."""
        self.apply(root, *self.values)

    def __repr__(self) -> str:
        return f"{self.apply.__name__}{self.values!r}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


def edits(apply: Callable[..., None], *values: Any) -> st.SearchStrategy[Edit]:
    """One argument for each group of values, or for each strategy."""
    drawn = (value if isinstance(value, st.SearchStrategy) else st.sampled_from(value) for value in values)
    return st.tuples(*drawn).map(lambda chosen: Edit(apply, chosen))


# --- what was fetched

DAYS = (
    date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 9), date(2025, 1, 31), date(2025, 2, 2),
)  # fmt: skip
SOURCES = ("huggingface", "arxiv", "blog", "dropped")
TITLES = (
    "A long title about graphs that several papers share",
    "Another long title, of trees and of forests alike",
    "Über <b>kurz</b> & $x^2$",
    "Graph",
    "\u200b",
)
WEAK = (url_id("https://blog.example/1"), title_id(TITLES[0]), title_id(TITLES[1]))
IDS = ("arxiv:2501.00001", "arxiv:2501.00002", "arxiv:hep-th/9901001", "doi:10.1000/x", *WEAK)
FETCHED = (datetime(2025, 2, 2, 6, tzinfo=UTC), datetime(2025, 2, 3, 7, tzinfo=UTC))

ABSTRACTS = ("", "Words about graphs.", "Two\n\nlines, $a < b$ and a\ttab.")

papers = st.builds(
    Paper,
    id=st.sampled_from(IDS),
    title=st.sampled_from(TITLES),
    abstract=st.sampled_from(ABSTRACTS),
    authors=st.sampled_from(((), ("Ann", "Bo"))),
    categories=st.sampled_from(((), ("cs.LG",))),
    announced=st.sampled_from((None, *DAYS[:2])),
    withdrawn=st.sampled_from((False, False, False, True)),
    signals=st.builds(Signals, votes=st.sampled_from((None, 0, 1, 163))),
)
listings = st.builds(
    Listing,
    source=st.sampled_from(SOURCES),
    date=st.sampled_from(DAYS),
    state=st.sampled_from(State),
    fetched=st.sampled_from(FETCHED),
    papers=st.lists(papers, max_size=3, unique_by=lambda paper: paper.id).map(tuple),
    reason=st.sampled_from((None, None, "answered 503")),
)


def _listing(root: Path, source: str, day: date) -> Path:
    return Archive(root / "content").path(source, day)


def fetch(root: Path, listing: Listing) -> None:
    with suppress(ContentError):  # a broken file is never written over
        Archive(root / "content").keep(listing)


def rewrite(root: Path, listing: Listing) -> None:
    write(root, _listing(root, listing.source, listing.date).relative_to(root).as_posix(), encode_listing(listing))


def drop(root: Path, source: str, day: date) -> None:
    _listing(root, source, day).unlink(missing_ok=True)


def drop_day(root: Path, day: date) -> None:
    shutil.rmtree(_listing(root, "any", day).parent, ignore_errors=True)


def break_listing(root: Path, source: str, day: date, data: bytes) -> None:
    write(root, _listing(root, source, day).relative_to(root).as_posix(), data)


def encode(root: Path, day: date, step: int, without: int) -> None:
    """Every text but each `without`-th has a vector, `step` degrees from the one before."""
    texts = [text for title in TITLES for body in ABSTRACTS if (text := text_of(Paper("", title, body)))]
    texts.append(text_of(NEWEST))
    angles = {text: float(number * step) for number, text in enumerate(texts) if (number + 1) % without}
    place_vectors(root, day, angles)


def _vectors(day: date) -> str:
    return f"content/vectors/minilm-l6-v2/{day:%Y/%m/%d}.vec"


def remove_vectors(root: Path, day: date) -> None:
    remove(root, _vectors(day))


def break_vectors(root: Path, day: date, data: bytes) -> None:
    write(root, _vectors(day), data)


NEWEST = Paper("arxiv:2502.00001", "Newest graph", "Words about trees.", ("Bo",))
encoding = st.one_of(
    edits(encode, DAYS, (0, 7, 30), (2, 3, 99)),
    edits(encode, DAYS, (0, 7, 30), (2, 3, 99)),
    edits(remove_vectors, DAYS),
    edits(break_vectors, DAYS, (b"", b"BSV1", b"something else altogether")),
)
fetching = st.one_of(
    edits(fetch, listings),
    edits(fetch, listings),
    edits(fetch, listings),
    edits(rewrite, listings),
    edits(drop, SOURCES, DAYS),
    edits(drop_day, DAYS),
    edits(break_listing, SOURCES, DAYS, (b"", b"{", b"\xff", b"[]")),
)


# --- what people wrote


def write(root: Path, name: str, data: bytes | str) -> None:
    path = root / name
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def remove(root: Path, name: str) -> None:
    path = root / name
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)


def note(root: Path, name: str, paper: str, curator: str, extra: str, body: str) -> None:
    write(root, name, f'---\npaper: "{paper}"\ncurator: {curator}\n{extra}---\n{body}\n')


NOTES = tuple(f"content/notes/{name}" for name in ("2025/01/a.md", "2025/01/b.md", "c.md", "d\udcff.md"))
CURATORS = (
    "ada: {name: Ada}\nbo: {name: Bo, link: 'https://bo.example/'}\n",
    "ada: {name: Ada Lovelace}\n",
    "bo: {name: Bo}\n",
    "ada: [\n",
    "",
)
HIDDEN = (
    f'papers: {{"{IDS[0]}": one}}\n',
    f'papers: {{"{IDS[1]}": one, "{IDS[2]}": two}}\nnotes: {{content/notes/c.md: three}}\n',
    "notes: {content/notes/2025/01/a.md: four}\n",
)
writing = st.one_of(
    edits(
        note,
        NOTES,
        IDS,
        ("ada", "bo", "github:eve"),
        ("", "pick: true\n", "topics: [graphs]\n", "topics: [trees]\nwritten_with_ai: true\n"),
        ("Read *this*.", "# Big\n\n    code with a\ttab\n\n- [x](https://x.example/)", "", "1 < 2 &amp; \x02 {{ x }}"),
    ),
    edits(write, NOTES, ("no front matter", b"\xff\xfe")),
    edits(remove, NOTES),
    edits(write, ("content/curators.yml",), CURATORS),
    edits(remove, ("content/curators.yml",)),
    edits(write, ("content/hidden.yml",), HIDDEN),
    edits(remove, ("content/hidden.yml",)),
)

PAGES = tuple(
    f"content/pages/{name}"
    for name in (
        *("about.md", "extra.md", "sub/deep.md", "sub/index.md", "index.md", "2025/01/01.md", "2025/01/index.md"),
        *("topics/README.md", "topics/graphs.md", "robots.txt", ".hidden.md", "archive.md", "plain.html"),
    )
)
HEADS = (
    "", "---\ntitle: Mine & yours\n---\n", "---\nstatus: new\nicon: material/star\nsubtitle: Sub\n---\n",
    "---\nhide: [navigation]\ntags: [one]\n---\n", "---\ntemplate: missing.html\n---\n", "---\n[\n---\n",
)  # fmt: skip
BODIES = (
    "# One\n\nWords.\n",
    "[a day](2025/01/01.md#2501.00001), [another](2025/02/02.md), [up](../2024/12/31.md), [month](2025/01/index.md)\n",
    "[home](index.md), [about](about.md), [extra](extra.md), [none](nowhere.md), [topic](topics/graphs.md)\n",
    "[a paper](papers/2501.00001.md#2501.00001), [a curator](curators/ada.md), [eve](curators/github.eve.md)\n",
    '<a href="2025/01/01.md">raw</a> [by name][x] ![image](assets/favicon.svg)\n\n[x]: archive.md "Title"\n',
    '## Two {#two}\n\n!!! note\n\n    "Admonition"\n\n[deep](sub/deep.md#two) [dir](2025/01/01/) [abs](/about.md)\n',
)
hand_written = st.one_of(
    st.builds(lambda name, head, body: Edit(write, (name, head + body)), *map(st.sampled_from, (PAGES, HEADS, BODIES))),
    edits(remove, PAGES),
    edits(write, PAGES, (b"# Not text\xff\n",)),
)


# --- settings and looks

GRAPHS = {"name": "Graphs", "any": ["graph"]}
TREES = {"name": "Trees <&>", "slug": "trees", "any": ["tree", "forest"], "none": ["graph"]}
HF = {"huggingface": {"type": "huggingface"}}
ARXIV = {"type": "arxiv", "categories": ["cs.LG"]}
BLOG = {"blog": {"type": "feed", "url": "https://blog.example/feed"}}
NAV = [{"Home": "index.md"}, {"About": "about.md"}, {"Archive": "archive.md"}]
BROADSHEET = ("extra", "broadsheet")
OPTIONS: dict[tuple[str, ...], tuple[Any, ...]] = {
    ("site_name",): ("Broadsheet", "Other & <more>"),
    ("site_url",): ("", "https://a.example/", "https://b.example/sub"),
    ("site_description",): ("One line", "Two\n\n   lines & <more>"),
    ("repo_url",): (None, "https://github.com/ann/digest"),
    ("copyright",): ("Nobody", "All"),
    ("theme", "language"): ("en", "de"),
    ("theme", "features"): ([], ["navigation.footer", "navigation.path", "navigation.sections", "toc.integrate"]),
    ("theme", "palette"): ({"scheme": "slate"}, {"scheme": "default", "primary": "red"}),
    ("extra_css",): (["assets/broadsheet.css"], ["assets/new.css"], []),
    ("markdown_extensions",): (["tables"], ["admonition", "attr_list", "smarty", {"toc": {"permalink": True}}]),
    ("plugins",): (["search"], ["search"], [], [{"search": {"lang": "de"}}], ["search", "tags"]),
    ("hooks",): ([], [], [], ["hook.py"]),
    ("exclude_docs",): ("", "about.md\n"),
    ("nav",): (
        NAV,
        [{"Start": "index.md"}, {"Über": "about.md"}],
        [*NAV, {"More": [{"Day": "2025/01/01.md"}, {"Extra": "extra.md"}, {"Away": "https://x.example/"}]}],
        [*NAV, {"Topics": [{"All": "topics/index.md"}, {"Graphs": "topics/graphs.md"}, {"Deep": "sub/deep.md"}]}],
        [*NAV, {"People": [{"All": "curators/index.md"}, {"Ada": "curators/ada.md"}, {"P": "papers/2501.00001.md"}]}],
        ["index.md", {"About": "about.md"}],
        None,
    ),
    ("validation", "links"): ({}, {"anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"}),
    ("extra", "generator"): (True, False),
    (*BROADSHEET, "timezone"): ("UTC", "Asia/Tokyo"),
    (*BROADSHEET, "topics"): ([GRAPHS], [GRAPHS, TREES], [TREES, GRAPHS], [{**GRAPHS, "any": ["x"]}], []),
    (*BROADSHEET, "ranking"): ({}, {"votes": 0, "topic": 9}, {"pick": -5.5, "half_life_days": 0.1}),
    (*BROADSHEET, "sources"): (
        {**HF, "arxiv": ARXIV, **BLOG},
        {**BLOG, "arxiv": {**ARXIV, "only_topics": True}, **HF},
        {"arxiv": {**ARXIV, "only_topics": True}, "dropped": {**ARXIV, "only_topics": True}, **HF, **BLOG},
        {},
    ),
    (*BROADSHEET, "contributing"): ({}, {"forge": "gitlab", "branch": "notes"}, {"email": "ann@mail.example"}),
    (*BROADSHEET, "fetch"): ({"refresh_days": 1}, {"grace_days": 9}),
    (*BROADSHEET, "search"): ({"meaning": True}, {"meaning": True}, {"meaning": False}),
}


def option(root: Path, keys: tuple[str, ...], value: Any) -> None:
    """`mkdocs.yml` inherits from `base.yml`, which stays as it is."""
    path = root / "mkdocs.yml"
    if not (root / "base.yml").exists():
        path.rename(root / "base.yml")
        write(root, "mkdocs.yml", "INHERIT: base.yml\n")
    config = yaml.safe_load(path.read_bytes())
    section = config
    for key in keys[:-1]:
        section = section.setdefault(key, {})
    section[keys[-1]] = value
    write(root, "mkdocs.yml", yaml.safe_dump(config, sort_keys=False))


def alter(root: Path, name: str, shape: str) -> None:
    """The shape stands where it shows, if the file is a template, else at the end."""
    path = root / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    place = next((mark for mark in ('<span id="start"', "<h2", "</div>") if mark in text), "")
    before, _, after = text.rpartition(place) if place else (text, "", "")
    write(root, name, f"{before}{shape}{place}{after}")


def link(root: Path, name: str) -> None:
    """The file lies elsewhere, and a link leads there."""
    path, elsewhere = root / name, root / "elsewhere" / name
    if path.is_file() and not path.is_symlink():
        elsewhere.parent.mkdir(parents=True, exist_ok=True)
        path.rename(elsewhere)
        path.symlink_to(elsewhere)


def touch(root: Path, when: int) -> None:
    """Every file of content and looks gets another time, and every second one another inode."""
    files = sorted(path for name in ("content", "site_templates") for path in (root / name).rglob("*"))
    for number, path in enumerate(path for path in files if path.is_file()):
        if number % 2:
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
        os.utime(path, (when, when))


def move(root: Path) -> None:
    """As a cache or a copy would bring everything back: equal bytes, other times, other inodes."""
    copy = root.with_name("copy")
    shutil.copytree(root, copy, symlinks=True, copy_function=shutil.copy)
    shutil.rmtree(root)
    copy.rename(root)


TEMPLATES = tuple(
    f"site_templates/{name}"
    for name in (
        *("pages/day.md.j2", "pages/_paper.md.j2", "pages/home.md.j2", "pages/month.md.j2", "pages/year.md.j2"),
        *("pages/topic.md.j2", "pages/topics.md.j2", "pages/archive.md.j2", "pages/paper.md.j2"),
        *("pages/curator.md.j2", "pages/curators.md.j2", "theme/main.html", "theme/404.html"),
        *("theme/partials/copyright.html", "theme/sitemap.xml", "assets/broadsheet.css", "assets/new.css"),
        *("theme/static.css", "pages/unused.md.j2"),
    )
)
SHAPES = ("{# seen nowhere #}", "<i>new</i>", "<i>{{ config.site_name }}</i>", "{% broken", "{{ nothing.here }}")
settling = st.one_of(
    *(edits(option, (keys,), values) for keys, values in OPTIONS.items()),
    edits(write, ("hook.py",), ("", "def on_page_content(html, **_):\n    return html + '<i>hooked</i>'\n")),
)
looks = st.one_of(
    edits(alter, TEMPLATES, SHAPES[:3]),
    edits(alter, TEMPLATES, SHAPES),
    edits(link, TEMPLATES),
    edits(remove, TEMPLATES[-6:]),
    edits(touch, (1_000_000_000, 1_700_000_000)),
    edits(move),
)


def some_of(*kinds: st.SearchStrategy[Edit]) -> st.SearchStrategy[list[Edit]]:
    """A few edits of one kind, each kind as often as the others: a new look would hide what new content did wrong."""
    return st.sampled_from(kinds).flatmap(lambda kind: st.lists(kind, min_size=1, max_size=3))


of_sources = some_of(fetching, fetching, encoding)
of_people = some_of(writing, writing, hand_written)
of_looks = some_of(settling, looks)
of_any = of_sources | of_people | of_looks


def begin(root: Path) -> None:
    """A repository in which nearly every edit shows: shared works, weak ids, notes, pages that link to days.

    All months but the last are closed, so that search has two segments, and the second holds the notes.
    """
    titles = (TITLES[0], TITLES[1], TITLES[2], TITLES[0])
    for number, (day, title) in enumerate(zip(DAYS, titles, strict=False)):
        listed = (Paper(IDS[number], title, "Words about graphs.", ("Ann", "Bo")), Paper(WEAK[number % 3], TITLES[0]))
        fetch(root, Listing(SOURCES[number % 2], day, State.ANNOUNCED, FETCHED[0], listed))
    fetch(root, Listing(SOURCES[0], DAYS[-1], State.ANNOUNCED, FETCHED[1], (NEWEST,)))
    for day in DAYS:
        encode(root, day, 7, 99)
    note(root, NOTES[0], IDS[0], "ada", "pick: true\n", "Read *this*.")
    note(root, NOTES[1], IDS[1], "bo", "topics: [trees]\n", "Doubt *that*.")
    write(root, "content/curators.yml", CURATORS[0])
    write(root, PAGES[1], HEADS[1] + BODIES[1])
    for keys, value in (
        ((*BROADSHEET, "topics"), [GRAPHS, TREES]),
        ((*BROADSHEET, "sources"), {**HF, "arxiv": {**ARXIV, "only_topics": True}}),
        ((*BROADSHEET, "fetch"), {"refresh_days": 1}),
        ((*BROADSHEET, "search"), {"meaning": True}),
        (("nav",), [*NAV, {"Extra": "extra.md"}]),
    ):
        option(root, keys, value)


# --- what befalls the folders that can be made again


def _alter(path: Path) -> None:
    """Other bytes of the same length and time."""
    data, times = bytearray(path.read_bytes()), path.stat()
    data[len(data) // 2 : len(data) // 2 + 1] = b"?"
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _replace(path: Path) -> None:
    """A folder with a file stands where the file stood, and the other way round."""
    is_folder = path.is_dir()
    remove(path.parent, path.name)
    if is_folder:
        path.write_bytes(b"a file")
    else:
        path.mkdir()
        (path / "inner").write_bytes(b"in a folder")


def _link(path: Path) -> None:
    remove(path.parent, path.name)
    path.symlink_to("nowhere")


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


_ON_FILES = (_alter, _cut)


def damage(root: Path, folder: str, which: int, how: Callable[[Path], None]) -> None:
    found = sorted((root / folder).rglob("*"))
    path = found[which % len(found)] if found else root / folder
    if path.exists() and (path.is_file() or how not in _ON_FILES):
        how(path)


def _delete(path: Path) -> None:
    remove(path.parent, path.name)


def stray(root: Path, name: str) -> None:
    if not (root / name).exists() and (root / name).parent.parent.is_dir():
        write(root, name, "stray")


def stray_folder(root: Path, name: str) -> None:
    if (root / name).parent.is_dir():
        (root / name).mkdir(exist_ok=True)


_damage = st.one_of(
    edits(damage, ("site",), st.integers(0, 200), (_alter, _cut, _delete, _replace, _link)),
    edits(damage, ("build",), st.integers(0, 200), (_alter, _cut, _delete, _replace, _link)),
    edits(stray, ("site/stray.html", "site/2025/x/y.html", "site/a.tmp", "build/frame/docs/x.md", "build/docs/x.md")),
    edits(stray_folder, ("site/empty", "site/2025/empty", "build/frame/docs/empty")),
    edits(remove, ("site", "build", "build/catalogue.sqlite", "build/ledger.json", "build/frame")),
)
of_chance = some_of(_damage)
