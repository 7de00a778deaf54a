"""The user's crontab: this project's lines stand between two marks, and every other byte stays as it is."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from typing import NamedTuple

from contentkit.cli.cron.jobs import HOUR, Job, Timetable
from contentkit.cli.cron.programs import ask_program, failed, has_program, run_program
from contentkit.errors import StateError
from contentkit.patterns import regex

_LIST, _WRITE = ("crontab", "-l"), ("crontab", "-")
# How the crontabs of this world say that a user has none yet; all of them exit 1, as they do for every other trouble.
_NONE_YET = regex(rb"no crontab for|No such file", re.IGNORECASE)


class Crontab:
    """cron, as every Unix has it: it mails what a command prints, if the machine can send mail."""

    name = "crontab"

    def why_not(self, timetable: Timetable) -> str:
        return "" if has_program("crontab", timetable.environment) else "there is no 'crontab'"

    def wanted(self, timetable: Timetable) -> dict[str, str]:
        return {"crontab": "".join(f"{line}\n" for line in crontab_lines(timetable))}

    def found(self, timetable: Timetable) -> dict[str, str]:
        block = _split(_read(timetable), timetable).block
        return {} if block is None else {"crontab": os.fsdecode(block)}

    def rhythm(self, found: Mapping[str, str]) -> int:
        told = re.search(r"^\*/(\d+) .* post$", found["crontab"], re.MULTILINE)
        return int(told[1]) if told else 1

    def install(self, timetable: Timetable) -> None:
        before = _read(timetable)
        parts = _split(before, timetable)
        head = parts.before if not parts.before or parts.before.endswith(b"\n") else parts.before + b"\n"
        lines = os.fsencode(self.wanted(timetable)["crontab"])
        _write(timetable, head + _mark("begin", timetable) + lines + _mark("end", timetable) + parts.after)

    def uninstall(self, timetable: Timetable) -> None:
        parts = _split(_read(timetable), timetable)
        _write(timetable, parts.before + parts.after)

    def advice(self, timetable: Timetable) -> list[str]:
        return [
            f"your crontab has a line of its own for this project, take it out (crontab -e): {line}"
            for line in lines_by_hand(timetable)
        ]


def crontab_lines(timetable: Timetable) -> list[str]:
    """A line for each job, which works whatever cron's environment lacks."""
    return [_line(job) for job in timetable.jobs]


def lines_by_hand(timetable: Timetable) -> list[str]:
    """Lines of the crontab that somebody else wrote, and that start this project's commands, too."""
    parts = _split(_read(timetable), timetable)
    lines = os.fsdecode(parts.before + parts.after).split("\n")
    return [line for line in lines if not line.lstrip().startswith("#") and _starts(line, timetable)]


def _starts(line: str, timetable: Timetable) -> bool:
    try:
        words = shlex.split(line.replace(r"\%", "%"))
    except ValueError:
        return False
    named = any(word.rpartition("/")[2] == "contentkit" for word in words)
    return named and str(timetable.root) in words and any(job.name in words for job in timetable.jobs)


def _line(job: Job) -> str:
    variables = (f"{name}={shlex.quote(value)}" for name, value in job.variables.items())
    words = [*variables, *(shlex.quote(word) for word in job.words)]
    # To cron, a percent sign is the end of the command.
    return f"{_times(job)}  " + " ".join(words).replace("%", r"\%")


def _times(job: Job) -> str:
    if job.every == HOUR:
        return f"{job.minute} * * * *"
    return "* * * * *" if job.every == 1 else f"*/{job.every} * * * *"


class _Parts(NamedTuple):
    """A crontab: what stands before this project's marks, what between them (None: there are none), what after."""

    before: bytes
    block: bytes | None
    after: bytes


def _split(content: bytes, timetable: Timetable) -> _Parts:
    """Raises StateError where the marks are not one pair."""
    begin, end = _mark("begin", timetable), _mark("end", timetable)
    lines = content.splitlines(keepends=True)
    first = [number for number, line in enumerate(lines) if line.rstrip(b"\r\n") == begin.rstrip(b"\n")]
    last = [number for number, line in enumerate(lines) if line.rstrip(b"\r\n") == end.rstrip(b"\n")]
    if not first and not last:
        return _Parts(content, None, b"")
    if len(first) != 1 or len(last) != 1 or last[0] < first[0]:
        raise StateError(
            f"your crontab: the marks of this project are not one pair: {os.fsdecode(begin.strip())}",
            hint="take them out with what is between them: crontab -e",
        )
    start, stop = first[0], last[0]
    return _Parts(b"".join(lines[:start]), b"".join(lines[start + 1 : stop]), b"".join(lines[stop + 1 :]))


def _mark(kind: str, timetable: Timetable) -> bytes:
    return os.fsencode(f"# contentkit: {kind} {timetable.root}\n")


def _read(timetable: Timetable) -> bytes:
    done = ask_program(_LIST, timetable.environment)
    if done.returncode == 0:
        return done.stdout
    if _NONE_YET.search(done.stderr):
        return b""
    raise failed(_LIST, done)


def _write(timetable: Timetable, content: bytes) -> None:
    """Raises StateError when what stands there afterwards is something else."""
    run_program(_WRITE, timetable.environment, content)
    if _read(timetable) != content:
        raise StateError("your crontab is not what was written: somebody else changed it", hint="look: crontab -l")
