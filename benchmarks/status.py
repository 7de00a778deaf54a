"""What ``contentkit status`` and a quiet ``contentkit post`` cost after years of use, when all but a few entries are out.

    .venv/bin/python -m benchmarks.status [ENTRIES] [ROUNDS]

10,000 entries unless told otherwise, of which the last 20 are approved by the real command and not due yet; the others are in the
journal and in the receipts as sent. CPU seconds of whole processes, in turns with a bare interpreter.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.startup import REPOSITORY, cpu_seconds
from contentkit.clock import SystemClock
from contentkit.places import machine_id
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import PlannedPart
from contentkit.publishing.records import Approval

_CONFIG = 'version = 1\nproject = "many-posts"\n[accounts.one]\nplatform = "console"\n'
_OPEN = 20


def write_project(folder: Path, count: int) -> None:
    """A project with one draft for all entries; the last ones are due from tomorrow on, the others were, six hours apart."""
    (folder / "notes").mkdir()
    (folder / "drafts").mkdir()
    (folder / "contentkit.toml").write_text(_CONFIG)
    (folder / "notes/call.md").write_text("# A call\n\nEvery team wrote its own scheduler.\n")
    post = "Every team wrote its own scheduler.\n<!-- evidence: notes/call.md#L3 -->\n"
    (folder / "drafts/call.md").write_text(f"---\nversion: 1\ntitle: Call\nsources: [notes/call.md]\n---\n{post}")
    start = datetime.now(UTC) + timedelta(days=1) - timedelta(hours=6) * (count - _OPEN)
    lines = ["version: 1", "timezone: UTC", "entries:"]
    for number in range(count):
        at = start + timedelta(hours=6) * number
        lines.append(f'  - {{id: e{number}, draft: drafts/call.md, at: "{at:%Y-%m-%d %H:%M}", accounts: [one]}}')
    (folder / "calendar.yaml").write_text("\n".join(lines) + "\n")


def publish(folder: Path, state: Path, count: int) -> None:
    """Puts all but the last entries into the journal as sent, and their receipts beside the calendar."""
    connection = sqlite3.connect(state / "journal.db", isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = OFF")  # nothing of it has to outlast a power cut
    journal = Journal(connection, SystemClock(), machine_id())
    now = datetime.now(UTC)
    with (folder / "receipts.jsonl").open("w") as receipts:
        for number in range(count - _OPEN):
            name, url = f"e{number}", f"console://one/{number}"
            approval = Approval(
                id=0, entry=name, digest="sha256:0", manifest="{}", by="Ana", at=now, trust="local", seal=""
            )
            part = PlannedPart(
                account="one", part=0, parts=1, post=0, text=f"Words {number}.", warning="", visibility="public",
                language="en", sent=(str(number), url),
            )  # fmt: skip
            journal.approve("many-posts", approval, now - timedelta(days=1), [part])
            [row] = journal.threads_of(name)[0].rows
            journal.prove(row)
            one = {"entry": name, "account": "one", "part": 0, "parts": 1, "fingerprint": "", "remote_id": str(number)}
            receipts.write(json.dumps({**one, "url": url, "at": f"{now:%Y-%m-%dT%H:%M:%SZ}"}) + "\n")
    journal.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    run = [sys.executable, "-m", "contentkit"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "project"
        folder.mkdir()
        environment = {"PATH": "/usr/bin:/bin", "HOME": scratch, "PYTHONPATH": str(REPOSITORY)}
        write_project(folder, count)
        names = [f"e{number}" for number in range(count - _OPEN, count)]
        approve = [*run, "approve", *names, "--yes", "--by", "Ana"]
        subprocess.run(approve, cwd=folder, env=environment, check=True, capture_output=True)
        publish(folder, Path(scratch) / ".local/state/contentkit/many-posts", count)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "post": [*run, "post"],
            "status": [*run, "status"],
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds + 1):
            for name, command in commands.items():
                seconds[name].append(cpu_seconds(command, folder, environment))
    for name, measured in seconds.items():
        bare = statistics.median(measured[1:]) / statistics.median(seconds["python -c pass"][1:])
        print(f"{name:16} {statistics.median(measured[1:]):6.2f} s CPU {bare:6.1f} x")


if __name__ == "__main__":
    main()
