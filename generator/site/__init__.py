"""The Markdown tree → the finished site, by MkDocs; published file by file, atomically."""

from generator.site.publish import publish
from generator.site.render import render_site
from generator.site.serve import serve_site

__all__ = ["publish", "render_site", "serve_site"]
