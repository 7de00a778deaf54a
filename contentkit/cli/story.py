"""The whole story of one entry: what, where, when, whose word it has, what happened to it, and who acts next."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from contentkit.cli.scene import Scene
from contentkit.stamps import moment_of
from contentkit.views.explain import Approved, Happened, Heard, Story

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contentkit.models import Entry
    from contentkit.views.queue import QueueRow

# What goes out in these hours of the calendar's wall is read by few.
_NIGHT = (0, 6)


def story_of(scene: Scene, entry: Entry) -> Story:
    """The story of an entry of the calendar."""
    from contentkit.cli.standings import row_of

    draft = scene.draft(entry.draft)
    rows = tuple(row_of(scene, entry, account) for account in entry.accounts)
    return Story(
        entry=entry.id,
        draft=entry.draft,
        title=draft.title if draft else "",
        founder=draft.founder if draft else "",
        campaign=entry.campaign,
        accounts=entry.accounts,
        at=entry.at,
        instant=entry.at.astimezone(UTC),
        wall=entry.wall,
        zone=entry.zone,
        slot=entry.slot,
        odd=(*_odd(scene, entry), *_unsayable(scene, entry, rows)),
        late=lateness_words(entry),
        when=entry.when,
        after=entry.after,
        paused=entry.paused,
        pause_reason=entry.pause_reason,
        approval=_approved(scene, entry, rows),
        rows=rows,
        happened=tuple(_happened(scene, entry)),
    )


def _odd(scene: Scene, entry: Entry) -> list[str]:
    """What speaks against its time, and what the clocks do on that day."""
    from contentkit.calendar.obstacles import obstacles_of

    odd = [entry.note] if entry.note else []
    odd += [one.words for one in obstacles_of(scene.project.calendar, entry)]
    if _NIGHT[0] <= entry.at.hour < _NIGHT[1]:
        odd.append(f"goes out at night in {entry.zone}")
    return odd


def _unsayable(scene: Scene, entry: Entry, rows: tuple[QueueRow, ...]) -> list[str]:
    """What of a planned entry nobody may say any more: 'post' holds it back, whoever approved it."""
    from contentkit.cli.unsayable import why_unsayable
    from contentkit.errors import ContentkitError

    if not any(row.state == "planned" for row in rows):
        return []
    try:
        why = why_unsayable(scene.project, entry)
    except ContentkitError as error:
        why = error.message
    return [f"cannot go out: {why}"] if why else []


def lateness_words(entry: Entry) -> str:
    """What becomes of an entry when it cannot go out at its time."""
    from contentkit.calendar.times import show_length
    from contentkit.publishing.timing import LATE_AFTER

    if entry.late.policy == "hold":
        return f"is held when more than {show_length(LATE_AFTER)} late"
    if entry.late.policy == "next slot":
        slot = f"the slot '{entry.slot}'" if entry.slot else "its slots"
        return f"goes on to the next free opening of {slot} when it is late"
    return f"goes out up to {show_length(entry.late.within)} late, and is held after that"


def _approved(scene: Scene, entry: Entry, rows: tuple[QueueRow, ...]) -> Approved | None:
    from contentkit.cli.elsewhere import is_desk

    is_over = all(row.state in ("sent", "skipped") and not row.next for row in rows)
    if is_over or is_desk(scene.other):
        return None
    standing = scene.standing(entry)
    return Approved(
        holds=standing.holds,
        people=standing.people,
        why=standing.why,
        lacking=standing.lacking,
        heard=tuple(Heard(by=one.by, at=one.at, trust=one.trust, why=one.why) for one in standing.heard),
    )


def _happened(scene: Scene, entry: Entry) -> list[Happened]:
    return [happened(one) for one in scene.journal.history.of_entry(entry.id)] if scene.journal else []


def happened(attempt: Mapping[str, Any]) -> Happened:
    """One of ``Journal.history.of_entry``, as it is told."""
    return Happened(
        at=moment_of(attempt["at"]),
        account=attempt["account"],
        part=attempt["part"] + 1,
        parts=attempt["parts"],
        move=attempt["move"],
        detail=attempt["detail"],
        answer=attempt["answer"],
        changing=attempt["amendment"] is not None,
    )
