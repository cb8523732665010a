"""Foreign address → address that is safe to link to, or None; the same → the one form that names a thing.

RFC 3986 with the eyes of a browser (https://url.spec.whatwg.org/): what a browser would mend, we refuse.
"""

import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

# Lower case, no port, nothing to encode: as most sources write addresses, and already what `safe_url` gives.
_PLAIN = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?){1,3}"
    r"(?:/[A-Za-z0-9/._-]{0,500})?"
)
_FORBIDDEN = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
# Python's codec and browsers disagree on these (IDNA 2003 and 2008): the link would lead elsewhere.
_DEVIATING = re.compile("[ßẞς\u200c\u200d]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_IPV6 = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_KEPT = "/?:@!$&()*+,;=~%-._"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid)(?:=.*)?", re.IGNORECASE)
_LONGEST = 2_000
_DEFAULT_PORTS = {"http": 80, "https": 443}


def safe_url(text: str) -> str | None:
    """An absolute http or https address without user or backslash, percent-encoded, its host in ASCII.

    Blanks and line ends around it are cut off. Anything else is None: there is nothing to link to.
    """
    if _PLAIN.fullmatch(text):
        return text
    parts = _split(text)
    if parts is None:
        return None
    host = _host(parts)
    if host is None:
        return None
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    return f"{parts.scheme}://{host}{_encoded(parts.path)}{query}{fragment}"


def canonical_url(text: str) -> str | None:
    """The safe address without default port, fragment and tracking parameters: what `url_id` hashes."""
    safe = safe_url(text)
    if safe is None:
        return None
    parts = urlsplit(without_tracking(safe))
    fields = "&".join(filter(None, parts.query.split("&")))
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    host = parts.netloc.removesuffix(f":{parts.port}")
    query = f"?{fields}" if fields else ""
    return f"{parts.scheme}://{host}{port}{parts.path or '/'}{query}"


def without_tracking(url: str) -> str:
    """The same address without the parameters by which a reader is followed."""
    parts = urlsplit(url)
    fields = parts.query.split("&")
    kept = [field for field in fields if not _TRACKING.fullmatch(field)]
    return urlunsplit(parts._replace(query="&".join(kept))) if len(kept) < len(fields) else url


def _split(text: str) -> SplitResult | None:
    """The parts of an http address; None when `urlsplit` or a browser would have to guess."""
    stripped = text.strip()
    if len(stripped) > _LONGEST or _FORBIDDEN.search(stripped):
        return None
    try:
        parts = urlsplit(stripped)
        _ = parts.port
    except ValueError:
        return None
    is_web = parts.scheme in _DEFAULT_PORTS and stripped[len(parts.scheme) :].startswith("://")
    return parts if is_web and parts.hostname and "@" not in parts.netloc else None


def _host(parts: SplitResult) -> str | None:
    """Host and port, lower case, international names in their ASCII form; None when it is no host name."""
    name = _ascii_host(parts.hostname or "")
    if name is None or parts.port == 0:
        return None
    return name if parts.port is None else f"{name}:{parts.port}"


def _ascii_host(name: str) -> str | None:
    if ":" in name:
        bracketed = f"[{name}]"
        return bracketed if _IPV6.fullmatch(bracketed) else None
    if _DEVIATING.search(name):
        return None
    try:
        ascii_name = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = ascii_name.removesuffix(".").split(".")
    return ascii_name if len(ascii_name) <= 253 and all(map(_LABEL.fullmatch, labels)) else None


def _encoded(part: str) -> str:
    """Quotes, brackets and everything outside ASCII percent-encoded, once: `%41` stays, a lone `%` is `%25`."""
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_KEPT)
