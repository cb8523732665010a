"""`config.yaml` of the arxiv-daily family → topics in the settings file."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import SettingsError
from generator.files import write_atomic
from generator.model import Problem, Severity
from generator.pipeline.importing import read_text
from generator.settings import Settings, load_settings
from generator.settings.adding import CannotAddError, topic_line, with_topics
from generator.settings.arxiv_daily import parse_arxiv_daily
from generator.settings.locating import shown
from generator.settings.schema import TopicSettings

_TRIED = ".importing"
_BOM = codecs.BOM_UTF8


@dataclass(frozen=True, slots=True)
class ImportedTopics:
    """How many topics an import added, how many were there already, and what of the file was not taken.

    `to_paste` are lines for the settings file that it could not write there, with the problem that says why.
    """

    added: int
    known: int
    problems: tuple[Problem, ...]
    to_paste: tuple[str, ...] = ()


def import_topics(settings: Settings, path: Path, strict: bool) -> ImportedTopics:
    """Add a topic for every keyword in `path` whose name and address none has yet.

    The settings file changes in one step, and only into one that loads and says the same besides. With `strict`,
    nothing is written when anything in the file has to be mended. ContentError when the file cannot be used.
    """
    wanted, found = parse_arxiv_daily(read_text(path), str(path))
    new, problems = _new(wanted, settings, str(path))
    problems = (*found, *problems)
    known = len(wanted) - len(new)
    if not new or (strict and any(problem.severity is Severity.ERROR for problem in problems)):
        return ImportedTopics(0, known, problems)
    try:
        _add(settings, new)
    except CannotAddError as error:
        hint = "Paste the lines that are printed with this below topics: of extra.broadsheet"
        refused = Problem(shown(settings.path), error.line, error.reason, hint)
        return ImportedTopics(0, known, (*problems, refused), tuple(map(topic_line, new)))
    return ImportedTopics(len(new), known, problems)


def _new(
    wanted: Sequence[TopicSettings], settings: Settings, path: str
) -> tuple[list[TopicSettings], tuple[Problem, ...]]:
    """Those that no topic has the address of, and a notice for each of the others."""
    taken = {topic.slug: topic.name for topic in settings.topics}
    new: list[TopicSettings] = []
    problems: list[Problem] = []
    for topic in wanted:
        slug = topic.topic().slug
        if slug not in taken:
            taken[slug] = topic.name
            new.append(topic)
            continue
        text = f"{topic.name!r} is left out: there is the topic {taken[slug]!r} at {slug}"
        hint = "Add its filters to that one's any: by hand, if they are wanted"
        problems.append(Problem(path, None, text, hint, Severity.NOTICE))
    return new, tuple(problems)


def _add(settings: Settings, new: Sequence[TopicSettings]) -> None:
    data = settings.path.read_bytes()
    mark = _BOM if data.startswith(_BOM) else b""
    text = with_topics(data.decode("utf-8-sig"), new)
    _refuse_other(settings, text, new)
    write_atomic(settings.path, mark + text.encode())


def _refuse_other(settings: Settings, text: str, new: Sequence[TopicSettings]) -> None:
    """CannotAddError unless the text loads, with all topics that there were and the new ones."""
    tried = settings.path.with_name(f".{settings.path.name}{_TRIED}")
    write_atomic(tried, text.encode(), durable=False)
    try:
        found = load_settings(tried).topics
    except SettingsError as error:
        raise CannotAddError(None, f"would not load with more topics ({error.problems[0].text})") from error
    finally:
        tried.unlink()
    if set(found) != {*settings.topics, *(topic.topic() for topic in new)}:
        raise CannotAddError(
            None, "has its topics where new ones cannot be written, such as in a file it inherits from"
        )
