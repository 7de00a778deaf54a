"""A source that got another name is found again by the words that evidence points at in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.drafts.edit import Sheet, pointing
from contentkit.errors import ContentkitError
from contentkit.models import Evidence
from contentkit.patterns import regex

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Draft

# So many notes are looked into.
_MOST_NOTES = 500
# A name that stands in YAML as it is.
_PLAIN = regex(r"[\w./-]+")


def renamed_sources(project: Project, draft: Draft) -> dict[str, str]:
    """The sources of a draft that are gone, and the one note in which all that it cites of them stands on the same lines.

    Only hashes tell: evidence without one is not looked for. Nothing is guessed where two notes have the words.
    """
    cited: dict[str, list[Evidence]] = {}
    for one in (one for post in draft.posts for one in post.evidence if one.sha):
        if not (project.root / one.source).is_file():
            cited.setdefault(one.source, []).append(one)
    if not cited:
        return {}
    lines = dict(_notes(project))
    found = {name: [note for note in lines if _holds(evidence, lines[note])] for name, evidence in cited.items()}
    return {name: notes[0] for name, notes in found.items() if len(notes) == 1}


def _notes(project: Project) -> Iterator[tuple[str, Sequence[str]]]:
    """The notes of the project that others may have, by their names, with their lines on the record."""
    from contentkit.cli.ingesting.whereabouts import NOTES, is_raw
    from contentkit.sources.formats import is_kind

    for path in sorted((project.root / NOTES).rglob("*"))[:_MOST_NOTES]:
        if not path.is_file() or is_raw(path, project) or not is_kind(path.name) or _is_hidden(path, project.root):
            continue
        try:
            yield project.name_of(path), project.lines(project.name_of(path))
        except ContentkitError:
            continue


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _holds(evidence: Sequence[Evidence], lines: Sequence[str]) -> bool:
    return all(one.is_said_in(lines) for one in evidence)


def with_new_names(sheet: Sheet, names: Mapping[str, str]) -> Sheet:
    """The sheet with these names of sources in the place of others, in its comments and in its front matter.

    In the front matter only a name that stands there once and as it is. Raises ContentError.
    """
    for place, block in enumerate(sheet.blocks):
        moved = {one: replace(one, source=names[one.source]) for one in block.post.evidence if one.source in names}
        sheet = sheet.with_block(place, pointing(block, moved)) if moved else sheet
    head = sheet.head
    for old, new in names.items():
        places = list(re.finditer(rf"(?<![\w./-]){re.escape(old)}(?![\w./-])", head))
        if len(places) == 1 and _PLAIN.fullmatch(new):
            head = head[: places[0].start()] + new + head[places[0].end() :]
    return replace(sheet, head=head)
