"""Measurements (`broadsheet bench`): of builds, beside MkDocs and Hugo, of a page's first visit in Chromium, and of
searches, beside BM25 (`searches`).

docs/bench.md says what each figure means.
"""

from generator.bench.builds import Plan, measure_builds
from generator.bench.first_visit import measure_page

__all__ = ["Plan", "measure_builds", "measure_page"]
