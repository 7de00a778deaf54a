"""systemd's timers of a user: one service that may do little, and one timer, for each job."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from contentkit.cli.cron.files import found_files, write_files
from contentkit.cli.cron.jobs import HOUR, JOB_NAMES, Job, Timetable
from contentkit.cli.cron.programs import ask_program, has_program, run_program
from contentkit.errors import StateError

_SYSTEMCTL = ("systemctl", "--user")
# What a run has no need of. Some kernels let no user's manager build these, and then nothing would start.
_WALLS = (
    "NoNewPrivileges=yes",
    "PrivateTmp=yes",
    "ProtectSystem=strict",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallErrorNumber=EPERM",
)
_SERVICE = """\
# Written by 'contentkit cron install'; 'contentkit cron uninstall' takes it out.
[Unit]
Description=contentkit {job}

[Service]
Type=oneshot
{variables}ExecStart={command}
# Asked to end, it settles the post in hand, and says so by this code.
SuccessExitStatus=130
KillMode=mixed
TimeoutStopSec=180
UMask=0077
ReadWritePaths={writes}
{walls}
"""
_TIMER = """\
# Written by 'contentkit cron install'; 'contentkit cron uninstall' takes it out.
[Unit]
Description=contentkit {job}

[Timer]
OnCalendar={times}
AccuracySec=1s
Persistent=true

[Install]
WantedBy=timers.target
"""


class Systemd:
    """A timer of systemd's user manager: it keeps what a command prints in its log, and starts it when the machine was off."""

    name = "systemd"

    def why_not(self, timetable: Timetable) -> str:
        if not has_program("systemctl", timetable.environment):
            return "there is no 'systemctl'"
        try:
            return "" if _unit_folders(timetable) else "systemd runs no manager for this user's session"
        except StateError as problem:
            return problem.message

    def wanted(self, timetable: Timetable) -> dict[str, str]:
        folder = _folder(timetable)
        units: dict[str, str] = {}
        for job in timetable.jobs:
            path = folder / timetable.name_of(job.name)
            units[f"{path}.service"] = _service(timetable, job)
            units[f"{path}.timer"] = _TIMER.format(job=_words(timetable, job), times=_times(job))
        return units

    def found(self, timetable: Timetable) -> dict[str, str]:
        folder = _folder(timetable)
        names = (f"{timetable.name_of(job)}.{kind}" for job in JOB_NAMES for kind in ("service", "timer"))
        return found_files(folder / name for name in names)

    def rhythm(self, found: Mapping[str, str]) -> int:
        told = re.search(r"^OnCalendar=\*:0/(\d+)$", "\n".join(found.values()), re.MULTILINE)
        return int(told[1]) if told else 1

    def install(self, timetable: Timetable) -> None:
        wanted = self.wanted(timetable)
        _try_walls(timetable)
        self._remove(timetable, (path for path in self.found(timetable) if path not in wanted))
        for folder in timetable.writes:
            # The service cannot make them: what lies around them is read-only to it.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_files(wanted)
        run_program((*_SYSTEMCTL, "daemon-reload"), timetable.environment)
        timers = [f"{timetable.name_of(job.name)}.timer" for job in timetable.jobs]
        run_program((*_SYSTEMCTL, "enable", "--now", *timers), timetable.environment)
        # One that runs already keeps to its old times otherwise.
        run_program((*_SYSTEMCTL, "restart", *timers), timetable.environment)

    def uninstall(self, timetable: Timetable) -> None:
        self._remove(timetable, self.found(timetable))
        run_program((*_SYSTEMCTL, "daemon-reload"), timetable.environment)

    def _remove(self, timetable: Timetable, paths: Iterable[str]) -> None:
        """A post that is under way is let be: only the timers end."""
        gone = [Path(path) for path in paths]
        timers = [path.name for path in gone if path.suffix == ".timer"]
        if timers:
            run_program((*_SYSTEMCTL, "disable", "--now", *timers), timetable.environment)
        for path in gone:
            path.unlink(missing_ok=True)

    def advice(self, timetable: Timetable) -> list[str]:
        lines = [f"what it prints: journalctl --user -u {timetable.name_of('post')}"]
        if timetable.alerts:
            lines.append(
                "your alert command may do no more than the service: it writes only to the folders named there"
            )
        if not _lingers(timetable):
            lines.append("it runs only while you are logged in, unless you say once: loginctl enable-linger")
        return lines


def _try_walls(timetable: Timetable) -> None:
    """Raises StateError where the manager cannot start anything behind such walls: nobody would see that later."""
    if not has_program("systemd-run", timetable.environment):
        return
    walls = (f"--property={wall}" for wall in _WALLS)
    done = ask_program(
        ("systemd-run", "--user", "--wait", "--collect", "--quiet", *walls, "/bin/true"), timetable.environment
    )
    if done.returncode:
        raise StateError(
            f"systemd cannot start a service here that may do little (status {done.returncode})",
            hint="contentkit cron install --with crontab",
        )


def _service(timetable: Timetable, job: Job) -> str:
    variables = "".join(f"Environment={quoted(f'{name}={value}')}\n" for name, value in job.variables.items())
    return _SERVICE.format(
        job=_words(timetable, job),
        variables=variables,
        command=_command(job.words),
        writes=" ".join(quoted(f"-{path}") for path in timetable.writes),
        walls="\n".join(_WALLS),
    )


def _command(words: tuple[str, ...]) -> str:
    """A command line. In what follows the program a dollar sign is a variable's; in the program's own name some are no good."""
    if set(words[0]) & set("\"'\\"):
        words = ("/usr/bin/env", *words)
    return " ".join((quoted(words[0]), *(quoted(word).replace("$", "$$") for word in words[1:])))


def _words(timetable: Timetable, job: Job) -> str:
    return f"{job.name}, in {timetable.root}".replace("%", "%%")


def quoted(word: str) -> str:
    """A word as a unit's line names it: nothing in it is a quote's end, an escape or a specifier."""
    return '"' + word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%") + '"'


def _times(job: Job) -> str:
    if job.every == HOUR:
        return f"*:{job.minute:02}"
    return "minutely" if job.every == 1 else f"*:0/{job.every}"


def _folder(timetable: Timetable) -> Path:
    """Where this user's units lie: the first of the usual folders that the manager reads."""
    home = timetable.home
    named = timetable.environment.get("XDG_CONFIG_HOME", "")
    usual = [Path(named)] if Path(named).is_absolute() else []
    folders = [folder / "systemd/user" for folder in (*usual, home / ".config")]
    known = f" {_unit_folders(timetable)} "
    return next((folder for folder in folders if f" {folder} " in known), folders[-1])


def _unit_folders(timetable: Timetable) -> str:
    """The folders in which this user's manager looks for units, as it prints them; empty where no manager answers."""
    done = ask_program((*_SYSTEMCTL, "show", "--property=UnitPath", "--value"), timetable.environment)
    return done.stdout.decode(errors="surrogateescape").strip() if done.returncode == 0 else ""


def _lingers(timetable: Timetable) -> bool:
    """Whether this user's manager goes on after the last session."""
    if not has_program("loginctl", timetable.environment):
        return False
    done = ask_program(("loginctl", "show-user", "--property=Linger", "--value"), timetable.environment)
    return done.returncode == 0 and done.stdout.strip() == b"yes"
