"""A project on disk whose publisher goes by a clock that a test winds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from contentkit.cli.approving.giving import candidate_of, give
from contentkit.cli.journal import journal_of
from contentkit.cli.project import Project
from contentkit.cli.publisher import surroundings_of
from contentkit.cli.standings import standings
from contentkit.config import load_config
from contentkit.places import make_private_folder
from contentkit.publishing.outcomes import Outcome
from contentkit.publishing.publisher import publish_due
from tests.cli.shell import Shell
from tests.publishing.stage import WoundClock

HEAD = """version: 1
timezone: Europe/Madrid
slots:
  mornings: {days: [mon, tue, wed, thu, fri, sat, sun], time: "09:30", accounts: [try, more]}
"""
MINUTE = timedelta(minutes=1)


@dataclass
class Desk:
    """A project on disk whose publisher goes by a clock that a test winds."""

    shell: Shell
    clock: WoundClock

    def enter(self, *entries: str, more: str = "") -> None:
        head = self.shell.project / "calendar.yaml"
        head.write_text(f"{HEAD}{more}entries:\n" + "".join(f"  - {{{one}}}\n" for one in entries))

    @property
    def project(self) -> Project:
        root = self.shell.project
        return Project(root, load_config(root), self.shell.environment())

    def approve(self, *names: str) -> None:
        project = self.project
        make_private_folder(project.state)
        with journal_of(project, self.clock) as journal:
            for name in names:
                candidate = candidate_of(project, project.calendar.entry(name), self.clock.now())
                give(project, journal, candidate, "Ana", self.clock.now())

    def post(self) -> list[Outcome]:
        project = self.project
        with journal_of(project, self.clock) as journal:
            return publish_due(journal, surroundings_of(project, journal, self.clock, []), self.clock)

    def post_each_minute(self, span: timedelta) -> list[tuple[datetime, Outcome]]:
        found = []
        for _ in range(int(span / MINUTE)):
            found += [(self.clock.now(), outcome) for outcome in self.post()]
            self.clock.wind(MINUTE)
        return found

    def told(self, name: str) -> str:
        project = self.project
        with journal_of(project, self.clock) as journal:
            return next(row.why for row in standings(project, journal, self.clock.now()) if row.entry == name)
