"""``contentkit queue --watch``: the queue on the whole terminal, drawn anew when a file or the journal changes."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contentkit.errors import ContentkitError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from rich.console import Console, RenderableType

    from contentkit.cli.project import Project
    from contentkit.cli.wanted import Wanted
    from contentkit.clock import Clock

# How often somebody looks whether a file changed, and how old what is shown may be: it tells how long something takes still.
_LOOK_EACH = 0.5
_DRAW_EACH = 60.0

Asked = Callable[["Project", "datetime"], "Wanted"]


def watch_queue(project: Project, clock: Clock, asked: Asked) -> None:
    """Shows the queue until a key or Ctrl-C ends it. Raises UsageError for a name that nothing has, before it begins."""
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False)
    _drawn(project, clock, asked, console.width)
    try:
        with _typing() as key, console.screen() as screen:
            _watch(project, clock, asked, console, screen.update, key)
    except KeyboardInterrupt:
        return


def _watch(
    project: Project, clock: Clock, asked: Asked, console: Console, show: Callable[..., None], key: Callable[[], str]
) -> None:
    from contentkit.views.screen import is_quitting, screen_of

    top, seen, drawn_at, zone = 0, None, 0.0, project.calendar.zone
    body: RenderableType = ""
    talk: list[str] = []
    while True:
        mark = (_mark(project), console.size)
        if mark != seen or time.monotonic() - drawn_at > _DRAW_EACH:
            seen, drawn_at = mark, time.monotonic()
            body, talk = _drawn_or_why_not(project, clock, asked, console.width)
        shown, page = screen_of(console, body, talk, f"{clock.now().astimezone(zone):%H:%M}", top)
        show(shown)
        pressed = key()
        if is_quitting(pressed):
            return
        top = page.after(pressed).top


def _drawn_or_why_not(project: Project, clock: Clock, asked: Asked, width: int) -> tuple[RenderableType, list[str]]:
    """The queue as the files are now; a file that is half saved is told, and looked at again when it changes."""
    from contentkit.text import printable

    try:
        return _drawn(project.as_it_is_now(), clock, asked, width)
    except ContentkitError as error:
        return "", [printable(error.message), printable(error.hint)]


def _drawn(project: Project, clock: Clock, asked: Asked, width: int) -> tuple[RenderableType, list[str]]:
    from rich.console import Group
    from rich.text import Text

    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.queueing import money_of, stopped_lines
    from contentkit.cli.scene import Scene
    from contentkit.cli.standings import standings_of
    from contentkit.cli.wanted import refuse_unknown
    from contentkit.text import printable
    from contentkit.views.queue import address_lines, queue_table

    now = clock.now()
    with journal_if_any(project, clock) as journal:
        wanted = asked(project, now)
        scene = Scene(project, journal, now)
        refuse_unknown(scene, wanted)
        rows = standings_of(scene, wanted)
        talk = [*stopped_lines(scene), *money_of(scene, rows)]
    addresses = [Text(printable(line)) for line in address_lines(rows)]
    return Group(queue_table(rows, now, width), *addresses), talk


def _mark(project: Project) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of files and journal from another without reading them."""
    from contentkit.publishing.schema import JOURNAL_NAME

    folders = (project.root, project.root / "drafts", project.root / "notes")
    journal = project.state / JOURNAL_NAME
    files = [path for folder in folders for path in _files(folder)]
    return tuple(_state(path) for path in (*files, journal, journal.with_name(f"{JOURNAL_NAME}-wal")))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".toml", ".md", ".jsonl"))
    except OSError:
        return []


def _state(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return path.name, 0, 0
    # An empty write-ahead log comes and goes with each look into the journal.
    return (path.name, status.st_mtime_ns, status.st_size) if status.st_size else (path.name, 0, 0)


@contextmanager
def _typing() -> Iterator[Callable[[], str]]:
    """Keys as they are typed, each at once and unseen: what is pressed within a moment, or empty."""
    if not sys.stdin.isatty():
        yield _nothing_typed
        return
    import termios
    import tty

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        yield lambda: _typed(handle)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _typed(handle: int) -> str:
    ready, _, _ = select.select([handle], [], [], _LOOK_EACH)
    if not ready:
        return ""
    # Nothing comes of a terminal that is gone, and then for ever.
    return os.read(handle, 8).decode(errors="replace") or "q"


def _nothing_typed() -> str:
    time.sleep(_LOOK_EACH)
    return ""
