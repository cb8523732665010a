"""The Markdown tree → the finished site, by MkDocs; only files that changed are touched, each in one step."""

from generator.site.frame import PACKED_SITEMAP, SITEMAP, SITEMAPS, Frame
from generator.site.ledger import Ledger, Published
from generator.site.mkdocs import PageMaker, mkdocs_build
from generator.site.serve import PreviewServer
from generator.site.shipping import shipped

__all__ = [
    "PACKED_SITEMAP",
    "SITEMAP",
    "SITEMAPS",
    "Frame",
    "Ledger",
    "PageMaker",
    "PreviewServer",
    "Published",
    "mkdocs_build",
    "shipped",
]
