"""What the compatible server answers: the entities of the Mastodon API as JSON values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.servers.api_input import ServerLimits
from tests.servers.records import StatusRecord
from tests.servers.status_html import status_html

# Below 1.0, and with a build in it: what clients of Mastodon trip over.
_VERSION = "0.20.1+git-5d0c0ff"
_USER = "tester"
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
            "supported_mime_types": ["image/jpeg", "image/png"],
            "description_limit": limits.description_limit,
        },
    }


def account(account_id: str, url: str) -> Values:
    return {
        "id": account_id,
        "username": _USER,
        "acct": _USER,
        "display_name": "",
        "url": f"{url}/@{_USER}",
        "bot": False,
        "locked": False,
        "source": {"privacy": "public", "language": "en", "sensitive": False},
    }


def status(record: StatusRecord, by: Values, url: str) -> Values:
    return {
        "id": record.id,
        "uri": f"{url}/users/{_USER}/statuses/{record.id}",
        "url": f"{by['url']}/statuses/{record.id}",
        "created_at": _timestamp(record.created_at),
        "edited_at": None,
        "account": by,
        "content": status_html(record.text, url),
        "in_reply_to_id": record.in_reply_to_id,
        "in_reply_to_account_id": by["id"] if record.in_reply_to_id else None,
        "visibility": record.visibility,
        "sensitive": bool(record.spoiler_text),
        "spoiler_text": record.spoiler_text,
        "language": record.language,
        "reblog": None,
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "poll": None,
        "card": None,
    }


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
