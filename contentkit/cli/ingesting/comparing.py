"""What raw files say off the record as they are now, for drafts to be compared with, and whether that is all of it.

A raw file may have been edited, moved or deleted since its copy was made, and the copy as well: what cannot be known any
more is said to be so, and whatever can still be known is compared all the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from contentkit.cli.ingesting.raw_files import last_changed
from contentkit.cli.remembered import Remembered
from contentkit.errors import ContentkitError
from contentkit.forbidden import Forbidden
from contentkit.sources import Reading
from contentkit.sources.copies import is_made_of, says_the_same
from contentkit.values import dataclass

# Reading a raw file costs about three seconds for a MiB, and a document a process of its own.
_MOST_FILES = 40
_MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class OffRecord:
    """What was said off the record in a source; ``whole`` says that nothing of it can be missing, ``read`` that no raw file was
    here and could not be read."""

    forbidden: Forbidden
    whole: bool = True
    read: bool = True


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What was said off the record in raw files of which a draft names no copy, and how many could not be compared; ``read`` as
    of what was."""

    forbidden: Forbidden
    left: int = 0
    read: bool = True


def off_record_of(copy: Reading, raw: Path | None, changed: str | None, remembered: Remembered) -> OffRecord:
    """``raw`` is where this machine knows the raw file of this source to lie; None where it knows of none.

    ``changed`` is when that file was last changed when the copy was made; None where that was not noted.
    """
    origin = copy.source.origin
    if raw is None:
        return OffRecord(forbidden=copy.forbidden, whole=not (origin and origin.cut))
    never_cut = origin is not None and not origin.cut
    same_time = changed is None or last_changed(raw) == changed
    try:
        now = remembered.reading(raw, raw.name)
    except ContentkitError:
        # All of it may be off the record by now. What else stands in the way is told when the file is ingested again.
        said = forbidden_in(raw, remembered)
        gone = not raw.exists()
        return OffRecord(forbidden=copy.forbidden | (said or Forbidden()), whole=never_cut and gone, read=gone)
    return OffRecord(
        forbidden=copy.forbidden | now.forbidden, whole=never_cut or (same_time and _is_copy_of(copy, now))
    )


def _is_copy_of(copy: Reading, now: Reading) -> bool:
    """Whether the raw file still may be what the copy was made of. Without its last line a copy tells by its words only.

    What was cut out of it may be something else by now: only the time at which it was changed tells of that.
    """
    origin = copy.source.origin
    if origin is None:
        return says_the_same(copy.copy, now.copy)
    return is_made_of(copy.copy, now.copy) and now.source.redactions >= origin.cut


def forbidden_in(raw: Path, remembered: Remembered) -> Forbidden | None:
    """What is off the record in this file; None where it cannot be read."""
    try:
        return remembered.off_record(raw, raw.name)
    except ContentkitError:
        return None


def _known(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def off_record_elsewhere(raws: Iterable[Path], remembered: Remembered) -> Elsewhere:
    """Of these raw files, the newest first and so many that nobody waits for long; those that are gone say nothing."""
    sizes = sorted(((known.st_mtime, known.st_size, path) for path in raws if (known := _known(path))), reverse=True)
    forbidden, left, room, read = Forbidden(), 0, _MOST_BYTES, True
    for place, (_, size, path) in enumerate(sizes):
        room -= size
        wanted = place < _MOST_FILES and room >= 0
        said = forbidden_in(path, remembered) if wanted else None
        if said is None:
            left += 1
            read = read and not wanted
        else:
            forbidden |= said.from_elsewhere()
    return Elsewhere(forbidden=forbidden, left=left, read=read)
