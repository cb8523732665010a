"""Papers that people name, looked up at an arXiv and at registries of DOIs on loopback."""

import json
from collections.abc import Iterator

import pytest

from generator.sources.community import Community, Found
from generator.sources.http import Client
from tests.sources.played_arxiv import PlayedArxiv
from tests.upstream import Reply, Request, Upstream

API = "/api/query"
ERROR_FEED = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#incorrect</id>
<summary>incorrect id format</summary></entry></feed>"""


def look_up(upstream: Upstream, *ids: str) -> Found:
    client = Client("a test", sleep=lambda seconds: None)
    return Community(client, upstream.url, upstream.url).look_up(ids)


def csl(title: str) -> Reply:
    return Reply(body=json.dumps({"title": title}).encode())


@pytest.fixture
def arxiv(upstream: Upstream) -> PlayedArxiv:
    """An arXiv of 150 papers."""
    played = PlayedArxiv(papers={f"2507.{number:05}": ("2025-07-08T12:00:00", "cs.LG") for number in range(150)})
    upstream.route(API, played.answer)
    return played


def test_many_arxiv_ids_take_few_requests(upstream: Upstream, arxiv: PlayedArxiv):
    """A hundred each; what arXiv does not send is unknown to it."""
    found = look_up(upstream, *(f"arxiv:{number}" for number in arxiv.papers), "arxiv:2512.99999")
    assert (len(found.papers), found.faults, len(upstream.log)) == (150, {}, 2)
    assert found.unknown == {"arxiv:2512.99999": "arXiv knows no such paper"}


def test_a_number_of_a_wrong_form_spoils_no_other(upstream: Upstream, arxiv: PlayedArxiv):
    """arXiv refuses the whole request for it, as it does for 2025 and four digits."""

    def answer(request: Request) -> Reply:
        return Reply(400, ERROR_FEED) if "2507.1234" in request.query["id_list"].split(",") else arxiv.answer(request)

    upstream.route(API, answer)
    found = look_up(upstream, *(f"arxiv:{number}" for number in list(arxiv.papers)[:30]), "arxiv:2507.1234")
    assert (len(found.papers), found.unknown) == (30, {})
    assert found.faults == {"arxiv:2507.1234": "arXiv refuses the request: incorrect id format"}
    assert len(upstream.log) < 15


def test_an_arxiv_that_is_down_is_told_for_all_and_left_alone(upstream: Upstream, arxiv: PlayedArxiv):
    """One request's tries, not one for each batch."""
    arxiv.down = True
    found = look_up(upstream, *(f"arxiv:{number}" for number in arxiv.papers))
    assert (found.papers, found.unknown, len(found.faults)) == ({}, {}, 150)
    assert set(found.faults.values()) == {"127.0.0.1 answers HTTP 503 Service Unavailable (5 tries)"}
    assert len(upstream.log) == 5


def test_a_doi_is_asked_of_its_registry_in_the_form_we_read(upstream: Upstream):
    """Over the resolver's redirect; what DOIs may hold is escaped."""
    upstream.script("/10.1000/a%3Cb%3E(c)", Reply(302, headers={"Location": "/crossref"}))
    upstream.script("/crossref", csl("A title"))
    found = look_up(upstream, "doi:10.1000/a<b>(c)")
    assert found.papers["doi:10.1000/a<b>(c)"].title == "A title"
    assert {request.headers["accept"] for request in upstream.log} == {"application/vnd.citationstyles.csl+json"}


def test_a_doi_that_is_unknown_is_told_apart_from_a_resolver_that_is_down(upstream: Upstream):
    """And from a registry that answers in another form."""
    upstream.script("/10.1000/down", Reply(503, headers={"Retry-After": "86400"}))
    upstream.script("/10.1000/html", Reply(body=b"<!doctype html>"))
    upstream.script("/10.1000/other", Reply(406))
    found = look_up(upstream, *(f"doi:10.1000/{name}" for name in ("down", "html", "other", "unknown")))
    assert found.unknown == {
        "doi:10.1000/other": "its registry does not tell what the DOI stands for",
        "doi:10.1000/unknown": "no such DOI is registered",
    }
    assert found.faults == {
        "doi:10.1000/down": "127.0.0.1 answers HTTP 503 Service Unavailable: it asks to wait 86400 s; failed for now",
        "doi:10.1000/html": "the answer is no CSL JSON",
    }


def test_a_resolver_that_fails_in_a_row_is_left_alone(upstream: Upstream):
    """The DOIs behind wait for the next run."""
    upstream.otherwise(lambda _: Reply(503, headers={"Retry-After": "86400"}))
    found = look_up(upstream, *(f"doi:10.1000/{number}" for number in range(9)))
    assert (len(found.faults), len(upstream.log)) == (9, 3)


def test_registries_that_answer_nonsense_keep_no_other_waiting(upstream: Upstream):
    """Each fails for itself."""
    upstream.otherwise(lambda _: Reply(body=b"[]"))
    upstream.script("/10.1000/9", csl("The last"))
    found = look_up(upstream, *(f"doi:10.1000/{number}" for number in range(10)))
    assert (list(found.papers), len(found.faults)) == (["doi:10.1000/9"], 9)


@pytest.fixture
def elsewhere() -> Iterator[Upstream]:
    """Another host's port."""
    with Upstream() as running:
        yield running


def test_a_redirect_may_lead_to_another_host(upstream: Upstream, elsewhere: Upstream):
    """As doi.org's lead to Crossref and DataCite."""
    elsewhere.script("/works/1", csl("Elsewhere"))
    upstream.script("/10.1000/1", Reply(302, headers={"Location": f"{elsewhere.url}/works/1"}))
    assert look_up(upstream, "doi:10.1000/1").papers["doi:10.1000/1"].title == "Elsewhere"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://169.254.169.254/latest", "http://10.0.0.1/"])
def test_a_redirect_to_where_we_do_not_go_is_refused(upstream: Upstream, target: str):
    """Whoever registered the DOI chose it."""
    upstream.script("/10.1000/1", Reply(302, headers={"Location": target}))
    (fault,) = look_up(upstream, "doi:10.1000/1").faults.values()
    assert fault.startswith("refused to ask")
