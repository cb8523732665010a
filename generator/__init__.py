"""Broadsheet: fetched paper listings and curators' notes → a searchable static site.

Start at `generator/pipeline/`: its docstring is the whole program.
"""

import os

# Before anything loads numpy: sums in one order make the same bytes, and one thread is no slower for what we do.
os.environ.update(
    dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")
)

__version__ = "0.1.0"
