"""Files that git tracks although they hold words off the record."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from contentkit.checks.confidential import list_in_git
from contentkit.checks.tracked import marks_in_git, unreadable_in_git, unseen_in_git
from contentkit.cli.ingesting.raw_files import raw_files
from contentkit.cli.project import Project
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.errors import ContentkitError
from contentkit.files import plain_file
from contentkit.models import Problem
from contentkit.patterns import regex
from contentkit.words.lookalikes import folded

# Every mark has one of these in it, once letters that look alike are one. What has none is not read any further.
_TELLING = ("record", "otr", "o.t.r", "oficial")
_PACKED = (".docx", ".docm", ".dotx")
_SOURCES = "notes/"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 8192
# What no program writes by chance into a file that is no text.
_PLAINLY = regex(r"off[\s-]{1,3}the[\s-]{1,3}record")


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
    from contentkit.sources.formats import is_kind

    for name in sorted(names):
        # In notes/ lies what people said, whatever it is called.
        if (is_kind(name) or name.startswith(_SOURCES)) and not _is_example(name, project.config.checks.examples):
            yield from _problems_in(_content(project.root / name), name)


def _is_example(name: str, examples: Iterable[str]) -> bool:
    path = PurePosixPath(name)
    return any(path == PurePosixPath(place) or PurePosixPath(place) in path.parents for place in examples)


def _content(path: Path) -> bytes:
    """What a plain file holds, a little more than could be read; nothing of others."""
    from contentkit.files import LARGEST_SOURCE

    try:
        with plain_file(path) as (handle, known):
            return os.read(handle, min(known.st_size, LARGEST_SOURCE + 1))
    except OSError:
        return b""


def _problems_in(data: bytes, name: str) -> Iterator[Problem]:
    """CK306 for a mark, and for words that may be one in what cannot be read to its end."""
    from contentkit.sources import first_mark

    is_packed = name.lower().endswith(_PACKED) and bool(data)
    text = "" if is_packed else _text_in(data)
    if not (is_packed or any(word in text for word in _TELLING)):
        return
    try:
        if line := first_mark(data, name):
            yield marks_in_git(name, line)
    except ContentkitError as error:
        why = error.message.removeprefix(f"{name}:").strip()
        if is_packed:
            yield unseen_in_git(name, why)
        elif _may_mark(data, text):
            yield unreadable_in_git(name, why)


def _text_in(data: bytes) -> str:
    """The letters of a file, whatever it is, as marks are searched for; of one that is too large, without its disguises."""
    from contentkit.sources.decoding import LARGEST

    text = data.decode("utf-16" if data.startswith(_WIDE) else "utf-8", errors="replace").replace("\0", "")
    return folded(text)[0] if len(text) <= LARGEST else text.lower()


def _may_mark(data: bytes, text: str) -> bool:
    from contentkit.sources.redaction.phrases import MENTION

    is_text = data.startswith(_WIDE) or b"\0" not in data[:_LOOKED_AT]
    return bool((MENTION if is_text else _PLAINLY).search(text))
