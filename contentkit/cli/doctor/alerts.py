"""What doctor looks at of those who are told when nobody looks: the alert command, the ping, the log."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from contentkit.cli.alerting.command import AlertCommand
from contentkit.cli.alerting.heartbeat import last_heartbeat
from contentkit.cli.alerting.news import trial
from contentkit.cli.alerting.waiting import alerts_waiting
from contentkit.cli.approving.policies import machine_of
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.settings.machine import MACHINE_NAME, Machine
from contentkit.views.doctor import Finding, error, fine, warning

_TRY = "contentkit doctor --alert"


def look_at_alerts(project: Project) -> Iterator[Finding]:
    """Whether somebody would hear of it. Nobody is told anything."""
    machine = machine_of(project)
    yield _about_command(project, machine)
    if machine.log:
        yield _about_log(machine)
    waiting = len(alerts_waiting(project.state).news)
    heartbeat = last_heartbeat(project.state)
    said = heartbeat.said if heartbeat else {}
    if waiting:
        yield warning("alerts", f"{waiting} not delivered: {said.get('alerts', 'no run has tried yet')}", _TRY)
    if words := said.get("ping"):
        yield warning("ping", f"the last one did not arrive: {words}", f"look at ping in {MACHINE_NAME}")
    elif machine.ping:
        yield fine("ping", "each run of 'contentkit post' reports there")


def try_alert(project: Project, clock: Clock) -> Iterator[Finding]:
    """Starts the alert command with a test, and lets it speak."""
    machine, now = machine_of(project), clock.now()
    if not machine.alert:
        how = f'write into {project.settings / MACHINE_NAME}: [alerts], and below it command = ["/path/to/program"]'
        yield warning("alerts", "no command is named", how)
        return
    command = AlertCommand(
        words=machine.alert, project=project.config.project, environment=project.environment, shown=True
    )
    why = command.tell([trial(now)], now, test=True)
    yield (
        error("alerts", f"the test was not taken: {why}", "mend the command")
        if why
        else fine("alerts", "the test was taken")
    )


def _about_command(project: Project, machine: Machine) -> Finding:
    if not machine.alert:
        return fine("alerts", "no command is named: only the output of 'contentkit post' tells what needs a person")
    program = machine.alert[0]
    if shutil.which(program) is None:
        return error("alerts", f"{program}: there is no such program", f"name it in {project.settings / MACHINE_NAME}")
    return fine("alerts", f"told by {program}; '{_TRY}' tries it")


def _about_log(machine: Machine) -> Finding:
    assert machine.log is not None
    existing = machine.log if machine.log.exists() else machine.log.parent
    if os.access(existing, os.W_OK):
        return fine("log", str(machine.log))
    return error("log", f"{machine.log}: cannot be written", "make its folder one that you may write to")
