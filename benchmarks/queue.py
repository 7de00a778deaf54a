"""What ``contentkit queue`` costs with a calendar of many entries, all planned: each has to be held against its approval.

    .venv/bin/python -m benchmarks.queue [ENTRIES] [ROUNDS]

Two accounts, 500 entries unless told otherwise; they are approved by the real command first, which takes minutes. Then the same
calendar with all but a tenth published, as after a year of use. CPU seconds of whole processes, the least of the rounds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.startup import REPOSITORY, cpu_seconds

_CONFIG = (
    'version = 1\nproject = "many-posts"\n[accounts.one]\nplatform = "console"\n[accounts.two]\nplatform = "console"\n'
)
_BATCH = 100


def write_project(folder: Path, count: int) -> None:
    """A project with a note, a draft and an entry of two accounts for each number, a quarter of an hour apart."""
    for name in ("notes", "drafts"):
        (folder / name).mkdir()
    (folder / "contentkit.toml").write_text(_CONFIG)
    start = datetime.now(UTC) + timedelta(days=1)
    lines = ["version: 1", "timezone: UTC", "entries:"]
    for number in range(count):
        said = f"Team {number} wrote its own scheduler.", f"We threw queue {number} away."
        (folder / f"notes/{number}.md").write_text(f"# Call {number}\n\n{said[0]}\n\n{said[1]}\n")
        posts = "\n---\n\n".join(
            f"{one}\n<!-- evidence: notes/{number}.md#L{3 + 2 * index} -->\n" for index, one in enumerate(said)
        )
        front = f"---\nversion: 1\ntitle: Call {number}\nsources: [notes/{number}.md]\n---\n"
        (folder / f"drafts/{number}.md").write_text(front + posts)
        at = start + timedelta(minutes=15 * number)
        lines.append(
            f'  - {{id: e{number}, draft: drafts/{number}.md, at: "{at:%Y-%m-%d %H:%M}", accounts: [one, two]}}'
        )
    (folder / "calendar.yaml").write_text("\n".join(lines) + "\n")


def approve(folder: Path, environment: dict[str, str], count: int) -> None:
    names = [f"e{number}" for number in range(count)]
    for first in range(0, count, _BATCH):
        command = [
            sys.executable,
            "-m",
            "contentkit",
            "approve",
            *names[first : first + _BATCH],
            "--yes",
            "--by",
            "Ana",
        ]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def publish_elsewhere(folder: Path, count: int) -> None:
    """Receipts of all but every tenth entry, as another machine writes them."""
    with (folder / "receipts.jsonl").open("w") as file:
        for number in range(count):
            for account in ("one", "two") if number % 10 else ():
                at = f"{datetime.now(UTC) - timedelta(days=1 + number % 300):%Y-%m-%dT%H:%M:%SZ}"
                url = f"https://example.org/{number}/{account}"
                one = {"entry": f"e{number}", "account": account, "part": 0, "parts": 1, "fingerprint": "", "url": url}
                file.write(json.dumps({**one, "remote_id": f"{account}{number}", "at": at}) + "\n")


def measure(what: str, folder: Path, environment: dict[str, str], rounds: int) -> None:
    command = [sys.executable, "-m", "contentkit", "queue"]
    seconds = min(cpu_seconds(command, folder, environment) for _ in range(rounds))
    print(f"{what:48} {seconds:6.2f} s CPU")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "project"
        folder.mkdir()
        environment = {"PATH": "/usr/bin:/bin", "HOME": scratch, "PYTHONPATH": str(REPOSITORY)}
        write_project(folder, count)
        measure(f"{count} entries on 2 accounts, nothing approved", folder, environment, rounds)
        publish_elsewhere(folder, count)
        measure(f"{count} entries, nine of ten published elsewhere", folder, environment, rounds)
        (folder / "receipts.jsonl").unlink()
        approve(folder, environment, count)
        measure(f"{count} entries on 2 accounts, all approved", folder, environment, rounds)


if __name__ == "__main__":
    main()
