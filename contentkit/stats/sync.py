"""One account's figures are asked for in batches, and each batch is stored before the next one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.errors import PlatformError, Unavailable
from contentkit.platforms import Measures
from contentkit.stats.budget import Kind
from contentkit.stats.publications import Tracked
from contentkit.stats.snapshots import State, store_audience, store_figures

if TYPE_CHECKING:
    from sqlite_utils import Database

# Which of these may be asked for now. Where reading is billed, they are paid for with this.
Admit = Callable[[Kind, Sequence[str]], Sequence[str]]


def everything(kind: Kind, remote_ids: Sequence[str]) -> Sequence[str]:  # noqa: ARG001 - a network that bills looks at it
    """Where reading costs nothing, everything may be asked for."""
    return remote_ids


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What came of asking for one account's figures: how many posts were told, deleted, unavailable, or not paid for.

    ``followers`` is None where the network did not tell. ``troubles`` are what went wrong; what was told before is kept.
    """

    told: int = 0
    deleted: int = 0
    unavailable: int = 0
    left_out: int = 0
    followers: int | None = None
    troubles: tuple[PlatformError, ...] = ()


def ask(
    database: Database, account: str, posts: Sequence[Tracked], connection: Measures, admit: Admit, clock: Clock
) -> Asked:
    """Asks for the account's own figures once, then for those of its posts, in their order.

    Trouble with the first does not keep from the second, unless the network wants no more requests.
    """
    followers, troubles = None, []
    try:
        followers = _ask_audience(database, account, connection, admit, clock)
    except PlatformError as error:
        troubles.append(error)
        if isinstance(error, Unavailable) and (error.wait or error.pauses_account):
            return Asked(troubles=(error,))
    counts: Counter[State] = Counter()
    left_out = 0
    try:
        for start in range(0, len(posts), connection.batch):
            batch = posts[start : start + connection.batch]
            admitted = set(admit("status", [one.remote_id for one in batch]))
            asked = [one for one in batch if one.remote_id in admitted]
            left_out += len(batch) - len(asked)
            if asked:
                told = connection.figures([one.remote_id for one in asked])
                counts += store_figures(database, asked, told, clock.now())
    except PlatformError as error:
        troubles.append(error)
    return Asked(
        told=counts["told"],
        deleted=counts["deleted"],
        unavailable=counts["unavailable"],
        left_out=left_out,
        followers=followers,
        troubles=tuple(troubles),
    )


def _ask_audience(database: Database, account: str, connection: Measures, admit: Admit, clock: Clock) -> int | None:
    """The followers; None also where they could not be paid for."""
    if not admit("account", [account]):
        return None
    audience = connection.audience()
    store_audience(database, account, audience, clock.now())
    return audience.followers
