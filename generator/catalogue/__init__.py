"""Archive and notes → what every day needs to know: its papers, their owners, notes, neighbours in time."""

from generator.catalogue.catalogue import Catalogue, CatalogueDay, open_catalogue
from generator.catalogue.contexts import DayContext, DayInput, read_context
from generator.catalogue.reading import Rules
from generator.catalogue.sync import Each

__all__ = ["Catalogue", "CatalogueDay", "DayContext", "DayInput", "Each", "Rules", "open_catalogue", "read_context"]
