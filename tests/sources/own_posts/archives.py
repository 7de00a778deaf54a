"""Archives as the networks hand them out, of people who do not exist."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ODILE = "https://social.grebe.example/users/odile"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def tweet(number: int, words: str, **more: Any) -> dict[str, Any]:
    told = {"id_str": str(number), "full_text": words, "created_at": "Wed Nov 18 12:00:00 +0000 2026", "lang": "en"}
    return {"tweet": told | more}


def whole_tweet(number: int, words: str, *, answers: int = 0, **more: Any) -> dict[str, Any]:
    """One with every field that an archive of X has; ``answers`` is the number of an own post."""
    replies = {
        "in_reply_to_status_id": str(answers), "in_reply_to_status_id_str": str(answers), "in_reply_to_user_id": "77",
        "in_reply_to_user_id_str": "77", "in_reply_to_screen_name": "odile",
    }  # fmt: skip
    told = {
        "edit_info": {
            "initial": {
                "editTweetIds": [str(number)], "editableUntil": "2026-11-18T13:00:00.000Z", "editsRemaining": "5",
                "isEditEligible": True,
            }
        },
        "retweeted": False,
        "source": '<a href="https://mobile.x.com" rel="nofollow">X Web App</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(words))],
        "favorite_count": "12",
        "id_str": str(number),
        "truncated": False,
        "retweet_count": "3",
        "id": str(number),
        "possibly_sensitive": False,
        "created_at": "Wed Nov 18 12:00:00 +0000 2026",
        "favorited": False,
        "full_text": words,
        "lang": "en",
        **(replies if answers else {}),
    }  # fmt: skip
    return {"tweet": told | more}


def manifest(generated: str = "2026-11-20T14:02:11.000Z") -> bytes:
    config = {
        "userInfo": {"accountId": "77", "userName": "odile", "displayName": "Odile Varga"},
        "archiveInfo": {
            "sizeBytes": "1234", "generationDate": generated, "isPartialArchive": False, "maxPartSizeBytes": "53687091200",
        },
        "readmeInfo": {"fileName": "data/README.txt", "directory": "data/", "name": "README.txt"},
        "dataTypes": {},
    }  # fmt: skip
    return f"window.__THAR_CONFIG = {json.dumps(config, indent=2)}".encode()


def part(kind: str, items: list[Any]) -> bytes:
    return f"window.YTD.{kind}.part0 = {json.dumps(items, indent=2)}".encode()


def x_parts(*tweets: dict[str, Any], notes: tuple[str, ...] = ()) -> dict[str, bytes]:
    long = [{"noteTweet": {"noteTweetId": "9", "core": {"text": words}}} for words in notes]
    return {
        "data/account.js": part("account", [{"account": {"accountId": "77", "username": "odile"}}]),
        "data/tweets.js": part("tweets", list(tweets)),
        "data/note-tweet.js": part("note_tweet", long),
    }


def note(number: int, content: str, **more: Any) -> dict[str, Any]:
    told = {
        "id": f"{ODILE}/statuses/{number}", "type": "Note", "content": content, "published": "2026-11-18T12:00:00Z",
        "to": [PUBLIC], "cc": [f"{ODILE}/followers"], "inReplyTo": None, "contentMap": {"en": content},
    }  # fmt: skip
    return {"type": "Create", "actor": ODILE, "object": told | more}


def whole_note(number: int | str, content: str, *, answers: int = 0, actor: str = ODILE, **more: Any) -> dict[str, Any]:
    """One with every field that an export of Mastodon has; ``answers`` is the number of an own post."""
    address = f"{actor}/statuses/{number}"
    told = {
        "id": address,
        "type": "Note",
        "summary": None,
        "inReplyTo": f"{actor}/statuses/{answers}" if answers else None,
        "published": "2026-11-18T12:00:00Z",
        "updated": "2026-11-18T12:30:00Z",
        "url": f"https://social.grebe.example/@odile/{number}",
        "attributedTo": actor,
        "to": [f"{actor}/followers"] if answers else [PUBLIC],
        "cc": [PUBLIC] if answers else [f"{actor}/followers"],
        "sensitive": False,
        "atomUri": address,
        "inReplyToAtomUri": f"{actor}/statuses/{answers}" if answers else None,
        "conversation": "tag:social.grebe.example,2026-11-18:objectId=1:objectType=Conversation",
        "content": content,
        "contentMap": {"en": content},
        "attachment": [],
        "tag": [],
        "replies": {
            "id": f"{address}/replies",
            "type": "Collection",
            "first": {
                "type": "CollectionPage",
                "next": f"{address}/replies?page=true",
                "partOf": f"{address}/replies",
                "items": [],
            },
        },
        "likes": {"id": f"{address}/likes", "type": "Collection", "totalItems": 5},
        "shares": {"id": f"{address}/shares", "type": "Collection", "totalItems": 2},
    }
    return {
        "id": f"{address}/activity",
        "type": "Create",
        "actor": actor,
        "published": "2026-11-18T12:00:00Z",
        "to": told["to"],
        "cc": told["cc"],
        "object": told | more,
        "signature": {"type": "RsaSignature2017"},
    }


def actor(address: str = ODILE, name: str = "odile") -> bytes:
    told = {"@context": [], "id": address, "type": "Person", "preferredUsername": name, "outbox": "outbox.json"}
    return json.dumps(told).encode()


def outbox(*activities: Any) -> bytes:
    return json.dumps(
        {"@context": [], "id": "outbox.json", "type": "OrderedCollection", "orderedItems": activities}
    ).encode()


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, parts: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, content in parts.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return path


def unpacked(folder: Path, parts: Mapping[str, bytes]) -> Path:
    for name, content in parts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
