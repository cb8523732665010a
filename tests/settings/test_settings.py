"""mkdocs.yml → Settings, or every mistake at once."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.errors import SettingsError
from generator.settings import load_settings, settings_json_schema

ROOT = Path(__file__).parents[2]
HEAD = "site_name: Test\ndocs_dir: build/docs\nsite_dir: site\n"


def write(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, section: str) -> list[str]:
    path = write(folder, f"{HEAD}extra:\n  broadsheet:\n{section}")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_the_least_settings_are_enough(tmp_path):
    """Everything has a default that works, and a site may have no source at all."""
    settings = load_settings(write(tmp_path, f"{HEAD}extra:\n  broadsheet:\n"))
    assert (settings.site.name, settings.timezone.key, settings.fetch.refresh_days) == ("Test", "UTC", 7)
    assert settings.docs == tmp_path / "build/docs"


def test_inherit_and_env_work(tmp_path, monkeypatch):
    """MkDocs's own ways of sharing settings."""
    monkeypatch.setenv("DIGEST_NAME", "From outside")
    write(tmp_path, f"{HEAD}extra:\n  broadsheet:\n    timezone: Europe/Berlin\n", "base.yml")
    settings = load_settings(write(tmp_path, "INHERIT: base.yml\nsite_name: !ENV DIGEST_NAME\n"))
    assert (settings.site.name, settings.timezone.key) == ("From outside", "Europe/Berlin")


def test_an_error_in_the_inherited_file_names_that_file(tmp_path):
    """The line is where the mistake stands."""
    write(tmp_path, f"{HEAD}extra:\n  broadsheet:\n    timezone: Mars\n", "base.yml")
    with pytest.raises(SettingsError, match=r"base\.yml:6: "):
        load_settings(write(tmp_path, "INHERIT: base.yml\n"))


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.mkdir",
        "!!python/object/new:os.mkdir",
        "!!python/object:os.mkdir",
        "!!python/module:antigravity",
        "!<tag:yaml.org,2002:python/object/apply:os.mkdir>",
    ],
)
def test_tags_that_run_code_are_refused(tmp_path, tag):
    """MkDocs would obey them, in the file and in those it inherits from; reading obeys none."""
    write(tmp_path, f"{HEAD}extra:\n  evil: {tag} [{tmp_path}/made]\n", "base.yml")
    with pytest.raises(SettingsError, match=r"base\.yml:5: !!python/\S+ could run code\. Write the value itself"):
        load_settings(write(tmp_path, "INHERIT: base.yml\n"))
    assert not (tmp_path / "made").exists()


def test_a_function_may_be_named(tmp_path):
    """Material's manual asks for it, for emoji and for addresses of headings."""
    text = f"""{HEAD}extra: {{broadsheet: {{}}}}
markdown_extensions:
  - pymdownx.emoji: {{emoji_index: !!python/name:material.extensions.emoji.twemoji }}
  - toc: {{slugify: !!python/object/apply:pymdownx.slugs.slugify {{kwds: {{case: lower}}}} }}
"""
    assert load_settings(write(tmp_path, text)).site.name == "Test"


CASES = {
    "unknown key": (
        "    timezon: UTC\n",
        "mkdocs.yml:6: unknown setting extra.broadsheet.timezon. Did you mean timezone?",
    ),
    "wrong type": (
        "    fetch: {refresh_days: often}\n",
        "mkdocs.yml:6: extra.broadsheet.fetch.refresh_days must be a whole number. It is 'often' now",
    ),
    "no such zone": (
        "    timezone: Mars\n",
        "mkdocs.yml:6: extra.broadsheet.timezone: 'Mars' is not a time zone. Write one like UTC or Europe/Berlin",
    ),
    "source without type": (
        "    sources:\n      hf: {url: 'https://example.org'}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.hf has no type. Write type: huggingface, arxiv or feed",
    ),
    "source of unknown type": (
        "    sources:\n      hf: {type: hugingface}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.hf: unknown type 'hugingface'. Did you mean huggingface?",
    ),
    "misspelt key in a source": (
        "    sources:\n      hf: {type: huggingface, ur: x}\n",
        "mkdocs.yml:7: unknown setting extra.broadsheet.sources.hf.ur. Did you mean url?",
    ),
    "file address": (
        "    sources:\n      a: {type: feed, url: 'file:///etc/passwd'}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.a.url: 'file:///etc/passwd' is not a web address. "
        "Write one like https://example.org",
    ),
    "arXiv without categories": (
        "    sources:\n      a: {type: arxiv}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.a: an arXiv source needs categories. Write categories: [cs.LG]",
    ),
    "source name that is no file name": (
        "    sources:\n      ../x: {type: huggingface}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.../x: '../x' is no source name. Use small letters, digits, - and _",
    ),
    "topic that matches nothing": (
        "    topics:\n      - {name: Robots}\n",
        "mkdocs.yml:7: topic 'Robots': matches nothing. Give it any, all, categories or authors",
    ),
    "two topics, one address": (
        "    topics:\n      - {name: Robots, any: [x]}\n      - {name: robots!, any: [y]}\n",
        "mkdocs.yml:8: topic 'robots!' has the address of 'Robots' (robots). Give one of them a slug of its own",
    ),
    "topic without address": (
        "    topics:\n      - {name: 机器人, any: [x]}\n",
        "mkdocs.yml:7: topic '机器人': has no usable address. Give it a slug like slug: robots",
    ),
    "infinite weight": (
        "    ranking: {votes: .inf}\n",
        "mkdocs.yml:6: extra.broadsheet.ranking.votes must be a finite number. It is inf now",
    ),
    "written twice": (
        "    timezone: UTC\n    timezone: UTC\n",
        "mkdocs.yml:7: 'timezone' is written twice. Keep one of the two",
    ),
    "one category": (
        "    sources:\n      a: {type: arxiv, categories: cs.LG}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.a.categories must be a list. Write categories: [cs.LG]",
    ),
    "one phrase": (
        "    topics:\n      - {name: Theory, any: theory}\n",
        "mkdocs.yml:7: any of topic 'Theory' must be a list. Write any: [theory]",
    ),
    "a number for a phrase": (
        "    topics:\n      - {name: Theory, any: [theory, 5]}\n",
        "mkdocs.yml:7: any of topic 'Theory' must be text. Put it in quotes",
    ),
    "a feed without address": (
        "    sources:\n      a: {type: feed}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.a needs url. Write url: https://example.org/feed.xml",
    ),
    "a topic without name": (
        "    topics:\n      - {name: A, any: [a]}\n      - {any: [b]}\n",
        "mkdocs.yml:8: topic number 2 needs name. Write name: Robots",
    ),
    "misspelt key in a topic": (
        "    topics:\n      - {name: A, any: [a], slugs: a}\n",
        "mkdocs.yml:7: unknown setting slugs of topic 'A'. Did you mean slug?",
    ),
    "topics by name": (
        "    topics:\n      robots: [robot]\n",
        "mkdocs.yml:6: extra.broadsheet.topics must be a list. "
        "Write one a line: - {name: Robots, any: [robot, manipulation]}",
    ),
    "source that is only a name": (
        "    sources:\n      huggingface:\n",
        "mkdocs.yml:7: extra.broadsheet.sources.huggingface has no type. Write type: huggingface, arxiv or feed",
    ),
    "source of no type": (
        "    sources:\n      hf: {type: }\n",
        "mkdocs.yml:7: extra.broadsheet.sources.hf has no type. Write type: huggingface, arxiv or feed",
    ),
    "source of a type that is like none": (
        "    sources:\n      hf: {type: rest}\n",
        "mkdocs.yml:7: extra.broadsheet.sources.hf: unknown type 'rest'. Write type: huggingface, arxiv or feed",
    ),
    "out of bounds": (
        "    fetch: {refresh_days: 91}\n",
        "mkdocs.yml:6: extra.broadsheet.fetch.refresh_days must be 90 or less. It is 91 now",
    ),
    "half-life of nothing": (
        "    ranking: {half_life_days: 0}\n",
        "mkdocs.yml:6: extra.broadsheet.ranking.half_life_days must be more than 0. It is 0 now",
    ),
    "a word for a group": (
        "    fetch: daily\n",
        "mkdocs.yml:6: extra.broadsheet.fetch must hold keys of its own. It is 'daily' now",
    ),
    "unknown key that is empty": (
        "    timezon:\n",
        "mkdocs.yml:6: unknown setting extra.broadsheet.timezon. Did you mean timezone?",
    ),
    "keywords without filters": (
        "    keywords:\n      SLAM: {}\n",
        "mkdocs.yml:7: extra.broadsheet.keywords.SLAM needs filters. Write filters: [robot, manipulation]",
    ),
    "no contact": (
        "    fetch: {contact: me}\n",
        "mkdocs.yml:6: extra.broadsheet.fetch.contact: 'me' is no contact. "
        "Write mailto:you@example.org or an https address",
    ),
}


@pytest.mark.parametrize(("section", "expected"), CASES.values(), ids=CASES)
def test_each_mistake_says_where_what_and_how_to_mend_it(tmp_path, section, expected):
    """File, line, key, cause and mend."""
    assert problems(tmp_path, section) == [expected]


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("extra:\n  broadshet:\n    timezone: UTC\n", ":5: unknown setting extra.broadshet. Did you mean broadsheet?"),
        ("extra:\n  generator: false\n", ":4: there is no extra.broadsheet. Write broadsheet: indented below extra:, "),
        ("", ": there is no extra.broadsheet. "),
        ("extra: {broadsheet: hello}\n", ":4: extra.broadsheet must hold keys of its own. It is 'hello' now"),
    ],
    ids=["misspelt", "left out", "no extra", "no mapping"],
)
def test_settings_do_not_vanish_in_silence(tmp_path, extra, message):
    """A site without them would be built, of no source and no topic."""
    path = write(tmp_path, HEAD + extra)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{path}{message}")


def test_an_empty_key_counts_as_left_out(tmp_path):
    """Its default stands."""
    section = "extra:\n  broadsheet:\n    timezone:\n    sources:\n    topics:\n    fetch:\n      grace_days:\n"
    settings = load_settings(write(tmp_path, HEAD + section))
    assert (settings.timezone.key, settings.sources, settings.topics, settings.fetch.grace_days) == ("UTC", {}, (), 3)


def test_all_mistakes_come_at_once(tmp_path):
    """One run shows everything that is wrong."""
    found = problems(tmp_path, "    timezone: Mars\n    topcs: []\n    fetch: {refresh_days: 0}\n")
    assert len(found) == 3


def test_broken_yaml_names_its_line(tmp_path):
    """The YAML parser's own place."""
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:2: is not valid YAML"):
        load_settings(write(tmp_path, "site_name: x\n  bad: [\n"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date: 2025-13-01\n", r"mkdocs\.yml: is not valid YAML: month must be in 1\.\.12\. "),
        (
            "extra: {broadsheet: &a {topics: *a}}\n",
            r"mkdocs\.yml:1: is not valid YAML: found unconstructable recursive",
        ),
        ("- a list\n", r"mkdocs\.yml:1: must be a mapping\. "),
    ],
    ids=["no such day", "a value inside itself", "a list"],
)
def test_yaml_that_makes_no_settings_is_one_line(tmp_path, text, message):
    """What the YAML parser takes and we cannot."""
    with pytest.raises(SettingsError, match=message) as caught:
        load_settings(write(tmp_path, text))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("inherit", "message"),
    [
        ("mkdocs.yml", "mkdocs.yml:4: INHERIT leads back to {}/mkdocs.yml. Let one of the files inherit from none"),
        ("base.yml", "base.yml:1: INHERIT leads back to {}/mkdocs.yml. Let one of the files inherit from none"),
        (
            "bse.yml",
            "mkdocs.yml:4: INHERIT names bse.yml, and there is no such file. "
            "Mend the name, which counts from this file's folder, or leave INHERIT out",
        ),
        ("!ENV UNSET", "mkdocs.yml:4: INHERIT must name a file. Write INHERIT: ../base.yml"),
    ],
    ids=["itself", "a circle", "a missing file", "nothing"],
)
def test_a_wrong_inherit_is_refused_where_it_stands(tmp_path, inherit, message):
    """Before MkDocs's reader, which follows circles without end, sees it."""
    write(tmp_path, "INHERIT: ./mkdocs.yml\n", "base.yml")
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, f"{HEAD}INHERIT: {inherit}\n"))
    assert str(caught.value) == f"{tmp_path}/{message.format(tmp_path)}"


def test_a_missing_file_says_where_to_stand(tmp_path):
    """The first thing a newcomer meets."""
    with pytest.raises(SettingsError, match="there is no such file"):
        load_settings(tmp_path / "mkdocs.yml")


def test_a_hand_written_docs_folder_is_never_overwritten(tmp_path):
    """docs_dir must be the derived one, since pages are removed from it."""
    with pytest.raises(SettingsError, match="docs_dir must be build/docs"):
        load_settings(write(tmp_path, "site_name: x\nsite_dir: site\ndocs_dir: docs\n"))


def test_the_arxiv_daily_form_makes_topics(tmp_path):
    """`keywords: {NAME: {filters: […]}}` is accepted beside `topics`."""
    section = 'extra:\n  broadsheet:\n    keywords:\n      "SLAM": {filters: ["SLAM", "Visual Odometry"]}\n'
    (topic,) = load_settings(write(tmp_path, HEAD + section)).topics
    assert (topic.name, topic.slug, topic.any) == ("SLAM", "slam", ("SLAM", "Visual Odometry"))


def test_the_published_schema_is_the_one_in_force():
    """Editors complete from it; `python -m generator.settings > docs/settings.schema.json` writes it."""
    published = ROOT / "docs" / "settings.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == settings_json_schema()


@pytest.mark.parametrize("folder", [ROOT, ROOT / "site_templates/starter"], ids=["ours", "starter"])
def test_the_schema_is_one_of_the_whole_settings_file(folder):
    """The first line names it to editors, which hold all of mkdocs.yml against it: ours alone can be wrong."""

    class Loader(yaml.SafeLoader):
        """Reads `!ENV` as a plain value."""

    Loader.add_multi_constructor("!", lambda loader, suffix, node: suffix)
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=docs/settings.schema.json\n")
    values = yaml.load(text, Loader)
    validator = Draft202012Validator(settings_json_schema())
    assert [error.message for error in validator.iter_errors(values)] == []
    values["extra"]["broadsheet"]["topcs"] = []
    (error,) = validator.iter_errors(values)
    assert "'topcs' was unexpected" in error.message


@pytest.mark.parametrize(
    ("one", "other"), [("{kwds: {case: lower}}", "{kwds: {case: fold}}"), ("{kwds: {sep: _}}", "{}")]
)
def test_what_a_call_is_given_is_part_of_the_key(tmp_path, one, other):
    """Pages that are made with other settings are made again."""
    call = "!!python/object/apply:pymdownx.slugs.slugify"
    text = f"{HEAD}extra: {{broadsheet: {{}}}}\nmarkdown_extensions:\n  - toc: {{slugify: {call} %s }}\n"
    keys = {load_settings(write(tmp_path, text % arguments)).mkdocs.key for arguments in (one, other)}
    assert len(keys) == 2


def test_an_extension_that_reads_other_files_has_every_page_made_anew(tmp_path):
    """No key could hold what it reads."""
    text = (
        f"{HEAD}extra: {{broadsheet: {{}}}}\nnav: [{{Home: index.md}}]\nmarkdown_extensions: [toc, pymdownx.snippets]\n"
    )
    assert load_settings(write(tmp_path, text)).mkdocs.entangled == "the extension pymdownx.snippets reads other files"
