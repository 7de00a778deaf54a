"""The project after years of use that queues are measured in."""

from __future__ import annotations

from pathlib import Path

from benchmarks.years import OPEN, Years, write_files
from contentkit.calendar.entries import load_calendar
from contentkit.config import load_config
from contentkit.drafts import read_draft


def test_its_files_are_those_of_a_project(tmp_path: Path) -> None:
    years = Years(tmp_path, OPEN + 5)

    write_files(years)

    config = load_config(years.root)
    calendar = load_calendar(years.calendar, "calendar.yaml", config.accounts, config.late)
    assert [entry.id for entry in calendar.entries] == [f"e{number}" for number in range(years.count)]
    assert all(read_draft(years.root / entry.draft, years.root).posts for entry in calendar.entries[:OPEN])


def test_an_edit_changes_one_line_of_an_open_entry(tmp_path: Path) -> None:
    years = Years(tmp_path, OPEN + 5)
    write_files(years)
    texts = [years.calendar.read_text().splitlines()]

    for _ in range(2):
        years.edit()
        texts.append(years.calendar.read_text().splitlines())

    for before, after in ((texts[0], texts[1]), (texts[1], texts[2])):
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
