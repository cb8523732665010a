"""Measurements (`broadsheet bench`): of builds, beside MkDocs and Hugo, and of searches, beside BM25 (`searches`).

docs/bench.md says what each figure means.
"""

from generator.bench.builds import Plan, measure_builds

__all__ = ["Plan", "measure_builds"]
