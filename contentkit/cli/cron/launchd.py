"""launchd's agents of a user, on a Mac: one property list for each job."""

from __future__ import annotations

import os
import plistlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from contentkit.cli.cron.files import found_files, write_files
from contentkit.cli.cron.jobs import HOUR, JOB_NAMES, Job, Timetable
from contentkit.cli.cron.programs import ask_program, has_program, run_program


class Launchd:
    """An agent of launchd: it writes what a command prints to a file, and starts it once when the Mac was asleep."""

    name = "launchd"

    def why_not(self, timetable: Timetable) -> str:
        return "" if has_program("launchctl", timetable.environment) else "there is no 'launchctl'"

    def wanted(self, timetable: Timetable) -> dict[str, str]:
        return {str(_path(timetable, job.name)): _agent(timetable, job) for job in timetable.jobs}

    def found(self, timetable: Timetable) -> dict[str, str]:
        return found_files(_path(timetable, name) for name in JOB_NAMES)

    def rhythm(self, found: Mapping[str, str]) -> int:
        told = re.search(r"<key>StartInterval</key>\s*<integer>(\d+)</integer>", "\n".join(found.values()))
        return int(told[1]) // 60 if told else 1

    def install(self, timetable: Timetable) -> None:
        wanted, found = self.wanted(timetable), self.found(timetable)
        # What is loaded stays as it was loaded.
        self._remove(timetable, (path for path in found if found[path] != wanted.get(path)))
        _log(timetable).parent.mkdir(parents=True, exist_ok=True)
        write_files(wanted)
        for path in wanted:
            if ask_program(("launchctl", "print", _target(Path(path).stem)), timetable.environment).returncode:
                run_program(("launchctl", "bootstrap", _domain(), path), timetable.environment)

    def uninstall(self, timetable: Timetable) -> None:
        self._remove(timetable, self.found(timetable))

    def _remove(self, timetable: Timetable, paths: Iterable[str]) -> None:
        for path in map(Path, paths):
            # It fails where nothing was loaded: then there is nothing to end.
            ask_program(("launchctl", "bootout", _target(path.stem)), timetable.environment)
            path.unlink(missing_ok=True)

    def advice(self, timetable: Timetable) -> list[str]:
        return [f"what it prints: {_log(timetable)}"]


def _agent(timetable: Timetable, job: Job) -> str:
    log = str(_log(timetable))
    agent: dict[str, object] = {
        "Label": timetable.name_of(job.name),
        "ProgramArguments": list(job.words),
        "EnvironmentVariables": dict(job.variables),
        "ProcessType": "Background",
        "Umask": 0o077,
        "ExitTimeOut": 180,
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    if job.every == HOUR:
        agent["StartCalendarInterval"] = {"Minute": job.minute}
    else:
        agent["StartInterval"] = job.every * 60
    return plistlib.dumps(agent).decode()


def _path(timetable: Timetable, job: str) -> Path:
    return timetable.home / "Library/LaunchAgents" / f"{timetable.name_of(job)}.plist"


def _log(timetable: Timetable) -> Path:
    return timetable.home / "Library/Logs" / f"contentkit-{timetable.title}.log"


def _domain() -> str:
    return f"gui/{os.getuid()}"


def _target(label: str) -> str:
    return f"{_domain()}/{label}"
