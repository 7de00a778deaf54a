"""The power goes: every disk that may be left behind, and what the journal on it says of what has left."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from contentkit.publishing.schema import JOURNAL_NAME
from tests.publishing.stage import THREAD
from tests.publishing.syscalls import marking_before
from tests.publishing.syscalls.disk import Disk
from tests.publishing.syscalls.matrix import is_posting, recorded
from tests.publishing.syscalls.plans import Event, Plan
from tests.publishing.syscalls.verdict import Verdict, judged
from tests.publishing.syscalls.world import World
from tests.servers.compatible_server import CompatibleServer

# What a journal may say of a part whose request has begun to leave.
_KNOWING = ("sending", "unknown", "held", "sent")


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One cut: before the call of this ``number`` the power goes. ``images`` were looked at, ``wrongs`` is what was found."""

    number: int
    posting: bool
    images: int
    wrongs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Believing:
    """Where a publisher keeps what it believes: the database, and the query for the states of the parts in their order."""

    database: str = JOURNAL_NAME
    query: str = "SELECT state FROM publications WHERE state <> 'skipped' ORDER BY part"


def files_below(*folders: Path) -> dict[str, bytes]:
    """Every file below these folders by its whole path."""
    return {str(path): path.read_bytes() for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()}


def cuts(
    files: Mapping[str, bytes],
    folders: tuple[Path, ...],
    events: Iterable[Event],
    believing: Believing,
    *,
    one_in: int = 1,
) -> Iterator[Looked]:
    """Every moment of a recorded run at which another disk may be left than the moment before, looked at.

    ``files`` are those below the ``folders`` before the run. Every moment at which a post leaves is looked at, and one in so
    many of the others.
    """
    disk, left, others = Disk(files, folders), 0, 0
    for event in events:
        posting = is_posting(event)
        left += posting
        others += disk.take(event)
        if posting or (others and others % one_in == 0):
            others = 0
            yield _looked(disk, event.number, left, believing, posting=posting)


def _looked(disk: Disk, number: int, left: int, believing: Believing, *, posting: bool) -> Looked:
    images = list(disk.images())
    wrongs = tuple(f"{name}: {wrong}" for name, image in images for wrong in _wrong_with(image, left, believing))
    return Looked(number=number, posting=posting, images=len(images), wrongs=wrongs)


def _wrong_with(image: Mapping[str, bytes], left: int, believing: Believing) -> Iterator[str]:
    """What is wrong with a disk that is left when the requests of so many parts have begun to leave."""
    with tempfile.TemporaryDirectory() as folder:
        states, sound = _believed(image, Path(folder), believing)
    if sound != "ok":
        yield f"the database is damaged: {sound}"
    elif any(state not in _KNOWING for state in states[:left]) or len(states) < left:
        yield f"{left} parts may be out, and it says {states}"
    yield from _epoch_ahead(image)


def _believed(image: Mapping[str, bytes], folder: Path, believing: Believing) -> tuple[list[str], str]:
    """The states of the parts as SQLite itself finds them on this disk, and its own word on the whole."""
    for name, content in image.items():
        if Path(name).name.startswith(believing.database):
            (folder / Path(name).name).write_bytes(content)
    connection = sqlite3.connect(folder / believing.database)
    try:
        sound = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        return [str(row[0]) for row in connection.execute(believing.query)], sound
    except sqlite3.DatabaseError as error:
        return [], str(error)
    finally:
        connection.close()


def _epoch_ahead(image: Mapping[str, bytes]) -> Iterator[str]:
    """The counter beside the journal must be whole: a torn one would stop the publisher for nothing."""
    for name, content in image.items():
        if Path(name).name == "epoch.json":
            try:
                json.loads(content)
            except ValueError:
                yield f"epoch.json says {content!r}"


def control(world: World, journal_mode: str, synchronous: str) -> list[Looked]:
    """Every cut of a run of the control with these settings of SQLite."""
    assert isinstance(world.server, CompatibleServer)
    world.begin_anew()
    folder = world.project.root / "marks"
    folder.mkdir()
    marking_before.prepare(folder / "marks.db", journal_mode, THREAD)
    files = files_below(folder)
    arguments = [world.server.url, world.server.token, str(folder / "marks.db"), journal_mode, synchronous, *THREAD]
    done = world.nursery.run(
        arguments,
        folder,
        world.project.environment,
        Plan(begin="marks.db", record=True),
        program=marking_before.__name__,
    )
    assert done.code == 0, done
    believing = Believing(database="marks.db", query="SELECT state FROM parts ORDER BY part")
    return list(cuts(files, (folder,), done.events, believing))


def ours(world: World, *, one_in: int = 1) -> list[Looked]:
    """The cuts of a run of the publisher itself."""
    world.begin_anew()
    folders = (world.project.root, world.home)
    files = files_below(*folders)
    return list(cuts(files, folders, recorded(world).events, Believing(), one_in=one_in))


def play_power_loss(world: World, number: int, choice: int) -> Verdict:
    """The power goes before the call of this number, and leaves one of the disks that it may leave; then cron goes on."""
    world.begin_anew()
    folders = (world.project.root, world.home)
    disk = Disk(files_below(*folders), folders)
    for event in world.run("post", plan=Plan(kill_at=number, record=True)).events:
        disk.take(event)
    images = list(disk.images())
    name, image = images[choice % len(images)]
    _put(image, folders)
    verdict = judged(world)
    wrongs = tuple(f"{name}: {wrong}" for wrong in verdict.violations)
    return Verdict(violations=wrongs, held=verdict.held, needlessly=verdict.needlessly)


def _put(image: Mapping[str, bytes], folders: tuple[Path, ...]) -> None:
    """Makes the disk that is left the disk that there is."""
    for name in files_below(*folders).keys() - image.keys():
        Path(name).unlink()
    for name, content in image.items():
        path = Path(name)
        if not path.exists():
            path.touch(mode=0o600)
        path.write_bytes(content)
