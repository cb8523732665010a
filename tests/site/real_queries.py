"""Queries made from the real days, a maker for every operator, each with what must be found, counted by hand."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.search.analysis import content_words, stem, words
from tests.site.real_days import Days, Known, plain, where

FEW = 40


@dataclass(frozen=True, slots=True)
class Case:
    """`first` stand first, in this order; nothing but `among` is found, and all of it if there is an order `by`.

    `counted`: how many there are is told.
    """

    query: str
    first: tuple[Known, ...] = ()
    among: tuple[Known, ...] | None = None
    by: Callable[[Known], object] | None = None
    counted: bool = False


def _day(known: Known) -> object:
    return known.day


def _votes(known: Known) -> object:
    return known.votes


def _newest(query: str, among: Iterable[Known]) -> Case:
    return Case(query, among=tuple(among), by=_day, counted=True)


def _title(days: Days) -> Case:
    known = days.paper(lambda known: len(set(plain(known.title))) > 3 and '"' not in known.paper.title)
    return Case(" ".join(known.paper.title.split()), (known,))


def _title_in_any_order(days: Days) -> Case:
    known = days.paper(lambda known: len(set(plain(known.title))) > 5)
    return Case(" ".join(days.mixed(plain(known.title))), (known,))


def _phrase(days: Days) -> Case:
    phrase: tuple[str, ...] = ()
    while not phrase:
        known = days.paper()
        phrase = days.phrase(known.abstract)
    return Case(f'"{" ".join(phrase)}"', (known,), (known,))


def _either_phrase(days: Days) -> Case:
    one, other = _seldom(days), _seldom(days)
    return Case(f"{one.query} OR {other.query}", among=(*one.first, *other.first), by=lambda _: 0)


def _seldom(days: Days) -> Case:
    """A phrase whose words stand in few papers, so that the pages of all of them are read."""
    while len(days.with_words(*content_words((case := _phrase(days)).query))) > FEW:
        pass
    return case


def _phrase_and_year(days: Days) -> Case:
    case = _phrase(days)
    return Case(f"{case.query} year:{case.first[0].day.year}", case.first, case.first)


def _not_a_word(days: Days) -> Case:
    known = days.paper(lambda known: len(plain(known.title)) > 2)
    one, other = days.mixed(plain(known.title))[:2]
    without = where(days.titled(one), lambda known: stem(other) not in known.stems)
    return _newest(f"title:{one} -{other}", without)


def _not_a_phrase(days: Days) -> Case:
    case = _phrase(days)
    name = days.mixed(case.first[0].paper.authors)[0]
    others = where(days.by(name), lambda known: known is not case.first[0])
    return Case(f'author:"{name}" -{case.query}', among=tuple(others), by=_day)


def _not_an_author(days: Days) -> Case:
    name = days.author()
    known = next(known for known in days.by(name) if name in known.paper.authors)
    word = days.mixed(plain(known.title) or ["wombat"])[0]
    without = where(days.titled(word), lambda known: not set(words(name)) <= known.names)
    return _newest(f'title:{word} -author:"{name}"', without)


def _either_author(days: Days) -> Case:
    one, other = days.author(), days.author()
    among = {known.anchor: known for known in (*days.by(one), *days.by(other))}
    return _newest(f'author:"{one}" OR author:"{other}"', among.values())


def _title_or_topic(days: Days) -> Case:
    word = days.word(days.paper(lambda known: plain(known.title)))
    titled = set(days.titled(word))
    return _newest(
        f"title:{word} OR topic:graph",
        where(days.papers, lambda known: known in titled or "graph-learning" in known.topics),
    )


def _author(days: Days) -> Case:
    name = days.author()
    return _newest(f'author:"{name}"', days.by(name))


def _author_and_year(days: Days) -> Case:
    name = days.author()
    year = days.mixed(str(known.day.year) for known in days.by(name))[0]
    among = where(days.by(name), lambda known: str(known.day.year) == year)
    return _newest(f'author:"{name}" year:{year}', among)


def _author_and_words(days: Days) -> Case:
    name = days.author()
    known = next(known for known in days.by(name) if name in known.paper.authors)
    among = tuple(days.by(name))
    return Case(f'{" ".join(known.title)} author:"{name}"', (known,), among)


def _word_of_title(days: Days) -> Case:
    word = days.word(days.paper(lambda known: plain(known.title)))
    return _newest(f"title:{word}", days.titled(word))


def _words_of_title(days: Days) -> Case:
    one, other = days.mixed(plain(days.paper(lambda known: len(plain(known.title)) > 1).title))[:2]
    return _newest(f'title:"{one} {other}"', days.titled(one, other))


def _topic(days: Days) -> Case:
    known = days.paper(lambda known: "graph-learning" in known.topics and len(plain(known.title)) > 3)
    among = where(days.papers, lambda known: "graph-learning" in known.topics)
    return Case(f'{" ".join(known.title)} topic:"Graph learning"', (known,), tuple(among))


def _topic_said_by_curators(days: Days) -> Case:
    return _newest("topic:reading-list", where(days.papers, lambda known: "reading-list" in known.topics))


def _curator(days: Days) -> Case:
    return _newest("curator:ada", where(days.papers, lambda known: any(note[0] == "ada" for note in known.notes)))


def _curators_name(days: Days) -> Case:
    among = where(days.papers, lambda known: any(note[0] == "bo" for note in known.notes))
    return _newest('curator:"Bo Holm" has:note', among)


def _not_by_a_curator(days: Days) -> Case:
    among = where(days.papers, lambda known: bool(known.notes) and all(note[0] != "bo" for note in known.notes))
    return _newest("has:note -curator:bo", among)


def _source(days: Days) -> Case:
    return _newest("source:club", where(days.papers, lambda known: known.source == "club"))


def _not_a_source(days: Days) -> Case:
    among = where(days.papers, lambda known: known.source != "huggingface")
    return _newest("year:2024 -source:huggingface", among)


def _organization(days: Days) -> Case:
    known = days.paper(lambda known: re.fullmatch("[A-Za-z ]+", known.organization))
    wanted = set(words(known.organization))
    among = where(days.papers, lambda known: wanted <= set(words(known.organization)))
    return _newest(f'org:"{known.organization}"', among)


def _code(days: Days) -> Case:
    known = days.paper(lambda known: known.has_code and plain(known.title))
    word = days.word(known)
    return _newest(f"has:code title:{word}", where(days.titled(word), lambda known: known.has_code))


def _without_code(days: Days) -> Case:
    day = days.paper().day
    among = where(days.papers, lambda known: known.day == day and not known.has_code)
    return _newest(f"on:{day} -has:code", among)


def _pick(days: Days) -> Case:
    return _newest("has:pick", where(days.papers, lambda known: any(note[1] for note in known.notes)))


def _words_of_a_note(days: Days) -> Case:
    among = where(days.papers, lambda known: any("wombat" in content_words(note[2]) for note in known.notes))
    return _newest("wombat has:note sort:date", among)


def _before(days: Days) -> Case:
    day = days.paper().day
    return _newest(f"before:{day:%Y-%m}", where(days.papers, lambda known: known.day < day.replace(day=1)))


def _between(days: Days) -> Case:
    first, last = sorted((days.paper().day, days.paper().day))
    return _newest(f"after:{first} before:{last}", where(days.papers, lambda known: first <= known.day < last))


def _on(days: Days) -> Case:
    day = days.paper().day
    return _newest(f"on:{day}", where(days.papers, lambda known: known.day == day))


def _on_a_month(days: Days) -> Case:
    day = days.paper().day
    among = where(days.papers, lambda known: (known.day.year, known.day.month) == (day.year, day.month))
    return Case(f"on:{day:%Y-%m} sort:votes", among=tuple(among), by=_votes, counted=True)


def _newest_with_words(days: Days) -> Case:
    some = days.mixed(plain(days.paper(lambda known: len(plain(known.title)) > 2).title))[:2]
    return _newest(f"{' '.join(some)} sort:date", days.with_words(*some))


def _most_voted_with_words(days: Days) -> Case:
    some = days.mixed(plain(days.paper(lambda known: len(plain(known.title)) > 2).title))[:2]
    among = tuple(days.with_words(*some))
    return Case(f"sort:votes {' '.join(some)}", among=among, by=_votes, counted=True)


def _most_voted_of_a_year(days: Days) -> Case:
    year = days.paper().day.year
    among = tuple(where(days.papers, lambda known: known.day.year == year))
    return Case(f"year:{year} sort:votes", among=among, by=_votes, counted=True)


def _number(known: Known) -> str:
    return known.paper.id.removeprefix("arxiv:")


def _id(days: Days) -> Case:
    known = days.paper(lambda known: known.source == "huggingface")
    return Case(_number(known), (known,), (known,), counted=True)


def _address(days: Days) -> Case:
    one, other = days.paper(lambda known: known.source != "club"), days.paper(lambda known: known.source != "club")
    found = (one, other)
    query = f"https://arxiv.org/pdf/{_number(one)}v3 https://huggingface.co/papers/{_number(other)}"
    return Case(query, found, found, counted=True)


def _doi(days: Days) -> Case:
    real, own = days.paper(lambda known: known.source != "club"), days.paper(lambda known: known.source == "club")
    query = f"https://doi.org/10.48550/arXiv.{_number(real)} {own.paper.id}"
    return Case(query, (real, own), (real, own), counted=True)


MAKERS = (
    _title,
    _title_in_any_order,
    _phrase,
    _either_phrase,
    _phrase_and_year,
    _not_a_word,
    _not_a_phrase,
    _not_an_author,
    _either_author,
    _title_or_topic,
    _author,
    _author_and_year,
    _author_and_words,
    _word_of_title,
    _words_of_title,
    _topic,
    _topic_said_by_curators,
    _curator,
    _curators_name,
    _not_by_a_curator,
    _source,
    _not_a_source,
    _organization,
    _code,
    _without_code,
    _pick,
    _words_of_a_note,
    _before,
    _between,
    _on,
    _on_a_month,
    _newest_with_words,
    _most_voted_with_words,
    _most_voted_of_a_year,
    _id,
    _address,
    _doi,
)
