"""mkdocs.yml → frozen Settings, or every mistake in it at once."""

from generator.settings.loading import load_settings
from generator.settings.locating import where
from generator.settings.reading import read_config
from generator.settings.schema import (
    ArxivSource,
    CommunitySettings,
    ContributingSettings,
    FeedSource,
    FetchSettings,
    HuggingFaceSource,
    RankingWeights,
    SearchSettings,
    SourceSettings,
    settings_json_schema,
)
from generator.settings.values import MkDocsSettings, Settings, Site

__all__ = [
    "ArxivSource",
    "CommunitySettings",
    "ContributingSettings",
    "FeedSource",
    "FetchSettings",
    "HuggingFaceSource",
    "MkDocsSettings",
    "RankingWeights",
    "SearchSettings",
    "Settings",
    "Site",
    "SourceSettings",
    "load_settings",
    "read_config",
    "settings_json_schema",
    "where",
]
