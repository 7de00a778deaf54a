"""What a listing said, kept and said again as long as nothing that it was worked out from has changed.

An answer is kept with the marks of all files that were looked at for it, with what the environment said, and with the time
until which the clock alone changes nothing. Whether it still holds is asked of the file system alone: nothing is read but the
answer, so little is loaded here. The files stay the truth: of an answer that is damaged, of another version or of other files
there is none, and the whole command runs.
"""

from __future__ import annotations

import os
import sys

from contentkit import __version__
from contentkit.cli.fleeting import bytes_of, put_fleeting
from contentkit.marks import mark_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contentkit.cli.looking import Found, Looked

_OWN = f"contentkit {__version__} {sys.hexversion:x} 1"
_LARGEST = 64 * 1024 * 1024
# How the mark of a heartbeat begins whose time does not matter.
BEATS = "beats "


class Answer:
    """What a listing says: ``before`` and ``after`` to stderr, ``body`` to stdout. Raises ValueError for what is no answer.

    In a body of rows each line after the first holds a time (seconds since 1970), what stands left of how far away that is, and
    what stands right of it, between tabs. ``zone`` is that of its times.
    """

    def __init__(self, *, before: Sequence[str], after: Sequence[str], body: str, has_rows: bool, zone: str) -> None:
        self.before = list(before)
        self.after = list(after)
        self.body = body
        self.has_rows = has_rows
        self.zone = zone

    def words(self, now: float) -> str:
        """What is printed at this moment (seconds since 1970)."""
        return _with_distances(self.body, now) if self.has_rows else self.body


def _with_distances(body: str, now: float) -> str:
    from datetime import timedelta

    from contentkit.distances import how_far

    heading, *rows = body.split("\n")
    lines = [heading]
    for row in rows[:-1]:
        at, left, right = row.split("\t", 2)
        lines.append(f"{left}\t{how_far(timedelta(0, float(at) - now))}\t{right}")
    lines.append("")
    return "\n".join(lines)


def tell(answer: Answer, now: float) -> None:
    """Says an answer. Raises StateError where the output cannot be written."""
    from contentkit.cli.streams import write

    if answer.before or answer.after:
        from contentkit.cli.output import say

        say(*answer.before)
    write(sys.stdout, answer.words(now))
    if answer.after:
        say(*answer.after)


# -- what is kept


def place_of(form: str, root: str, environment: Mapping[str, str]) -> str:
    """Where the answer of this form about the project in ``root`` is kept; empty where there is no place for it."""
    from contentkit.whereabouts import xdg_folder

    cache = xdg_folder("XDG_CACHE_HOME", ".cache", environment)
    try:
        known = os.stat(root)  # noqa: PTH116 - pathlib takes as long to load as Python to start
    except OSError:
        return ""
    return f"{cache}/contentkit/answers/{known.st_dev:x}-{known.st_ino:x}/{form}" if cache else ""


class Kept:
    """An answer as it was kept: the marks of files, by their paths, and the variables that it rests on, and between which times
    (seconds since 1970) it holds."""

    def __init__(
        self, answer: Answer, marks: dict[str, str], variables: dict[str, str], times: tuple[float, float]
    ) -> None:
        self.answer = answer
        self.marks = marks
        self.variables = variables
        self.since, self.until = times

    def holds(self, environment: Mapping[str, str], now: float) -> bool:
        """Whether it holds at this moment, as far as files do not change that."""
        return self.since <= now < self.until and all(
            environment.get(name, "") == value for name, value in self.variables.items()
        )

    def changed(self) -> Iterator[str]:
        """The files that are not what they were, one after the other."""
        return (path for path, mark in self.marks.items() if not is_still(path, mark))


def is_still(path: str, mark: str) -> bool:
    """Whether a file is as it was when it had this mark: that of ``contentkit.marks``, or, behind a word, that of a heartbeat."""
    if not mark.startswith(BEATS):
        return mark_of(path) == mark
    from contentkit.cli.heartbeats import mark_but_for_time

    return f"{BEATS}{mark_but_for_time(path)}" == mark


def kept_answer(place: str, environment: Mapping[str, str], now: float) -> Answer | None:
    """The answer that is kept there, if it is whole and nothing has changed until ``now``; otherwise None, whatever there is."""
    kept = kept_at(place)
    if kept is None or not kept.holds(environment, now) or any(kept.changed()):
        return None
    return kept.answer


def kept_at(place: str) -> Kept | None:
    """What is kept there, if it is whole; otherwise None, whatever there is."""
    try:
        return _parsed(sealed_bytes(place).decode(errors="surrogateescape"))
    except (OSError, ValueError, IndexError):
        return None


def _parsed(text: str) -> Kept:
    times, counts, zone, text = text.split("\n", 3)
    since, until = map(float, times.split(" "))
    marks, variables, before, after, has_rows = map(int, counts.split(" "))
    *lines, body = text.split("\n", marks + variables + before + after)
    talk = lines[marks + variables :]
    answer = Answer(before=talk[:before], after=talk[before:], body=body, has_rows=bool(has_rows), zone=zone)
    marked = (line.partition("\t") for line in lines[:marks])
    said = (line.partition("=") for line in lines[marks : marks + variables])
    return Kept(
        answer, {path: mark for mark, _, path in marked}, {name: value for name, _, value in said}, (since, until)
    )


def keep(answer: Answer, place: str, looked: Looked) -> Found | None:
    """Keeps an answer for its owner alone, if what was looked at for it allows that, and there is room. Else nothing is kept.

    Returns with what it is kept.
    """
    found = looked.ended()
    if found is None or not place:
        return None
    lines = [*found.marks, *found.variables, *answer.before, *answer.after]
    if any("\n" in line for line in lines):
        return None
    counts = (len(found.marks), len(found.variables), len(answer.before), len(answer.after), int(answer.has_rows))
    head = [f"{found.since!r} {found.until!r}", " ".join(map(str, counts)), answer.zone]
    put_sealed(place, "\n".join([*head, *lines, answer.body]).encode(errors="surrogateescape"))
    return found


def sealed_bytes(place: str) -> bytes:
    """What was put there. Raises OSError, and ValueError for what this version did not put there, or what is not whole."""
    own, _, rest = bytes_of(place, _LARGEST, own=True).partition(b"\n")
    if own.decode() != f"{_OWN} {_sum(rest):x}":
        raise ValueError("of another version, or damaged")
    return rest


def put_sealed(place: str, rest: bytes) -> None:
    """Puts this there for its owner alone; where that cannot be done, nothing."""
    from contextlib import suppress
    from pathlib import Path

    from contentkit.errors import ContentkitError
    from contentkit.places import make_private_folder

    with suppress(ContentkitError, OSError):
        make_private_folder(Path(place).parent)
        folder, _, name = place.rpartition("/")
        put_fleeting(folder, name, f"{_OWN} {_sum(rest):x}\n".encode() + rest)


def _sum(data: bytes) -> int:
    """What tells damage; against whom may write into the user's own folder nothing helps."""
    from zlib import crc32

    return crc32(data)
