"""What the publisher asks of the project's files and of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.media import MediaFile
from contentkit.models import Account, Condition, Entry, Limits
from contentkit.platforms import Connection
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.records import Approval
from contentkit.publishing.side_by_side import one_by_one
from contentkit.values import dataclass

# Why nothing late goes out on this account at this moment; empty when it does.
Resting = Callable[[str, datetime], str]

if TYPE_CHECKING:
    from contentkit.money.prices import Cost


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """An entry as the files have it now: None when it was removed. ``digest`` is of the files as they are; ``moved`` is true
    when only the time differs from what was approved; ``differs`` says what renders differently although nobody edited it, on one
    line; ``problem`` says why there is no digest."""

    entry: Entry | None
    digest: str = ""
    moved: bool = False
    differs: str = ""
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """When a late thread may go out instead: the moment, and how people say it."""

    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the publisher asks of the project's files and of this machine, as functions of the command line.

    ``inspect`` takes an entry's id and its approval; ``doubt`` says why an approval does not count here for a thread, empty
    when it does; ``account`` gives the configured account or None; ``connect`` opens it; ``length`` counts text and warning
    as its network does under these limits; ``cost`` says what parts cost there, None where nothing is billed; ``media`` reads
    a picture as it will be sent; ``look`` says why a page does not let an entry out yet, within so many seconds, or nothing
    when it does; ``opening`` gives the next free opening of an entry's slot on an account later than a moment, None for none;
    ``resting`` says why nothing late goes out on an account at a moment, empty when it does;
    ``record`` writes the receipt of a part: on its way it was sent now, sent already it was changed, skipped it was taken off
    the network; ``mark`` makes an older copy of the journal recognisable; ``interrupted`` is true once the run should
    end after the part in hand. ``together`` carries out what is to be done on each account, a thread to publish at each step: one
    account after the other, or several at once; then all of these are asked from as many threads.
    """

    inspect: Callable[[str, Approval], Inspection]
    doubt: Callable[[Approval, Thread], str]
    account: Callable[[str], Account | None]
    connect: Callable[[Account], Connection]
    length: Callable[[Account, str, str, Limits], int]
    cost: Callable[[Account, Sequence[Publication]], Cost | None]
    media: Callable[[str], MediaFile]
    look: Callable[[Condition, float], str]
    opening: Callable[[Entry, str, datetime], Opening | None]
    resting: Resting
    record: Callable[[Publication, str, str], None]
    mark: Callable[[], None]
    interrupted: Callable[[], bool]
    settle: timedelta
    together: Callable[[Iterable[Iterator[object]]], None] = one_by_one
