"""An archive of X: ``data/tweets.js`` (``tweet.js`` of older ones), with long posts in ``note-tweet.js``.

``account.js`` says whose it is, ``manifest.js`` the same and when it was made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from contentkit.errors import ContentError
from contentkit.files import text_of
from contentkit.patterns import regex
from contentkit.platforms import Figures
from contentkit.platforms.counts import count_in
from contentkit.platforms.own import ADDRESSED, BOOST, EARLIER, REPLY, UNREADABLE, LeftOut, OwnStatus
from contentkit.sources.own_posts.gathered import Gathered, gathered
from contentkit.sources.own_posts.listed import items_of, objects_at, place_of, text_at, texts_at
from contentkit.sources.own_posts.markup import unescaped
from contentkit.values import dataclass

PARTS = regex(r"(?:[^/]{1,200}/){0,2}(?:tweets?(?:-part\d{1,3})?|note-tweets?|account|manifest)\.js")
# Of the parts, those that have posts.
POSTS = regex(r"(?:^|/)(?:note-)?tweets?(?:-part\d+)?\.js$")
_ACCOUNTS = regex(r"(?:^|/)account\.js$")
_NOTES = regex(r"(?:^|/)note-tweets?\.js$")
_TWEETS = regex(r"(?:^|/)tweets?(?:-part\d+)?\.js$")
_HEAD = regex(r"\s*window\.YTD\.[a-z_]{1,40}\.part\d{1,3}\s*=\s*(?=\[)")
_MANIFEST = regex(r"\s*window\.__THAR_CONFIG\s*=\s*")
_LARGEST_MANIFEST = 4 * 1024 * 1024
# So many characters of a post that was cut tell which long one it is.
_TOLD = 60
# The text of a part, where its list begins, how it is called. Its items are made one by one, as often as they are needed:
# all at once they would take several times the memory.
_List = tuple[str, int, str]
_CUT = regex(r"…?\s*(?:https://t\.co/\w{1,20}\s*)?\Z")


@dataclass(frozen=True, kw_only=True)
class _About:
    """What the posts of an archive are read with: whose they are, which of them it has, the last version of those that were
    edited, and long words by their beginning."""

    handle: str = ""
    ids: Collection[str] = ()
    statuses: Collection[str] = ()
    latest: Mapping[str, str] = field(default_factory=dict)
    long: Mapping[str, str] = field(default_factory=dict)


def posts_of_x(parts: Mapping[str, bytes], name: str) -> Gathered:
    """The posts of these parts; what its author says to others is left out, what continues a thread is not.

    Raises ContentError.
    """
    config = next((_manifest(data) for part, data in parts.items() if part.endswith("manifest.js")), {})
    lists = {
        part: _list(data, place_of(name, part))
        for part, data in sorted(parts.items())
        if not part.endswith("manifest.js")
    }
    accounts = list(_items(lists, _ACCOUNTS))
    ids = {text_at(one, "account", "accountId") for one in accounts} | {text_at(config, "userInfo", "accountId")}
    handles = [text_at(one, "account", "username") for one in accounts] + [text_at(config, "userInfo", "userName")]
    owner = next(filter(None, handles), "")
    statuses, latest = _versions(_tweets(lists))
    about = _About(
        handle=owner,
        ids=ids - {""},
        statuses=statuses,
        latest=latest,
        long=dict(_long_posts(_items(lists, _NOTES))),
    )
    return gathered(
        (_status(one, about) for one in _tweets(lists)),
        platform="x",
        owner=owner,
        owner_id=next(iter(sorted(about.ids)), ""),
        exported_at=_instant(text_at(config, "archiveInfo", "generationDate")),
    )


def _manifest(data: bytes) -> dict[str, Any]:
    """What the archive says of itself; nothing where this is the manifest of something else."""
    text = data[:_LARGEST_MANIFEST].decode("utf-8", "replace")
    head = _MANIFEST.match(text)
    try:
        config = json.JSONDecoder().raw_decode(text, head.end())[0] if head else None
    except (ValueError, RecursionError):
        config = None
    return config if isinstance(config, dict) else {}


def _list(data: bytes, name: str) -> _List:
    text = text_of(data, name)
    head = _HEAD.match(text)
    if not head:
        raise ContentError(f"{name}: is no part of an archive of X", hint="name the archive, as X sent it")
    return text, head.end(), name


def _items(lists: Mapping[str, _List], wanted: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    for part, one in lists.items():
        if wanted.search(part):
            yield from items_of(*one)


def _tweets(lists: Mapping[str, _List]) -> Iterator[Any]:
    return (one.get("tweet", one) for one in _items(lists, _TWEETS))


def _long_posts(notes: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for note in notes:
        if words := text_at(note, "noteTweet", "core", "text"):
            yield _beginning(words), words


def _beginning(words: str) -> str:
    return " ".join(unescaped(words).split())[:_TOLD]


def _id(tweet: Any) -> str:
    number = text_at(tweet, "id_str") or text_at(tweet, "id")
    return number if number.isascii() and number.isdigit() and len(number) < 30 else ""


def _status(tweet: Any, about: _About) -> OwnStatus | LeftOut:
    number, parent = _id(tweet), text_at(tweet, "in_reply_to_status_id_str")
    parent = about.latest.get(parent, parent)
    if why := _why_not(tweet, about):
        return LeftOut(why, number, parent)
    words = _words(tweet)
    whole = about.long.get(_beginning(_CUT.sub("", words)), "") if "…" in words[-30:] else ""
    text = unescaped(_with_links(whole or words, tweet)).strip()
    if not text and not (number and objects_at(tweet, "entities", "media")):
        return LeftOut(UNREADABLE, number, parent)
    return OwnStatus(
        text=text,
        remote_id=number,
        url=f"https://x.com/{about.handle or 'i'}/status/{number}" if number else "",
        published_at=_made(text_at(tweet, "created_at")),
        language=_language(text_at(tweet, "lang")),
        parent=parent,
        key=f"x:{number}" if number else "",
        figures=Figures(likes=_count(tweet, "favorite_count"), shares=_count(tweet, "retweet_count")),
    )


def _words(tweet: Any) -> str:
    return text_at(tweet, "full_text") or text_at(tweet, "text")


def _why_not(tweet: Any, about: _About) -> str:
    """Why it is none of the posts; empty when it is one."""
    words = _words(tweet)
    if words.startswith("RT @"):
        return BOOST
    if _id(tweet) in about.latest:
        return EARLIER
    author = text_at(tweet, "in_reply_to_user_id_str") or text_at(tweet, "in_reply_to_user_id")
    parent = text_at(tweet, "in_reply_to_status_id_str")
    # Of a file of posts alone nobody knows the author: what it answers to tells.
    continues = author in about.ids if author and about.ids else parent in about.statuses
    if (author or parent) and not continues:
        return REPLY
    return ADDRESSED if words.lstrip(" .").startswith("@") else ""


def _versions(tweets: Iterable[Any]) -> tuple[set[str], dict[str, str]]:
    """The ids of the posts; and each earlier version of one that was edited, with the last: each version has an id of its own."""
    statuses: set[str] = set()
    edited: list[list[str]] = []
    for tweet in tweets:
        statuses.add(_id(tweet))
        for path in (("edit_info", "initial"), ("edit_info", "edit", "editControlInitial")):
            versions = texts_at(tweet, *path, "editTweetIds")
            if len(versions) > 1:
                edited.append(versions)
    return statuses, {one: last for *earlier, last in edited if last in statuses for one in earlier}


def _with_links(words: str, tweet: Any) -> str:
    """The links as their author wrote them; those to the post's own pictures are none."""
    for link in objects_at(tweet, "entities", "urls")[:100]:
        if short := text_at(link, "url"):
            words = words.replace(short, text_at(link, "expanded_url") or short)
    for picture in objects_at(tweet, "entities", "media")[:100]:
        if short := text_at(picture, "url"):
            words = words.replace(short, "")
    return words


def _count(tweet: Any, name: str) -> int | None:
    """A count, which X writes as text."""
    told = text_at(tweet, name)
    return count_in(int(told)) if told.isascii() and told.isdigit() and len(told) < 16 else None


def _language(code: str) -> str:
    """X's own codes for no language at all begin with q, as private ones do, or are ``und``."""
    return code if re.fullmatch(r"[a-z]{2,3}", code) and code not in ("und", "zxx") and code[0] != "q" else ""


def _made(words: str) -> datetime | None:
    try:
        return datetime.strptime(words, "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _instant(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
