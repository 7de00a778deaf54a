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
