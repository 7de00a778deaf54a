"""The queue after an edit of the calendar: what is said of the entries that it touched is worked out anew, all else said again.

Beside its answers the calendar is kept that they were worked out from. Where nothing but the calendar has changed since, and no
entry waits for one that was touched, the rows of all others are what they were. Whatever is in doubt says so: then the whole
queue is worked out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.calendar.edited import Known, edit_of, known_of
from contentkit.calendar.entries import calendar_bytes
from contentkit.cli.answers import Answer, kept_at, put_sealed, sealed_bytes
from contentkit.config import CALENDAR_NAME

if TYPE_CHECKING:
    from contentkit.calendar.edited import Edit
    from contentkit.cli.answers import Kept
    from contentkit.cli.looking import Found, Looked
    from contentkit.cli.project import Project
    from contentkit.cli.wanted import Wanted
    from contentkit.views.queue import QueueRow

# In a line for a pipe: how it is sorted, and where a cost stands.
_AT, _ENTRY, _ACCOUNT, _COST = 0, 2, 3, 7


def keep_calendar(place: str, project: Project, known: Known | None, found: Found) -> None:
    """Keeps the calendar beside the answer that is kept at this place with what was found; ``known`` where that is known."""
    calendar = str(project.root / CALENDAR_NAME)
    mark = next((mark for mark, _, path in (line.partition("\t") for line in found.marks) if path == calendar), "")
    known = known or known_of(project.calendar)
    if known is None or not mark or _kept_calendar(place, mark):
        return
    head = [mark, f"{known.start} {known.end}", known.dash, " ".join(known.ids), " ".join(sorted(known.linked))]
    put_sealed(_beside(place), "\n".join(head).encode() + b"\n" + known.data)


def _beside(place: str) -> str:
    return str(Path(place).with_name("calendar"))


def _kept_calendar(place: str, mark: str) -> Known | None:
    """The calendar that is kept beside this place, if it is that of this mark."""
    try:
        of, bounds, dash, ids, linked, data = sealed_bytes(_beside(place)).split(b"\n", 5)
        if of.decode() != mark:
            return None
        start, end = map(int, bounds.split())
        return Known(data, start, end, dash.decode(), tuple(ids.decode().split()), frozenset(linked.decode().split()))
    except (OSError, ValueError):
        return None


def after_edit(place: str, project: Project, looked: Looked, wanted: Wanted, now: float) -> tuple[Answer, Known] | None:
    """What is said now (seconds since 1970), where something was said before that an edit of the calendar changed in part.

    None where the whole queue has to be worked out. Raises ContentkitError as that does.
    """
    kept, calendar = kept_at(place), str(project.root / CALENDAR_NAME)
    if kept is None or not kept.holds(project.environment, now) or list(kept.changed()) != [calendar]:
        return None
    known = _kept_calendar(place, kept.marks[calendar])
    # A row that names a line of the calendar, and what is told beside the rows, rest on more than one entry.
    if known is None or kept.answer.after or not kept.answer.body or CALENDAR_NAME in kept.answer.body:
        return None
    data = calendar_bytes(project.root / CALENDAR_NAME, CALENDAR_NAME)
    edit = edit_of(known, data, CALENDAR_NAME, project.config.accounts, project.config.late)
    rows = _rows_of(edit, project, looked, wanted) if edit else None
    if edit is None or rows is None:
        return None
    looked.with_kept(kept, apart_from=calendar)
    answer = _with_rows(kept, rows, {*edit.gone, *(one.id for one in edit.calendar.entries)})
    return (answer, edit.known) if answer else None


def _rows_of(edit: Edit, project: Project, looked: Looked, wanted: Wanted) -> list[QueueRow] | None:
    """The rows of the entries that an edit touched; None where others may have changed with them."""
    from contentkit.cli.elsewhere import is_publishers
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.scene import Scene
    from contentkit.cli.standings import standings_of
    from contentkit.clock import SystemClock

    project = replace(project, read_calendar=lambda *_: edit.calendar)
    with journal_if_any(project, SystemClock()) as journal:
        # On a desk each copy of an approval in the calendar is a sign of where it is published.
        if journal is None or not is_publishers(journal):
            return None
        only = frozenset((*edit.gone, *(one.id for one in edit.calendar.entries)))
        scene = Scene(project, journal, looked.now, only)
        rows = standings_of(scene, wanted)
    looked.at(scene.looked_for())
    # What is still to be paid is told for all rows together.
    return None if any(row.cost for row in rows) else rows


def _with_rows(kept: Kept, rows: Sequence[QueueRow], touched: Collection[str]) -> Answer | None:
    """The kept answer with these rows in the place of those of the entries that were touched."""
    answer = kept.answer
    merged = _lines_with(answer, rows, touched) if answer.has_rows else _json_with(answer, rows, touched)
    if not merged:
        return None
    return Answer(before=answer.before, after=(), body=merged, has_rows=answer.has_rows, zone=answer.zone)


def _lines_with(answer: Answer, rows: Sequence[QueueRow], touched: Collection[str]) -> str:
    from contentkit.cli.queue_shown import answer_of

    heading, *lines = answer.body.split("\n")[:-1]
    new = answer_of(rows, (), (), answer.zone, in_json=False).body.split("\n")[1:-1]
    cells = [line.split("\t") for line in (*lines, *new)]
    others = [row for row in cells[: len(lines)] if row[_ENTRY] not in touched]
    if any(row[_COST] for row in cells[: len(lines)] if row[_ENTRY] in touched):
        return ""
    merged = [*others, *cells[len(lines) :]]
    merged.sort(key=lambda row: (float(row[_AT]), row[_ENTRY], row[_ACCOUNT]))
    return "\n".join([heading, *("\t".join(row) for row in merged), ""]) if merged else ""


def _json_with(answer: Answer, rows: Sequence[QueueRow], touched: Collection[str]) -> str:
    import json
    from datetime import datetime

    from contentkit.cli.output import json_words

    before, new = json.loads(answer.body), json.loads(json_words(rows))
    if any(row["cost"] for row in before if row["entry"] in touched):
        return ""
    merged = [*(row for row in before if row["entry"] not in touched), *new]
    merged.sort(key=lambda row: (datetime.fromisoformat(row["at"]), row["entry"], row["account"]))
    return json_words(merged) if merged else ""
