"""Changes of the calendar by a command: one key of one entry, in the file as it is at that moment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contentkit.cli.calendar_changes import move, pause, unpause
from contentkit.cli.project import Project
from contentkit.config import load_config
from contentkit.errors import ContentError, UsageError
from tests.cli.shell import CONFIG

CALENDAR = """version: 1
timezone: Europe/Madrid
entries:
  # the big one
  - id: launch
    draft: drafts/launch.md
    at: 2026-11-24 09:30   # after the call
    accounts: [try]
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "contentkit.toml").write_text(CONFIG)
    (tmp_path / "calendar.yaml").write_text(CALENDAR)
    return Project(tmp_path, load_config(tmp_path), {})


def now(project: Project) -> str:
    return (project.root / "calendar.yaml").read_text()


def test_a_pause_and_its_end_leave_the_file_as_it_was(project: Project) -> None:
    assert pause(project, "launch", "waits for: legal").pause_reason == "waits for: legal"
    assert now(project) == CALENDAR.replace("id: launch\n", 'id: launch\n    paused: "waits for: legal"\n')
    assert not unpause(project, "launch").paused
    assert now(project) == CALENDAR


def test_a_move_keeps_the_comment_and_is_told_in_the_zone_of_the_entry(project: Project) -> None:
    entry = move(project, "launch", datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
    assert entry.wall == "2026-11-25T17:00:00"
    assert now(project) == CALENDAR.replace("2026-11-24 09:30", "2026-11-25 17:00")


def test_what_somebody_wrote_since_the_project_was_read_stays(project: Project) -> None:
    assert project.calendar.entries
    written = CALENDAR.replace("# the big one", "# the very big one")
    (project.root / "calendar.yaml").write_text(written)
    pause(project, "launch", "")
    assert now(project) == written.replace("id: launch\n", "id: launch\n    paused: true\n")


def test_what_somebody_else_paused_meanwhile_is_not_paused_again(project: Project) -> None:
    assert not project.calendar.entries[0].paused
    (project.root / "calendar.yaml").write_text(CALENDAR + "    paused: legal\n")
    with pytest.raises(UsageError, match=r"^launch is paused already \(legal\)$"):
        pause(project, "launch", "rain")
    assert now(project) == CALENDAR + "    paused: legal\n"


SLOTS = """slots:
  evening: {days: [wed], time: "17:00", accounts: [try]}
  far: {days: [thu], time: "09:30", accounts: [try], timezone: America/Mexico_City}
"""


def test_a_move_onto_a_slot_names_it_and_a_move_by_hand_takes_the_name_out(project: Project) -> None:
    (project.root / "calendar.yaml").write_text(CALENDAR + SLOTS)
    madrid = ZoneInfo("Europe/Madrid")
    assert move(project, "launch", datetime(2026, 11, 25, 17, 0, tzinfo=madrid), slot="evening").slot == "evening"
    assert "at: 2026-11-25 17:00   # after the call\n    slot: evening\n" in now(project)
    assert move(project, "launch", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)).slot == ""
    assert now(project) == CALENDAR + SLOTS


def test_an_entry_on_a_slot_has_the_zone_of_the_slot_and_loses_it_with_another_slot(project: Project) -> None:
    (project.root / "calendar.yaml").write_text(CALENDAR + SLOTS)
    mexico, madrid = ZoneInfo("America/Mexico_City"), ZoneInfo("Europe/Madrid")
    entry = move(project, "launch", datetime(2026, 11, 26, 9, 30, tzinfo=mexico), slot="far")
    assert (entry.wall, entry.zone) == ("2026-11-26T09:30:00", "America/Mexico_City")
    entry = move(project, "launch", datetime(2026, 11, 25, 17, 0, tzinfo=madrid), slot="evening")
    assert (entry.wall, entry.zone) == ("2026-11-25T17:00:00", "Europe/Madrid")
    assert "\n    timezone:" not in now(project)


def test_an_entry_that_is_not_there_changes_nothing(project: Project) -> None:
    with pytest.raises(ContentError, match="no entry 'lunch'"):
        pause(project, "lunch", "")
    assert now(project) == CALENDAR
