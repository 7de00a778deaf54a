"""What cron would see: contentkit starts itself anew with cron's bare environment, and compares.

As a module of its own (``python -m contentkit.cli.doctor.cron FOLDER``) it is the started one: it prints what it sees as
JSON, never a secret.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from contentkit.cli.cron.jobs import timetable_of, variables_of
from contentkit.cli.cron.standing import own_lines, standings, told
from contentkit.cli.doctor.journal import works_at_desk
from contentkit.cli.journal import has_journal
from contentkit.cli.project import Project, open_project
from contentkit.clock import Clock
from contentkit.errors import ContentkitError, StateError
from contentkit.secrets.credentials import SECRETS_NAME
from contentkit.text import one_line
from contentkit.values import dataclass
from contentkit.views.doctor import Finding, error, fine, warning

_PATH = "/usr/bin:/bin"
_PATIENCE = 60


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a process sees: its folders, whether the journal is there, where each secret is (None: nowhere) or why that
    cannot be told, and the encoding of what it prints."""

    state: str
    settings: str
    journal: bool
    places: Mapping[str, Mapping[str, str | None]]
    troubles: Mapping[str, str]
    encoding: str


def seen_by(project: Project) -> Seen:
    """What this process sees of the project."""
    places: dict[str, Mapping[str, str | None]] = {}
    troubles: dict[str, str] = {}
    for account in project.config.accounts.values():
        try:
            places[account.name] = project.secret_places(account)
        except ContentkitError as problem:
            troubles[account.name] = problem.words
    return Seen(
        state=str(project.state),
        settings=str(project.settings),
        journal=has_journal(project),
        places=places,
        troubles=troubles,
        encoding=sys.stdout.encoding.lower(),
    )


def look_as_cron(project: Project, clock: Clock) -> Iterator[Finding]:
    """What cron would not find, or find elsewhere. Raises StateError when contentkit does not even start there."""
    here, there = seen_by(project), _seen_by_cron(project, {})
    if works_at_desk(project, clock):
        yield fine("cron", "another machine publishes this project: here 'contentkit post' has nothing to do")
    yield fine("cron", "contentkit starts in cron's environment")
    yield _about_command()
    # The lines bring these variables along: what is missing even so is missing for good.
    by_line = _seen_by_cron(project, variables_of(project)) if variables_of(project) else there
    yield _about_journal(here, there, by_line)
    yield from _about_settings(here, there, by_line)
    for name in project.config.accounts:
        yield _about_secrets(name, here, by_line)
    yield _about_key(project)
    yield from _about_installed(project)
    if "utf" in there.encoding:
        yield fine("letters", f"printed as {there.encoding}")
    else:
        yield fine("letters", f"cron prints {there.encoding}: other letters are written as \\u escapes")


def cron_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The few variables that cron sets."""
    kept = {name: environment[name] for name in ("HOME", "LOGNAME", "USER") if environment.get(name)}
    return {**kept, "SHELL": "/bin/sh", "PATH": _PATH}


def _seen_by_cron(project: Project, variables: Mapping[str, str]) -> Seen:
    """What a process that cron starts with these variables sees. Raises StateError when it does not start."""
    environment = {**cron_environment(project.environment), **variables}
    # -P: a file in the home folder must not stand in for a module.
    command = [sys.executable, "-P", "-m", "contentkit.cli.doctor.cron", str(project.root)]
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            command,
            cwd=environment.get("HOME", "/"),
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
            timeout=_PATIENCE,
            check=False,
        )
        return Seen(**json.loads(done.stdout))
    except (OSError, subprocess.SubprocessError, ValueError, TypeError) as problem:
        said = done.stderr.decode(errors="replace") if isinstance(problem, ValueError) else str(problem)
        last = one_line(said.strip().rpartition("\n")[2], 200)
        raise StateError(
            f"contentkit does not start in cron's environment: {last}",
            hint="install it where nothing but HOME is needed, as with pipx",
        ) from None


def _about_command() -> Finding:
    if shutil.which("contentkit", path=_PATH):
        return fine("command", "cron finds 'contentkit' by itself")
    return fine("command", "cron does not find 'contentkit' by itself: the line names it in full")


def _about_journal(here: Seen, there: Seen, by_line: Seen) -> Finding:
    if here.state == there.state:
        return fine("journal", f"{there.state}, as here")
    what = f"cron would look in {there.state}; here it is {here.state}"
    if here.state == by_line.state:
        return fine("journal", f"{what}: the line below sets XDG_STATE_HOME")
    return warning("journal", what, "set XDG_STATE_HOME in the crontab to what it is here")


def _about_settings(here: Seen, there: Seen, by_line: Seen) -> Iterator[Finding]:
    if here.settings == there.settings:
        return
    what = f"cron would look for {SECRETS_NAME} in {there.settings}; here it is {here.settings}"
    if here.settings == by_line.settings:
        yield fine("settings", f"{what}: the line below sets XDG_CONFIG_HOME")
    else:
        yield warning("settings", what, "set XDG_CONFIG_HOME in the crontab to what it is here")


def _about_secrets(name: str, here: Seen, there: Seen) -> Finding:
    about = f"account {name}"
    if name in there.troubles:
        return error(about, f"cron cannot use its secrets: {there.troubles[name]}", f"contentkit accounts add {name}")
    found, known = there.places.get(name, {}), here.places.get(name, {})
    lost = [secret for secret, place in found.items() if place is None]
    if not lost:
        return fine(about, "cron finds its secrets" if found else "needs no secret")
    keep = f"keep it in {SECRETS_NAME}: contentkit accounts add {name}, with no variable set for it"
    where = {known.get(secret) for secret in lost}
    words = ", ".join(lost)
    if where == {"environment"}:
        return error(about, f"cron does not find its {words}: only this shell has it in its environment", keep)
    if where == {"keyring"}:
        return error(about, f"cron does not find its {words}: the keyring needs your desktop session", keep)
    return error(about, f"cron does not find its {words}", keep)


def _about_installed(project: Project) -> Iterator[Finding]:
    timetable = timetable_of(project)
    found, own = list(standings(timetable)), own_lines(timetable)
    for one in found:
        yield (
            fine("installed", told(one)) if one.current else warning("installed", told(one), "contentkit cron install")
        )
    for line in own:
        yield fine("installed", f"your crontab has a line of its own: {line}")
    if len(found) + bool(own) > 1:
        yield warning(
            "installed", "more than one thing starts this project here", "leave one: contentkit cron uninstall"
        )
    if not found and not own:
        yield fine("installed", "nothing starts this project here yet: contentkit cron install")


def _about_key(project: Project) -> Finding:
    key = project.config.drafter.key_variable
    return fine("drafter", f"'post' needs no drafter{f', and no {key}' if key else ''}")


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    print(json.dumps(asdict(seen_by(open_project()))))  # noqa: T201 - for the process that started this one
