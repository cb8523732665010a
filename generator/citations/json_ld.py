"""References of a page → schema.org's CollectionPage as JSON-LD, for search engines (https://schema.org/CollectionPage).

It stands in a `<script>` that no browser runs, so no text may close it or open a comment in it.
"""

import json
import re
from collections.abc import Iterable

from generator.citations.reference import Reference
from generator.model import Json

_UNSAFE = re.compile("[<>&\u2028\u2029]|\\{(?=\\+\\+|--|~~|==)")  # the last are CriticMarkup's, as in `generator.text`


def json_ld(name: str, day: str, references: Iterable[Reference]) -> str:
    """One line of JSON, safe inside `<script>` as it is; `day` is ISO 8601."""
    page: Json = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": name,
        "datePublished": day,
        "hasPart": [_article(one) for one in references],
    }
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _article(found: Reference) -> dict[str, Json]:
    article: dict[str, Json] = {
        "@type": "ScholarlyArticle",
        "@id": f"#{found.anchor}",
        "headline": found.plain_title,
        "datePublished": found.date.isoformat(),
    }
    return article | ({"url": found.url} if found.url else {})
