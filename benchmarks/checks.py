"""How many drafts a second the checks get through on one core: everything that ``contentkit check`` does, without network.

    .venv/bin/python -m benchmarks.checks [ROUNDS]

Drafts of six posts each, on one note of 2,000 made-up words that is read once, for accounts on Mastodon and X. CPU time of
one process, so that others on the machine count less; the median over rounds: of the same drafts again and again, and of drafts
with sentences that were never read before. Then whole commands, as processes of their own.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rounds import INSTALLED, Case, run

DRAFTS, POSTS, WORDS = 10, 6, 2000
# So often is each draft checked in a round.
TIMES = 5
CONFIG = """version = 1
project = "measured"
language = "en"

[accounts.ours]
platform = "mastodon"
server = "https://social.example"

[accounts.ours-x]
platform = "x"
"""
WHO = ("Mira Okafor", "Odile Varga", "the team", "our users", "two of us", "TideQueue", "the importer", "nobody")
DID = ("moved", "measured", "rewrote", "kept", "threw away", "tested", "shipped", "may replace", "did not trust")
WHAT = (
    "the queue",
    "every import",
    "half of the cache",
    "SQLite 3.45",
    "the nightly job",
    "all 14 servers",
    "the old format",
)
HOW = (
    "in March 2024",
    "within 40 ms",
    "for 60% of the jobs",
    "because it hurt",
    "faster than before",
    "with some luck",
)


def sentences(chance: random.Random) -> Iterator[str]:
    """Made-up sentences of numbers, dates, names, doubts and reasons: what the checks compare."""
    while True:
        who, did, what, how = (chance.choice(words) for words in (WHO, DID, WHAT, HOW))
        yield f"{who[0].upper()}{who[1:]} {did} {what} {how}."


def note(chance: random.Random) -> list[str]:
    """The lines of a note: paragraphs of three sentences, with empty lines between."""
    said, lines, words = sentences(chance), [], 0
    while words < WORDS:
        lines += [" ".join(next(said) for _ in range(3)), ""]
        words += len(lines[-2].split())
    return lines


def draft(lines: list[str], first: int, said: Iterator[str] | None = None) -> str:
    """A draft of the paragraphs of the note from this one on, with a link and a tag in the last; two say something else.

    Each has the next of the sentences ``said`` instead of its last one, where any are given.
    """
    posts = []
    for number in range(POSTS):
        at = 2 * (first + number)
        text = lines[at].rpartition(" ")[0] + "."
        text = f"{text.rpartition('. ')[0]}. {next(said)}" if said else text
        if number % 3 == 2:
            text = text.replace("40 ms", "45 ms").replace("Mira", "Marta")
        text += " #imports\n\nhttps://example.org" if number == POSTS - 1 else ""
        posts.append(f"{text}\n<!-- evidence: notes/call.md#L{at + 1} -->\n")
    front = "---\nversion: 1\ntitle: Measured\nsources: [notes/call.md]\nlink: https://example.org\n---\n"
    return front + "\n---\n\n".join(posts)


def write_project(folder: Path) -> None:
    chance = random.Random(7)
    lines = note(chance)
    files = {"contentkit.toml": CONFIG, "people.yaml": "version: 1\npeople: {}\n", "notes/call.md": "\n".join(lines)}
    files["calendar.yaml"] = "version: 1\ntimezone: UTC\nentries: []\n"
    files |= {f"drafts/d{number:03}.md": draft(lines, number * POSTS) for number in range(DRAFTS)}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def checked_per_second(folder: Path) -> tuple[float, int]:
    """Drafts a second of CPU time in this process, once the source has been read; and how many findings there were."""
    from contentkit.cli.checking.examining import problems_of
    from contentkit.cli.project import Project
    from contentkit.config import load_config

    environment = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    project = Project(folder, load_config(folder), environment)
    paths = project.drafts()
    found = sum(len(problems_of(project, project.draft(path))) for path in paths)
    start = time.process_time()
    for path in paths * TIMES:
        problems_of(project, project.draft(path))
    return TIMES * len(paths) / (time.process_time() - start), found


def unseen_per_second(folder: Path, rounds: int) -> Iterator[float]:
    """The same of drafts with sentences that nobody checked before, for each round; their source has been read."""
    from contentkit.cli.checking.examining import problems_of
    from contentkit.cli.project import Project
    from contentkit.config import load_config

    known = sorted(folder.glob("drafts/*.md"))
    lines, said = note(random.Random(7)), sentences(random.Random(8))
    for number in range(rounds * DRAFTS):
        (folder / f"drafts/u{number:03}.md").write_text(draft(lines, number % DRAFTS * POSTS, said))
    environment = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    project = Project(folder, load_config(folder), environment)
    every = project.drafts()
    for path in every[: len(known)]:
        problems_of(project, project.draft(path))
    for first in range(len(known), len(every), DRAFTS):
        start = time.process_time()
        for path in every[first : first + DRAFTS]:
            problems_of(project, project.draft(path))
        yield DRAFTS / (time.process_time() - start)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch).resolve() / "project"
        write_project(folder)
        environment = {"PATH": "/usr/bin:/bin", "HOME": scratch}
        subprocess.run(["git", "init", "--quiet"], cwd=folder, env=environment, check=True)
        speeds, found = zip(*(checked_per_second(folder) for _ in range(rounds)), strict=True)
        print(f"{rounds} rounds, Python {sys.version.split()[0]}: {statistics.median(speeds):.0f} drafts/s", end="")
        print(f" ({1000 / statistics.median(speeds):.1f} ms each), {found[0]} findings in {DRAFTS} drafts")
        unseen = statistics.median(unseen_per_second(folder, rounds))
        print(f"of sentences never read before: {unseen:.0f} drafts/s ({1000 / unseen:.1f} ms each)")
        for path in folder.glob("drafts/u*.md"):
            path.unlink()
        quiet = ["sh", "-c", '"$0" "$@" >/dev/null 2>&1 || true', INSTALLED, "check"]
        for title, words in (("check d000", ["d000"]), (f"check ({DRAFTS} drafts)", [])):
            case = Case(name=title, command=[*quiet, *words], folder=folder, environment=environment)
            taken = statistics.median(run(case).cpu for _ in range(rounds))
            print(f"{title:24} {taken * 1000:.0f} ms of CPU")


if __name__ == "__main__":
    main()
