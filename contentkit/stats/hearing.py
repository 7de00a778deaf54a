"""One account is asked who answered or mentioned it, and whether we answered them; each answer is stored at once."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from contentkit.clock import Clock
from contentkit.errors import PlatformError, Refused
from contentkit.platforms import Hears, Status
from contentkit.platforms.billing import ReadsSpent
from contentkit.stats.publications import Owner
from contentkit.stats.replies import (
    Place,
    forget_others_words,
    keep_place,
    longest_waiting,
    note_answered,
    note_gone,
    pass_over,
    place_of,
    store_heard,
    to_see_again,
)
from contentkit.stats.sync import Trouble, trouble_of
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# Whoever starts ``sync`` each minute does not ask each minute.
EVERY = timedelta(minutes=10)
# What waits is looked at once a day, for so many days: it may be edited, or gone.
_AGAIN_AFTER = timedelta(hours=20)
_AGAIN_FOR = timedelta(days=14)
# What is older when an account is asked for the first time was there before anybody wanted a list; nor are our own answers
# looked for further back.
_FIRST = timedelta(days=7)
# Clocks differ by five minutes at most, and a status may be shown late.
_OVERLAP = timedelta(minutes=10)


class Listens(Hears, Protocol):
    """A connection that hears, and shows our own statuses as every connection does."""

    def since(self, moment: datetime) -> list[Status]:
        """Every own status since this moment."""
        ...


@dataclass(frozen=True, kw_only=True)
class Listened:
    """What became of one account: how many answers and mentions are new, how many were answered since, how many are gone.

    ``passed_over`` says why nothing was asked, if so. What was told before the ``troubles`` is kept; ``remarks`` are what stands
    in the way of knowing it all, and no trouble.
    """

    account: str
    new: int = 0
    answered: int = 0
    gone: int = 0
    passed_over: str = ""
    remarks: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass
class Listening:
    """One account on its network; ``owner`` is whose it is there."""

    database: Database
    account: str
    platform: str
    connection: Listens
    owner: Owner
    clock: Clock
    _told: Listened = field(init=False)

    def __post_init__(self) -> None:
        self._told = Listened(account=self.account)

    def listen(self) -> Listened:
        """Asks for what is new, for our own answers where something waits, and once a day for what still waits."""
        place = place_of(self.database, self.account, self.owner)
        try:
            place = self._hear(place)
            place = self._look_for_ours(place)
            self._see_again()
        except Refused as error:
            words = error.words.replace("NAME", self.account)
            self._keep(replace(place, refused=words))
            self._told = replace(self._told, remarks=(*self._told.remarks, words))
        except ReadsSpent as error:
            self._told = replace(self._told, remarks=(*self._told.remarks, error.message))
        except PlatformError as error:
            self._told = replace(self._told, troubles=(trouble_of(error),))
        # Those of what is gone, at once.
        forget_others_words(self.database, self.clock.now())
        return self._told

    def _hear(self, place: Place) -> Place:
        hearing, now = self.connection.heard(place.mark), self.clock.now()
        new = store_heard(
            self.database, self.account, self.platform, self.owner, hearing.heard, now, self.connection.keeps_words
        )
        if not place.mark:
            pass_over(self.database, self.account, self.owner, now - _FIRST, now)
        remarks = ("there were more than could be read: the older ones are left out",) if hearing.more else ()
        self._told = replace(self._told, new=new, remarks=remarks)
        return self._keep(replace(place, mark=hearing.mark, refused=""))

    def _look_for_ours(self, place: Place) -> Place:
        """What we wrote since we last looked, or since the first that waits was written, if that is later."""
        waiting = longest_waiting(self.database, self.account)
        if waiting is None:
            return place
        now = self.clock.now()
        since = max(waiting, place.looked_at or waiting, now - _FIRST) - _OVERLAP
        try:
            parents = {one.parent for one in self.connection.since(since) if one.parent}
        except Refused as error:
            # More than can be read: to try it again and again would cost as much each day, and tell as little.
            self._told = replace(self._told, remarks=(*self._told.remarks, error.words))
            return self._keep(replace(place, looked_at=now))
        self._told = replace(self._told, answered=note_answered(self.database, self.account, parents, now))
        return self._keep(replace(place, looked_at=now))

    def _see_again(self) -> None:
        now = self.clock.now()
        due = to_see_again(
            self.database, self.account, self.owner, seen_before=now - _AGAIN_AFTER, since=now - _AGAIN_FOR
        )[: self.connection.again_at_once]
        if not due:
            return
        told = self.connection.heard_again(due)
        standing = [one for one in told.values() if one]
        kept = self.connection.keeps_words
        store_heard(self.database, self.account, self.platform, self.owner, standing, self.clock.now(), kept)
        gone = note_gone(self.database, self.account, [name for name, one in told.items() if one is None], now)
        self._told = replace(self._told, gone=gone)

    def _keep(self, place: Place) -> Place:
        """The place as it is now, stored."""
        place = replace(place, asked_at=self.clock.now())
        keep_place(self.database, self.account, self.owner, place)
        return place
