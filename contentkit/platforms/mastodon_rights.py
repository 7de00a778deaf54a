"""What a token of Mastodon may not do, where the server tells (Mastodon since 4.3, by the application that it belongs to)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange

# ``profile`` would be narrower than ``read:accounts``, but servers before Mastodon 4.3 do not know it.
SCOPES = ("write:statuses", "write:media", "read:accounts", "read:statuses", "read:notifications")
PATH = "/api/v1/apps/verify_credentials"
_WITHOUT = {
    "write:statuses": "nothing can be posted",
    "write:media": "posts with pictures cannot be sent",
    "read:accounts": "nobody can tell whose account it is",
    "read:statuses": "nobody can tell whether a post arrived",
    "read:notifications": "answers cannot be listed",
}


def remarks_in(exchange: Exchange) -> list[str]:
    """A sentence for each scope that the token lacks; none where the server says nothing of scopes."""
    answer = exchange.json()
    told = answer.get("scopes") if exchange.status == 200 and isinstance(answer, dict) else None
    if not isinstance(told, list) or not told:
        return []
    return [without(scope) for scope in lacking({scope for scope in told if isinstance(scope, str)})]


def lacking(granted: Collection[str]) -> list[str]:
    """The scopes that contentkit works with and that are not granted, alone or by the wider one they belong to."""
    return [scope for scope in SCOPES if scope not in granted and scope.partition(":")[0] not in granted]


def without(scope: str) -> str:
    """What cannot be done without this scope, as a sentence."""
    return f"the token does not allow {scope}: {_WITHOUT[scope]}"
