"""The project and the server that publishing is measured with."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.due import approve, far_server, write_entry, write_project
from benchmarks.rounds import Case, run
from contentkit.calendar.entries import load_calendar
from contentkit.config import load_config


def test_what_is_due_goes_out_once_on_each_account(tmp_path: Path) -> None:
    with far_server(0) as server:
        root, environment = write_project(tmp_path, server.url, 2, 2)
        with (root / "calendar.yaml").open("a") as calendar:
            calendar.write(write_entry(root, 2, "account-000"))
        approve(root, environment, first=2)

        command = [sys.executable, "-m", "contentkit", "post"]
        run(Case(name="post", command=command, folder=root, environment=environment))

        told = server.told()

    assert sorted(len(texts) for texts in told["texts"].values()) == [1, 2]
    assert told["asked"]["POST statuses"] == 3
    config = load_config(root)
    assert len(load_calendar(root / "calendar.yaml", "calendar.yaml", config.accounts).entries) == 3
