"""A digest page → does a paper's article hold these words one after another?"""

import re
from collections.abc import Sequence

from generator.search.analysis import words
from generator.text import without_tags

_INLINE = re.compile(r"</?(?:a|b|bdi|code|em|i|mark|span|strong|sub|sup|time)\b[^>]*>")


def holds(page: str, anchor: str, phrase: Sequence[str]) -> bool:
    """`phrase` as `analysis.words` gives it; False when the page has no such article."""
    _, _, after = page.partition(f'id="{anchor}"')
    article = after.partition("</article>")[0]
    text = without_tags(_INLINE.sub("", f"<a {article}"))
    found = list(words(text))
    wanted = list(phrase)
    starts = (at for at, word in enumerate(found) if word == wanted[0])
    return any(found[at : at + len(wanted)] == wanted for at in starts)
