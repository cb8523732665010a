"""`config.yaml` of the arxiv-daily family → topics (https://github.com/Vincentqyw/cv-arxiv-daily, `keywords:`)."""

import re
from collections.abc import Iterator

import yaml

from generator.errors import ContentError
from generator.model import Problem, Severity
from generator.settings.schema import TopicSettings, slugify

_EXAMPLE = 'Write SLAM: {filters: ["SLAM", "visual odometry"]} below keywords:'
_QUERY = re.compile(r"\b(?:AND|OR|ANDNOT)\b|\b(?:ti|au|abs|co|jr|cat|rn|id|all):")
_QUOTES = "\"'“”"


def parse_arxiv_daily(text: str, path: str) -> tuple[tuple[TopicSettings, ...], tuple[Problem, ...]]:
    """A topic for each entry of `keywords:`, and what of the file cannot be taken over.

    ContentError when the file is not YAML or has no keywords.
    """
    root = _composed(text, path)
    keywords = next((value for key, value in _pairs(root) if key.value == "keywords"), None)
    if keywords is None:
        raise ContentError(Problem(path, None, "has no keywords", f"{_EXAMPLE}, if it is such a config.yaml"))
    if not isinstance(keywords, yaml.MappingNode) or not keywords.value:
        text = "keywords maps no names to filters"
        raise ContentError(Problem(path, _line(keywords), text, _EXAMPLE))
    problems = list(_meaningless(root, path))
    topics = [found for key, value in _pairs(keywords) if (found := _topic(key, value, path, problems))]
    return tuple(topics), tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _composed(text: str, path: str) -> yaml.Node | None:
    """Values stay the text that was typed: a filter may read like a number."""
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "characters that YAML does not know"
        line = mark.line + 1 if mark else None
        hint = "Mend the YAML there; indentation and colons are the usual cause"
        raise ContentError(Problem(path, line, f"is not valid YAML: {what}", hint)) from error


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _meaningless(root: yaml.Node | None, path: str) -> Iterator[Problem]:
    others = [key for key, _ in _pairs(root) if key.value != "keywords"]
    if others:
        names = ", ".join(str(key.value) for key in others if isinstance(key, yaml.ScalarNode))
        hint = "Leave them behind: sources: in mkdocs.yml says where papers come from"
        yield Problem(path, _line(others[0]), f"without meaning here: {names}", hint, Severity.NOTICE)


def _topic(key: yaml.Node, value: yaml.Node, path: str, problems: list[Problem]) -> TopicSettings | None:
    """None, and a problem, when an entry cannot be a topic."""
    name = key.value.strip() if isinstance(key, yaml.ScalarNode) else ""
    line = _line(key)
    for inner, _ in _pairs(value):
        if inner.value != "filters":
            text = f"{name!r} has {inner.value!r}, which has no meaning here"
            problems.append(Problem(path, _line(inner), text, "Leave it behind", Severity.NOTICE))
    filters = next((found for inner, found in _pairs(value) if inner.value == "filters"), None)
    phrases = tuple(_phrases(name, filters, path, problems))
    if not name or not phrases:
        problems.append(Problem(path, line, f"{name!r} has no filters that can be used", _EXAMPLE))
        return None
    slug = next((slug for text in (name, *phrases) if (slug := slugify(text)) not in ("", "index")), None)
    if slug is None:
        hint = "Write the topic in mkdocs.yml, with a slug: of letters from a to z"
        problems.append(Problem(path, line, f"{name!r} makes no address", hint))
        return None
    return TopicSettings(name=name, slug=None if slug == slugify(name) else slug, any=phrases)


def _phrases(name: str, filters: yaml.Node | None, path: str, problems: list[Problem]) -> Iterator[str]:
    for node in filters.value if isinstance(filters, yaml.SequenceNode) else ():
        phrase = node.value.strip().strip(_QUOTES).strip() if isinstance(node, yaml.ScalarNode) else ""
        if not phrase or _QUERY.search(phrase):
            text = f"a filter of {name!r} is no phrase"
            hint = "Write words that stand in titles and abstracts, one phrase a filter"
            problems.append(Problem(path, _line(node), text, hint))
        else:
            yield phrase


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
