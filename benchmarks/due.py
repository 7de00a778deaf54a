"""What is due on many accounts: how long ``contentkit post`` takes for it, and what it costs of this machine.

    .venv/bin/python -m benchmarks.due [POSTS [ACCOUNTS]]

So many posts, each an entry of its own, approved and due on so many accounts of one server. That answers after 50 ms,
as one that is far away, and runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.rounds import INSTALLED, REPOSITORY, Case, run
from benchmarks.years import hasty_journal
from contentkit.cli.approving.giving import Candidate, plan, sealed
from contentkit.cli.journal import journal_of
from contentkit.cli.project import Project, with_kept_answers
from contentkit.cli.unsayable import look_ahead
from contentkit.clock import SystemClock
from contentkit.config import load_config
from contentkit.publishing.planning import planned_parts

SECONDS = 0.05
_ACCOUNT = '[accounts.{name}]\nplatform = "mastodon"\nserver = "{server}"\n'
_ENTRY = "  - id: {name}\n    draft: drafts/{name}.md\n    at: {at:%Y-%m-%d %H:%M}\n    accounts: [{account}]\n"
_DRAFT = """---
version: 1
title: {name}
sources: [notes/{name}.md]
language: en
---
{words}
<!-- evidence: notes/{name}.md#L1 -->
"""


@dataclass(frozen=True)
class FarServer:
    """The server of ``publishing_server``, at this address."""

    url: str

    def told(self) -> Mapping[str, Any]:
        """What it was asked, how often, and the texts of each account in their order."""
        with urlopen(f"{self.url}/told") as answer:
            told: Mapping[str, Any] = json.load(answer)
        return told


@contextmanager
def far_server(seconds: float = SECONDS) -> Iterator[FarServer]:
    """A server that answers after so many seconds, for as long as it is needed."""
    command = [sys.executable, "-m", "benchmarks.publishing_server", str(seconds)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield FarServer(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.terminate()


def write_project(scratch: Path, server: str, posts: int, accounts: int) -> tuple[Path, dict[str, str]]:
    """A project in which so many posts are approved and due now, one after the other on each account; its environment."""
    root, environment = scratch / "project", {"PATH": "/usr/bin:/bin", "HOME": str(scratch)}
    for folder in (root / "notes", root / "drafts", scratch / ".config" / "contentkit"):
        folder.mkdir(parents=True)
    names = [f"account-{number:03}" for number in range(accounts)]
    settings = "".join(_ACCOUNT.format(name=name, server=server) for name in names)
    (root / "contentkit.toml").write_text(f'version = 1\nproject = "many-accounts"\n{settings}')
    secrets = scratch / ".config" / "contentkit" / "secrets.toml"
    secrets.touch(mode=0o600)
    secrets.write_text("".join(f'[{name}]\ntoken = "token-of-{name}"\n' for name in names))
    entries = "".join(write_entry(root, number, names[number % accounts]) for number in range(posts))
    (root / "calendar.yaml").write_text(f"version: 1\ntimezone: UTC\nentries:\n{entries}")
    approve(root, environment)
    return root, environment


def write_entry(root: Path, number: int, account: str) -> str:
    name, words = f"entry-{number:05}", f"We moved queue number {number:05} to Postgres, and nobody had to wait."
    (root / "notes" / f"{name}.md").write_text(f"{words}\n")
    (root / "drafts" / f"{name}.md").write_text(_DRAFT.format(name=name, words=words))
    return _ENTRY.format(name=name, at=datetime.now(UTC), account=account)


def approve(root: Path, environment: Mapping[str, str], first: int = 0) -> None:
    """Approves the entries from the first one on, as ``contentkit approve`` does, without its checks."""
    project, clock = with_kept_answers(Project(root, load_config(root), environment)), SystemClock()
    with journal_of(project, clock):
        pass  # there is one now
    with closing(hasty_journal(project.state)) as journal:
        for entry in project.calendar.entries[first:]:
            draft = project.draft_of(entry)
            candidate = Candidate(entry=entry, draft=draft, renditions=tuple(project.frozen_renditions(draft, entry)))
            approval = sealed(project, candidate, "Ana", clock.now(), "local")
            planned = planned_parts(root, journal, entry.id, candidate.renditions)
            plan(project, journal, entry, approval, planned)
            look_ahead(project, entry, approval.digest)
    project.cited.keep()


def main() -> None:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    accounts = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory() as scratch, far_server() as server:
        folder, environment = write_project(Path(scratch), server.url, posts, accounts)
        case = Case(name="post", command=[INSTALLED, "post"], folder=folder, environment=environment)
        used = run(case)
        told = server.told()
        ceiling = posts * SECONDS / 32
        took = f"{used.wall:.2f} s by the clock, {used.cpu:.2f} s of CPU, {used.memory >> 20} MB"
        print(f"{posts} posts on {accounts} accounts: {took}")
        print(
            f"least for one request each by 32 workers: {ceiling:.2f} s; load {os.getloadavg()[0]:.1f}; asked: {told['asked']}"
        )
        out = [text for texts in told["texts"].values() for text in texts]
        print(f"{len(out)} out, {len(set(out))} different")


if __name__ == "__main__":
    main()
