"""What a post of X says, as X's JSON has it: its words as they were written, its place, its figures.

X gives text back with ``& < >`` escaped, each link as a short one of its own, and one more of those for its pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from contentkit.patterns import regex
from contentkit.platforms import Audience, Figures
from contentkit.platforms.counts import count_in
from contentkit.text import normalised

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange

# The fewest digits of an id of X.
_DIGITS = 15
# X's ids count milliseconds since this one of Unix, before 22 bits for the machine and a sequence.
_FIRST_MILLISECOND = 1_288_834_974_657
_SEQUENCE_BITS = 22
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What only the author may see is kept for so long.
PRIVATE_FOR = timedelta(days=30)
# X escapes the first three, its simulator quotation marks as well.
_ESCAPED = regex(r"&(?:amp|lt|gt|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_SHORT_LINK = regex(r"https?://t\.co/[A-Za-z0-9]+")


def data_of(exchange: Exchange) -> Any:
    """What the answer is about; None when it is about nothing."""
    answer = exchange.json()
    return answer.get("data") if isinstance(answer, dict) else None


def posts_of(exchange: Exchange) -> list[dict[str, Any]]:
    """The posts of an answer that have an id."""
    listed = data_of(exchange)
    return [one for one in listed if isinstance(one, dict) and is_id(one.get("id"))] if isinstance(listed, list) else []


def users_of(exchange: Exchange) -> dict[str, Mapping[str, Any]]:
    """The users that an answer includes, by their ids."""
    listed = _object(_object(exchange.json()).get("includes")).get("users")
    return {one["id"]: one for one in _objects(listed) if is_id(one.get("id"))}


def is_answer(exchange: Exchange) -> bool:
    """Whether X answered in its own shape, if only to say that there is nothing."""
    answer = exchange.json()
    return isinstance(answer, dict) and ("data" in answer or "errors" in answer)


def is_id(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 30


def is_premium(user: Mapping[str, Any]) -> bool:
    """Whether X says that this account may write long posts."""
    kinds = ("Basic", "Premium", "PremiumPlus"), ("blue", "business", "government")
    return user.get("subscription_type") in kinds[0] or user.get("verified_type") in kinds[1]


def text_of(post: Mapping[str, Any]) -> str:
    """The words as they were written: in full, unescaped, with their own links, without the link of the pictures."""
    note = _object(_either(post, "note_tweet", "note_post"))
    whole = note.get("text")
    text = _unescaped(whole if isinstance(whole, str) and whole else post.get("text"))
    links = {**_links_in(post, post), **_links_in(note, post)}
    shown = _SHORT_LINK.sub(lambda link: links.get(link[0], link[0]), text)
    if "" in links.values():
        return shown.rstrip()
    return _without_last_link(shown, links) if pictures_of(post) else shown


def _without_last_link(text: str, links: Mapping[str, str]) -> str:
    """The link of the pictures stands last; sometimes nothing else tells what it is."""
    last = text.rsplit(maxsplit=1)[-1] if text.strip() else ""
    return text.rstrip().removesuffix(last).rstrip() if _SHORT_LINK.fullmatch(last) and last not in links else text


def parent_of(post: Mapping[str, Any]) -> str:
    """The id of the post that this one replies to, or empty."""
    for one in _references(post):
        if one.get("type") == "replied_to" and isinstance(one.get("id"), str):
            return str(one["id"])
    return ""


def is_repost(post: Mapping[str, Any]) -> bool:
    return any(one.get("type") == "retweeted" for one in _references(post))


def _references(post: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return _objects(_either(post, "referenced_tweets", "referenced_posts"))


def _either(post: Mapping[str, Any], old: str, new: str) -> Any:
    """A field that X's guides name so, and its newer description otherwise."""
    return post[old] if old in post else post.get(new)


def author_of(post: Mapping[str, Any]) -> str:
    author = post.get("author_id")
    return author if isinstance(author, str) else ""


def is_real(remote_id: str) -> bool:
    """Whether X itself made this id: those of its simulator are short, in no order, and their posts show no pictures."""
    return len(remote_id) >= _DIGITS


def made_at(remote_id: str) -> datetime:
    """When X made this real id."""
    return _EPOCH + timedelta(milliseconds=(int(remote_id) >> _SEQUENCE_BITS) + _FIRST_MILLISECOND)


def pictures_of(post: Mapping[str, Any]) -> int | None:
    """How many pictures and films it has; X leaves the key out where there is none. None where the simulator tells."""
    keys = _object(post.get("attachments")).get("media_keys")
    if isinstance(keys, list):
        return len(keys)
    return 0 if is_real(str(post.get("id"))) else None


def alts_of(post: Mapping[str, Any], exchange: Exchange) -> tuple[str | None, ...] | None:
    """The alt texts of its pictures, as the answer includes them. None where X does not say; it has none for films."""
    keys = _object(post.get("attachments")).get("media_keys")
    if not isinstance(keys, list):
        return () if pictures_of(post) == 0 else None
    included = _object(_object(exchange.json()).get("includes")).get("media")
    told = {one.get("media_key"): one for one in _objects(included) if isinstance(one.get("media_key"), str)}
    return tuple(_alt_in(told.get(key) if isinstance(key, str) else None) for key in keys)


def _alt_in(medium: Mapping[str, Any] | None) -> str | None:
    if medium is None:
        return None
    alt = medium.get("alt_text")
    if isinstance(alt, str):
        return alt
    return "" if medium.get("type") == "photo" else None


def is_worded(told: object, sent: str) -> bool:
    """Whether X's answer to a new post may be about these words. It says nothing of links, and may cut a long text."""
    if not isinstance(told, str) or bool(sent.strip()) > bool(told.strip()):
        return False
    expected = normalised(sent)
    words = _unescaped(told).split()
    return all(normalised(word) in expected for word in words if "t.co/" not in word and "\u2026" not in word)


def missing_in(answer: object) -> set[str]:
    """The ids of which X says that there is no such post."""
    return _named_in(answer, "/resource-not-found")


def denied_in(answer: object) -> set[str]:
    """The ids of which X says that something of theirs is not for us."""
    return _named_in(answer, "/not-authorized-for-field")


def _named_in(answer: object, kind: str) -> set[str]:
    """The ids that X names in problems of this kind."""
    named = set()
    for problem in _objects(_object(answer).get("errors")):
        if str(problem.get("type", "")).endswith(kind):
            named |= {str(problem[key]) for key in ("resource_id", "value") if problem.get(key)}
    return named


def public_figures(post: Mapping[str, Any]) -> Figures:
    told = _object(post.get("public_metrics"))
    return Figures(
        replies=_count(told, "reply_count"),
        likes=_count(told, "like_count"),
        shares=_count(told, "retweet_count"),
        quotes=_count(told, "quote_count"),
        bookmarks=_count(told, "bookmark_count"),
        impressions=_count(told, "impression_count"),
    )


def private_figures(figures: Mapping[str, Figures], posts: Iterable[Mapping[str, Any]]) -> dict[str, Figures]:
    """The figures of these posts with what only their author sees."""
    found = {}
    for post in posts:
        told = _object(post.get("non_public_metrics"))
        if told and post["id"] in figures:
            found[post["id"]] = replace(
                figures[post["id"]],
                link_clicks=_count(told, "url_link_clicks"),
                profile_clicks=_count(told, "user_profile_clicks"),
            )
    return found


def young(post: Mapping[str, Any], now: datetime) -> bool:
    """Whether X still has the figures of this post that only its author sees."""
    try:
        made = datetime.fromisoformat(str(post.get("created_at")))
    except ValueError:
        return False
    return now - (made if made.tzinfo else made.replace(tzinfo=UTC)) < PRIVATE_FOR


def audience_of(user: Mapping[str, Any]) -> Audience:
    told = _object(user.get("public_metrics"))
    return Audience(
        followers=_count(told, "followers_count"),
        following=_count(told, "following_count"),
        statuses=_count(told, "tweet_count"),
    )


def _links_in(holder: Mapping[str, Any], post: Mapping[str, Any]) -> dict[str, str]:
    """Each short link and what it was written as; empty for the link of the pictures."""
    links: dict[str, str] = {}
    own = re.compile(rf"/status/{re.escape(str(post.get('id')))}/(?:photo|video)/")
    for one in _objects(_object(holder.get("entities")).get("urls")):
        short, long = one.get("url"), one.get("expanded_url")
        if isinstance(short, str) and isinstance(long, str) and long:
            is_picture = one.get("media_key") or own.search(long)
            links[short] = "" if is_picture else _as_written(long, one.get("display_url"))
    return links


def _as_written(link: str, shown: object) -> str:
    """X puts ``http://`` before what was written without it."""
    return str(shown) if link == f"http://{shown}" else link


def _unescaped(text: object) -> str:
    return _ESCAPED.sub(lambda found: unescape(found[0]), text) if isinstance(text, str) else ""


def _count(told: Mapping[str, Any], name: str) -> int | None:
    return count_in(told.get(name))


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in (value if isinstance(value, list) else []) if isinstance(one, dict))
