from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contentkit.publishing.lock import LOCK_NAME, Occupied, publisher_lock

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_HOLD = """
import sys; from datetime import datetime, UTC; from pathlib import Path
from contentkit.publishing.lock import publisher_lock
with publisher_lock(Path(sys.argv[1]), datetime(2026, 11, 22, 12, tzinfo=UTC)):
    print("held", flush=True); sys.stdin.read()
"""


def _holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_one_process_holds_it_and_the_other_learns_since_when(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    with pytest.raises(Occupied) as caught, publisher_lock(tmp_path, NOW):
        pass
    assert caught.value.since == NOW
    holder.communicate("")
    with publisher_lock(tmp_path, NOW):
        pass


def test_a_killed_holder_leaves_nothing_behind(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    holder.kill()
    holder.communicate()
    with publisher_lock(tmp_path, NOW):
        pass


def test_a_child_does_not_inherit_the_lock(tmp_path: Path) -> None:
    with publisher_lock(tmp_path, NOW):
        child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    with publisher_lock(tmp_path, NOW):
        pass
    child.communicate(b"")


def test_a_lock_file_that_says_nothing_readable_is_still_a_lock(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    (tmp_path / LOCK_NAME).write_bytes(b"\xff\xfe")
    with pytest.raises((Occupied, UnicodeDecodeError)) as caught, publisher_lock(tmp_path, NOW):
        pass
    assert isinstance(caught.value, Occupied)
    assert caught.value.since is None
    holder.communicate("")
