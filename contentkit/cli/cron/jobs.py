"""What is to be started, and how often: the one source of crontab lines, systemd units and launchd jobs."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unicodedata import category

from contentkit.cli.project import Project
from contentkit.errors import ContentkitError, UsageError
from contentkit.models import Account
from contentkit.settings.machine import Machine, load_machine
from contentkit.values import dataclass

# So many minutes between two starts make the same minutes of each hour.
RHYTHMS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)
HOUR = 60
JOB_NAMES = ("post", "sync")
_MINUTE_OF_SYNC = 17
_XDG = ("XDG_STATE_HOME", "XDG_CONFIG_HOME")


@dataclass(frozen=True, kw_only=True)
class Job:
    """A command that is started every so many minutes, from this minute of the hour on.

    ``words`` are its command line, this very contentkit first; ``variables`` are what it would not find without them.
    """

    name: str
    words: tuple[str, ...]
    variables: Mapping[str, str]
    every: int
    minute: int = 0


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The jobs of one project on this machine. ``title`` names it in files; ``writes`` are the folders that its jobs write to,
    ``alerts`` is true when they may start a command of the user's.

    ``environment`` is that of whoever asks: it says where the files of this user are.
    """

    root: Path
    title: str
    jobs: tuple[Job, ...]
    writes: tuple[Path, ...]
    alerts: bool
    environment: Mapping[str, str]

    @property
    def home(self) -> Path:
        named = self.environment.get("HOME", "")
        return Path(named) if named else Path.home()

    def name_of(self, job: str) -> str:
        """What a job is called among those of all projects."""
        return f"contentkit-{self.title}-{job}"

    def every(self, minutes: int) -> Timetable:
        """The same with another rhythm of ``post``."""
        return replace(self, jobs=(replace(self.jobs[0], every=minutes), *self.jobs[1:]))


def timetable_of(project: Project) -> Timetable:
    """What this project needs to have started. Raises UsageError for a folder that no file of a scheduler can name."""
    jobs = [_job(project, "post", 1)]
    if any(_tells_figures(project, account) for account in project.config.accounts.values()):
        jobs.append(_job(project, "sync", HOUR, _MINUTE_OF_SYNC))
    for name in (word for job in jobs for word in (*job.words, *job.variables.values())):
        if any(category(character) in ("Cc", "Cs") for character in name):
            raise UsageError(f"{name}: no scheduler can name it", hint="rename the folder: a character of it is none")
    machine = _machine(project)
    return Timetable(
        root=project.root,
        title=_title(project),
        jobs=tuple(jobs),
        writes=(project.root, project.state, project.settings, *([machine.log.parent] if machine.log else ())),
        alerts=bool(machine.alert),
        environment=project.environment,
    )


def variables_of(project: Project) -> dict[str, str]:
    """The XDG folders that were moved here, and that no scheduler knows of."""
    named = {name: project.environment.get(name, "") for name in _XDG}
    return {name: value for name, value in named.items() if Path(value).is_absolute()}


def _machine(project: Project) -> Machine:
    """What the user's own settings say, as far as they can be read: whoever needs them says what is wrong with them."""
    try:
        return load_machine(project.settings)
    except ContentkitError:
        return Machine()


def _job(project: Project, name: str, every: int, minute: int = 0) -> Job:
    words = (*_command(), "-C", str(project.root), name)
    return Job(name=name, words=words, variables=variables_of(project), every=every, minute=minute)


def _title(project: Project) -> str:
    """Readable, and different for each folder: two clones may lie on one machine."""
    readable = re.sub("[^a-z0-9]+", "-", project.config.project.lower()).strip("-")[:40]
    mark = hashlib.sha256(os.fsencode(project.root)).hexdigest()[:8]
    return f"{readable}-{mark}" if readable else mark


def _tells_figures(project: Project, account: Account) -> bool:
    """Whether figures can be had there: it is a network with secrets, and free or within a budget."""
    try:
        platform = project.platform(account)
    except ContentkitError:
        return False
    return bool(platform.secrets) and (platform.prices is None or project.config.monthly_reads > 0)


def _command() -> tuple[str, ...]:
    """This very contentkit by its absolute path."""
    started = Path(sys.argv[0])
    for candidate in (started, Path(sys.executable).with_name("contentkit")):
        if candidate.name == "contentkit" and candidate.is_absolute() and os.access(candidate, os.X_OK):
            return (str(candidate),)
    return (sys.executable, "-m", "contentkit")
