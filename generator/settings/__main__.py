"""The JSON Schema of mkdocs.yml on stdout: `python -m generator.settings > docs/settings.schema.json`."""

import json

from generator.settings.schema import settings_json_schema

print(json.dumps(settings_json_schema(), indent=2))  # noqa: T201  # its whole purpose
