"""What X's list of our posts says of each: as one of ours, or why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from contentkit.platforms.own import ADDRESSED, BOOST, REPLY, LeftOut, OwnStatus
from contentkit.platforms.x_posts import is_repost, parent_of, public_figures, text_of

FIELDS = (
    "attachments,author_id,created_at,entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets"
)


def recalled_in(post: Mapping[str, Any], me: str, url: str) -> OwnStatus | LeftOut:
    """A post that has an id; ``me`` is our own id, ``url`` its address."""
    number, parent = str(post["id"]), parent_of(post)
    if is_repost(post):
        return LeftOut(BOOST, number)
    author = post.get("in_reply_to_user_id")
    if author != me if isinstance(author, str) else bool(parent):
        return LeftOut(REPLY, number, parent)
    text = text_of(post)
    if text.lstrip(" .").startswith("@"):
        return LeftOut(ADDRESSED, number, parent)
    language = post.get("lang")
    return OwnStatus(
        text=text,
        remote_id=number,
        url=url,
        published_at=_made(post.get("created_at")),
        language=language if isinstance(language, str) and len(language) == 2 else "",
        parent=parent,
        key=f"x:{number}",
        figures=public_figures(post),
    )


def _made(words: object) -> datetime | None:
    try:
        made = datetime.fromisoformat(str(words))
    except ValueError:
        return None
    return made.astimezone(UTC) if made.tzinfo else None
