"""Posts, users and media as X's JSON: nothing but the default fields unless it was asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tests.servers.x_input import Wish
from tests.servers.x_problems import field_denied
from tests.servers.x_records import PRIVATE, PUBLIC, PostRecord, XAccount
from tests.servers.x_text import SHORT_POST, Link, cut, hashtags, mentions, shown, weighted_length

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a post shows of an uploaded file: ``kind`` is ``photo``, ``animated_gif`` or ``video``."""

    media_key: str
    kind: str
    alt_text: str


@dataclass(frozen=True, kw_only=True)
class Sight:
    """All that one post's JSON is made of. ``private`` says whether this reader may see the author's figures."""

    record: PostRecord
    author: XAccount
    pictures: tuple[Picture, ...]
    replies: int
    parent_author: str = ""
    private: bool = True


def answer(sights: Sequence[Sight], wish: Wish, parameter: str) -> dict[str, Any]:
    """``data`` of these posts, ``includes`` and ``errors`` where there are any; ``parameter`` is what named the posts."""
    told: dict[str, Any] = {"data": [post(sight, wish) for sight in sights]}
    if includes := _includes(sights, wish):
        told["includes"] = includes
    denied = [sight for sight in sights if not sight.private and "non_public_metrics" in wish.post]
    if denied:
        told["errors"] = [field_denied(parameter, sight.record.id, "non_public_metrics") for sight in denied]
    return told


def post(sight: Sight, wish: Wish) -> dict[str, object]:
    record = sight.record
    text, links = _with_media_link(sight, *_short_text(record))
    value: dict[str, object] = {"id": record.id, "text": text, "edit_history_tweet_ids": [record.id]}
    more: dict[str, object] = {
        "author_id": record.author_id,
        "conversation_id": record.conversation_id,
        "created_at": stamp(record.created_at),
        "in_reply_to_user_id": record.in_reply_to_user_id,
        "referenced_tweets": [{"type": "replied_to", "id": record.in_reply_to_id}] if record.in_reply_to_id else [],
        "attachments": {"media_keys": [one.media_key for one in sight.pictures]} if sight.pictures else {},
        "entities": _entities(record.text, links, sight.pictures),
        "note_tweet": _note(record),
        "public_metrics": _public(sight),
        "non_public_metrics": _private(sight) if sight.private else {},
        "lang": "en",
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "edit_controls": {"edits_remaining": 5, "is_edit_eligible": not record.in_reply_to_id},
    }
    # As X does, what is empty is left out.
    return value | {name: given for name, given in more.items() if name in wish.post and given not in ("", [], {})}


def user(account: XAccount, posts: int, wish: Wish) -> dict[str, object]:
    more = {
        "public_metrics": {
            "followers_count": account.followers_count,
            "following_count": account.following_count,
            "tweet_count": posts,
            "listed_count": 0,
            "like_count": 0,
            "media_count": 0,
        },
        "verified": account.premium,
        "verified_type": "blue" if account.premium else "none",
        "subscription_type": account.subscription_type,
        "protected": False,
        "description": "",
        "created_at": "2020-01-01T00:00:00.000Z",
    }
    value: dict[str, object] = {"id": account.id, "name": account.name, "username": account.username}
    return value | {name: given for name, given in more.items() if name in wish.user}


def media(picture: Picture, wish: Wish) -> dict[str, object]:
    value: dict[str, object] = {"media_key": picture.media_key, "type": picture.kind}
    more = {"alt_text": picture.alt_text, "url": f"https://pbs.twimg.com/media/{picture.media_key}.jpg"}
    return value | {name: given for name, given in more.items() if name in wish.media and given}


def stamp(moment: datetime) -> str:
    """ISO 8601 with milliseconds and Z, as X writes times."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_long(text: str) -> bool:
    return weighted_length(text) > SHORT_POST


def short_link(post_id: str, written: str) -> str:
    """The t.co link for one link in one post."""
    number = int.from_bytes(hashlib.sha256(f"{post_id} {written}".encode()).digest()[:8], "big")
    return "https://t.co/" + "".join(_DIGITS[number // 62**place % 62] for place in range(10))


def _includes(sights: Sequence[Sight], wish: Wish) -> dict[str, object]:
    found: dict[str, object] = {}
    pictures = {one.media_key: one for sight in sights for one in sight.pictures}
    if "attachments.media_keys" in wish.expansions and pictures:
        found["media"] = [media(one, wish) for one in pictures.values()]
    authors = {sight.author.id: sight.author for sight in sights}
    if "author_id" in wish.expansions and authors:
        found["users"] = [user(one, 0, wish) for one in authors.values()]
    return found


def _short_text(record: PostRecord) -> tuple[str, list[Link]]:
    text = cut(record.text) if is_long(record.text) else record.text
    return shown(text, lambda written: short_link(record.id, written))


def _with_media_link(sight: Sight, text: str, links: list[Link]) -> tuple[str, list[Link]]:
    """Pictures put a link of their own at the end: one in the text, and one entity with the same place for each."""
    if not sight.pictures:
        return text, links
    record = sight.record
    url = short_link(record.id, "its pictures")
    start = len(text) + 1 if text else 0
    page = f"https://x.com/{sight.author.username}/status/{record.id}"
    own = [
        Link(
            url=url,
            expanded_url=f"{page}/{'photo' if one.kind == 'photo' else 'video'}/1",
            display_url=f"pic.x.com/{url[-10:]}",
            start=start,
            end=start + len(url),
        )
        for one in sight.pictures
    ]
    return f"{text} {url}".lstrip(), [*links, *own]


def _entities(text: str, links: list[Link], pictures: tuple[Picture, ...]) -> dict[str, object]:
    urls = [asdict(link) for link in links]
    for url, picture in zip(urls[len(urls) - len(pictures) :], pictures, strict=True):
        url["media_key"] = picture.media_key
    found: dict[str, object] = {
        "urls": urls,
        "hashtags": [{"tag": tag} for tag in hashtags(text)],
        "mentions": [{"username": name} for name in mentions(text)],
    }
    return {name: given for name, given in found.items() if given}


def _note(record: PostRecord) -> dict[str, object]:
    """The whole of a long post."""
    if not is_long(record.text):
        return {}
    text, links = shown(record.text, lambda written: short_link(record.id, written))
    entities = _entities(record.text, links, ())
    return {"text": text} | ({"entities": entities} if entities else {})


def _public(sight: Sight) -> dict[str, object]:
    counted = {name: sight.record.metrics.get(name, 0) for name in PUBLIC}
    return {**counted, "reply_count": counted["reply_count"] + sight.replies}


def _private(sight: Sight) -> dict[str, object]:
    counted = {name: sight.record.metrics.get(name, 0) for name in PRIVATE}
    return {"impression_count": sight.record.metrics.get("impression_count", 0), **counted}
