"""One day's context → its digest."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import DayContext
from generator.digest import compose_digest
from generator.model import Curator, Listing, Note, Paper, Signals, State, Topic
from generator.settings import RankingWeights
from generator.topics import topic_matcher

DAY, EARLIER = date(2025, 10, 1), date(2025, 9, 30)
GRAPHS = Topic("Graphs", "graphs", any=("graph neural network",))
MATCHER = topic_matcher([GRAPHS])
WEIGHTS = RankingWeights()


def context(*listings: Listing, owners=None, works=None, notes=None) -> DayContext:
    return DayContext(DAY, listings, works or {}, owners or {}, notes or {}, None, None)


def listing(source: str, *papers: Paper) -> Listing:
    return Listing(source, DAY, State.ANNOUNCED, datetime(2025, 10, 2, tzinfo=UTC), papers)


def note(pick: bool = False) -> Note:
    return Note("arxiv:2510.00001", Curator("ann", "Ann"), "Why", "<p>Why</p>", pick, path="n.md")


ONE = Paper("arxiv:2510.00001", "One graph neural network", signals=Signals(votes=7))
TWO = Paper("arxiv:2510.00002", "Two", signals=Signals(votes=63, comments=1))


def compose(given_context: DayContext, order=("huggingface", "arxiv")):
    return compose_digest(given_context, MATCHER, WEIGHTS, order)


def test_score_is_the_weighted_sum_of_the_reasons():
    """7 votes and a topic: 1 · log2(8) + 1; 63 votes and a comment: 1 · log2(64) + 0.3 · log2(2)."""
    two, one = compose(context(listing("huggingface", ONE, TWO))).papers
    assert (one.score, two.score) == (4.0, 6.3)
    assert [reason.text for reason in one.reasons] == ["7 votes", "topic Graphs"]
    assert [reason.text for reason in two.reasons] == ["63 votes", "1 comment"]


def test_a_pick_lifts_a_paper_and_names_its_curator():
    """5 for the pick and 2 for the note put it first."""
    digest = compose(context(listing("huggingface", ONE, TWO), notes={ONE.id: (note(), note(pick=True))}))
    assert digest.papers[0].paper.id == ONE.id
    assert digest.papers[0].reasons[0].text == "picked by Ann"
    assert digest.papers[0].notes[0].pick


def test_two_sources_make_one_paper_and_the_first_source_is_believed():
    """Signals of the one, authors of the other."""
    other = Paper(ONE.id, "Another title", authors=("Ann",), categories=("cs.LG",))
    digest = compose(context(listing("arxiv", other), listing("huggingface", ONE)))
    (merged,) = digest.papers
    assert (merged.paper.title, merged.paper.authors) == (ONE.title, ("Ann",))
    assert merged.sources == ("huggingface", "arxiv")
    assert merged.paper.links["pdf"] == "https://arxiv.org/pdf/2510.00001"


def test_a_paper_of_an_earlier_day_leads_back():
    """It stands among the reappearances, under its anchor."""
    digest = compose(context(listing("huggingface", ONE, TWO), owners={ONE.id: EARLIER}))
    assert [ranked.paper.id for ranked in digest.papers] == [TWO.id]
    (again,) = digest.reappearances
    assert (again.owner, again.anchor) == (EARLIER, "2510.00001")


def test_a_weak_id_stays_as_an_alias():
    """The page keeps the anchor under which the paper was first shared."""
    weak = Paper("title:0123456789abcdef", "One graph neural network")
    digest = compose(context(listing("capture", weak), works={weak.id: ONE.id}))
    assert (digest.papers[0].anchor, digest.papers[0].aliases) == ("2510.00001", ("t-0123456789abcdef",))


papers = st.lists(
    st.builds(
        Paper,
        id=st.integers(1, 9999).map(lambda n: f"arxiv:2510.{n:05}"),
        title=st.just("T"),
        signals=st.builds(Signals, votes=st.integers(0, 3)),
    ),
    unique_by=lambda paper: paper.id,
)


@given(papers, st.randoms())
def test_the_order_is_total(some, random):
    """Shuffling the listing changes nothing."""
    shuffled = list(some)
    random.shuffle(shuffled)
    one = compose(context(listing("huggingface", *some)))
    assert one == replace(compose(context(listing("huggingface", *shuffled))), states=one.states)
