"""Site paths → the sitemap (https://www.sitemaps.org/protocol.html); it claims no dates that it does not know."""

from collections.abc import Iterable

from markupsafe import escape

from generator.settings import Site


def sitemap(site: Site, paths: Iterable[str]) -> str:
    """XML with the address of every page; of none when settings do not say where the site will stand."""
    lines = [f"<url><loc>{escape(site.url + path)}</loc></url>\n" for path in paths] if site.url else []
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(lines)}</urlset>\n"
