"""A link in a note → what is wrong with it: where it leads, what it carries along, what it hides."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.curation.findings import Finding
from generator.model import Severity
from generator.text import clean
from generator.urls import safe_url, without_tracking

_SHOWN = 80
_SHORTENERS = frozenset(
    """
    amzn.to b.link bit.do bit.ly bitly.com bl.ink buff.ly clck.ru cli.re cutt.ly dlvr.it dub.sh fb.me flip.it g.co
    goo.gl gg.gg hubs.li hubs.ly ift.tt is.gd j.mp kutt.it lnk.bio lnkd.in msft.it mz.cm ow.ly owl.li pst.cr qr.ae rb.gy
    rebrand.ly s.id sh.st shorturl.asia shorturl.at short.gy short.io snip.ly soo.gd spr.ly surl.li t.cn t.co t.ly
    tiny.cc tiny.one tinyurl.com tr.im trib.al u.nu u.to url.cn urlz.fr v.gd wp.me x.co
    """.split()
)
"""Hosts whose addresses say nothing of where they lead."""


def link_findings(href: str, line: int) -> Iterator[Finding]:
    """At most one finding, the one to mend first."""
    shown = clean(href)[:_SHOWN]
    url = safe_url(href)
    if url is None or not url.startswith("https://"):
        text = f"the link to {shown or 'nowhere'} is no absolute https address"
        hint = "Write one that begins with https://, or leave the link out"
        yield Finding(line, text, hint, Severity.WARNING)
    elif (urlsplit(url).hostname or "").removeprefix("www.") in _SHORTENERS:
        hint = "Write the address that it leads to"
        yield Finding(line, f"the link {shown} hides where it leads", hint, Severity.WARNING)
    elif (bare := without_tracking(url)) != url:
        yield Finding(line, f"the link {shown} tracks its readers", f"Write {bare}", Severity.WARNING)
