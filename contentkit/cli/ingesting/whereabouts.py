"""Where a file lies, wherever the links on the way to it lead: in the project, in its folder for raw notes, or elsewhere."""

from __future__ import annotations

from pathlib import Path

from contentkit.cli.project import Project
from contentkit.errors import ContentError
from contentkit.files import lies_below
from contentkit.patterns import regex
from contentkit.sources.redaction.phrases import MENTION
from contentkit.words.lookalikes import folded

_WORD_GAP = regex(r"[_.]+")
NOTES = "notes"


def lies_in(path: Path, project: Project) -> bool:
    """Whether a file lies in the project."""
    return lies_below(path, project.root)


def is_raw(path: Path, project: Project) -> bool:
    """Whether a file lies in the folder for what must not come into git."""
    return lies_below(path, project.root / NOTES / "raw")


def refuse_marked_name(path: Path) -> None:
    """Raises ContentError for a file that calls itself off the record: all of it is, whatever stands in it."""
    if MENTION.search(_WORD_GAP.sub(" ", folded(path.stem)[0])):
        raise ContentError(
            f"{path.name}: its name says that it is off the record, so nothing on the record is left",
            hint="where only a part of it is, mark that part, and give the file another name",
        )
