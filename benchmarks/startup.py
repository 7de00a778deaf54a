"""What a command costs before it does anything: whole processes against a bare interpreter, in turns, in one run.

    .venv/bin/python benchmarks/startup.py [ROUNDS]

CPU seconds (user and system) of the child, as the operating system accounts them. The ratio is taken within each round,
because the machine's speed drifts; its median is what to quote.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def cpu_seconds(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """CPU time of one run of a command. Raises RuntimeError when it fails."""
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    talk = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: exit {process.returncode}: {talk.decode()}")
    return usage.ru_utime + usage.ru_stime


def project_with_a_quiet_journal(folder: Path, environment: dict[str, str]) -> None:
    """A project whose one entry is approved and not due: what cron meets almost every minute."""
    run = [sys.executable, "-m", "contentkit"]
    (folder / "notes").mkdir()
    (folder / "notes" / "note.md").write_text("We moved the queue to Postgres. The median went from 40 ms to 25 ms.\n")
    draft = "---\nversion: 1\ntitle: Queue\nsources: [notes/note.md]\nlanguage: en\n---\n"
    draft += "We moved the queue to Postgres.\n<!-- evidence: notes/note.md#L1 -->\n"
    subprocess.run([*run, "init", "."], cwd=folder, env=environment, check=True, capture_output=True)
    (folder / "drafts" / "queue.md").write_text(draft)
    for words in (["schedule", "queue", "--at", "in 9 days"], ["approve", "queue", "--by", "Ana", "--yes"]):
        subprocess.run([*run, *words], cwd=folder, env=environment, check=True, capture_output=True)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    installed = str(Path(sys.executable).parent / "contentkit")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "contentkit --version": [installed, "--version"],
        "contentkit --help": [installed, "--help"],
        "contentkit post (nothing due)": [installed, "post"],
        "contentkit queue": [installed, "queue"],
    }
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "project"
        folder.mkdir()
        environment = {"PATH": "/usr/bin:/bin", "HOME": scratch}
        project_with_a_quiet_journal(folder, environment)
        ratios: dict[str, list[float]] = {name: [] for name in commands}
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for round_number in range(rounds + 1):
            measured = {name: cpu_seconds(command, folder, environment) for name, command in commands.items()}
            if round_number == 0:
                continue  # the first round fills the caches
            for name, value in measured.items():
                seconds[name].append(value)
                ratios[name].append(value / measured["python -c pass"])
    print(f"{rounds} rounds, Python {sys.version.split()[0]}")
    for name in commands:
        print(
            f"{name:32} {statistics.median(ratios[name]):6.1f} x  (median {statistics.median(seconds[name]) * 1000:.0f} ms CPU)"
        )


if __name__ == "__main__":
    main()
