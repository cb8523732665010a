"""Broadsheet: fetched paper listings and curators' notes → a searchable static site.

Start at `generator/pipeline/`: its docstring is the whole program.
"""

import os

# Before anything loads numpy: sums in one order make the same bytes, and one thread is no slower for what we do.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("VECLIB_MAXIMUM_THREADS", "1")

__version__ = "0.1.0"
