"""What the X server accepts of uploads: JSON with base64, or multipart with the bytes as they are."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contentkit.testing.loopback import Request
from tests.servers.x_input import json_object
from tests.servers.x_problems import bad_media, invalid

STILL = ("image/jpeg", "image/pjpeg", "image/png", "image/webp", "image/bmp", "image/tiff")
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "tweet_image": (*STILL, "image/gif"),
    "tweet_gif": ("image/gif",),
    "tweet_video": ("video/mp4", "video/webm", "video/mp2t", "video/quicktime"),
}
_NAME = re.compile(rb'name="([^"]*)"')
_METADATA = ("alt_text", "sensitive_media_warning", "allow_download_status", "upload_source")
_MOST_SEGMENTS = 1000


@dataclass(frozen=True, kw_only=True)
class OneShot:
    category: str
    media_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Beginning:
    category: str
    media_type: str
    total_bytes: int


@dataclass(frozen=True, kw_only=True)
class Segment:
    index: int
    data: bytes


def one_shot_of(request: Request) -> OneShot:
    """A whole picture in one request. Raises Problem 400; animated pictures and films are not taken this way."""
    values = _values(request, "media", "media_category", "media_type", "shared", "additional_owners")
    category = str(values.get("media_category", ""))
    if category != "tweet_image":
        raise invalid("media_category", [category], f"$.media_category: {category!r} is not taken in one request")
    media_type = str(values.get("media_type", "")) or STILL[0]
    if media_type not in STILL:
        raise invalid("media_type", [media_type], f"$.media_type: {media_type!r} is not taken in one request")
    return OneShot(category=category, media_type=media_type, data=_bytes(values))


def beginning_of(request: Request) -> Beginning:
    """The announcement of an upload in segments. Raises Problem 400."""
    values = _values(request, "media_category", "media_type", "total_bytes", "shared", "additional_owners")
    category, media_type = str(values.get("media_category", "")), str(values.get("media_type", ""))
    if media_type not in _CATEGORIES.get(category, ()):
        raise invalid(
            "media_type", [media_type], f"$.media_type: {media_type!r} is not a {category or 'known category'}"
        )
    total = values.get("total_bytes")
    if type(total) is not int:
        raise invalid("total_bytes", [str(total)], "$.total_bytes: a number of bytes is required")
    return Beginning(category=category, media_type=media_type, total_bytes=total)


def segment_of(request: Request) -> Segment:
    """One segment. Raises Problem 400."""
    values = _values(request, "media", "segment_index")
    index = str(values.get("segment_index", ""))
    if not re.fullmatch(r"[0-9]{1,3}", index):
        raise invalid("segment_index", [index], f"$.segment_index: must be from 0 to {_MOST_SEGMENTS - 1}")
    return Segment(index=int(index), data=_bytes(values))


def alt_text_of(request: Request, most: int) -> tuple[str, str]:
    """The id of a medium and its alternative text. Raises Problem 400 for another shape, or one that is too long."""
    body = json_object(request)
    media_id, metadata = body.get("id"), body.get("metadata")
    if not isinstance(media_id, str) or not isinstance(metadata, dict) or set(body) - {"id", "metadata"}:
        raise invalid("id", [str(media_id)], "$: id and metadata are required, and nothing else is allowed")
    if unknown := sorted(set(metadata) - set(_METADATA)):
        raise invalid(f"metadata.{unknown[0]}", [], f"$.metadata.{unknown[0]}: is not defined in the schema")
    told = metadata.get("alt_text")
    text = told.get("text") if isinstance(told, dict) else None
    if not isinstance(text, str) or not 0 < len(text) <= most:
        raise invalid(
            "metadata.alt_text.text", [str(text)], f"$.metadata.alt_text.text: must be 1 to {most} characters long"
        )
    return media_id, text


def _values(request: Request, *allowed: str) -> dict[str, Any]:
    kind = request.header("Content-Type")
    values = _parts(request.body, kind) if kind.startswith("multipart/form-data") else json_object(request)
    if unknown := sorted(set(values) - set(allowed)):
        words = "is not defined in the schema and the schema does not allow additional properties"
        raise invalid(unknown[0], [], f"$.{unknown[0]}: {words}")
    return values


def _parts(body: bytes, kind: str) -> dict[str, Any]:
    """The fields of a multipart form: ``media`` as bytes, every other one as text."""
    boundary = re.search(r'boundary="?([^";]+)', kind)
    if boundary is None:
        raise bad_media("the body has no boundary")
    fields: dict[str, Any] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if name is None:
            raise bad_media("a part of the body has no name")
        field = name[1].decode()
        fields[field] = content if field == "media" else content.decode()
    return fields


def _bytes(values: Mapping[str, Any]) -> bytes:
    media = values.get("media")
    if isinstance(media, bytes):
        return media
    try:
        return b64decode(str(media or "").encode(), validate=True)
    except Error as error:
        raise invalid("media", [], "$.media: is not base64") from error
