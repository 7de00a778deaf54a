"""Files that git tracks although they hold words off the record."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from contentkit.checks.confidential import list_in_git
from contentkit.checks.tracked import marks_in_git
from contentkit.cli.ingesting.originals import KINDS
from contentkit.cli.ingesting.raw_files import raw_files
from contentkit.cli.project import Project
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.errors import ContentError, ContentkitError
from contentkit.files import plain_file
from contentkit.lookalikes import folded
from contentkit.models import Problem

_LARGEST = 1024 * 1024
# Every mark has one of these in it, once letters that look alike are one. What has none is not read any further.
_TELLING = ("record", "otr", "o.t.r", "oficial")
_PACKED = ".docx"


def tracked_with_marks(project: Project) -> list[Problem]:
    """CK306 for every such file below the project's root, and CK307 for the list of confidential names."""
    listed = [list_in_git()] if CONFIDENTIAL_NAME in project.tracked else []
    return [*listed, *_marked(project, project.tracked)]


def tracked_sources(project: Project, names: Iterable[str]) -> list[Problem]:
    """CK306 for these sources, and for the raw files of which they are copies."""
    raw = _raw_names(project)
    return list(_marked(project, project.tracked & {file for name in names for file in (name, raw.get(name, name))}))


def _raw_names(project: Project) -> dict[str, str]:
    try:
        return {copy: project.name_of(raw) for copy, raw in raw_files(project.state).items()}
    except ContentkitError:
        return {}  # the leak check says that the raw files are unknown


def _marked(project: Project, names: Iterable[str]) -> Iterator[Problem]:
    for name in sorted(names):
        is_kind = PurePosixPath(name).suffix.lower().removeprefix(".") in KINDS
        if not is_kind or _is_example(name, project.config.examples):
            continue
        data = _content(project.root / name)
        line = _first_mark(data, name) if _may_be_marked(data, name) else None
        if line is not None:
            yield marks_in_git(name, line)


def _is_example(name: str, examples: Iterable[str]) -> bool:
    path = PurePosixPath(name)
    return any(path == PurePosixPath(place) or PurePosixPath(place) in path.parents for place in examples)


def _content(path: Path) -> bytes:
    """What a plain file of bearable size holds; nothing of others."""
    try:
        with plain_file(path) as (handle, known):
            return os.read(handle, known.st_size) if known.st_size <= _LARGEST else b""
    except OSError:
        return b""


def _may_be_marked(data: bytes, name: str) -> bool:
    if name.lower().endswith(_PACKED):
        return bool(data)
    text = data.decode(errors="replace")
    return any(word in folded(text)[0] for word in _TELLING)


def _first_mark(data: bytes, name: str) -> int | None:
    """The line of the first mark, 0 for a mark that is broken; None where nothing is marked, or nothing can be read."""
    from contentkit.sources import first_mark

    try:
        return first_mark(data, name) or None
    except ContentError as error:
        return 0 if "off-the-record" in error.message else None
