from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage with console accounts."""
    stage = Stage(tmp_path / "state")
    yield stage
    stage.close()
