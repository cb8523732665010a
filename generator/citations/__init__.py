"""Papers → what reference managers read: BibTeX, RIS, CSL-JSON, COinS, JSON-LD, Highwire tags."""

from generator.citations.bibtex import bibtex
from generator.citations.coins import coins
from generator.citations.csl import csl_json
from generator.citations.highwire import highwire
from generator.citations.json_ld import json_ld
from generator.citations.reference import Reference, reference, references
from generator.citations.ris import ris

__all__ = ["Reference", "bibtex", "coins", "csl_json", "highwire", "json_ld", "reference", "references", "ris"]
