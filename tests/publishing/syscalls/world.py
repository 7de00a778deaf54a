"""A project, its server and a nursery: one publication after the other is played in it, each from the same beginning."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.publishing.pictures import png
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD
from tests.publishing.syscalls.plans import Plan, Traced
from tests.publishing.syscalls.traced import Nursery
from tests.servers.compatible_server import CompatibleServer
from tests.servers.records import StatusRecord
from tests.servers.x_records import PostRecord
from tests.servers.x_server import XServer

Network = CompatibleServer | XServer
NETWORKS = ("mastodon", "x")
# The post of this number has a picture: its upload happens in the middle of the thread.
PICTURE_AT = 1
_PICTURE = {PICTURE_AT: "![A dark square](images/dark.png)"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A part as the journal has it."""

    state: str
    reason: str
    remote_id: str
    text: str


@dataclass(frozen=True)
class World:
    """``saved`` holds the files as they were before anything was published."""

    project: ProjectOnDisk
    server: Network
    nursery: Nursery
    saved: Path

    @property
    def home(self) -> Path:
        return Path(self.project.environment["HOME"])

    def begin_anew(self) -> None:
        """A thread that was approved, is due, and of which nothing has left."""
        self.server.forget()
        for folder in (self.project.root, self.home):
            shutil.rmtree(folder)
            shutil.copytree(self.saved / folder.name, folder)

    def begin_before_the_approval(self) -> None:
        """The same thread, which nobody has approved, on a machine that has no journal yet."""
        self.begin_anew()
        shutil.rmtree(self.home / "state")
        calendar = self.project.root / "calendar.yaml"
        lines = calendar.read_text().splitlines(keepends=True)
        calendar.write_text("".join(line for line in lines if "approved:" not in line))

    def run(self, *words: str, plan: Plan | None = None) -> Traced:
        """One command to its end; without a plan nobody traces it."""
        return self.nursery.run(words, self.project.root, self.project.environment, plan)

    def rows(self) -> list[Row]:
        raw = sqlite3.connect(self.project.state / "journal.db")
        query = "SELECT state, reason, remote_id, text FROM publications WHERE state <> 'skipped' ORDER BY part"
        rows = [Row(state=one[0], reason=one[1], remote_id=one[2], text=one[3]) for one in raw.execute(query)]
        raw.close()
        return rows

    def pass_time(self) -> None:
        """Whatever a part waits for by the clock is over."""
        raw = sqlite3.connect(self.project.state / "journal.db")
        with raw:
            raw.execute("UPDATE publications SET not_before = NULL")
        raw.close()

    def noted(self) -> int:
        """What the journal's ledger says was billed, in millionths of a dollar."""
        raw = sqlite3.connect(self.project.state / "journal.db")
        total = raw.execute("SELECT coalesce(sum(micros), 0) FROM ledger").fetchone()[0]
        raw.close()
        return int(total)

    def receipts(self) -> list[tuple[int, str]]:
        """Part and id of each receipt that can be read."""
        return [(int(one["part"]), one["remote_id"]) for one in _whole_lines(self.project.root / "receipts.jsonl")]

    def pictures(self) -> list[int]:
        """How many pictures each status has, in the order in which they were made."""
        return [_pictures(status) for status in self.server.statuses]


def _pictures(status: StatusRecord) -> int:
    return len(status.media) if isinstance(status, PostRecord) else len(status.pictures)


def _whole_lines(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text().splitlines() if path.exists() else ():
        try:
            yield json.loads(line)
        except ValueError:
            continue


@contextmanager
def world_of(network: str, folder: Path, *, texts: Sequence[str] = THREAD) -> Iterator[World]:
    """A world with a thread of three parts, one with a picture, approved for this moment on this network."""
    server: Network = CompatibleServer() if network == "mastodon" else XServer()
    with server, Nursery() as nursery:
        if isinstance(server, CompatibleServer):
            secrets = {"mine_token": server.token}
        else:
            secrets = {f"mine_{name}": value for name, value in server.keys.as_secrets().items()}
        project = ProjectOnDisk.with_accounts(folder / "project", {"mine": (network, server.url)}, secrets, settle="0s")
        images = project.root / "drafts" / "images"
        images.mkdir()
        (images / "dark.png").write_bytes(png(20))
        project.write_draft(list(texts), pictures=_PICTURE)
        world = World(project, server, nursery, folder / "saved")
        for words in (("schedule", "drafts/launch.md", "--at", "now"), ("approve", "launch", "--by", "Ana", "--yes")):
            done = world.run(*words)
            assert done.code == 0, done
        for place in (project.root, world.home):
            shutil.copytree(place, world.saved / place.name)
        yield world
