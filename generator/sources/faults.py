"""What went wrong with a request → words for people: readers of the site see them too."""

import errno
import socket
import ssl
from collections.abc import Iterator
from http import HTTPStatus

from urllib3.exceptions import DecodeError, ProtocolError

_CAUSES: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "no host has this name, or there is no network"),
    (ConnectionRefusedError, "it was refused"),
    (ssl.SSLCertVerificationError, "the certificate is not valid"),
    (ssl.SSLError, "no encryption could be agreed on"),
    (DecodeError, "the answer cannot be unpacked"),
    (ProtocolError, "it broke off"),
    (ConnectionError, "it broke off"),
)
_NO_WAY = frozenset((errno.ENETUNREACH, errno.EHOSTUNREACH))


def connection_cause(error: BaseException) -> str:
    """Why a connection failed: requests wraps urllib3's errors, which wrap the system's, which tells most."""
    chain = list(_chain(error))
    for inner in reversed(chain):
        if isinstance(inner, OSError) and inner.errno in _NO_WAY:
            return "there is no way to it; is there a network?"
        for kind, words in _CAUSES:
            if isinstance(inner, kind):
                return words
    return fault_name(chain[-1])


def fault_name(error: BaseException) -> str:
    """For want of better words: those of the system, or the error's type. Its text may hold an address."""
    return (isinstance(error, OSError) and error.strerror) or type(error).__name__


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def status_words(status: int) -> str:
    """`HTTP 404 Not Found`; the bare number where no standard names it."""
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"
