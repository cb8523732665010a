"""Papers on a page → what citing programs find there: COinS, JSON-LD, Highwire tags."""

from datetime import date

from markupsafe import Markup

from generator import citations
from generator.dates import long_day
from generator.model import Digest, RankedPaper


def coins(ranked: RankedPaper, day: date) -> str:
    """The title of a paper's `<span class="Z3988">`; `day` is that of its digest."""
    return citations.coins(citations.reference(ranked.paper, ranked.anchor, day))


def json_ld(digest: Digest) -> Markup:
    """What stands in the `<script>` of a day's page."""
    cited = citations.references(digest.papers, digest.date)
    return Markup(citations.json_ld(long_day(digest.date), digest.date.isoformat(), cited))


def highwire(ranked: RankedPaper, day: date) -> tuple[tuple[str, str], ...]:
    """Names and contents of the `<meta>` elements of a paper's own page."""
    return citations.highwire(ranked.paper, citations.reference(ranked.paper, ranked.anchor, day))
