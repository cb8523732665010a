"""The figures that docs/bench.md explains, and those that a measurement printed, by the same names."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PAGE = Path(__file__).parents[1] / "docs/bench.md"


def documented(chapter: str) -> set[str]:
    """All keys in the tables below one `# ` heading."""
    text = f"\n{_PAGE.read_text(encoding='utf-8')}".partition(f"\n# {chapter}\n")[2].partition("\n# ")[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line[:3] == "| `"]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def flat(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every figure by its keys with dots between."""
    for key, item in value.items():
        if isinstance(item, dict):
            yield from flat(item, f"{prefix}{key}.")
        else:
            yield prefix + key, item
