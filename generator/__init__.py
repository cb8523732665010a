"""Broadsheet: fetched paper listings and curators' notes → a searchable static site.

Start at `generator/pipeline.py`: its docstring is the whole program.
"""

__version__ = "0.1.0"
