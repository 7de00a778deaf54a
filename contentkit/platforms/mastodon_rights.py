"""What a token of Mastodon may not do, where the server tells (Mastodon since 4.3, by the application that it belongs to)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.platforms.mastodon_login import SCOPES

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange

PATH = "/api/v1/apps/verify_credentials"
_WITHOUT = {
    "write:statuses": "nothing can be posted",
    "write:media": "posts with pictures cannot be sent",
    "read:accounts": "nobody can tell whose account it is",
    "read:statuses": "nobody can tell whether a post arrived",
}


def remarks_in(exchange: Exchange) -> list[str]:
    """A sentence for each scope that the token lacks; none where the server says nothing of scopes."""
    answer = exchange.json()
    told = answer.get("scopes") if exchange.status == 200 and isinstance(answer, dict) else None
    if not isinstance(told, list) or not told:
        return []
    granted = {scope for scope in told if isinstance(scope, str)}
    lacking = [scope for scope in SCOPES if not granted & {scope, scope.partition(":")[0]}]
    return [f"the token does not allow {scope}: {_WITHOUT[scope]}" for scope in lacking]
