"""``contentkit queue --watch``, in a terminal that somebody types into."""

from __future__ import annotations

import os
import re
import select
import signal
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cli.shell import Shell, entry, time_in
from tests.publishing.project import UNDER_TEST
from tests.warm import WarmProcess


class Watching:
    """A running watch: what was drawn since the last look, and keys to it."""

    def __init__(self, leader: int, process: WarmProcess) -> None:
        self.leader = leader
        self.process = process

    def sees(self, words: str, seconds: float = 30.0) -> str:
        """All that was drawn until these words were."""
        drawn, deadline = "", time.monotonic() + seconds
        while words not in drawn:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{words!r} is not in {drawn!r}")
            if select.select([self.leader], [], [], 0.1)[0]:
                drawn += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", os.read(self.leader, 65536).decode(errors="replace"))
        return drawn

    def types(self, keys: bytes) -> None:
        os.write(self.leader, keys)


@contextmanager
def watching(shell: Shell, *asked: str, lines: int = 24) -> Iterator[Watching]:
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (lines, 80))
    with tempfile.TemporaryFile() as err:
        streams = (follower, follower, err.fileno())
        arguments = ["queue", "--watch", *asked]
        process = WarmProcess(UNDER_TEST, arguments, shell.here, shell.environment(), streams)
        os.close(follower)
        try:
            yield Watching(leader, process)
        finally:
            process.kill()
            process.wait()
            os.close(leader)


def test_a_watch_draws_anew_what_changed_and_ends_with_q(shell: Shell) -> None:
    shell.enter(entry("first", at=time_in(hours=2)))
    with watching(shell) as watch:
        watch.sees("first")
        shell.enter(entry("second", at=time_in(hours=3)))
        assert "first" not in watch.sees("second").partition("second")[2]
        watch.types(b"q")
        assert watch.process.wait(20) == 0


def test_a_calendar_that_is_half_saved_is_told_and_looked_at_again(shell: Shell) -> None:
    shell.enter(entry("first", at=time_in(hours=2)))
    with watching(shell) as watch:
        watch.sees("first")
        shell.write("calendar.yaml", "version: 1\ntimezone: UTC\nentries: [{\n")
        watch.sees("calendar.yaml:")
        shell.enter(entry("second", at=time_in(hours=3)))
        watch.sees("second")
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(20) == 0


def test_more_rows_than_lines_are_scrolled_to(shell: Shell) -> None:
    shell.enter(*(entry(f"e{number}", at=time_in(days=1 + number)) for number in range(9)))
    with watching(shell, lines=8) as watch:
        assert "e8" not in watch.sees("more lines")
        watch.types(b"G")
        watch.sees("e8")
        watch.types(b"q")
        assert watch.process.wait(20) == 0


def test_where_it_is_stands_below_and_its_hour_is_the_calendars(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes", "--by", "Ana")
    shell.run("post")
    calendar = shell.project / "calendar.yaml"
    calendar.write_text(calendar.read_text().replace("timezone: UTC", "timezone: Asia/Kathmandu"))
    with watching(shell) as watch:
        drawn = watch.sees("q quits")
    assert "console://try/1" in drawn
    # A zone that is a quarter of an hour away from every other clock here.
    minutes = {f"{datetime.now(ZoneInfo('Asia/Kathmandu')) - timedelta(minutes=ago):%H:%M}, q quits" for ago in (0, 1)}
    assert any(minute in drawn for minute in minutes)


@pytest.mark.parametrize("asked", [["--watch"], ["--watch", "--json"]])
def test_a_watch_without_a_terminal_is_refused_with_a_hint(shell: Shell, asked: list[str]) -> None:
    ran = shell.run("queue", *asked)
    assert (ran.code, ran.out) == (2, "")
    assert "--watch needs a terminal" in ran.err
    assert "leave it out" in ran.err


def test_a_wrong_name_ends_a_watch_before_it_begins(shell: Shell) -> None:
    shell.enter(entry("first", at=time_in(hours=2)))
    ran = shell.run_in_terminal("queue", "--watch", "frist")
    assert (ran.code, "did you mean 'first'?" in ran.err) == (2, True)
