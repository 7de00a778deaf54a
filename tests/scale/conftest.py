from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing.stage import Stage
from tests.scale.stages import Workspaces, stages_on


@pytest.fixture
def stage(workspaces: Workspaces, tmp_path: Path) -> Iterator[Stage]:
    """A stage with console accounts, whose journal lies on PostgreSQL."""
    with stages_on(workspaces):
        yield Stage(tmp_path / "state")
