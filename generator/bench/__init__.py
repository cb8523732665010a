"""A number of days and papers → how long builds take, beside plain MkDocs and Hugo (`broadsheet bench build`).

docs/bench.md says what each figure means.
"""

from generator.bench.builds import Plan, measure_builds

__all__ = ["Plan", "measure_builds"]
