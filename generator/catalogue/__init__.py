"""Archive and notes → what every day needs to know: its papers, their owners, notes, neighbours in time."""

from generator.catalogue.catalogue import Catalogue, DayContext, load_catalogue

__all__ = ["Catalogue", "DayContext", "load_catalogue"]
