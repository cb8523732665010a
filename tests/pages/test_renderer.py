"""What readers find on the pages, and that no foreign text can change what the pages are made of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml

from generator.errors import TemplateError
from generator.model import (
    Curator,
    CuratorSummary,
    DaySummary,
    Digest,
    EarlierPaper,
    MonthSummary,
    Note,
    NoteLine,
    PaperLink,
    RankedPaper,
    Reappearance,
    Reason,
    Signals,
    SourceState,
    State,
    Topic,
)
from generator.pages import Page, Renderer, Site, calendar_days
from generator.settings import ContributingSettings
from generator.spans import (
    FrontPage,
    Highlights,
    RisingPhrase,
    SourceCount,
    SpanCount,
    Statistics,
    TopicCount,
    TopicMonth,
    TopicSummary,
)

MakeRanked = Callable[..., RankedPaper]
MakeDigest = Callable[..., Digest]
MOMENT = datetime(2025, 10, 2, 6, 30, tzinfo=UTC)


def _body(page: Page) -> str:
    return page.text.split("---\n", 2)[2]


def _front_matter(page: Page) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(page.text.split("---\n", 2)[1])
    return loaded


class _Elements(HTMLParser):
    """Start tags with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))


def _elements(html: str) -> list[tuple[str, ...]]:
    parser = _Elements()
    parser.feed(html)
    return parser.found


def _state(state: State, papers: int = 0, reason: str | None = None) -> SourceState:
    return SourceState("test", state, papers, MOMENT, reason)


def _line(day: date) -> PaperLink:
    return PaperLink(title="A line", date=day, anchor="2509.12345", score=1.0, votes=3)


def _month(renderer: Renderer, days: Sequence[DaySummary]) -> str:
    return renderer.month(days[0].date.replace(day=1), days, Highlights(), None, None).text


def test_earlier_papers_stand_under_more(renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest) -> None:
    """Each leads to its place on its own day, and says the day; a paper without any says nothing of it."""
    earlier = EarlierPaper("Of <b>old</b>", date(2024, 3, 2), "2403.00001")
    body = _body(renderer.day(make_digest(replace(make_ranked(), related=(earlier,)))))
    shown = '<li><a href="../../../2024/03/02/#2403.00001" dir="auto">Of &lt;b&gt;old&lt;/b&gt;</a>, 2 March 2024</li>'
    assert shown in body[body.index('<details class="more">') :]
    assert "related" not in _body(renderer.day(make_digest(make_ranked())))


def test_day_page_stands_under_its_date(renderer: Renderer, make_digest: MakeDigest) -> None:
    """A digest's file follows the promised address, its title is the long date, which a heading breaks well."""
    page = renderer.day(make_digest())
    assert page.path == "2025/10/01.md"
    assert _front_matter(page)["title"] == "Wednesday, 1 October 2025"
    assert ">Wednesday, 1\N{NO-BREAK SPACE}October 2025</time></h1>" in page.text


def test_paper_is_an_article_with_its_anchor_and_a_named_heading(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """The address of a paper is its article, which its heading names."""
    body = _body(renderer.day(make_digest(make_ranked())))
    assert '<article class="paper paper-lead" id="2509.12345" aria-labelledby="2509.12345-title">' in body
    assert '<h2 class="paper-title" id="2509.12345-title" dir="auto" lang="en">' in body


def test_abstract_is_whole_in_one_paragraph(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """However long an abstract is, one paragraph holds all of it."""
    abstract = "word " * 3_000 + "end"
    body = _body(renderer.day(make_digest(make_ranked(abstract=abstract))))
    assert f'<p class="abstract" dir="auto" lang="en">{abstract}</p>' in body


def test_four_authors_are_all_shown(renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest) -> None:
    """A short list of authors is not folded."""
    body = _body(renderer.day(make_digest(make_ranked(authors=tuple(f"A{n}" for n in range(4))))))
    assert body.count("<bdi>") == 4
    assert "more-authors" not in body


def test_many_authors_are_folded_after_three_and_none_is_lost(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """942 authors: three in sight, 939 in the fold, in order."""
    body = _body(renderer.day(make_digest(make_ranked(authors=tuple(f"A{n}" for n in range(942))))))
    shown, folded = body.split("and 939 more</summary>")
    assert '<details class="authors more-authors">' in shown
    assert re.findall(r"<bdi>(.*?)</bdi>", shown) == ["A0", "A1", "A2"]
    assert re.findall(r"<bdi>(.*?)</bdi>", folded) == [f"A{n}" for n in range(3, 942)]


def test_signals_topics_and_withdrawal_are_badges(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """Votes, comments, stars, topics and withdrawal can be seen at a glance."""
    ranked = make_ranked(
        signals=Signals(votes=163, comments=1, stars=1200, taken=datetime(2025, 10, 2, 9, tzinfo=UTC)),
        withdrawn=True,
        topics=(Topic("Graphs", "graphs"),),
    )
    body = _body(renderer.day(make_digest(ranked)))
    badges = re.findall(r'<li class="badge[^>]*>(.*?)</li>', body)
    graphs = '<a href="../../../topics/graphs/">Graphs</a>'
    assert badges == ["Withdrawn", "163 votes", "1,200 code stars", graphs]
    assert '1 comment; counted <time datetime="2025-10-02T09:00:00Z">2 October 2025, 09:00 UTC</time>' in body


def test_pick_comes_before_notes_and_notes_before_the_abstract(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """People come first, the one who recommends before the others."""
    ada = Curator("ada", "Ada")
    notes = (
        Note("arxiv:2509.12345", ada, "later", "<p>later</p>"),
        Note("arxiv:2509.12345", ada, "sooner", "<p>sooner</p>", pick=True, written_with_ai=True),
    )
    body = _body(renderer.day(make_digest(make_ranked(notes=notes, abstract="the abstract"))))
    assert body.index("sooner") < body.index("later") < body.index("the abstract")
    assert 'Picked by <a href="../../../curators/ada/">Ada</a>, written with AI' in body


def test_machine_summary_is_folded_and_names_its_model(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """Nobody can take a machine's words for a person's."""
    ranked = make_ranked(extra={"ai_summary": "Says this.", "ai_model": "Model 7"})
    body = _body(renderer.day(make_digest(ranked)))
    assert "<b>Summary written by a machine (Model 7):</b> Says this." in body.partition('<details class="more">')[2]


def test_machine_summaries_can_be_left_out(make_ranked: MakeRanked, make_digest: MakeDigest) -> None:
    """By a setting."""
    quiet = Renderer(
        Path(__file__).parents[2] / "site_templates", Site("Sheet"), ContributingSettings(), machine_summaries=False
    )
    ranked = make_ranked(extra={"ai_summary": "Says this.", "ai_keywords": ["fish"]})
    assert "machine" not in _body(quiet.day(make_digest(ranked)))


def test_picks_lead_then_the_best_and_the_others_are_compact(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """Three papers in large, a pick among them whatever its rank; each heading counts what follows."""
    note = Note("arxiv:2509.00007", Curator("ada", "Ada"), "x", "<p>x</p>", pick=True)
    papers = [make_ranked(n, notes=(note,) * (n == 7)) for n in range(9)]
    body = _body(renderer.day(make_digest(*papers)))
    order = re.findall(r'<article class="paper( paper-lead)?" id="2509.0000(.)"', body)
    assert [number for lead, number in order if lead] == ["7", "0", "1"]
    assert [number for lead, number in order if not lead] == ["2", "3", "4", "5", "6", "8"]
    assert '<p class="kicker">6 more papers</p>' in body


def test_every_abstract_unfolds_however_long_it_is(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """What a page is made of does not depend on the length of a text."""
    for abstract in ("Short.", "Long. " * 80):
        assert 'class="unfold"' in _body(renderer.day(make_digest(make_ranked(abstract=abstract))))


def test_extra_of_another_type_is_left_out(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """Sources may put any JSON into extra: only text is shown."""
    ranked = make_ranked(extra={"ai_summary": ["x"], "organization": ["x"], "submitter": {"name": 7}, "ai_model": 3})
    body = _body(renderer.day(make_digest(ranked)))
    assert "organization" not in body
    assert "Suggested" not in body
    assert "machine" not in body


def test_names_and_keywords_of_a_source_are_shown(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """The organisation and the submitter under their full names, the machine's keywords beside its summary."""
    extra = {
        "organization": {"name": "aqua", "fullname": "The Aquarium"},
        "submitter": {"user": "ada", "fullname": ""},
        "ai_summary": "Says this.",
        "ai_keywords": ["fish", 3, "swarms"],
    }
    body = _body(renderer.day(make_digest(make_ranked(extra=extra))))
    assert '<li class="organization" dir="auto">The Aquarium</li>' in body
    assert "Suggested by <bdi>ada</bdi>" in body
    assert "<b>Keywords, by a machine too:</b> fish, swarms</p>" in body


def test_reasons_are_printed_with_their_shares(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """A reader can add the score up."""
    ranked = make_ranked(reasons=(Reason("votes", 7.36, 7.36, "163 votes"),))
    assert '<li class="why">Why here: 163 votes +7.36; score 1.00</li>' in _body(renderer.day(make_digest(ranked)))


def test_every_alias_is_an_anchor(renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest) -> None:
    """Addresses that a paper once had still lead to it."""
    body = _body(renderer.day(make_digest(make_ranked(aliases=("t-0123456789abcdef",)))))
    assert '<span id="t-0123456789abcdef"></span>' in body


def test_reappearance_keeps_its_anchor_and_leads_to_the_owner(renderer: Renderer, make_digest: MakeDigest) -> None:
    """A paper that came before is a line here and leads to its own day."""
    again = Reappearance("Old", "2401.00001", date(2024, 12, 31), "2401.00001", ("t-old",))
    body = _body(renderer.day(make_digest(reappearances=(again,))))
    assert '<li class="line" id="2401.00001">' in body
    assert 'href="../../../2024/12/31/#2401.00001"' in body
    assert '<span id="t-old"></span>' in body


def test_neighbouring_days_and_the_month_are_linked(renderer: Renderer, make_digest: MakeDigest) -> None:
    """Links go back, up and on, relative to the page."""
    body = _body(renderer.day(make_digest(previous=date(2025, 9, 26), next=date(2025, 10, 2))))
    for href in ("../../09/26/", "../", "../02/"):
        assert f'href="{href}"' in body


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (_state(State.OPEN, 3), "the day is not over, 3 papers so far"),
        (_state(State.INCOMPLETE, 3, "has 3 of 5"), "incomplete, 3 papers so far"),
        (_state(State.FAILED, 0, "timed <out>"), "not fetched yet; it will be asked again. Last try: "),
        (_state(State.FAILED, 2, "gone"), "2 papers from an earlier try; it will be asked again. Last try: "),
        (_state(State.NONE), "nothing announced"),
    ],
)
def test_state_of_a_source_is_said_plainly(
    renderer: Renderer, make_digest: MakeDigest, state: SourceState, words: str
) -> None:
    """A reader learns how complete the day is, since when, and why."""
    body = _body(renderer.day(make_digest(states=(state,))))
    assert words in body
    assert '<time datetime="2025-10-02T06:30:00Z">2 October 2025, 06:30 UTC</time>' in body
    assert state.reason is None or state.reason.replace("<", "&lt;").replace(">", "&gt;") in body


def test_a_day_that_failed_does_not_claim_that_there_were_no_papers(
    renderer: Renderer, make_digest: MakeDigest
) -> None:
    """Neither the day nor the month, the year and the archive know that there are none."""
    failed = _state(State.FAILED, 0, "timed out")
    days = (DaySummary(date(2025, 10, 6), 0, (failed,)),)
    month = MonthSummary(date(2025, 10, 1), 0, 0, (date(2025, 10, 6),))
    pages = (
        renderer.day(make_digest(states=(failed,))),
        renderer.month(month.month, days, Highlights(), None, None),
        renderer.week(date(2025, 10, 6), days, Highlights(), None, None),
        renderer.year(date(2025, 1, 1), (month,), (), Highlights(), None, None),
        renderer.archive(calendar_days(days)),
    )
    for page in pages:
        assert not re.search(r"\b(no|0) (papers|days)\b", page.text, re.IGNORECASE)
        assert "fetched yet" in page.text or "failed or incomplete" in page.text


def test_home_without_digests_says_what_to_do(renderer: Renderer) -> None:
    """A reader understands the page, and a new owner finds the next step as it is typed."""
    body = _body(renderer.home(FrontPage(None, None, (), (), ())))
    assert "There are no papers here yet." in body
    assert "If this site is yours: <code>.venv/bin/broadsheet fetch</code>" in body


def test_home_shows_the_latest_digest_and_its_date_for_the_browser(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """The newest day is there in full, permalinks lead to its own page, and the date can be read by a script."""
    latest = make_digest(make_ranked())
    days = (DaySummary(latest.date, 1, latest.states), DaySummary(date(2025, 9, 30), 0, (_state(State.NONE),)))
    body = _body(renderer.home(FrontPage(latest, None, (_line(date(2025, 9, 29)),), (), days)))
    assert 'data-newest="2025-10-01"' in body
    assert 'class="permalink" href="2025/10/01/#2509.12345"' in body
    assert 'href="2025/09/29/#2509.12345"' in body
    assert 'href="2025/09/30/"' not in body


def test_month_names_days_without_papers_and_failed_ones(renderer: Renderer) -> None:
    """Empty days are named without a link, failed days link to the page that says why."""
    days = (
        DaySummary(date(2025, 10, 4), 0, (_state(State.NONE),)),
        DaySummary(date(2025, 10, 6), 0, (_state(State.FAILED, 0, "timed out"),)),
    )
    page = renderer.month(date(2025, 10, 1), days, Highlights(), date(2025, 9, 1), None)
    assert page.path == "2025/10/index.md"
    assert 'href="04/"' not in page.text
    assert 'href="06/"' in page.text
    assert "test: not fetched yet; it will be asked again" in page.text


def test_months_and_years_lead_to_all_their_papers(renderer: Renderer) -> None:
    """The best three are shown; where there are more, a link says how many and where."""
    line = _line(date(2025, 10, 1))
    few, many = ((DaySummary(line.date, count, (_state(State.ANNOUNCED, count),), (line,) * 3),) for count in (3, 47))
    month = MonthSummary(date(2025, 10, 1), 1, 47, (), (line,) * 3)
    year = renderer.year(date(2025, 1, 1), (month,), (), Highlights(), None, None)
    assert '<a href="01/">All 47 papers of 1&#160;October</a>' in _month(renderer, many)
    assert '<a href="10/">All 47 papers of October</a>' in year.text
    assert ">All " not in _month(renderer, few)


def test_year_counts_and_leads_to_its_months_weeks_and_neighbours(renderer: Renderer) -> None:
    """A year links no day of its own."""
    month = MonthSummary(date(2025, 10, 1), 21, 980, (date(2025, 10, 6),), (_line(date(2025, 10, 1)),))
    week, before = date(2025, 9, 29), date(2024, 1, 1)
    year = renderer.year(date(2025, 1, 1), (month,), (week,), Highlights(), before, None)
    assert "980 papers on 21 days" in year.text
    assert 'href="../2024/"' in year.text
    assert '<a href="W40/">Week&#160;40</a>' in year.text


def test_archive_tells_every_day_in_words(renderer: Renderer) -> None:
    """A link a day with its count; gaps are said, and marked by a sign; days nobody asked about have a dot."""
    days = (
        DaySummary(date(2025, 10, 1), 47, (_state(State.ANNOUNCED, 47),)),
        DaySummary(date(2025, 10, 2), 12, (_state(State.INCOMPLETE, 12, "cut short"),)),
        DaySummary(date(2025, 10, 3), 0, (_state(State.FAILED),)),
        DaySummary(date(2025, 10, 4), 0, (_state(State.NONE),)),
    )
    text = renderer.archive(calendar_days(days)).text
    assert '<a href="../2025/10/01/" aria-label="1 October: 47 papers">1</a>' in text
    assert 'aria-label="2 October: failed or incomplete, 12 papers so far">2!</a>' in text
    assert '<a href="../2025/10/#2025-10-03" aria-label="3 October: failed or incomplete">3!</a>' in text
    assert "<td>4</td><td>·</td>" in text


def test_week_names_its_days_and_leads_to_its_neighbours(renderer: Renderer) -> None:
    """The best of the week, its topics with counts, each of its days."""
    day = DaySummary(date(2025, 10, 1), 47, (_state(State.ANNOUNCED, 47),))
    found = Highlights((_line(day.date),), (TopicCount(Topic("A & B", "a-b"), 7),))
    page = renderer.week(date(2025, 9, 29), (day,), found, date(2025, 9, 22), date(2025, 10, 6))
    assert _front_matter(page)["title"] == "Week 40 of 2025"
    assert "29 September to 5 October 2025: 47 papers" in page.text
    assert re.findall(r'href="(\.\./W\d+/)"', page.text) == ["../W39/", "../W41/"]
    assert '<a href="../../topics/a-b/" dir="auto">A &amp; B</a> <span class="day-count">7 papers</span>' in page.text
    assert 'href="../10/01/#2509.12345"' in page.text


def test_month_leads_to_its_weeks_and_to_its_topics_in_that_month(renderer: Renderer) -> None:
    """From a month, a topic is read in that month."""
    day = DaySummary(date(2025, 10, 1), 47, (_state(State.ANNOUNCED, 47),))
    found = Highlights((), (TopicCount(Topic("A & B", "a-b"), 7),))
    text = renderer.month(date(2025, 10, 1), (day,), found, None, None).text
    assert 'href="../W40/"' in text
    assert 'href="../../topics/a-b/2025-10/"' in text


def test_topic_page_draws_its_months_and_leads_to_each(renderer: Renderer) -> None:
    """The picture's figures are the list below; months without papers have a bar of no height and no link."""
    counts = tuple(SpanCount(date(2025, month, 1), papers) for month, papers in ((8, 3), (9, 0), (10, 4)))
    text = renderer.topic(TopicSummary(Topic("A", "a"), 7, (), counts)).text
    assert 'role="img" aria-label="Papers a month from August 2025 to October 2025' in text
    assert re.findall(r'href="(2025-\d\d/)">(\w+)</a> <span class="day-count">(.*?)<', text) == [
        ("2025-10/", "October", "4 papers"),
        ("2025-08/", "August", "3 papers"),
    ]


def test_topic_month_leads_to_the_months_beside(renderer: Renderer) -> None:
    """All papers of a topic in a month, and the way on."""
    found = TopicMonth(Topic("A", "a"), date(2025, 10, 1), (_line(date(2025, 10, 1)),), date(2025, 8, 1), None)
    page = renderer.topic_month(found)
    assert page.path == "topics/a/2025-10.md"
    assert 'rel="prev" href="../2025-08/"' in page.text
    assert 'rel="next"' not in page.text
    assert 'href="../../../2025/10/01/#2509.12345"' in page.text


def test_statistics_have_a_table_behind_each_picture(renderer: Renderer) -> None:
    """What is drawn stands there in figures; phrases lead to the search for them."""
    months = (SpanCount(date(2025, 9, 1), 10), SpanCount(date(2025, 10, 1), 40))
    found = Statistics(
        last=date(2025, 10, 1),
        weeks=(SpanCount(date(2025, 9, 22), 10), SpanCount(date(2025, 9, 29), 40)),
        months=months,
        topics=(TopicSummary(Topic("A", "a"), 10, (), (SpanCount(date(2025, 10, 1), 10),)),),
        sources=(SourceCount("<b>", 50, 2, 1, date(2025, 10, 1)),),
    )
    text = renderer.stats(found, (RisingPhrase("world models", 12, 3, 4.25),)).text
    assert text.count("<svg class=") == 2
    assert '<a href="../2025/W40/">2025, week 40</a></th><td>29 September to 5 October 2025</td><td>40</td>' in text
    assert "<td>40</td><td>10 (25\N{NO-BREAK SPACE}%)</td>" in text
    assert '<a href="../search/?q=%22world%20models%22">world models</a></th><td>12</td><td>3</td><td>4.2</td>' in text
    assert '<th scope="row">&lt;b&gt;</th><td>50</td><td>2</td><td>1</td>' in text


def test_statistics_of_nothing_say_so(renderer: Renderer) -> None:
    """A new site has the page, too."""
    assert "There are no papers here yet." in renderer.stats(Statistics(None, (), (), (), ()), ()).text


def test_topic_pages_link_the_newest_papers(renderer: Renderer) -> None:
    """A topic says how many papers it has and links the newest."""
    summary = TopicSummary(Topic("A & B", "a-b"), 7, (_line(date(2025, 10, 1)),))
    page = renderer.topic(summary)
    assert page.path == "topics/a-b/index.md"
    assert _front_matter(page)["title"] == "A &amp; B"
    assert 'href="../../2025/10/01/#2509.12345"' in page.text
    assert 'href="a-b/"' in renderer.topics((summary,)).text


def test_search_page_explains_itself_without_a_script(renderer: Renderer) -> None:
    """A form, examples that are links, the way to the archive; what a script fills is empty."""
    page = renderer.search()
    assert page.path == "search.md"
    assert '<form class="search-form" role="search" method="get" action="./">' in page.text
    assert '<a href="?q=%22message%20passing%22"><code>&#34;message passing&#34;</code></a>' in page.text
    assert '<a href="../archive/">archive</a>' in page.text
    assert '<ol class="lines" id="search-results"></ol>' in page.text


def test_every_paper_leads_to_papers_like_it(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """On its day and on the first page."""
    latest = make_digest(make_ranked())
    assert 'href="../../../search/?like=2509.12345"' in renderer.day(latest).text
    assert 'href="search/?like=2509.12345"' in renderer.home(FrontPage(latest, None, (), (), ())).text


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</h2></article></div><h1>Owned",
    "--><script>alert(1)</script><!--",
    '" onmouseover="alert(1)" x="',
    "``` [x][zz] [zz]: javascript:alert(1) [TOC] {{ 7*7 }} {% raw %} --8<-- *[paper]: pwned",
    "wzxhzdk:0 \\<b\\> &lt;script&gt; <!-- more -->",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_the_same_whatever_the_text(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest, text: str
) -> None:
    """Hostile text in every field gives the same elements as benign text, also after Markdown."""

    def rendered(words: str) -> str:
        ranked = make_ranked(
            title=words,
            abstract=words,
            authors=(words,) * 9,
            categories=(words,),
            comment=words,
            extra={
                "organization": {"fullname": words},
                "submitter": {"fullname": words},
                "ai_summary": words,
                "ai_model": words,
                "ai_keywords": [words, words],
            },
            topics=(Topic(words, "slug"),),
            notes=(Note("arxiv:2509.12345", Curator("x", words), words, "<p>note</p>"),),
            reasons=(Reason("votes", 1.0, 1.0, words),),
        )
        again = Reappearance(words, "2401.00001", date(2024, 12, 31), "2401.00001")
        states = (_state(State.FAILED, 0, words),)
        page = renderer.day(make_digest(ranked, reappearances=(again,), states=states))
        return markdown.markdown(_body(page), extensions=["toc", "tables", "fenced_code"])

    assert _elements(rendered(text)) == _elements(rendered("benign"))


def test_body_is_one_block_that_markdown_leaves_alone(
    renderer: Renderer, make_ranked: MakeRanked, make_digest: MakeDigest
) -> None:
    """What the templates write is, letter for letter, what MkDocs puts on the page."""
    body = _body(renderer.day(make_digest(make_ranked(authors=tuple("ABCDEFGH")))))
    assert "\n\n" not in body
    assert markdown.markdown(body, extensions=["toc", "tables", "fenced_code"]) == body.strip()


@pytest.mark.parametrize("text", ["a\tb", "a\rb", "a\r\n\r\nb", "a\n \n\tb", "a\x02b\x03"], ids=repr)
def test_nothing_from_settings_is_rewritten_by_markdown(renderer: Renderer, text: str) -> None:
    """Tabs, other line ends and Markdown's own marks, which foreign text has lost before, but settings may hold."""
    body = _body(renderer.topic(TopicSummary(Topic(text, "c"), 0)))
    assert markdown.markdown(body, extensions=["toc", "tables", "fenced_code"]) == body.strip()


@pytest.mark.parametrize("beside", ["# Heading\n{}", "{}\nWords", "Words"])
def test_a_template_makes_one_block_or_an_error(tmp_path: Path, beside: str) -> None:
    """The build would show Markdown beside it as it is, plain MkDocs would render it."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "topics.md.j2").write_text(beside.format("<div>\n</div>"), encoding="utf-8")
    with pytest.raises(TemplateError, match=r"topics\.md\.j2: does not make one <div>"):
        Renderer(tmp_path, Site("Test"), ContributingSettings()).topics(())


def test_front_matter_survives_any_topic_name(renderer: Renderer) -> None:
    """Quotes, colons and tags in a name stay text in YAML and in HTML."""
    name = 'C: "x" <b> & \\ # --- ä'
    title = _front_matter(renderer.topic(TopicSummary(Topic(name, "c"), 0)))["title"]
    assert title == "C: &#34;x&#34; &lt;b&gt; &amp; \\ # --- ä"


def test_curator_page_says_who_it_is_and_leads_to_papers(renderer: Renderer) -> None:
    """Bio, own page, ORCID and GitHub; each note's first words with the link to the paper's page."""
    ada = Curator("ada", "Ada & Co", "https://ada.example/", "0000-0002-1825-0097", "Reads <b>all</b>.", "ada-l")
    line = NoteLine(_line(date(2025, 10, 1)), "It <works>.", True)
    page = renderer.curator(CuratorSummary(ada, 2, 1, (line,)))
    assert page.path == "curators/ada.md"
    assert _front_matter(page)["title"] == "Ada &amp; Co"
    for href in ("https://ada.example/", "https://orcid.org/0000-0002-1825-0097", "https://github.com/ada-l"):
        assert f'href="{href}"' in page.text
    assert "Reads &lt;b&gt;all&lt;/b&gt;." in _body(page)
    assert "2 notes, 1 pick among them, those on the newest 1 papers here" in page.text
    assert '<a href="../../papers/2509.12345/" dir="auto" lang="en">A line</a>' in page.text
    assert "It &lt;works&gt;." in page.text


def test_curators_page_lists_everyone(renderer: Renderer) -> None:
    """Also who has not written yet."""
    summaries = (CuratorSummary(Curator("ada", "Ada"), 0, 0), CuratorSummary(Curator("github:eve", "eve"), 1, 0))
    page = renderer.curators(summaries)
    assert page.path == "curators/index.md"
    assert '<a href="ada/">Ada</a>' in page.text
    assert '<a href="github.eve/">eve</a>' in page.text
    assert "No notes yet" in page.text
    assert "Nobody has written a note yet." in renderer.curators(()).text


def test_a_paper_with_notes_has_a_page_that_leads_back(renderer: Renderer, make_ranked: MakeRanked) -> None:
    """Its permalink stays the digest's; the digest leads here too."""
    ranked = make_ranked(title="A <title>", notes=(Note("arxiv:2509.12345", Curator("ada", "Ada"), "x", "<p>x</p>"),))
    page = renderer.paper(ranked, date(2025, 10, 1))
    assert page.path == "papers/2509.12345.md"
    assert _front_matter(page)["title"] == "A &lt;title&gt;"
    assert '<a class="permalink" href="../../2025/10/01/#2509.12345">' in page.text
    assert '<h1 class="paper-title" id="2509.12345-title" dir="auto" lang="en">' in page.text


def test_a_login_is_linked_once(renderer: Renderer) -> None:
    """Whoever signs with a login has no other page that we know."""
    eve = Curator("github:eve", "eve", "https://github.com/eve", github="eve")
    assert renderer.curator(CuratorSummary(eve, 0, 0)).text.count('href="https://github.com/eve"') == 1
