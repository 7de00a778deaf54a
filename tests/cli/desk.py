"""A desk at which the queue is asked for again and again while files, journal and clock change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from contentkit.cli.answers import Answer, keep, kept_answer, place_of
from contentkit.cli.edited import after_edit, keep_calendar
from contentkit.cli.looking import Looked
from contentkit.cli.project import Project
from contentkit.cli.queue_shown import form_of
from contentkit.cli.queueing import wanted_of, worked_out
from contentkit.cli.wanted import Wanted
from contentkit.config import load_config
from contentkit.errors import ContentkitError
from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell, entry

# Later than all files: what changed a moment ago is not kept.
START = datetime.now(UTC) + timedelta(hours=1)
_tick = count(1)


@dataclass
class Desk:
    """A project in which a listing is kept, and a clock that goes as the test wants."""

    shell: Shell
    now: datetime = START
    in_json: bool = False
    everything: bool = False

    @property
    def environment(self) -> dict[str, str]:
        return self.shell.environment()

    @property
    def place(self) -> str:
        form = form_of(everything=self.everything, in_json=self.in_json)
        return place_of(form, str(self.shell.project), self.environment)

    @contextmanager
    def looking(self) -> Iterator[tuple[Project, Looked, Wanted]]:
        """The project with all that is read of it heard, and what is wanted. Raises ContentkitError."""
        looked = Looked(self.environment, self.now)
        with looked.listening():
            project = Project(self.shell.project, load_config(self.shell.project), looked)
            yield project, looked, wanted_of(project, looked.now, everything=self.everything)

    def work_out(self) -> tuple[Answer, Looked]:
        """The answer as the files are now, and what was looked at for it. Raises ContentkitError."""
        with self.looking() as (project, looked, wanted):
            return worked_out(project, looked, wanted, as_json=self.in_json)[1], looked

    def keep(self) -> None:
        """Keeps what is said as the files are now, and the calendar beside it; nothing where they cannot be read."""
        with suppress(ContentkitError), self.looking() as (project, looked, wanted):
            answer = worked_out(project, looked, wanted, as_json=self.in_json)[1]
            if found := keep(answer, self.place, looked):
                keep_calendar(self.place, project, None, found)

    def edit_told(self) -> Answer | None:
        """What is said of an edit of the calendar beside what was said before, which is kept for the next one."""
        with self.looking() as (project, looked, wanted):
            said = after_edit(self.place, project, looked, wanted, self.now.timestamp())
            if said is None:
                return None
            if found := keep(said[0], self.place, looked):
                keep_calendar(self.place, project, said[1], found)
            return said[0]

    def again(self) -> Answer | None:
        return kept_answer(self.place, self.environment, self.now.timestamp())

    def said(self, answer: Answer) -> tuple[list[str], str, list[str]]:
        return answer.before, answer.words(self.now.timestamp()), answer.after

    def write(self, name: str, content: str) -> None:
        path = self.shell.write(name, content)
        self.touch(path)

    def touch(self, path: Path) -> None:
        """No two changes of a file within one tick of the kernel's clock: that is for the marks, and tested there."""
        os.utime(path, ns=(1_700_000_000_000_000_000 + next(_tick),) * 2)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.shell.project / name
        if path.exists():
            self.write(name, path.read_text().replace(old, new))

    def add(self, name: str, words: str) -> None:
        path = self.shell.project / name
        self.write(name, (path.read_text() if path.exists() else "") + words)


def at(**ahead: float) -> str:
    return f"{START + timedelta(**ahead):%Y-%m-%d %H:%M}"


def entries() -> list[str]:
    return [
        entry("soon", at=at(minutes=40)),
        entry("later", at=at(hours=5)),
        entry("week", at=at(days=6), draft="drafts/other.md"),
        entry("paused", at=at(days=2), more="paused: legal reads it"),
        entry("gone", at=at(days=-6)),
        entry("behind", at=at(days=7), more="after: later"),
        entry("missing", at=at(days=1), draft="drafts/missing.md"),
    ]


def _receipt(name: str, **more: object) -> str:
    import json

    one = {
        "entry": name,
        "account": "try",
        "part": 0,
        "parts": 1,
        "fingerprint": "",
        "remote_id": name,
        "url": f"console://{name}",
    }
    return json.dumps({**one, "at": f"{START - timedelta(hours=3):%Y-%m-%dT%H:%M:%SZ}", **more}) + "\n"


EDITS: dict[str, Callable[[Desk], object]] = {
    "nothing": lambda desk: None,
    "a minute": lambda desk: setattr(desk, "now", desk.now + timedelta(minutes=1)),
    "an hour": lambda desk: setattr(desk, "now", desk.now + timedelta(hours=1)),
    "a day": lambda desk: setattr(desk, "now", desk.now + timedelta(days=1)),
    "clock set back": lambda desk: setattr(desk, "now", desk.now - timedelta(hours=2)),
    "moved": lambda desk: desk.change("calendar.yaml", at(hours=5), at(hours=7)),
    "a day off": lambda desk: desk.change("calendar.yaml", "id: later", "id: latest"),
    "unpaused": lambda desk: desk.change("calendar.yaml", ", paused: legal reads it", ""),
    "added": lambda desk: desk.add("calendar.yaml", f"  - {entry('added', at=at(days=3))}\n"),
    "zone": lambda desk: desk.change("calendar.yaml", "timezone: UTC", "timezone: Asia/Kathmandu"),
    "broken": lambda desk: desk.add("calendar.yaml", "  - {\n"),
    "edited": lambda desk: desk.change("drafts/launch.md", "threw", "tossed"),
    "put back": lambda desk: desk.write("drafts/launch.md", DRAFT),
    "founder": lambda desk: desk.change("drafts/other.md", "title:", "founder: ana\ntitle:"),
    "no draft": lambda desk: (desk.shell.project / "drafts/other.md").unlink(missing_ok=True),
    "a draft": lambda desk: desk.write("drafts/missing.md", DRAFT),
    "said otherwise": lambda desk: desk.change("notes/call.md", "queue away", "queue out"),
    "no note": lambda desk: (desk.shell.project / "notes/call.md").unlink(missing_ok=True),
    "people": lambda desk: desk.write("people.yaml", "version: 1\npeople: {ana: {name: Ana, founder: {approvers: [ana]}}}\n"),
    "nobody": lambda desk: (desk.shell.project / "people.yaml").unlink(missing_ok=True),
    "settings": lambda desk: desk.add("contentkit.toml", '\n[accounts.two]\nplatform = "console"\n'),
    "machine": lambda desk: desk.write("../config/contentkit/machine.toml", 'version = 1\n[approval]\ntrust = "signed"\n'),
    "sent": lambda desk: desk.add("receipts.jsonl", _receipt("week")),
    "taken down": lambda desk: desk.add("receipts.jsonl", _receipt("week", retracted=f"{START:%Y-%m-%dT%H:%M:%SZ}")),
    "approved": lambda desk: desk.shell.run("approve", "soon", "later", "--yes", "--by", "Ana"),
    "stopped": lambda desk: desk.shell.run("stop"),
    "started": lambda desk: desk.shell.run("start"),
    "no journal": lambda desk: (desk.shell.state / "journal.db").unlink(missing_ok=True),
}  # fmt: skip


def new_desk(home: Path) -> Desk:
    desk = Desk(Shell(home=home, here=home / "project"))
    desk.write("contentkit.toml", CONFIG)
    desk.write("notes/call.md", NOTE)
    for name in ("launch", "other"):
        desk.write(f"drafts/{name}.md", DRAFT)
    desk.shell.enter(*entries())
    return desk
