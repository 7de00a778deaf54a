"""A finding is taken upon a named person: one note in the draft, and nothing else of it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.cli.drafting.approved import refuse_published
from contentkit.cli.drafting.sheets import sheet_at
from contentkit.drafts.edit import with_waiver
from contentkit.errors import ContentError
from contentkit.files import replace_file
from contentkit.models import Problem, Waiver
from contentkit.text import one_line

if TYPE_CHECKING:
    from contentkit.cli.project import Project


def waive(project: Project, path: str, problem: Problem, by: str, reason: str) -> str:
    """Writes the waiver into the draft, and says so in a sentence. Raises ContentError, and UsageError where the draft is out."""
    if problem.post is None:
        raise ContentError(f"{path}: {problem.check} is about no post, and no note can stand there", hint="mend it")
    # The name ends at the colon; a person's own may hold one.
    waiver = Waiver(check=problem.check, words=problem.words, by=by.replace(":", " ").strip(), reason=reason)
    refuse_published(project, path)
    data, sheet = sheet_at(project, path)
    place = sheet.place_of(problem.post + 1)
    made = sheet.with_block(place, with_waiver(sheet.blocks[place], waiver))
    replace_file(project.root / path, made.text.encode(), data)
    words = f" “{one_line(problem.words, 60)}”" if problem.words else ""
    return f"{path}: {problem.check}{words} waived by {waiver.by}: {one_line(reason, 200)}"
