"""One state of the model: what the network has, what is on the wire, what the journals say, where each run stands.

Everything is a tuple of small values: states are compared and stored by the hundred thousand. Posts are named by their
place in ``World.posts``; NOWHERE is no post, INVENTED an id that the network never gave to anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

NOWHERE, INVENTED = -1, 99
# Who waits for the answer to a request whose sender is gone.
NOBODY = -1
# What the calendar's files say of an entry that was taken out.
WITHDRAWN = -1

PLANNED, SENDING, UNKNOWN, HELD, SENT, SKIPPED = "planned", "sending", "unknown", "held", "sent", "skipped"
UNTRIED, TRIED, DOUBTED = 0, 1, 2
# Whether a person was told of what needs one: all was said, something is to be said, or it was forgotten with a killed run.
TOLD, TO_TELL, FORGOTTEN = 0, 1, 2


class Post(NamedTuple):
    """A status on the network. ``parent`` is a post; ``words`` is the version of the draft that it shows."""

    part: int
    parent: int
    words: int
    alive: bool = True
    visible: bool = True


class Request(NamedTuple):
    """A create on the wire. ``post`` is what it made so far; ``answered`` once the server has done everything."""

    owner: int
    part: int
    parent: int
    words: int
    keyed: bool
    post: int = NOWHERE
    answered: bool = False


class Row(NamedTuple):
    """A publication. ``seen`` are posts that a person was asked about; ``claimed`` when only a receipt says that it is out.

    ``doubtful`` when it was planned before a takeover: an attempt may have been made that this journal does not know of.
    """

    state: str = PLANNED
    post: int = NOWHERE
    words: int = 0
    tried: int = UNTRIED
    looks: int = 0
    released: bool = False
    seen: frozenset[int] = frozenset()
    claimed: bool = False
    doubtful: bool = False


class Journal(NamedTuple):
    """What a machine's journal says. ``lag`` is its counter less that of the epoch file beside it: below 0, it is refused.

    ``missing`` is true when it is an old copy that lacks an attempt. ``stable`` are the rows that would survive a loss of
    power, where that is not all of them.
    """

    rows: tuple[Row, ...]
    lag: int = 0
    stopped: bool = False
    told: int = TOLD
    taken_over: bool = False
    missing: bool = False
    stable: tuple[Row, ...] | None = None


class Run(NamedTuple):
    """Where a publishing process stands. ``words`` are those that the files had when it began.

    ``settled`` when nothing of the part could be on its way any more as it was looked for; ``goes_on`` after a part that
    was sent a moment ago.
    """

    at: str
    part: int = NOWHERE
    parent: int = NOWHERE
    post: int = NOWHERE
    goes_on: bool = False
    words: int = 0
    settled: bool = True


IDLE = Run("idle")


class World(NamedTuple):
    """Everything. ``owed`` is how often each part may be made: once, and once more whenever a person says so.

    ``receipts`` has a post for each part; ``keys`` are the keys that the server remembers, by part; ``left`` is how
    much of each disturbance is still to come; ``broken`` names the promise that the last step broke.
    """

    posts: tuple[Post, ...]
    wire: tuple[Request, ...]
    journals: tuple[Journal, ...]
    runs: tuple[Run, ...]
    receipts: tuple[int, ...]
    keys: tuple[int, ...]
    left: tuple[int, ...]
    owed: tuple[int, ...]
    file: int = 0
    approved: frozenset[int] = frozenset((0,))
    backup: Journal | None = None
    broken: str = ""


def text_of(world: World, part: int, words: int) -> int:
    """The words of a part in a version of the draft: an edit changes the last part."""
    return words if part == len(world.owed) - 1 else 0


def is_shown(world: World, post: int) -> bool:
    """Whether the network shows a post to whoever asks now."""
    return 0 <= post < len(world.posts) and world.posts[post].alive and world.posts[post].visible


def head_of(rows: tuple[Row, ...]) -> int:
    """The first part that has not ended; NOWHERE when there is none."""
    for part, row in enumerate(rows):
        if row.state not in (SENT, SKIPPED):
            return part
    return NOWHERE


def last_sent(rows: tuple[Row, ...]) -> int:
    """The post of the last part that was sent, or NOWHERE."""
    return next((row.post for row in reversed(rows) if row.state == SENT), NOWHERE)


def copies(world: World, rows: tuple[Row, ...], part: int, parent: int) -> Iterator[int]:
    """The posts that may be this part when the network is read now: same place, same words, and no other part's."""
    row = rows[part]
    text = text_of(world, part, row.words)
    for number, post in enumerate(world.posts):
        if (
            (post.part, post.parent, post.words) == (part, parent, text)
            and post.alive
            and post.visible
            and not is_taken(rows, part, number)
        ):
            yield number


def is_taken(rows: tuple[Row, ...], part: int, post: int) -> bool:
    """Whether a post belongs to another part, or a person was asked about it and sent the part anyway."""
    row = rows[part]
    return (row.released and post in row.seen) or any(
        other.post == post for number, other in enumerate(rows) if number != part
    )


def with_journal(world: World, machine: int, journal: Journal) -> World:
    journals = world.journals
    return world._replace(journals=(*journals[:machine], journal, *journals[machine + 1 :]))


def with_run(world: World, who: int, run: Run) -> World:
    return world._replace(runs=(*world.runs[:who], run, *world.runs[who + 1 :]))


def with_row(rows: tuple[Row, ...], part: int, row: Row) -> tuple[Row, ...]:
    return (*rows[:part], row, *rows[part + 1 :])


def counted(world: World, machine: int) -> World:
    """The journal's counter is raised; the epoch file beside it does not say so yet."""
    journal = world.journals[machine]
    return with_journal(world, machine, journal._replace(lag=journal.lag + 1))


def marked(world: World, machine: int) -> World:
    """The epoch file says what the journal's counter says: older copies fall behind."""
    journal, backup = world.journals[machine], world.backup
    if backup is not None:
        world = world._replace(backup=backup._replace(lag=max(backup.lag - journal.lag, -1)))
    return with_journal(world, machine, journal._replace(lag=0))
