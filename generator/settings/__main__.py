"""The JSON Schema of `extra.broadsheet` on stdout, for `make schema`."""

import json

from generator.settings.schema import settings_json_schema

print(json.dumps(settings_json_schema(), indent=2))  # noqa: T201  # its whole purpose
