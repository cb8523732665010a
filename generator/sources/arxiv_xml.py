"""Bytes from arXiv → XML tree, or the reason why there is none. arXiv always sends UTF-8."""

import xml.etree.ElementTree as ElementTree
from xml.etree.ElementTree import Element

from generator.errors import AnswerError, RefusedError
from generator.sources.markup import refuse_unsafe_xml

ERRORS = "arxiv.org/api/errors"
"""Stands in the id of the one entry with which the API says what is wrong with a request."""


def parse_xml(body: bytes) -> Element:
    """The root element.

    AnswerError for an empty answer, an HTML page, another charset and XML that is broken or cut off; RefusedError
    for any document type, so that no entity is ever expanded.
    """
    refuse_unsafe_xml(body)
    if b"<!DOCTYPE" in body:
        raise RefusedError("the answer declares a document type, which arXiv never does")
    try:
        body.decode("utf-8")
        return ElementTree.fromstring(body, ElementTree.XMLParser(encoding="utf-8"))  # noqa: S314  # no DTD gets here
    except UnicodeDecodeError as error:
        raise AnswerError(f"the answer is not UTF-8 (byte {error.start})") from error
    except ElementTree.ParseError as error:
        raise AnswerError(f"the answer is broken or cut off ({error})") from error


def text(element: Element, path: str) -> str:
    """The text of the first child at `path` without blanks around it, empty without one."""
    return (element.findtext(path) or "").strip()
