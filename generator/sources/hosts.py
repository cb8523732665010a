"""An address → may we ask it? Only the open web, and the owner's own machine when the settings say so."""

import ipaddress
from urllib.parse import urlsplit

from generator.errors import RefusedError

_LOCAL_NAMES = frozenset(("localhost", "localhost.localdomain"))


def check_address(url: str, configured: str) -> None:
    """RefusedError unless `url` is plain http(s) to a public host.

    A loopback address is fine when `configured`, the address in the settings, is loopback too. A host's name is
    taken at its word: what it resolves to is the resolver's business.
    """
    host = _host(url)
    if is_loopback(url):
        if not is_loopback(configured):
            raise RefusedError(f"refused to ask {host}: it is this machine")
        return
    address = _address(host)
    if address is not None and (not address.is_global or getattr(address, "ipv4_mapped", None)):
        raise RefusedError(f"refused to ask {host}: it is not on the open web")


def check_redirect(url: str, target: str, configured: str) -> None:
    """RefusedError when a redirect leads where we do not go, or from https to http."""
    check_address(target, configured)
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
        raise RefusedError(f"refused to follow a redirect from https to http ({_host(target)})")


def is_loopback(url: str) -> bool:
    """True for localhost, 127.0.0.0/8 and [::1], written plainly."""
    host = _host(url)
    address = _address(host)
    return host in _LOCAL_NAMES or (
        address is not None and address.is_loopback and not getattr(address, "ipv4_mapped", None)
    )


def host_of(url: str) -> str:
    """The host's name in lower case; RefusedError for anything but a plain web address."""
    return _host(url)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError as error:
        raise RefusedError(f"refused to ask {url[:100]!r}: it is not an address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or not port_is_valid:
        raise RefusedError(f"refused to ask {url[:100]!r}: it is not a plain web address")
    return parts.hostname.lower().rstrip(".")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
