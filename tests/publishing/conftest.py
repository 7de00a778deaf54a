from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing.stage import Stage


@pytest.fixture(autouse=True)
def _journals(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where stages have their journals: on SQLite, unless the run says otherwise."""
    if not request.config.option.on_postgres:
        yield
        return
    from tests.scale.stages import stages_on

    with stages_on(request.getfixturevalue("workspaces")):
        yield


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage with console accounts."""
    stage = Stage(tmp_path / "state")
    yield stage
    stage.close()
