"""What tests of several stages share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.upstream import Upstream

# A busy machine is slow, and no fault of the program.
settings.register_profile("usual", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("usual"), max_examples=2_000)
"""Twenty times the examples: `pytest --hypothesis-profile=long`."""
settings.load_profile("usual")


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A fresh upstream on loopback."""
    with Upstream() as running:
        yield running


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of recorded upstream answers; tests that need it skip without it."""
    folder = os.environ.get("BROADSHEET_REAL_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("BROADSHEET_REAL_DATA names no folder")
    return Path(folder)
