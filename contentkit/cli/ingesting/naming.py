"""Under which name the copy of an original lies in ``notes/``: the one it has, else the first good one that is free."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from contentkit.cli.ingesting.original import Original
from contentkit.cli.ingesting.whereabouts import NOTES, lies_in
from contentkit.cli.project import Project
from contentkit.errors import ContentError
from contentkit.files import plain_file
from contentkit.models import Origin
from contentkit.sources import Reading
from contentkit.sources.copies import is_made_of, origin_in
from contentkit.text import slug_of

# The ends of names that say what a text is; any other text is kept as Markdown.
_TELLING_ENDS = frozenset((".rst", ".srt", ".vtt"))
_MOST_NAMES = 99
_LONGEST_SLUG = 60
_TITLE_WORDS = 12
# The last line of a copy: an address of at most 4,000 characters and a few words.
_LONGEST_NOTE = 20_000


def name_for(project: Project, original: Original, reading: Reading, known: Mapping[str, Path], now: datetime) -> str:
    """The path of the copy from the root. ``known`` are the raw files of copies, as this machine remembers them.

    Raises ContentError when every name is taken by files that are not ours.
    """
    remembered = next((copy for copy, raw in known.items() if raw == original.path), "")
    return remembered or _standing(project, original, reading, known) or _new(project, original, reading, known, now)


def _standing(project: Project, original: Original, reading: Reading, known: Mapping[str, Path]) -> str:
    """The copy that was made of the same address, or of the very same lines: the raw file may have been moved since, and
    another clone may have written the copy. Empty when there is none."""
    for path in sorted((project.root / NOTES).iterdir()):
        lines = _last_lines(path)
        origin, _ = origin_in(lines)
        if origin is None:
            continue
        name = f"{NOTES}/{path.name}"
        is_free = name not in known or not known[name].exists()
        if origin.place == original.address if original.address else is_free and is_made_of(lines, reading.copy):
            return name
    return ""


def _last_lines(path: Path) -> list[str]:
    """The end of a plain file; nothing of a link or a folder."""
    try:
        with plain_file(path) as (handle, known):
            end = os.pread(handle, _LONGEST_NOTE, max(known.st_size - _LONGEST_NOTE, 0))
    except OSError:
        return []
    return end.decode(errors="replace").split("\n")


def _new(project: Project, original: Original, reading: Reading, known: Mapping[str, Path], now: datetime) -> str:
    for stem, end in _names(project, original, reading, now):
        name = f"{NOTES}/{stem}{end}"
        path = project.root / name
        if not os.path.lexists(path):
            return name
        origin, _ = origin_in(_last_lines(path))
        if origin and name not in known and _may_take_over(project, original, origin):
            return name
    raise ContentError(
        f"{NOTES}/: no name is left for a copy of {original.name}", hint="move older copies of this name away"
    )


def _may_take_over(project: Project, original: Original, origin: Origin) -> bool:
    """Whether a copy of which this machine knows no raw file is this original's: another clone may have written it.

    The name of a file in the project leads to one copy only; of two files elsewhere that bear one name, none is meant.
    """
    in_project = original.path is not None and lies_in(original.path, project)
    return in_project and origin.place in ("", original.name)


def _names(project: Project, original: Original, reading: Reading, now: datetime) -> Iterator[tuple[str, str]]:
    """Stems and ends of names for the copy, the best one first."""
    stem, end = (
        _of_file(project, original.path, original, reading)
        if original.path
        else (_of_day(project, original, reading, now), ".md")
    )
    yield stem, end
    yield from ((f"{stem}-{number}", end) for number in range(2, _MOST_NAMES))


def _of_file(project: Project, path: Path, original: Original, reading: Reading) -> tuple[str, str]:
    # The name of a file comes into git, and is shown wherever the source is.
    words = project.confidential.veil(path.stem)
    stem, end = slug_of(words, longest=_LONGEST_SLUG) or "note", path.suffix.lower()
    # Beside the note itself, its copy says in what it differs.
    if reading.source.redactions and Path(original.name).parent.as_posix() == NOTES:
        stem += "-on-the-record"
    return stem, end if end in _TELLING_ENDS else ".md"


def _of_day(project: Project, original: Original, reading: Reading, now: datetime) -> str:
    """What was published has its day; what came through a pipe has the day of its reading."""
    source = reading.source
    day = (source.written if original.address else None) or now.astimezone().date()
    title = source.title or next((passage.text for passage in source.passages if passage.text), "")
    words = " ".join(project.confidential.veil(title).split()[:_TITLE_WORDS])
    return f"{day.isoformat()}-{slug_of(words, longest=_LONGEST_SLUG) or 'note'}"
