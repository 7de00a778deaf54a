"""What a Mastodon server's list of our statuses says of each: as one of ours, or why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from contentkit.platforms.mastodon_answers import figures_in, status_in
from contentkit.platforms.own import ADDRESSED, PRIVATE, REPLY, UNREADABLE, LeftOut, OwnStatus
from contentkit.stamps import moment_of


def recalled_in(answer: Mapping[str, Any], me: str) -> OwnStatus | LeftOut:
    """A status that is no boost; ``me`` is our own id."""
    status = status_in(answer)
    author = answer.get("in_reply_to_account_id")
    continues = bool(status.parent) and str(author) == me
    # A thread's later posts are mostly unlisted: everybody may read them.
    if status.visibility != "public" and not (continues and status.visibility == "unlisted"):
        return LeftOut(PRIVATE, status.remote_id, status.parent)
    if (status.parent or author) and not continues:
        return LeftOut(REPLY, status.remote_id, status.parent)
    if not status.text and not status.pictures:
        return LeftOut(UNREADABLE, status.remote_id, status.parent)
    if status.text.startswith("@"):
        return LeftOut(ADDRESSED, status.remote_id, status.parent)
    return OwnStatus(
        text=status.text,
        remote_id=status.remote_id,
        url=status.url,
        published_at=_made(answer),
        language=status.language or "",
        parent=status.parent,
        key=f"mastodon:{status.url}" if status.url else "",
        figures=figures_in(answer),
    )


def _made(answer: Mapping[str, Any]) -> datetime | None:
    try:
        made = moment_of(str(answer.get("created_at")))
    except ValueError:
        return None
    return made.astimezone(UTC) if made.tzinfo else None
