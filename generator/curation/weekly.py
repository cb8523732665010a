"""A weekly list of papers in Markdown → its items, each with a paper and the words about it.

Three ways of writing such a list are known: a table with a paper a row, whose cells hold lists drawn with `<br>` and
`●`; a list with a paper an item; and a numbered heading over each paper. Names and words are separated as in
`1) **Name** - words`. What stands elsewhere is no item, and said if it names a paper.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.curation.plain_markdown import plain_markdown, plain_text
from generator.identifiers import parse_arxiv

_TEXTS = ("inline", "fence", "code_block")
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
_MENTION = re.compile(r"(?i)(?:https?://)?(?:[a-z]{1,9}\.)?(?:arxiv\.org|huggingface\.co/papers)/[^\s)\]>|\"']+")
_BARE = re.compile(r"\barxiv:\s*\S+?(?=[\s)\],;|]|\.?$)", re.IGNORECASE)
_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()\s]*\)|https?://[^\s|)]+")
_LABEL = re.compile(r"\*\*[^*]*\*\*")
_CELLS = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BULLET = re.compile(r"●|\A\s*•")
_NUMBER = re.compile(r"\s*\d{1,3}\s*[.):|]\s*")
_NAME = re.compile(r"\s*(?:\*\*(?P<bold>.+?)\*\*|(?P<link>\[[^\[\]]+\]\([^()\s]*\)))\s*(?:[-–—:：|]+\s*)?", re.DOTALL)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class WeeklyItem:
    """One paper of a list: where it stands (line from 1), what the list calls it, its PaperId if it names one.

    `words` is CommonMark that a note may hold, empty when there are none; `is_item` is False for a paper that is
    named outside of any item.
    """

    line: int
    name: str
    paper: str | None
    words: str
    is_item: bool = True


@dataclass(slots=True)
class _Section:
    """A heading and what follows it, up to the next one."""

    line: int
    title: str
    is_paper: bool
    parts: list[Token]


def parse_weekly(text: str) -> tuple[WeeklyItem, ...]:
    """All items of a list, in order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tokens = _MARKDOWN.parse("\n".join(lines))
    return tuple(item for section in _sections(tokens) for item in _items(section, lines))


def _sections(tokens: Sequence[Token]) -> Iterator[_Section]:
    """The tokens by heading; only those of the top level count."""
    section = _Section(1, "", False, [])
    is_heading = False
    for token in tokens:
        if token.type == "heading_open" and token.level == 0:
            yield section
            section, is_heading = _Section(_line(token), "", False, []), True
        elif is_heading and token.type == "inline":
            section.title = token.content
            section.is_paper = bool(_NUMBER.match(token.content) or _papers(token.content))
        elif token.type == "heading_close" and token.level == 0:
            is_heading = False
        else:
            section.parts.append(token)
    yield section


def _items(section: _Section, lines: Sequence[str]) -> Iterator[WeeklyItem]:
    if section.is_paper:
        texts = [section.title, *(token.content for token in section.parts)]
        words = _words((part, is_listed) for part, is_listed in _paragraphs(section.parts) if not _is_links(part))
        yield WeeklyItem(section.line, _name(section.title)[0], _paper("\n".join(texts)), words)
        return
    for group in _groups(section.parts):
        yield from _of_group(group, lines)


def _of_group(group: Sequence[Token], lines: Sequence[str]) -> Iterator[WeeklyItem]:
    first = group[0]
    if first.type == "tr_open":
        yield from _of_row(_line(first), lines)
    elif first.type == "list_item_open":
        yield from _of_list(group, lines)
    elif _papers(first.content):
        name = _short(plain_text(first.content))
        yield WeeklyItem(_line(first), name, _paper(first.content), "", is_item=False)


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Rows of tables, without their heads, and items of lists with all that is nested; of all else each text."""
    group: list[Token] = []
    is_body = False
    for token in tokens:
        is_body = token.type == "tbody_open" or (is_body and token.type != "tbody_close")
        if group or token.type == "list_item_open" or (token.type == "tr_open" and is_body):
            group.append(token)
            if token.level == group[0].level and token.type.endswith("_close"):
                yield group
                group = []
        elif token.type in _TEXTS:
            yield [token]


def _of_row(line: int, lines: Sequence[str]) -> Iterator[WeeklyItem]:
    """A row as it is written: Markdown's own reading would lose what stands behind a stroke too many."""
    cells = _CELLS.split(lines[line - 1].strip().removeprefix("|").removesuffix("|"))
    links = "\n".join(filter(_is_links, cells))
    said = "|".join(cell for cell in cells if cell.strip() and not _is_links(cell)).replace("\\|", "|")
    if said or _papers(links):
        name, words = _name(said or links)
        yield WeeklyItem(line, name, _paper(f"{links}\n{said}"), _words([(words, False)]))


def _of_list(group: Sequence[Token], lines: Sequence[str]) -> Iterator[WeeklyItem]:
    """An item of a list that names a paper; one that only stands above several such items gives way to them."""
    (first, _), *others = [*_paragraphs(group), ("", False)]
    papers = _papers("\n".join(token.content for token in group))
    if not _papers(first) and len(set(papers)) > 1:
        for inner in _groups(group[1:-1]):
            yield from _of_group(inner, lines)
    elif papers:
        name, words = _name(first)
        nested = [(text, True) for text, _ in others if not _is_links(text)]
        yield WeeklyItem(_line(group[0]), name, papers[0], _words([(words, False), *nested]))


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """Every paragraph's Markdown, and whether it stands in a list."""
    depth = 0
    for token in tokens:
        depth += (token.type in ("bullet_list_open", "ordered_list_open")) - (token.type.endswith("_list_close"))
        if token.type in _TEXTS:
            yield token.content, depth > 0


def _words(parts: Iterator[tuple[str, bool]] | Sequence[tuple[str, bool]]) -> str:
    """Paragraphs and list items → CommonMark, a blank line between what is not one list."""
    text, was_listed = "", False
    for part, is_listed in parts:
        for piece, is_bullet in _broken(part, is_listed):
            if clean := plain_markdown(piece):
                gap = "" if not text else "\n" if is_bullet and was_listed else "\n\n"
                text, was_listed = f"{text}{gap}{'- ' if is_bullet else ''}{clean}", is_bullet
    return text


def _broken(part: str, is_listed: bool) -> Iterator[tuple[str, bool]]:
    """A paragraph at its `<br>`, and each line of it at its bullets."""
    for line in _BREAK.split(part):
        first, *others = _BULLET.split(line)
        yield from ((first, is_listed), *((other, True) for other in others))


def _name(text: str) -> tuple[str, str]:
    """What an item is called, and the rest; without a bold start or a link, its first words."""
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else text
    if found := _NAME.match(rest):
        return _short(plain_text(found["bold"] or found["link"])), rest[found.end() :]
    return _short(plain_text(_BREAK.split(rest)[0])), rest


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…"


def _is_links(text: str) -> bool:
    """True when there is nothing in it but addresses and their labels."""
    rest = _LINK.sub("", text)
    return rest != text and not any(map(str.isalpha, _LABEL.sub("", rest)))


def _paper(text: str) -> str | None:
    return next(iter(_papers(text)), None)


def _papers(text: str) -> list[str]:
    """PaperIds of arXiv, in the order in which a text names them."""
    found = sorted((*_MENTION.finditer(text), *_BARE.finditer(text)), key=lambda match: match.start())
    parsed = (parse_arxiv(_address(match[0])) for match in found)
    return [f"arxiv:{paper[0]}" for paper in parsed if paper]


def _address(mention: str) -> str:
    bare = mention.rstrip(".,;:!?*_")
    return bare if bare.lower().startswith(("http", "arxiv:")) else f"https://{bare}"


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
