"""Looking for what may have been sent: own statuses are read back and compared with the frozen words.

Finding is proof at once. Not finding proves nothing until enough time has passed, and even then the post may have been
there and been deleted: so absence is never a reason to send again, only to ask a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from contentkit.platforms import Connection, Status
from contentkit.publishing.publications import Publication, Thread, fingerprint
from contentkit.text import folded, normalised
from contentkit.values import dataclass

# Asking for the exact words costs one request each; a doubtful part is among the newest.
_ASK_AT_MOST = 5
# Where a whole week is looked through, more may have to be asked for.
_ASK_AFTER_A_LOSS = 40


@dataclass(frozen=True, kw_only=True)
class Finding:
    """``found`` is our status, the oldest if there are several; ``doubles`` are the others with the same words and parent.

    ``strangers`` stand where ours should be, with other words; ``elsewhere`` has our words as a reply to something else.
    """

    found: Status | None = None
    doubles: tuple[Status, ...] = ()
    strangers: tuple[Status, ...] = ()
    elsewhere: Status | None = None


def look_for(row: Publication, connection: Connection, taken: Collection[str]) -> Finding:
    """Looks for one part among the account's statuses since its watermark; ``taken`` ids are other parts or none of ours.

    Raises Unavailable when the network cannot be read now.
    """
    return compare(row, connection.recent(row.watermark), connection, taken)


def compare(
    row: Publication,
    recent: Collection[Status],
    connection: Connection,
    taken: Collection[str],
    *,
    ask_at_most: int = _ASK_AT_MOST,
) -> Finding:
    """What of these statuses (newest first) is the part: same parent, same words, or without words the same alt texts."""
    recent = list(_placed(row, recent, connection, taken))
    here = [status for status in recent if status.parent == row.parent and status.remote_id not in taken]
    ours: list[Status] = []
    strangers: list[Status] = []
    asked = 0
    for status in here:
        if not row.text.strip() and not _has_our_pictures(row, status):
            strangers.append(status)  # without words, pictures are all there is to compare
            continue
        same = _reads(row, status.text)
        if not same and asked < ask_at_most:
            asked += 1
            same = is_worded(row, status, connection)
        (ours if same else strangers).append(status)
    if not ours:
        others = (one for one in recent if one.parent != row.parent and one.remote_id not in taken)
        elsewhere = next((one for one in others if row.text.strip() and _reads(row, one.text)), None)
        return Finding(strangers=tuple(strangers), elsewhere=elsewhere)
    return Finding(found=ours[-1], doubles=tuple(ours[:-1]), strangers=tuple(strangers))


def _placed(
    row: Publication, recent: Collection[Status], connection: Connection, taken: Collection[str]
) -> Iterator[Status]:
    """The same statuses. Some servers do not say in a list what a status replies to, but say so of one alone: a few are asked
    for."""
    asked = 0
    for status in recent:
        untold = row.parent and not status.parent and status.remote_id not in taken
        if untold and asked < _ASK_AT_MOST:
            asked += 1
            alone = connection.find(status.remote_id)
            yield replace(status, parent=alone.parent) if alone else status
        else:
            yield status


def lost_alts(row: Publication, status: Status) -> list[str]:
    """The paths of the part's pictures whose alt texts the network does not show; none where it does not say."""
    if status.alts is None or None in status.alts:
        return []
    shown = {normalised(alt) for alt in status.alts if alt}
    return [one.path for one in row.media if one.alt and normalised(one.alt) not in shown]


def _has_our_pictures(row: Publication, status: Status) -> bool:
    """Whether the alt texts prove that a status without words is ours: anybody may have posted as many pictures."""
    ours = sorted(normalised(one.alt) for one in row.media)
    told = status.alts is not None and sorted(normalised(alt or "") for alt in status.alts) == ours
    return told and any(ours)


def find_any(
    thread: Thread, recent: Collection[Status], connection: Connection, taken: Collection[str]
) -> list[Status]:
    """What of these statuses (newest first) may be any part of a thread that another journal published, the oldest first.

    Its first part may have been edited or deleted since: each part is looked for, alone or as a reply to one of our own.
    """
    own = {status.remote_id for status in recent} | {""}
    worded = [row for row in thread.rows if row.text.strip()]
    found = [
        one
        for one in recent
        if one.parent in own and one.remote_id not in taken and any(_reads(row, one.text) for row in worded)
    ]
    first = compare(replace(thread.rows[0], parent=""), recent, connection, taken, ask_at_most=_ASK_AFTER_A_LOSS)
    if first.found and first.found not in found:
        found.append(first.found)
    return found[::-1]


def is_worded(row: Publication, status: Status, connection: Connection) -> bool:
    """Whether a status has the part's words, as the network shows them or as it was sent them."""
    if _reads(row, status.text):
        return True
    words = connection.words(status.remote_id)
    return words is not None and _reads(row, words)


def _reads(row: Publication, shown: str) -> bool:
    """Whether these words, as a network shows them, are the part's."""
    return fingerprint(shown) == row.fingerprint or (bool(row.text.strip()) and folded(shown) == folded(row.text))
