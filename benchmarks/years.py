"""A project after years of use: all but its last entries are out, in the journal and in the receipts."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.rounds import Case, run
from contentkit.clock import SystemClock
from contentkit.places import machine_id
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import PlannedPart
from contentkit.publishing.records import Approval
from contentkit.publishing.transactions import SharedConnection

OPEN = 20
# The last thousand entries are six hours apart, those of the years before half an hour.
_LATE, _APART, _CROWDED = 1_000, timedelta(hours=6), timedelta(minutes=30)
_CONFIG = 'version = 1\nproject = "many-posts"\n[accounts.one]\nplatform = "console"\n'
_DRAFT = "---\nversion: 1\ntitle: Call {0}\nsources: [notes/call.md]\n---\nEvery team wrote its own scheduler, {0} of them.\n"
_EVIDENCE = "<!-- evidence: notes/call.md#L{0} -->\n"
_ENTRY = """\
  # Call {number}: as agreed with the team
  - id: e{number}
    draft: drafts/{draft}.md
    at: {at:%Y-%m-%d %H:%M}
    accounts: [one]
    campaign: "release {campaign}"
    late: hold
"""


@dataclass(frozen=True)
class Years:
    """The project in ``root``, with so many entries, of which the last ``OPEN`` are approved and due from tomorrow on."""

    home: Path
    count: int

    @property
    def root(self) -> Path:
        return self.home / "project"

    @property
    def calendar(self) -> Path:
        return self.root / "calendar.yaml"

    def environment(self, usual: Mapping[str, str]) -> Mapping[str, str]:
        """The usual one, with the home that this project's journal lies in."""
        return {**usual, "HOME": str(self.home)}

    def edit(self) -> None:
        """Changes one line of one open entry, as an editor does: another campaign each time."""
        text = self.calendar.read_text()
        at = text.index(f"- id: e{self.count - OPEN // 2}\n")
        value = text.index('"release ', at)
        end = text.index("\n", value)
        given = int(text[value + 9 : end - 1])
        self.calendar.write_text(f'{text[:value]}"release {(given + 1) % 100}"{text[end:]}')


def years_of_use(home: Path, count: int, usual: Mapping[str, str]) -> Years:
    """Makes such a project; ``usual`` is the environment that commands get."""
    made = Years(home, count)
    write_files(made)
    names = [f"e{number}" for number in range(count - min(OPEN, count), count)]
    command = [sys.executable, "-m", "contentkit", "approve", *names, "--yes", "--by", "Ana"]
    run(Case(name="approve", command=command, folder=made.root, environment=made.environment(usual)))
    with closing(hasty_journal(home / ".local/state/contentkit/many-posts")) as journal:
        (made.root / "receipts.jsonl").write_text("".join(_published(made, journal)))
    return made


def write_files(made: Years) -> None:
    """Calendar, drafts, note and settings: each open entry has a draft of its own, the others share those."""
    for folder in ("notes", "drafts"):
        (made.root / folder).mkdir(parents=True)
    (made.root / "contentkit.toml").write_text(_CONFIG)
    said = "\n\n".join(f"Every team wrote its own scheduler, {number} of them." for number in range(OPEN))
    (made.root / "notes/call.md").write_text(said + "\n")
    for number in range(OPEN):
        draft = _DRAFT.format(number) + _EVIDENCE.format(2 * number + 1)
        (made.root / f"drafts/{number}.md").write_text(draft)
    now = datetime.now(UTC)
    entries = (
        _ENTRY.format(number=number, draft=number % OPEN, at=_due(made, number, now), campaign=number // 100 % 100)
        for number in range(made.count)
    )
    made.calendar.write_text("version: 1\ntimezone: UTC\nentries:\n" + "".join(entries))


def _due(made: Years, number: int, now: datetime) -> datetime:
    """The first open entry is due in a day."""
    before = made.count - OPEN - number
    return now + timedelta(days=1) - _APART * min(before, _LATE) - _CROWDED * max(0, before - _LATE)


def hasty_journal(folder: Path) -> Journal:
    """The journal in this state folder, which has one, for filling it by the thousand."""
    connection = sqlite3.connect(folder / "journal.db", isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = OFF")  # nothing of it has to outlast a power cut
    return Journal(SharedConnection(connection), SystemClock(), machine_id())


def _published(made: Years, journal: Journal) -> Iterator[str]:
    """Puts all but the open entries into the journal as sent; their receipts, a line each."""
    now = datetime.now(UTC)
    for number in range(made.count - OPEN):
        name, url, at = f"e{number}", f"console://one/{number}", _due(made, number, now)
        approval = Approval(id=0, entry=name, digest="sha256:0", manifest="{}", by="Ana", at=at, trust="local", seal="")
        part = PlannedPart(
            account="one", part=0, parts=1, post=0, text=f"Words {number}.", warning="", visibility="public",
            language="en", sent=(str(number), url),
        )  # fmt: skip
        journal.approvals.plan("many-posts", approval, at, [part])
        [row] = journal.threads.of(name)[0].rows
        journal.claims.prove(row)
        one = {"entry": name, "account": "one", "part": 0, "parts": 1, "fingerprint": "", "remote_id": str(number)}
        yield json.dumps({**one, "url": url, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}) + "\n"
