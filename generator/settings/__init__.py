"""mkdocs.yml → frozen Settings, or every mistake in it at once."""

from generator.settings.loading import load_settings
from generator.settings.schema import (
    ArxivSource,
    FeedSource,
    FetchSettings,
    HuggingFaceSource,
    MkDocsSettings,
    RankingWeights,
    Settings,
    Site,
    SourceSettings,
    settings_json_schema,
)

__all__ = [
    "ArxivSource",
    "FeedSource",
    "FetchSettings",
    "HuggingFaceSource",
    "MkDocsSettings",
    "RankingWeights",
    "Settings",
    "Site",
    "SourceSettings",
    "load_settings",
    "settings_json_schema",
]
