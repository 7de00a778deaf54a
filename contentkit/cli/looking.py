"""What a command looks at while it works: files, variables, the clock. So what it says can be kept until one of them changes.

Nobody has to list what a listing rests on, and forget something: the interpreter itself tells each file that is opened, before
it is opened, and what is told is a superset of what matters. Where something is asked that cannot be told from a file's mark (a
program that is run, a network), nothing can be kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import contentkit
from contentkit.cli.answers import BEATS, is_still
from contentkit.cli.turning import Moment, Until
from contentkit.marks import are_settled, mark_of
from contentkit.whereabouts import xdg_folder

if TYPE_CHECKING:
    from contentkit.cli.answers import Kept

# Who is asked for anything else may be asked for a secret, and no value of one is kept.
_TOLD = {"HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}
_FILES = {"open", "os.listdir", "os.scandir", "sqlite3.connect"}
_BEYOND_FILES = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect"}
# An answer is no older than this, for what nobody thought of.
_LONGEST = timedelta(days=7)


# Python takes back no hook: there is one of a process, for whoever listens.
_LISTENERS: list[Looked] = []


class Found(NamedTuple):
    """What was looked at: ``mark<tab>path`` and ``name=value``, and between which times (seconds since 1970) it told the same."""

    marks: list[str]
    variables: list[str]
    since: float
    until: float


class Looked(Mapping[str, str]):
    """What is looked at from its making on. As a mapping it is the environment; ``now`` is the moment to work with."""

    def __init__(self, environment: Mapping[str, str], now: datetime) -> None:
        self._environment = environment
        self._asked: dict[str, str] = {}
        self._marks: dict[str, str] = {}
        self._is_beyond = False
        self._began = now
        self._until = Until()
        self.now: datetime = Moment.of(now, self._until)
        installed = [folder for folder in sys.path if folder.endswith("-packages")]
        self._unmarked = _within([*installed, *_own_folders(environment)])
        # A package that comes, goes or is replaced changes the folder that it lies in.
        self._marks |= {folder: mark_of(folder) for folder in installed}

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hears of each file that is opened in here."""
        _hear_once()
        _LISTENERS.append(self)
        try:
            yield
        finally:
            _LISTENERS.remove(self)

    def hear(self, event: str, told: tuple[Any, ...]) -> None:
        """What the interpreter is about to do."""
        if event in _FILES:
            path = told[0]
            if isinstance(path, str | bytes | os.PathLike):
                self._note(os.fsdecode(path))
        elif event in _BEYOND_FILES:
            self._is_beyond = True

    def _note(self, path: str) -> None:
        # What is opened from an open folder has no whole path: who reads such files names them.
        if path not in self._marks and path.startswith(os.sep) and not path.startswith(self._unmarked):
            self._marks[path] = mark_of(path)

    def but_for_its_time(self, heartbeat: Path) -> None:
        """Of this file, which is not looked at yet, all but the time in it will matter."""
        from contentkit.cli.heartbeats import mark_but_for_time

        self._marks[str(heartbeat)] = f"{BEATS}{mark_but_for_time(str(heartbeat))}"

    def at_what_passes(self) -> None:
        """Something was looked at that is another one soon: nothing can be kept."""
        self._is_beyond = True

    def at(self, paths: Iterable[Path]) -> None:
        """These files are part of what was looked at, if only to see that they are not there, or in a way that nobody hears."""
        for path in paths:
            self._note(str(path))

    def with_kept(self, kept: Kept, *, apart_from: str) -> None:
        """What an answer rests on that is said again in part was looked at, too, apart from this file."""
        for path, mark in kept.marks.items():
            if path != apart_from and self._marks.setdefault(path, mark) != mark:
                self._is_beyond = True
        self._asked |= kept.variables
        self._until.note(timedelta(seconds=kept.until - self._began.timestamp()))

    def ended(self) -> Found | None:
        """What was looked at; None where that does not tell when the same would be said again."""
        began = self._began.timestamp()
        left = self._until.left
        lasts = _LONGEST if left is None else min(left, _LONGEST)
        is_same = all(is_still(path, mark) for path, mark in self._marks.items())
        timed = [mark for mark in self._marks.values() if not mark.startswith(BEATS)]
        is_odd = any("\n" in path for path in self._marks) or not self._asked.keys() <= _TOLD
        if self._is_beyond or is_odd or not is_same or not are_settled(timed, began):
            return None
        return Found(
            marks=[f"{mark}\t{path}" for path, mark in self._marks.items()],
            variables=[f"{name}={value}" for name, value in self._asked.items()],
            since=began,
            until=began + lasts.total_seconds(),
        )

    def __getitem__(self, name: str) -> str:
        self._asked[name] = self._environment.get(name, "")
        return self._environment[name]

    def __iter__(self) -> Iterator[str]:
        self._is_beyond = True
        return iter(self._environment)

    def __len__(self) -> int:
        return len(self._environment)


@cache
def _hear_once() -> None:
    def hear(event: str, told: tuple[Any, ...]) -> None:
        for listener in _LISTENERS:
            listener.hear(event, told)

    sys.addaudithook(hear)


def _own_folders(environment: Mapping[str, str]) -> Iterator[str]:
    """Where the program itself lies, what the system makes up, and where answers and other derived things are kept."""
    yield from (str(Path(contentkit.__file__).parent), str(Path(os.__file__).parent), "/proc")
    if cache := xdg_folder("XDG_CACHE_HOME", ".cache", environment):
        yield f"{cache}/contentkit"


def _within(folders: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{folder}{os.sep}" for folder in folders)
