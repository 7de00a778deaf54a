"""An export of Mastodon: ``outbox.json``, ActivityPub's list of all that an account did, and ``actor.json``, whose it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from contentkit.errors import ContentError
from contentkit.files import text_of
from contentkit.patterns import regex
from contentkit.platforms import Figures
from contentkit.platforms.counts import count_in
from contentkit.platforms.own import ADDRESSED, BOOST, PRIVATE, REPLY, UNREADABLE, LeftOut, OwnStatus
from contentkit.sources.own_posts.gathered import Gathered, gathered
from contentkit.sources.own_posts.listed import items_of, objects_at, place_of, text_at
from contentkit.sources.own_posts.markup import plain

PARTS = regex(r"(?:[^/]{1,200}/){0,2}(?:outbox|actor)\.json")
# Some servers write the list twice: empty, and then whole. So it stood in an export that its owner had put on the web.
_EMPTY = r"\[\s{0,100}\]\s{0,100},\s{0,100}"
_LIST = regex(rf'"orderedItems"\s{{0,100}}:\s{{0,100}}(?=\[)(?!{_EMPTY}"orderedItems")')
_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_ACCOUNT = regex(r"https://(?P<host>[\w.:-]{1,250})/(?:users/|@)(?P<user>\w{1,100})")
# Newer servers number their accounts; the number of a status is the one that the API calls it by.
_STATUS = regex(r"https://[\w.:-]{1,250}/(?:ap/)?users/\w{1,100}/statuses/(?P<id>\w{1,100})")
_HOST = regex(r"https://(?P<host>[\w.:-]{1,250})/")
_NAME = regex(r"\w{1,100}")
_LARGEST_ACTOR = 1024 * 1024
_LONGEST = 50_000
# One of so many activities says whose they are, or none does.
_FIRST_FEW = 100
# The text of a part, where its list begins, how it is called: its items are made one by one.
_List = tuple[str, int, str]


def has_posts(part: str) -> bool:
    """Whether this part of an export is the one with the posts."""
    return part.endswith("outbox.json")


def posts_of_mastodon(parts: Mapping[str, bytes], name: str) -> Gathered:
    """The posts of these parts: public ones, and what continues a thread of one's own. Raises ContentError."""
    lists = [_list(data, place_of(name, part)) for part, data in sorted(parts.items()) if has_posts(part)]
    owners = [_owner(data) for part, data in sorted(parts.items()) if not has_posts(part)]
    owners += map(_owner_in, islice(_items(lists), _FIRST_FEW))
    return gathered(map(_status, _items(lists)), platform="mastodon", owner=next(filter(None, owners), ""))


def _list(data: bytes, name: str) -> _List:
    text = text_of(data, name)
    found = _LIST.search(text)
    if not found:
        raise ContentError(f"{name}: is no export of Mastodon", hint="name the archive, as the server sent it")
    return text, found.end(), name


def _items(lists: Iterable[_List]) -> Iterator[dict[str, Any]]:
    for one in lists:
        yield from items_of(*one)


def _owner_in(activity: dict[str, Any]) -> str:
    return _handle(text_at(activity, "actor")) or _handle_in(text_at(activity, "object", "url"))


def _owner(actor: bytes) -> str:
    """The handle of an account that describes itself; empty where it does not."""
    try:
        told = json.loads(actor[:_LARGEST_ACTOR])
    except (ValueError, RecursionError):
        return ""
    name, host = text_at(told, "preferredUsername"), _HOST.match(text_at(told, "id"))
    return f"{name}@{host['host']}" if host and _NAME.fullmatch(name) else ""


def _handle(address: str) -> str:
    """The handle behind the address of an account; empty where it is none as Mastodon writes them."""
    found = _ACCOUNT.fullmatch(address)
    return f"{found['user']}@{found['host']}" if found else ""


def _handle_in(address: str) -> str:
    """The handle in the address of a status: ``https://social.example/@odile/117``."""
    return _handle(address.rpartition("/")[0])


def _status(activity: dict[str, Any]) -> OwnStatus | LeftOut:
    note = activity.get("object")
    if activity.get("type") == "Announce":
        return LeftOut(BOOST)
    if activity.get("type") != "Create" or not isinstance(note, dict) or note.get("type") not in ("Note", "Question"):
        return LeftOut(UNREADABLE)
    number, parent = _number(text_at(note, "id")), _number(text_at(note, "inReplyTo"))
    if why := _why_not(activity, note):
        return LeftOut(why, number, parent)
    content = text_at(note, "content")
    text = plain(content) if len(content) <= _LONGEST else ""
    if not text and not (number and objects_at(note, "attachment")):
        return LeftOut(UNREADABLE, number, parent)
    if text.startswith("@"):
        return LeftOut(ADDRESSED, number, parent)
    return OwnStatus(
        text=text,
        remote_id=number,
        url=_address(text_at(note, "url")) or _address(text_at(note, "id")),
        published_at=_instant(text_at(note, "published")),
        language=_language(note),
        parent=parent,
        key=f"mastodon:{key}" if (key := _address(text_at(note, "id"))) else "",
        figures=Figures(replies=_total(note, "replies"), likes=_total(note, "likes"), shares=_total(note, "shares")),
    )


def _why_not(activity: Mapping[str, Any], note: dict[str, Any]) -> str:
    """Why it is none of the posts; empty when it may be one."""
    author = text_at(activity, "actor") or text_at(note, "attributedTo")
    answered = note.get("inReplyTo")
    continues = isinstance(answered, str) and bool(author) and answered.startswith(f"{author.rstrip('/')}/")
    # A thread's later posts are mostly unlisted: everybody may read them.
    if not (_is_public(note, "to") or (continues and _is_public(note, "cc"))):
        return PRIVATE
    return REPLY if answered and not continues else ""


def _is_public(note: dict[str, Any], field: str) -> bool:
    told = note.get(field)
    return any(one in _PUBLIC for one in (told if isinstance(told, list) else [told]) if isinstance(one, str))


def _total(note: Mapping[str, Any], name: str) -> int | None:
    """How many a collection says it has; exports of older servers do not say it."""
    collection = note.get(name)
    return count_in(collection.get("totalItems")) if isinstance(collection, dict) else None


def _language(note: dict[str, Any]) -> str:
    """That of the only version there is."""
    versions = note.get("contentMap")
    codes = list(versions) if isinstance(versions, dict) else []
    return codes[0] if len(codes) == 1 and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", codes[0]) else ""


def _number(address: str) -> str:
    found = _STATUS.fullmatch(address)
    return found["id"] if found else ""


def _address(address: str) -> str:
    return address if address.startswith("https://") and len(address) < 300 and address.isprintable() else ""


def _instant(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
