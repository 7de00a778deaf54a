"""What one run knows of sources: the same bytes once, other bytes always anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contentkit.cli.project import Project
from contentkit.cli.remembered import Remembered
from contentkit.config import load_config
from contentkit.errors import ContentError
from contentkit.models import Lateness

FIRST = "We sold 40 valves.\n\nOTR: Bob leaves in May.\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "call.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_same_bytes_are_parsed_once(tmp_path: Path) -> None:
    path, remembered = written(tmp_path, FIRST), Remembered()

    assert remembered.reading(path, "call.md") is remembered.reading(path, "call.md")
    assert remembered.off_record(path, "call.md") is remembered.off_record(path, "call.md")


def test_other_bytes_are_read_anew_though_size_and_time_are_the_same(tmp_path: Path) -> None:
    path, remembered = written(tmp_path, FIRST), Remembered()
    remembered.reading(path, "call.md"), remembered.off_record(path, "call.md")
    before = path.stat()
    written(tmp_path, FIRST.replace("40", "90").replace("Bob", "Eve"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert remembered.reading(path, "call.md").source.lines[0] == "We sold 90 valves."
    assert remembered.off_record(path, "call.md").leaks_in("Eve leaves in May")


def test_a_file_that_cannot_be_read_any_more_is_not_remembered(tmp_path: Path) -> None:
    path, remembered = written(tmp_path, FIRST), Remembered()
    remembered.reading(path, "call.md")
    path.unlink()

    with pytest.raises(ContentError):
        remembered.reading(path, "call.md")


def test_nothing_off_the_record_shows_in_what_is_remembered(tmp_path: Path) -> None:
    path, remembered = written(tmp_path, FIRST), Remembered()
    remembered.off_record(path, "call.md")

    assert "Bob" not in f"{remembered!r}{vars(remembered)!r}"


def test_settings_people_and_the_calendar_are_parsed_anew_when_one_byte_of_them_changed(tmp_path: Path) -> None:
    (tmp_path / "contentkit.toml").write_text('version = 1\nproject = "ours"\n')
    (tmp_path / "people.yaml").write_text("version: 1\npeople:\n  ana: {name: Ana}\n")
    calendar = tmp_path / "calendar.yaml"
    calendar.write_text("version: 1\ntimezone: UTC\nentries: []\n")
    remembered, late = Remembered(), Lateness()

    def read() -> tuple[object, ...]:
        accounts = remembered.settings(tmp_path).accounts
        return (
            remembered.settings(tmp_path),
            remembered.people(tmp_path, accounts),
            remembered.calendar(calendar, "calendar.yaml", accounts, late),
        )

    first = read()
    assert all(now is then for now, then in zip(read(), first, strict=True))
    for name, old, new in (
        ("contentkit.toml", "ours", "eurs"),
        ("people.yaml", "name: Ana", "name: Eva"),
        ("calendar.yaml", "UTC", "GMT"),
    ):
        path = tmp_path / name
        before = path.stat()
        path.write_text(path.read_text().replace(old, new))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not any(now == then for now, then in zip(read(), first, strict=True))


def test_a_calendar_is_read_for_the_accounts_that_are_there_now(tmp_path: Path) -> None:
    path = tmp_path / "calendar.yaml"
    entry = "{id: a, draft: drafts/a.md, at: 2026-11-24 09:30, accounts: [mine]}"
    path.write_text(f"version: 1\ntimezone: UTC\nentries:\n  - {entry}\n")
    remembered = Remembered()
    remembered.calendar(path, "calendar.yaml", ["mine"], Lateness())

    with pytest.raises(ContentError, match="mine"):
        remembered.calendar(path, "calendar.yaml", ["yours"], Lateness())


def test_a_project_that_is_looked_at_again_has_the_same_calendar_while_no_byte_of_it_changed(tmp_path: Path) -> None:
    (tmp_path / "contentkit.toml").write_text('version = 1\nproject = "ours"\n')
    (tmp_path / "calendar.yaml").write_text("version: 1\ntimezone: Europe/Madrid\n")
    project = Project(tmp_path, load_config(tmp_path), {})

    assert project.as_it_is_now().calendar is project.calendar
    (tmp_path / "calendar.yaml").write_text("version: 1\ntimezone: Europe/Lisbon\n")
    assert project.as_it_is_now().calendar.timezone == "Europe/Lisbon"
    assert project.calendar.timezone == "Europe/Madrid"
