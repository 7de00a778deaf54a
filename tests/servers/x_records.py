"""What the X server really has: accounts, posts, and when they can be seen. Not thread-safe: the server holds the lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.servers.records import StatusRecord
from tests.servers.x_text import mentions

# X's ids count milliseconds since November 2010, then 22 bits for the machine and a sequence.
_EPOCH_MS = 1_288_834_974_657
_SEQUENCE_BITS = 22
PUBLIC = ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")
PRIVATE = ("url_link_clicks", "user_profile_clicks")


@dataclass(frozen=True, kw_only=True)
class XAccount:
    """A user. ``premium`` is X's word for who may write long posts."""

    id: str
    username: str
    name: str
    subscription_type: str = "None"
    followers_count: int = 12
    following_count: int = 3

    @property
    def premium(self) -> bool:
        return self.subscription_type in ("Premium", "PremiumPlus")


@dataclass(frozen=True, kw_only=True)
class PostRecord(StatusRecord):
    """One post as the server keeps it: ``text`` as it was sent, ``media`` the ids of its pictures."""

    author_id: str
    conversation_id: str
    in_reply_to_user_id: str = ""
    media: tuple[str, ...] = ()
    metrics: Mapping[str, int] = field(default_factory=dict)


class Ids:
    """Snowflakes that never go back."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, now: datetime) -> str:
        fresh = (int(now.timestamp() * 1000) - _EPOCH_MS) << _SEQUENCE_BITS
        self._last = max(fresh, self._last + 1)
        return str(self._last)


class XTimeline:
    """Every post of every account, oldest first, with the lags that a distributed network has."""

    def __init__(self) -> None:
        self._records: dict[str, PostRecord] = {}
        self._hidden_reads: dict[str, int] = {}
        self._hidden_parents: dict[str, int] = {}

    @property
    def records(self) -> list[PostRecord]:
        """All of them, oldest first, the deleted ones too."""
        return list(self._records.values())

    def keep(self, record: PostRecord, *, hidden_reads: int = 0, hidden_as_parent: int = 0) -> None:
        """Adds a post that so many reads will not see, and that so many replies will not find."""
        self._records[record.id] = record
        self._hidden_reads[record.id] = hidden_reads
        self._hidden_parents[record.id] = hidden_as_parent

    def parent(self, post_id: str) -> PostRecord | None:
        """The post as a reply finds it: None while it is too young to be seen, when deleted, and when it never was."""
        return self._seen(post_id, self._hidden_parents)

    def read(self, post_id: str) -> PostRecord | None:
        """The post as a reader sees it."""
        return self._seen(post_id, self._hidden_reads)

    def replies(self, post_id: str) -> int:
        return sum(1 for one in self._records.values() if one.in_reply_to_id == post_id and not one.deleted)

    def delete(self, post_id: str) -> None:
        """Raises KeyError for an unknown id."""
        self._records[post_id] = replace(self._records[post_id], deleted=True)

    def count(self, post_id: str, metrics: Mapping[str, int]) -> None:
        """Raises KeyError for an unknown id or figure."""
        if unknown := set(metrics) - {*PUBLIC, *PRIVATE}:
            raise KeyError(f"no such figure: {', '.join(sorted(unknown))}")
        record = self._records[post_id]
        self._records[post_id] = replace(record, metrics={**record.metrics, **metrics})

    def of(self, author_id: str, *, since: str, until: str, without_replies_to_others: bool) -> list[PostRecord]:
        """An author's posts that can be seen, newest first, between two ids, both exclusive; empty means open."""
        found = [
            record
            for record in self._records.values()
            if record.author_id == author_id
            and (not since or int(record.id) > int(since))
            and (not until or int(record.id) < int(until))
            and not (without_replies_to_others and record.in_reply_to_id)
        ]
        seen = [record for record in found if self.read(record.id)]
        return sorted(seen, key=lambda record: int(record.id), reverse=True)

    def mentioning(self, account: XAccount, *, since: str, until: str) -> list[PostRecord]:
        """Posts of others that reply to the account or name it, as ``of`` lists them."""
        authors = {record.author_id for record in self._records.values()} - {account.id}
        found = [
            record
            for author in authors
            for record in self.of(author, since=since, until=until, without_replies_to_others=False)
            if record.in_reply_to_user_id == account.id or account.username in mentions(record.text)
        ]
        return sorted(found, key=lambda record: int(record.id), reverse=True)

    def same_text(self, author_id: str, text: str, after: datetime) -> bool:
        """Whether the author has a standing post of this text that is younger than ``after``."""
        return any(
            record.author_id == author_id and record.text == text and record.created_at > after and not record.deleted
            for record in self._records.values()
        )

    def _seen(self, post_id: str, hidden: dict[str, int]) -> PostRecord | None:
        record = self._records.get(post_id)
        if record is None or record.deleted:
            return None
        if hidden[post_id] > 0:
            hidden[post_id] -= 1
            return None
        return record


def is_young(record: PostRecord, now: datetime) -> bool:
    """X tells an author's private figures for 30 days."""
    return now - record.created_at < timedelta(days=30)
