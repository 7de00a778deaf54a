"""The evidence comments of a draft point at lines where they are now: only these comments change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.cli.drafting.approved import approved_now, tell_void
from contentkit.cli.drafting.sheets import sheet_at
from contentkit.drafts.edit import Block, Sheet, pointing
from contentkit.models import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contentkit.cli.project import Project
    from contentkit.models import Draft, Source

Move = tuple[int, str, str]


def mend_draft(project: Project, draft: Draft) -> list[Move]:
    """Writes where lines are that only moved, and what their source is called now.

    Returns the number of each such post, where it pointed, where it points now.
    Raises ContentError where the draft cannot be edited, StateError where somebody edited it meanwhile.
    """
    from contentkit.cli.renaming import renamed_sources, with_new_names
    from contentkit.files import replace_file

    data, sheet = sheet_at(project, draft.path)
    names = renamed_sources(project, draft)
    renamed = _renamed(draft, names)
    sheet, moved = anchored(project, draft, with_new_names(sheet, names))
    moves = [*renamed, *moved]
    if moves:
        approved = approved_now(project, draft.path)
        replace_file(project.root / draft.path, sheet.text.encode(), data)
        tell_void(project, approved)
    return moves


def _renamed(draft: Draft, names: Mapping[str, str]) -> list[Move]:
    return [
        (number, one.place, replace(one, source=names[one.source]).place)
        for number, post in enumerate(draft.posts, 1)
        for one in post.evidence
        if one.source in names
    ]


def anchored(project: Project, draft: Draft, sheet: Sheet) -> tuple[Sheet, list[Move]]:
    """The sheet of a draft, pointing at where lines are that only moved, and what moved. Raises ContentError."""
    lines = {name: project.reading(name).source for name in _here(project, draft)}
    moves: list[Move] = []
    number = 0
    for place, block in enumerate(sheet.blocks):
        number += block.is_post
        found = _moved(block, lines)
        if found:
            sheet = sheet.with_block(place, pointing(block, found))
            moves += [(number, old.place, new.place.rpartition("#")[2]) for old, new in found.items()]
    return sheet, moves


def _here(project: Project, draft: Draft) -> list[str]:
    """The sources of the draft that can be read."""
    return sorted(name for name in draft.all_sources if (project.root / name).is_file())


def _moved(block: Block, sources: Mapping[str, Source]) -> dict[Evidence, Evidence]:
    from contentkit.checks.anchors import moved_to

    found = ((one, moved_to(one, sources[one.source])) for one in block.post.evidence if one.source in sources)
    return {old: new for old, new in found if new}
