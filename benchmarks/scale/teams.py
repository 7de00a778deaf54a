"""Teams for measurements: folders with drafts and a calendar, approved in a database, with workers that publish them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.due import write_entry
from benchmarks.rounds import REPOSITORY
from contentkit.cli.approving.giving import Candidate, plan, sealed
from contentkit.cli.project import Project
from contentkit.cli.scale.homes import settle_in
from contentkit.clock import SystemClock
from contentkit.config import load_config
from contentkit.publishing.planning import planned_parts
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.opening import bring_up_to_date, open_journal
from contentkit.publishing.postgres.workspaces import Standing, enter

_ACCOUNT = '[accounts.{name}]\nplatform = "mastodon"\nserver = "{server}"\n'


@dataclass(frozen=True)
class Teams:
    """``posts`` of each account are due one after the other, from the same minute on."""

    scratch: Path
    address: str
    server: str

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.scratch), "PYTHONPATH": str(REPOSITORY)}

    def write(self, teams: int, accounts: int, posts: int, settle: str = "5m") -> None:
        """So many teams with so many accounts each, and so many posts on each account."""
        settings = self.scratch / ".config" / "contentkit"
        settings.mkdir(parents=True)
        (settings / "machine.toml").write_text(f'version = 1\n[scale]\ndatabase = "{self.address}"\n')
        connection = connect(self.address)
        bring_up_to_date(connection)
        database = PostgresConnection(connection)
        secrets = []
        for team in range(teams):
            names = [f"team-{team:02}-account-{number:03}" for number in range(accounts)]
            secrets += [f'[{name}]\ntoken = "token-of-{name}"\n' for name in names]
            root = self._folder(f"team-{team:02}", names, posts, settle)
            workspace = enter(
                database, name=f"team-{team:02}", project=f"team-{team:02}", hosts=(), seal="", state=Standing.OPEN
            )
            settle_in(f"team-{team:02}", root, self.environment)
            self._approve(root, workspace.id)
        database.close()
        path = settings / "secrets.toml"
        path.touch(mode=0o600)
        path.write_text("".join(secrets))

    def _folder(self, project: str, accounts: Sequence[str], posts: int, settle: str) -> Path:
        root = self.scratch / project
        for folder in (root / "notes", root / "drafts"):
            folder.mkdir(parents=True)
        listed = "".join(_ACCOUNT.format(name=name, server=self.server) for name in accounts)
        (root / "contentkit.toml").write_text(
            f'version = 1\nproject = "{project}"\n[publishing]\nsettle = "{settle}"\nlate = "post within 24h"\n{listed}'
        )
        numbers = range(posts * len(accounts))
        entries = "".join(write_entry(root, number, accounts[number % len(accounts)]) for number in numbers)
        (root / "calendar.yaml").write_text(f"version: 1\ntimezone: UTC\nentries:\n{entries}")
        return root

    def _approve(self, root: Path, workspace: int) -> None:
        project, clock = Project(root, load_config(root), self.environment), SystemClock()
        with closing(open_journal(self.address, workspace, clock, "benchmark")) as journal:
            for entry in project.calendar.entries:
                draft = project.draft_of(entry)
                candidate = Candidate(
                    entry=entry, draft=draft, renditions=tuple(project.frozen_renditions(draft, entry))
                )
                approval = sealed(project, candidate, "Ana", clock.now(), "local")
                plan(project, journal, entry, approval, planned_parts(root, journal, entry.id, candidate.renditions))

    def worker(self, number: int, *options: str) -> subprocess.Popen[bytes]:
        """A worker that writes what it says into ``worker-N.log``."""
        with (self.scratch / f"worker-{number}.log").open("ab") as log:
            command = [sys.executable, "-m", "contentkit", "worker", *options]
            return subprocess.Popen(command, cwd=self.scratch, env=self.environment, stdout=log, stderr=log)
