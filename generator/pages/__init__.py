"""Digests and roll-ups → Markdown pages, by the templates in `site_templates/pages/`."""

from generator.pages.almanac import calendar_days
from generator.pages.opensearch import opensearch
from generator.pages.renderer import Page, Renderer
from generator.pages.sitemap import sitemap
from generator.settings import Site

__all__ = ["Page", "Renderer", "Site", "calendar_days", "opensearch", "sitemap"]
