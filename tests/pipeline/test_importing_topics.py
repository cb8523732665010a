"""`broadsheet import --as arxiv-daily`: the keywords of an arxiv-daily `config.yaml` → topics in mkdocs.yml."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.settings import load_settings
from tests.pipeline.conftest import Repository, new_repository

CONFIG = """# Which papers, and how
user_name: "wombat"
show_links: True
max_results: 10

keywords:
    "SLAM":
        filters: ["SLAM"]
    "Burrow Mapping":
        filters: ["burrow mapping", '"tunnel survey"',
                  "re-digging", 3D, yes]
"""
TOPICS = """timezone: UTC  # everywhere
topics:
  # what we read
  - {name: Graphs, any: [graph]}
  - name: Marsupials
    any:
      - wombat
      - quokka  # smiles

  # what we may read one day

ranking: {pick: 5}  # generous
"""
ADDED = """  - {name: SLAM, any: [SLAM]}
  - {name: Burrow Mapping, any: [burrow mapping, tunnel survey, re-digging, 3D, 'yes']}
"""


def write(repository: Repository, text: str = CONFIG) -> None:
    (repository.root / "config.yaml").write_text(text, encoding="utf-8")


def config(repository: Repository) -> str:
    return (repository.root / "mkdocs.yml").read_bytes().decode()


def indented(text: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def topics(repository: Repository) -> dict[str, tuple[str, ...]]:
    return {topic.name: topic.any for topic in load_settings(repository.root / "mkdocs.yml").topics}


def test_keywords_become_topics_behind_those_that_are_there(empty: Repository):
    """Comments and order stay; quotes around words go; what looks like a number or a switch is text."""
    empty.settings(TOPICS)
    before = config(empty)
    write(empty)
    done = empty.run("import", "--as", "arxiv-daily", "config.yaml")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "config.yaml:2: without meaning here: user_name, show_links, max_results. "
        "Leave them behind: sources: in mkdocs.yml says where papers come from",
        "config.yaml: 2 topics added, 0 known already",
    ]
    after_quokka = "          - quokka  # smiles\n"
    assert config(empty) == before.replace(after_quokka, after_quokka + indented(ADDED))
    assert topics(empty) == {
        "Graphs": ("graph",),
        "Marsupials": ("wombat", "quokka"),
        "SLAM": ("SLAM",),
        "Burrow Mapping": ("burrow mapping", "tunnel survey", "re-digging", "3D", "yes"),
    }


def test_importing_again_changes_nothing(empty: Repository):
    """Topics that are there already are said."""
    write(empty)
    empty.run("import", "--as", "arxiv-daily", "config.yaml")
    before = config(empty)
    done = empty.run("import", "--as", "arxiv-daily", "config.yaml")
    assert done.stderr.splitlines()[-1] == "config.yaml: 0 topics added, 2 known already"
    assert "config.yaml: 'SLAM' is left out: there is the topic 'SLAM' at slam. Add its filters to " in done.stderr
    assert config(empty) == before


WITHOUT_TOPICS = [
    ("timezone: UTC\nranking: {pick: 5}", "ranking: {pick: 5}\n"),
    ("topics:\ntimezone: UTC", "topics:\n"),
]


@pytest.mark.parametrize(("section", "before"), WITHOUT_TOPICS)
def test_topics_are_begun_where_there_are_none(empty: Repository, section: str, before: str):
    """As a key of its own, or below the empty one."""
    empty.settings(section)
    write(empty)
    assert empty.run("import", "--as", "arxiv-daily", "config.yaml").returncode == 0
    assert list(topics(empty)) == ["SLAM", "Burrow Mapping"]
    assert config(empty).count("topics:") == 1
    assert before in config(empty)


def test_line_ends_and_byte_order_mark_stay(empty: Repository):
    """Of a file written on Windows, and one whose last line has no end."""
    empty.settings("search: {meaning: false}\ntopics:\n  - {name: Graphs, any: [graph]}")
    written = b"\xef\xbb\xbf" + config(empty).rstrip("\n").replace("\n", "\r\n").encode()
    (empty.root / "mkdocs.yml").write_bytes(written)
    write(empty)
    assert empty.run("import", "--as", "arxiv-daily", "config.yaml").returncode == 0
    data = (empty.root / "mkdocs.yml").read_bytes()
    assert data == written + b"\r\n" + indented(ADDED).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("section", ["topics: [{name: Graphs, any: [graph]}]", "topics: []"])
def test_topics_written_in_another_way_are_left_alone(empty: Repository, section: str):
    """The lines to paste are printed, and nothing is written."""
    empty.settings(section)
    before = config(empty)
    write(empty)
    done = empty.run("import", "--as", "arxiv-daily", "config.yaml")
    line = before[: before.index("topics:")].count("\n") + 1
    assert done.returncode == 1
    assert f"mkdocs.yml:{line}: topics is not written as one topic below the other. Paste the lines " in done.stderr
    assert done.stdout == "".join(f"{line.strip()}\n" for line in ADDED.splitlines())
    assert config(empty) == before


def test_topics_that_share_what_they_look_for_are_kept(empty: Repository):
    """YAML's aliases end elsewhere than they stand."""
    empty.settings("topics:\n  - {name: Graphs, any: &any [graph]}\n  - {name: Trees, any: *any}")
    write(empty)
    assert empty.run("import", "--as", "arxiv-daily", "config.yaml").returncode == 0
    assert list(topics(empty)) == ["Graphs", "Trees", "SLAM", "Burrow Mapping"]


def test_topics_of_a_file_that_is_inherited_are_not_hidden(empty: Repository):
    """A list of the nearer file would take their place."""
    empty.settings("topics:\n  - {name: Graphs, any: [graph]}")
    (empty.root / "mkdocs.yml").rename(empty.root / "base.yml")
    (empty.root / "mkdocs.yml").write_text("INHERIT: base.yml\nextra:\n  broadsheet:\n    timezone: UTC\n")
    write(empty)
    done = empty.run("import", "--as", "arxiv-daily", "config.yaml")
    assert (done.returncode, "such as in a file it inherits from" in done.stderr) == (1, True)
    assert list(topics(empty)) == ["Graphs"]


WRONG = [
    ("keywords: [", "config.yaml:1: is not valid YAML: "),
    ("a: 1\n", 'config.yaml: has no keywords. Write SLAM: {filters: ["SLAM", "visual odometry"]} below keywords:, if '),
    ("", "config.yaml: has no keywords. "),
    ("- a\n", "config.yaml: has no keywords. "),
    ("a: 1\nkeywords: SLAM\n", "config.yaml:2: keywords maps no names to filters. Write SLAM: "),
    ("keywords: {}\n", "config.yaml:1: keywords maps no names to filters. Write SLAM: "),
    ("keywords:\n  SLAM: SLAM\n", "config.yaml:2: 'SLAM' has no filters that can be used. Write SLAM: "),
    ("keywords:\n  SLAM: {filters: SLAM}\n", "config.yaml:2: 'SLAM' has no filters that can be used. "),
    ("keywords:\n  SLAM: {filters: [' ', [x]]}\n", "config.yaml:2: a filter of 'SLAM' is no phrase. Write words"),
    ("keywords:\n  A:\n    filters: ['x AND cat:cs.CV']\n", "config.yaml:3: a filter of 'A' is no phrase. Write words"),
    (
        "keywords:\n  袋熊: {filters: [袋熊]}\n",
        "config.yaml:2: '袋熊' makes no address. Write the topic in mkdocs.yml, ",
    ),
    ("keywords:\n  A: {filters: [a], limit: 3}\n", "config.yaml:2: 'A' has 'limit', which has no meaning here. "),
    ("keywords:\n  [a, b]: {filters: [a]}\n", "config.yaml:2: '' has no filters that can be used. "),
    ("keywords:\n  C: {filters: [a]}\n  c!: {filters: [b]}\n", "'c!' is left out: there is the topic 'C' at c. "),
    ("\x00", "config.yaml: is not valid YAML: "),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_cannot_be_taken_over_is_one_line(empty: Repository, text: str, message: str):
    """With file, line and mend."""
    write(empty, text)
    done = empty.run("import", "--as", "arxiv-daily", "config.yaml")
    assert (message in done.stderr, "Traceback" in done.stderr) == (True, False), done.stderr


def test_a_name_without_an_address_takes_that_of_its_first_filter_that_has_one(empty: Repository):
    """Written as its slug."""
    write(empty, "keywords:\n  袋熊: {filters: [袋熊, wombat]}\n")
    assert empty.run("import", "--as", "arxiv-daily", "config.yaml").returncode == 0
    assert "- {name: 袋熊, slug: wombat, any: [袋熊, wombat]}\n" in config(empty)


def test_strict_writes_nothing_when_a_keyword_is_wrong(empty: Repository):
    """All or nothing; what only has no meaning here is not wrong."""
    before = config(empty)
    write(empty, f"{CONFIG}    Bad: x\n")
    assert empty.run("import", "--as", "arxiv-daily", "config.yaml", "--strict").returncode == 1
    assert config(empty) == before
    write(empty)
    assert empty.run("import", "--as", "arxiv-daily", "config.yaml", "--strict").returncode == 0


def test_it_takes_neither_a_day_nor_a_curator(empty: Repository):
    """Topics have none."""
    write(empty)
    for option in (("--date", "2025-10-01"), ("--curator", "ada")):
        done = empty.run("import", "--as", "arxiv-daily", "config.yaml", *option)
        assert (done.returncode, f"--as arxiv-daily takes no {option[0]}; it makes topics" in done.stderr) == (2, True)


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository for many imports."""
    return new_repository(tmp_path_factory.mktemp("topics") / "digest")


NAMES = st.one_of(
    st.text(max_size=6), st.sampled_from(("yes", "1.5", "a: b", "# c", "{d}", "- e", "&f", "!g", "it's", '"'))
)
CONFIGS = st.one_of(
    st.text(max_size=40),
    st.dictionaries(NAMES, st.lists(NAMES, max_size=3), max_size=4).map(
        lambda keywords: yaml.safe_dump(
            {"keywords": {name: {"filters": filters} for name, filters in keywords.items()}}, allow_unicode=True
        )
    ),
)


@given(CONFIGS)
def test_whatever_the_file_says_the_settings_load_afterwards(digest: Repository, text: str):
    """With the topics they had; nothing is left beside them."""
    digest.settings(TOPICS)
    (digest.root / "config.yaml").write_text(text, encoding="utf-8", errors="replace", newline="")
    before = topics(digest)
    config, file = str(digest.root / "mkdocs.yml"), str(digest.root / "config.yaml")
    done = CliRunner().invoke(main, ["--config", config, "import", "--as", "arxiv-daily", file])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    after = topics(digest)
    assert {name: after[name] for name in before} == before
    assert list(Path(digest.root).glob(".*")) == []
