"""What the compatible server answers: the entities of the Mastodon API as JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.servers.api_input import ServerLimits
from tests.servers.neighbours import Neighbour, NeighbourStatus
from tests.servers.records import MediaRecord, StatusRecord
from tests.servers.status_html import status_html

# Below 1.0, and with a build in it: what clients of Mastodon trip over.
_VERSION = "0.20.1+git-5d0c0ff"
_USER = "tester"
MIME_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4", "video/quicktime"]
Values = dict[str, Any]


def instance_v1(url: str, limits: ServerLimits) -> Values:
    return {
        "uri": url.removeprefix("http://"),
        "title": "A compatible server",
        "version": _VERSION,
        "max_toot_chars": limits.max_characters,
        "configuration": _configuration(limits),
    }


def instance_v2(url: str, limits: ServerLimits) -> Values:
    return {
        "domain": url.removeprefix("http://"),
        "title": "A compatible server",
        "version": _VERSION,
        "source_url": "https://example.org/compatible-server",
        "configuration": _configuration(limits),
    }


def _configuration(limits: ServerLimits) -> Values:
    return {
        "statuses": {
            "max_characters": limits.max_characters,
            "max_media_attachments": limits.max_media_attachments,
            "characters_reserved_per_url": limits.characters_reserved_per_url,
        },
        "media_attachments": {
            "supported_mime_types": MIME_TYPES,
            "description_limit": limits.description_limit,
            "image_size_limit": limits.image_size_limit,
            "image_matrix_limit": limits.image_matrix_limit,
            "video_size_limit": limits.video_size_limit,
        },
    }


@dataclass(frozen=True, kw_only=True)
class Audience:
    """What the server counts of the account."""

    followers: int = 0
    following: int = 0
    statuses: int = 0


def account(account_id: str, url: str, audience: Audience) -> Values:
    return {
        "id": account_id,
        "username": _USER,
        "acct": _USER,
        "display_name": "",
        "url": f"{url}/@{_USER}",
        "bot": False,
        "locked": False,
        "followers_count": audience.followers,
        "following_count": audience.following,
        "statuses_count": audience.statuses,
        "source": {"privacy": "public", "language": "en", "sensitive": False},
    }


def neighbour(person: Neighbour, url: str) -> Values:
    """Somebody else: on this server, or known to it from elsewhere."""
    home = f"https://{person.host}" if person.host else url
    return {
        "id": person.id,
        "username": person.username,
        "acct": person.acct,
        "display_name": person.name,
        "url": f"{home}/@{person.username}",
        "bot": False,
        "locked": False,
    }


def neighbour_status(record: NeighbourStatus, url: str) -> Values:
    """As it was written where its author is: its address is there."""
    author = neighbour(record.author, url)
    return {**status(record, author, url, 0), "in_reply_to_account_id": None}


def notification(record: NeighbourStatus, url: str) -> Values:
    return {
        "id": record.notification,
        "type": "mention",
        "created_at": _timestamp(record.created_at),
        "account": neighbour(record.author, url),
        "status": neighbour_status(record, url),
    }


def media(record: MediaRecord, url: str) -> Values:
    """An upload; without an address as long as it is being processed."""
    return {
        "id": record.id,
        "type": record.kind,
        "url": None if record.polls_left else f"{url}/fileserver/{record.id}",
        "preview_url": f"{url}/fileserver/{record.id}/small",
        "remote_url": None,
        "description": record.description or None,
        "blurhash": None,
        "meta": {},
    }


def status(record: StatusRecord, by: Values, url: str, continuations: int) -> Values:
    """A status; ``continuations`` are the account's own replies to it, which count like any others."""
    return {
        "id": record.id,
        "uri": f"{url}/users/{_USER}/statuses/{record.id}",
        "url": f"{by['url']}/statuses/{record.id}",
        "created_at": _timestamp(record.created_at),
        "edited_at": _timestamp(record.edited_at) if record.edited_at else None,
        "account": by,
        "content": status_html(record.text, url),
        "in_reply_to_id": record.in_reply_to_id,
        "in_reply_to_account_id": by["id"] if record.in_reply_to_id else None,
        "visibility": record.visibility,
        "sensitive": bool(record.spoiler_text),
        "spoiler_text": record.spoiler_text,
        "language": record.language,
        "reblog": None,
        "media_attachments": [media(one, url) for one in record.pictures],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "replies_count": record.replies + continuations,
        "reblogs_count": record.reblogs,
        "favourites_count": record.favourites,
        "poll": None,
        "card": None,
        **({} if record.quotes is None else {"quotes_count": record.quotes}),
    }


def authorization_server(url: str, scopes: Sequence[str]) -> Values:
    """RFC 8414, as Mastodon 4.3 and later answer it."""
    return {
        "issuer": f"{url}/",
        "authorization_endpoint": f"{url}/oauth/authorize",
        "token_endpoint": f"{url}/oauth/token",
        "app_registration_endpoint": f"{url}/api/v1/apps",
        "scopes_supported": list(scopes),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    }


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
