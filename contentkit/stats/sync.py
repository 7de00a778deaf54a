"""One account's figures are asked for in batches, and each batch is stored before the next one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from contentkit.clock import Clock
from contentkit.errors import ContentkitError, PlatformError, Unavailable
from contentkit.platforms import Measures
from contentkit.platforms.measuring import Batches, TellsTime
from contentkit.platforms.meeting import check_clock
from contentkit.stats.due import Wanted
from contentkit.stats.publications import NOBODY_KNOWS, Owner, Tracked
from contentkit.stats.snapshots import State, store_audience, store_figures
from contentkit.stats.terms import Terms
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

Follow = Callable[[Sequence[Sequence[Tracked]]], Iterable[Sequence[Tracked]]]


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What went wrong, what to do, and how long the network asks us to wait, if it does."""

    message: str
    hint: str
    wait_seconds: int | None


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What became of one account: how many posts were told, deleted, unavailable, or left out because of the budget.

    ``followers`` is None where the network was not asked, or did not tell. ``passed_over`` says why nothing could be asked for,
    if so. ``reads`` were charged to the budget, ``cost`` US dollars at most. What was told before the ``troubles`` is kept.
    """

    account: str
    told: int = 0
    deleted: int = 0
    unavailable: int = 0
    left_out: int = 0
    followers: int | None = None
    reads: int = 0
    cost: Decimal = Decimal(0)
    passed_over: str = ""
    troubles: tuple[Trouble, ...] = ()


def ask(
    database: Database,
    account: str,
    wanted: Wanted,
    connection: Measures,
    terms: Terms,
    clock: Clock,
    owner: Owner = NOBODY_KNOWS,
    follow: Follow = iter,
) -> Synced:
    """Asks for what is wanted of an account on these terms: first for its own figures, then for those of its posts.

    ``owner`` is whose they are; whoever watches may ``follow`` the batches one by one. Trouble with the first does not keep from
    the second, unless the network wants no more requests, or is out of reach. Raises StateError when an answer shows that this
    machine's clock is wrong: by it nobody knows what was read today.
    """
    asking = _Asking(database, account, connection, terms, clock)
    if not wanted.audience or asking.audience(owner):
        asking.counts["left out"] += wanted.spared
        asking.figures(follow(_batches(terms.in_turn(wanted.posts), connection)))
    return asking.synced()


@dataclass
class _Asking:
    """One account is asked: what was told so far, and what went wrong."""

    database: Database
    account: str
    connection: Measures
    terms: Terms
    clock: Clock
    followers: int | None = None
    counts: Counter[State | Literal["left out"]] = field(default_factory=Counter)
    troubles: list[Trouble] = field(default_factory=list)

    @cached_property
    def _clock_of_network(self) -> TellsTime | None:
        """What tells its time, asked once: a protocol is looked for member by member."""
        return self.connection if isinstance(self.connection, TellsTime) else None

    def audience(self, owner: Owner) -> bool:
        """The account's own figures, where they can be paid for. Whether anything more may be asked for.

        Raises StateError when the clocks differ.
        """
        try:
            if self.terms.reserve("account", [self.account], self.clock.now()):
                told = self.connection.audience()
                check_clock(told.server_time, self.clock.now())
                store_audience(self.database, self.account, told, self.clock.now(), owner)
                self.followers = told.followers
        except PlatformError as error:
            self._note(error)
            return not (isinstance(error, Unavailable) and (error.wait or error.pauses_account or error.unheard))
        return True

    def figures(self, batches: Iterable[Sequence[Tracked]]) -> None:
        """The figures of posts, each batch stored, until one cannot be told. Raises StateError when the clocks differ."""
        try:
            for batch in batches:
                admitted = set(self.terms.reserve("status", [one.remote_id for one in batch], self.clock.now()))
                asked = [one for one in batch if one.remote_id in admitted]
                self.counts["left out"] += len(batch) - len(asked)
                self.counts.update(self._told(asked))
        except PlatformError as error:
            self._note(error)

    def synced(self) -> Synced:
        """What became of it."""
        return Synced(
            account=self.account,
            told=self.counts["told"],
            deleted=self.counts["deleted"],
            unavailable=self.counts["unavailable"],
            left_out=self.counts["left out"],
            followers=self.followers,
            reads=self.terms.reads,
            cost=self.terms.cost(),
            troubles=tuple(dict.fromkeys(self.troubles)),
        )

    def _told(self, asked: Sequence[Tracked]) -> Counter[State]:
        """One batch, stored; nothing is asked for none."""
        if not asked:
            return Counter()
        told = self.connection.figures([one.remote_id for one in asked])
        if self._clock_of_network:
            check_clock(self._clock_of_network.server_time, self.clock.now())
        return store_figures(self.database, asked, told, self.clock.now())

    def _note(self, error: PlatformError) -> None:
        """Trouble, to be told. A request that the network never heard of is not charged."""
        if isinstance(error, Unavailable) and error.unheard:
            self.terms.release()
            self.troubles.append(trouble_of(error))
        else:
            self.troubles.append(trouble_of(error, self.terms.caveat))


def trouble_of(error: ContentkitError, caveat: str = "") -> Trouble:
    """What to tell of an error; the caveat stands behind what to do."""
    wait = error.wait if isinstance(error, Unavailable) else None
    # A network cannot know for what it was asked: where it has no hint, the occasion has one.
    hint = error.hint or ("the next run asks again" if isinstance(error, Unavailable) else "")
    return Trouble(
        message=error.message,
        hint="; ".join(words for words in (hint, caveat) if words),
        wait_seconds=int(wait.total_seconds()) if wait else None,
    )


def _batches(posts: Sequence[Tracked], connection: Measures) -> list[Sequence[Tracked]]:
    """The posts as the connection is asked for them."""
    if isinstance(connection, Batches):
        known = {one.remote_id: one for one in posts}
        return [[known[remote_id] for remote_id in batch] for batch in connection.batches(list(known))]
    return [posts[start : start + connection.batch] for start in range(0, len(posts), connection.batch)]
