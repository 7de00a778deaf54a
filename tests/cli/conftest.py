from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A home with a project: one note, one draft that the checks have nothing against, an empty calendar."""
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("people.yaml", "version: 1\npeople: {}\n")
    shell.write("calendar.yaml", "version: 1\ntimezone: UTC\nentries: []\n")
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    return shell
