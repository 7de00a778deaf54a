"""What the X server accepts: bodies and queries read strictly, each fault a ``Problem``."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from contentkit.testing.loopback import Request
from tests.servers.x_problems import invalid

MOST_IDS = 100
_ID = re.compile(r"[0-9]{1,19}")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POST_FIELDS = _words(
    "article attachments author_id card_uri community_id context_annotations conversation_id created_at "
    "display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang media_metadata "
    "non_public_metrics note_tweet organic_metrics possibly_sensitive promoted_metrics public_metrics "
    "referenced_tweets reply_settings scopes source suggested_source_links text withheld"
)
_USER_FIELDS = _words(
    "affiliation confirmed_email connection_status created_at description entities id is_identity_verified location "
    "most_recent_tweet_id name parody pinned_tweet_id profile_banner_url profile_image_url protected public_metrics "
    "receives_your_dm subscription subscription_type url username verified verified_followers_count verified_type "
    "withheld"
)
_MEDIA_FIELDS = _words(
    "alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url promoted_metrics "
    "public_metrics type url variants width"
)
_EXPANSIONS = _words(
    "article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet "
    "attachments.poll_ids author_id author_screen_name edit_history_tweet_ids entities.mentions.username "
    "entities.note.mentions.username geo.place_id in_reply_to_user_id most_recent_tweet_id pinned_tweet_id "
    "referenced_tweets.id referenced_tweets.id.attachments.media_keys referenced_tweets.id.author_id"
)
# Spellings since the renaming of 2026 mean the same as the old ones.
_FIELDS = {
    "tweet.fields": _POST_FIELDS,
    "user.fields": _USER_FIELDS,
    "media.fields": _MEDIA_FIELDS,
    "poll.fields": frozenset({"duration_minutes", "end_datetime", "id", "options", "voting_status"}),
    "place.fields": frozenset(
        {"contained_within", "country", "country_code", "full_name", "geo", "id", "name", "place_type"}
    ),
    "expansions": _EXPANSIONS,
}
_CREATE = _words(
    "card_uri community_id direct_message_deep_link edit_options for_super_followers_only geo made_with_ai media "
    "nullcast paid_partnership poll quote_tweet_id reply reply_settings share_with_followers text"
)
_REPLY_SETTINGS = ("following", "mentionedUsers", "subscribers", "verified")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which fields and expansions a reader asked for."""

    post: frozenset[str] = frozenset()
    user: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    expansions: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Create:
    """A post as it was asked for, its shape already found to be valid."""

    text: str = ""
    parent: str = ""
    quoted: str = ""
    media: tuple[str, ...] = ()


def create_of(request: Request) -> Create:
    """The post that the body asks for. Raises Problem 400."""
    body = json_object(request)
    if unknown := sorted(set(body) - _CREATE):
        raise _undefined(f"$.{unknown[0]}", unknown[0], body[unknown[0]])
    text = _typed(body, "text", str, "string") or ""
    _typed(body, "made_with_ai", bool, "boolean")
    _typed(body, "nullcast", bool, "boolean")
    if (who := _typed(body, "reply_settings", str, "string")) and who not in _REPLY_SETTINGS:
        raise invalid("reply_settings", [who], f"$.reply_settings: must be one of {list(_REPLY_SETTINGS)}")
    media = _media_ids(_typed(body, "media", dict, "object") or {})
    quoted = _typed(body, "quote_tweet_id", str, "string") or ""
    if not text.strip() and not media:
        raise invalid("text", [text], "$.text: is missing but it is required")
    return Create(text=text, parent=_parent(body), quoted=quoted, media=media)


def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises Problem 400."""
    kind = request.header("Content-Type").split(";")[0].strip().lower()
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise invalid("", [], "Request body is not valid JSON.") from error
    if kind != "application/json" or not isinstance(body, dict):
        raise invalid("", [], "Request body must be a JSON object.")
    return body


def wish_of(request: Request, *also: str) -> Wish:
    """The fields asked for. Raises Problem 400 for an unknown field, or a parameter that is not among ``also``."""
    query = {name.replace("post.fields", "tweet.fields"): values for name, values in request.query.items()}
    if unknown := sorted(set(query) - {*_FIELDS, *also}):
        name = unknown[0]
        raise invalid(name, query[name], f"The query parameter [{name}] is not one of {sorted({*_FIELDS, *also})}")
    found = {name: _listed(query, name, allowed) for name, allowed in _FIELDS.items()}
    return Wish(
        post=found["tweet.fields"],
        user=found["user.fields"],
        media=found["media.fields"],
        expansions=found["expansions"],
    )


def post_id_of(name: str, value: str) -> str:
    """An id of a post or user. Raises Problem 400."""
    if not _ID.fullmatch(value):
        raise invalid(name, [value], f"The `{name}` query parameter value [{value}] is not valid")
    return value


def ids_of(request: Request) -> list[str]:
    """The ids of a batch read, each once. Raises Problem 400 for none, more than 100, or one that is no id."""
    ids = one_value(request, "ids").split(",")
    if len(ids) > MOST_IDS:
        raise invalid(
            "ids", ids, f"The number of values in the `ids` query parameter list [{len(ids)}] is not between 1 and 100"
        )
    return list(dict.fromkeys(post_id_of("ids", one) for one in ids))


def one_value(request: Request, name: str, default: str = "") -> str:
    return request.query.get(name, [default])[0]


def count_of(request: Request, low: int, high: int, default: int) -> int:
    """``max_results``. Raises Problem 400 outside of its bounds."""
    value = one_value(request, "max_results", str(default))
    if not value.isdecimal() or not low <= int(value[:6]) <= high:
        raise invalid(
            "max_results", [value], f"The `max_results` query parameter value [{value}] is not between {low} and {high}"
        )
    return int(value)


def words_of(request: Request, name: str, allowed: Collection[str]) -> frozenset[str]:
    """A parameter that is a list of known words. Raises Problem 400."""
    return _listed(request.query, name, allowed)


def _listed(query: Mapping[str, list[str]], name: str, allowed: Collection[str]) -> frozenset[str]:
    words = [word for value in query.get(name, []) for word in value.split(",")]
    if unknown := [word for word in words if word not in allowed]:
        raise invalid(
            name, unknown, f"The `{name}` query parameter value [{unknown[0]}] is not one of {sorted(allowed)}"
        )
    return frozenset(words)


def _parent(body: dict[str, Any]) -> str:
    reply = _typed(body, "reply", dict, "object") or {}
    if unknown := sorted(
        set(reply) - {"in_reply_to_tweet_id", "exclude_reply_user_ids", "auto_populate_reply_metadata"}
    ):
        raise _undefined(f"$.reply.{unknown[0]}", f"reply.{unknown[0]}", reply[unknown[0]])
    if not reply:
        return ""
    parent = _typed(reply, "in_reply_to_tweet_id", str, "string", "$.reply") or ""
    if not _ID.fullmatch(parent):
        raise invalid(
            "reply.in_reply_to_tweet_id",
            [parent],
            "$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$",
        )
    return parent


def _media_ids(media: dict[str, Any]) -> tuple[str, ...]:
    if unknown := sorted(set(media) - {"media_ids", "tagged_user_ids"}):
        raise _undefined(f"$.media.{unknown[0]}", f"media.{unknown[0]}", media[unknown[0]])
    ids = _typed(media, "media_ids", list, "array", "$.media")
    if ids is None:
        return ()
    if not 1 <= len(ids) <= 4:
        raise invalid("media.media_ids", [str(ids)], "$.media.media_ids: there must be 1 to 4 items in the array")
    if wrong := [one for one in ids if not isinstance(one, str) or not _ID.fullmatch(one)]:
        raise invalid(
            "media.media_ids", [str(wrong[0])], "$.media.media_ids[0]: does not match the regex pattern ^[0-9]{1,19}$"
        )
    return tuple(ids)


def _undefined(path: str, name: str, value: object) -> Exception:
    words = f"{path}: is not defined in the schema and the schema does not allow additional properties"
    return invalid(name, [str(value)], words)


def _typed(body: dict[str, Any], name: str, kind: type, called: str, path: str = "$") -> Any:
    """A value of this type, or None when it is not there. Raises Problem 400; null is not a value here."""
    if name not in body:
        return None
    value = body[name]
    if type(value) is not kind:
        raise invalid(name, [json.dumps(value)], f"{path}.{name}: {_called(value)} found, {called} expected")
    return value


def _called(value: object) -> str:
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
    return kinds.get(type(value), "null")
