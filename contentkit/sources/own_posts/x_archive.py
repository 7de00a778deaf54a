"""An archive of X: ``data/tweets.js`` (``tweet.js`` of older ones), with long posts in ``note-tweet.js``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from contentkit.errors import ContentError
from contentkit.files import text_of
from contentkit.models import OwnPost
from contentkit.sources.own_posts.gathered import ADDRESSED, BOOST, REPLY, UNREADABLE, Gathered, gathered
from contentkit.sources.own_posts.listed import items_of, objects_at, place_of, text_at
from contentkit.sources.own_posts.markup import unescaped

PARTS = re.compile(r"(?:[^/]{1,200}/){0,2}(?:tweets?(?:-part\d{1,3})?|note-tweets?|account)\.js")
_HEAD = re.compile(r"\s*window\.YTD\.[a-z_]{1,40}\.part\d{1,3}\s*=\s*(?=\[)")
# So many characters of a post that was cut tell which long one it is.
_TOLD = 60
_CUT = re.compile(r"…?\s*(?:https://t\.co/\w{1,20}\s*)?\Z")


def posts_of_x(parts: Mapping[str, bytes], name: str) -> Gathered:
    """The posts of these parts; what its author says to others is left out, what continues a thread is not.

    Raises ContentError.
    """
    listed = {part: _items(data, place_of(name, part)) for part, data in sorted(parts.items())}
    accounts = [one for part, items in listed.items() if part.endswith("account.js") for one in items]
    own = {text_at(one, "account", "accountId") for one in accounts} - {""}
    owner = next((text_at(one, "account", "username") for one in accounts), "")
    notes = [one for part, items in listed.items() if "note-tweet" in part for one in items]
    long = dict(_long_posts(notes))
    tweets = (
        one for part, items in listed.items() if re.search(r"(?:^|/)tweets?(?:-part\d+)?\.js$", part) for one in items
    )
    return gathered(owner, (_post(one.get("tweet", one), own, long) for one in tweets))


def _items(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    text = text_of(data, name)
    head = _HEAD.match(text)
    if not head:
        raise ContentError(f"{name}: is no part of an archive of X", hint="name the archive, as X sent it")
    return items_of(text, head.end(), name)


def _long_posts(notes: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for note in notes:
        if words := text_at(note, "noteTweet", "core", "text"):
            yield _beginning(words), words


def _beginning(words: str) -> str:
    return " ".join(unescaped(words).split())[:_TOLD]


def _post(tweet: Any, own: set[str], long: Mapping[str, str]) -> OwnPost | str:
    words = text_at(tweet, "full_text") or text_at(tweet, "text")
    if words.startswith("RT @"):
        return BOOST
    answered = text_at(tweet, "in_reply_to_user_id_str") or text_at(tweet, "in_reply_to_user_id")
    if (answered and answered not in own) or (not answered and text_at(tweet, "in_reply_to_status_id_str")):
        return REPLY
    if words.lstrip(" .").startswith("@"):
        return ADDRESSED
    whole = long.get(_beginning(_CUT.sub("", words)), "") if "…" in words[-30:] else ""
    text = unescaped(_with_links(whole or words, tweet)).strip()
    if not text:
        return UNREADABLE
    number = text_at(tweet, "id_str") or text_at(tweet, "id")
    return OwnPost(
        text=text,
        written=_date(text_at(tweet, "created_at")),
        language=_language(text_at(tweet, "lang")),
        key=f"x:{number}" if number.isascii() and number.isdigit() else "",
    )


def _with_links(words: str, tweet: Any) -> str:
    """The links as their author wrote them; those to the post's own pictures are none."""
    for link in objects_at(tweet, "entities", "urls")[:100]:
        if short := text_at(link, "url"):
            words = words.replace(short, text_at(link, "expanded_url") or short)
    for picture in objects_at(tweet, "entities", "media")[:100]:
        if short := text_at(picture, "url"):
            words = words.replace(short, "")
    return words


def _language(code: str) -> str:
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def _date(words: str) -> date | None:
    try:
        return datetime.strptime(words, "%a %b %d %H:%M:%S %z %Y").date()
    except ValueError:
        return None
