"""What a command costs before it does anything: whole processes beside a bare interpreter and what users would pick instead."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.rounds import INSTALLED, Case, bare, measure, ratios, run
from benchmarks.topics import Bench, Figure, Size, Topic

# What each is asked to do, and its goal: the most that it may cost, as a ratio to a bare interpreter.
_OURS: Mapping[str, tuple[Sequence[str], float | None]] = {
    "`--version`": (["--version"], 2),
    "`--help`": (["--help"], 7),
    "`draft --help`": (["draft", "--help"], 7),
    "completion of the name of a command": ([], 7),
    "`contentkit post`, nothing due": (["post"], 1.6),
    "`contentkit post --json`, nothing due: everything is read again": (["post", "--json"], None),
    "`contentkit queue`, one entry": (["queue"], None),
}
_COMPLETION = {"_CONTENTKIT_COMPLETE": "complete_bash", "COMP_WORDS": "contentkit que", "COMP_CWORD": "1"}
_PEERS = {"toot": "toot", "llm": "llm", "sqlite-utils": "sqlite-utils", "twarc": "twarc2"}
# Files that changed within this time are not taken for what they were; cron comes once a minute.
_SETTLED = 2.5
# A command line that imports all it may ever need, as most do.
_EVERY_SDK = "import mastodon, openai, rich.console, sqlite_utils, tweepy, typer, yaml\napp = typer.Typer()\n"
_EVERY_SDK += "@app.command()\ndef post(words: str, at: str = 'now') -> None: ...\napp()\n"


def topic(bench: Bench) -> Topic:
    """Start-up of commands in a project of one approved entry that is not due; at the tiniest, of one that needs no project."""
    folder = bench.folder("startup")
    ours, others = cases(folder, bench), list(_peers(folder, bench))
    measured = measure([bare(folder, bench.environment), *ours, *others], bench.rounds)
    peers = {one.name: ratios(measured, one.name) for one in others}
    figures = [
        Figure(
            what=one.name,
            measured=ratios(measured, one.name),
            at_most=_OURS[one.name][1],
            peers=peers if one.command == [INSTALLED, "--help"] else {},
        )
        for one in ours
    ]
    note = "What others need for `--help` they need for any command: it is what they import first."
    return Topic(title="Start-up", figures=figures, notes=[note])


def cases(folder: Path, bench: Bench) -> Sequence[Case]:
    """Our commands, in a project that is made in the folder."""
    if bench.size is not Size.TINY:
        _project_with_a_quiet_journal(folder, bench.environment)
    wanted = bench.size.of(1, len(_OURS), len(_OURS))
    return [
        Case(
            name=name,
            command=[INSTALLED, *words],
            folder=folder,
            environment=bench.environment if words else {**bench.environment, **_COMPLETION},
            times=3,
        )
        for name, (words, _) in list(_OURS.items())[:wanted]
    ]


def _peers(folder: Path, bench: Bench) -> Iterator[Case]:
    for name, program in _PEERS.items():
        found = bench.peers.program(name, program)
        if found:
            command = [found, "--help"]
            yield Case(name=f"`{program} --help`", command=command, folder=folder, environment=bench.environment)
    yield from _crosspost(folder, bench)
    python = bench.peers.python("sdks")
    if python:
        command = [python, "-c", _EVERY_SDK, "--help"]
        yield Case(
            name="a typer app that imports every SDK", command=command, folder=folder, environment=bench.environment
        )


def _crosspost(folder: Path, bench: Bench) -> Iterator[Case]:
    found, node = bench.peers.program("crosspost", "crosspost"), shutil.which("node")
    if found and node:
        command = [node, found, "--help"]
        # It ends with 1 after its help.
        yield Case(name="`crosspost --help`", command=command, folder=folder, environment=bench.environment, code=1)


def _project_with_a_quiet_journal(folder: Path, environment: Mapping[str, str]) -> None:
    """A project whose one entry is approved and not due: what cron meets almost every minute."""

    def ran(*words: str) -> None:
        run(Case(name=words[0], command=[INSTALLED, *words], folder=folder, environment=environment))

    (folder / "notes").mkdir()
    (folder / "notes" / "note.md").write_text("We moved the queue to Postgres. The median went from 40 ms to 25 ms.\n")
    draft = "---\nversion: 1\ntitle: Queue\nsources: [notes/note.md]\nlanguage: en\n---\n"
    draft += "We moved the queue to Postgres.\n<!-- evidence: notes/note.md#L1 -->\n"
    ran("init", ".")
    (folder / "drafts" / "queue.md").write_text(draft)
    ran("schedule", "queue", "--at", "in 9 days")
    ran("approve", "queue", "--by", "Ana", "--yes")
    # Twice: what a first run writes is itself too young to be taken for settled.
    for _ in range(2):
        time.sleep(_SETTLED)
        ran("post")
        ran("queue")
