"""What the compatible server accepts: parameters read strictly, each fault of the client a ``Wrong``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from contentkit.testing.loopback import Request
from tests.servers.records import MediaRecord, StatusRecord

VISIBILITIES = ("public", "unlisted", "private", "mutuals_only", "direct")
# BCP 47 as far as clients use it: a language of two or three letters, then subtags.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TEXTS = ("status", "in_reply_to_id", "visibility", "spoiler_text", "language")
_FLAGS = {"": False, "0": False, "f": False, "false": False, "1": True, "t": True, "true": True}


@dataclass(frozen=True, kw_only=True)
class ServerLimits:
    """What ``/api/v2/instance`` says, and what posting enforces. The defaults are GoToSocial's."""

    max_characters: int = 5000
    characters_reserved_per_url: int = 25
    max_media_attachments: int = 6
    description_limit: int = 1500
    image_size_limit: int = 16 * 1024 * 1024
    video_size_limit: int = 99 * 1024 * 1024
    image_matrix_limit: int = 33_177_600


class Wrong(Exception):
    """The request is answered with this status and ``{"error": message}``."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, kw_only=True)
class StatusForm:
    """A status as it was asked for, already found to be valid."""

    text: str
    in_reply_to_id: str
    visibility: str
    spoiler_text: str
    language: str
    media_ids: tuple[str, ...]

    def record(self, status_id: str, key: str, media: tuple[MediaRecord, ...]) -> StatusRecord:
        return StatusRecord(
            id=status_id,
            text=self.text,
            created_at=datetime.now(UTC),
            in_reply_to_id=self.in_reply_to_id or None,
            visibility=self.visibility,
            spoiler_text=self.spoiler_text,
            language=self.language,
            key=key,
            pictures=media,
        )


def status_form(request: Request, limits: ServerLimits) -> StatusForm:
    """The status that the body asks for. Raises Wrong: 400, 415 for another type, 501 for a scheduled status."""
    values = form_values(request)
    form = StatusForm(
        media_ids=_media_ids(request),
        text=values.get("status", ""),
        in_reply_to_id=values.get("in_reply_to_id", ""),
        visibility=values.get("visibility") or "public",
        spoiler_text=values.get("spoiler_text", ""),
        language=values.get("language") or "en",
    )
    if values.get("scheduled_at"):
        raise Wrong(501, "Not Implemented: scheduled statuses")
    if not form.text.strip() and not form.media_ids:
        raise Wrong(400, "Bad Request: a status needs a text or media")
    length = len(form.text) + len(form.spoiler_text)
    if length > limits.max_characters:
        raise Wrong(400, f"Bad Request: {length} characters with the warning, the limit is {limits.max_characters}")
    if form.visibility not in VISIBILITIES:
        raise Wrong(400, f"Bad Request: visibility {form.visibility!r} is not one of {', '.join(VISIBILITIES)}")
    if not _LANGUAGE.fullmatch(form.language):
        raise Wrong(400, f"Bad Request: {form.language!r} is not a language tag")
    return form


def descriptions(request: Request) -> dict[str, str]:
    """New alt texts by the ids of their media: ``media_attributes`` of a JSON object. Raises Wrong."""
    given = _given(request).get("media_attributes") or []
    if not isinstance(given, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in given
    ):
        raise Wrong(400, "Bad Request: media_attributes must be a list of objects with an id")
    return {one["id"]: str(one["description"] or "") for one in given if "description" in one}


def count(request: Request, name: str, *, default: int) -> int:
    """A query parameter that is a number of at least 1. Raises Wrong."""
    given = request.query.get(name, [str(default)])[0]
    if not re.fullmatch(r"[1-9][0-9]{0,5}", given):
        raise Wrong(400, f"Bad Request: {name} must be a number of at least 1")
    return int(given)


def flag(request: Request, name: str) -> bool:
    """A query parameter that is true or false in one of the usual spellings. Raises Wrong."""
    given = request.query.get(name, [""])[0].lower()
    if given not in _FLAGS:
        raise Wrong(400, f"Bad Request: {name} must be true or false")
    return _FLAGS[given]


def form_values(request: Request) -> dict[str, str]:
    """The parameters of a form or of a JSON object as texts; absent, null and empty ones are left out. Raises Wrong."""
    given = _given(request)
    for name in _TEXTS:
        if not isinstance(given.get(name, ""), str | None):
            raise Wrong(400, f"Bad Request: {name} must be a string")
    return {name: str(value) for name, value in given.items() if value not in (None, [], False)}


def _media_ids(request: Request) -> tuple[str, ...]:
    """The list of media: ``media_ids[]`` once for each in a form, ``media_ids`` in JSON. Raises Wrong."""
    given = _given(request)
    ids = given.get("media_ids[]") or given.get("media_ids") or []
    if not isinstance(ids, list) or not all(isinstance(one, str) and one for one in ids):
        raise Wrong(400, "Bad Request: media_ids must be a list of ids")
    return tuple(ids)


def _given(request: Request) -> dict[str, Any]:
    """The body as it was sent; of a form's parameters the last counts, but for lists (``name[]``)."""
    if not request.body:
        return {}
    kind = request.header("Content-Type").split(";")[0].strip().lower()
    try:
        body = request.body.decode("utf-8")
        given: Any = json.loads(body) if kind == "application/json" else parse_qs(body, strict_parsing=True)
    except ValueError as error:
        raise Wrong(400, "Bad Request: the body cannot be read") from error
    if kind == "application/x-www-form-urlencoded":
        return {name: values if name.endswith("[]") else values[-1] for name, values in given.items()}
    if kind != "application/json":
        raise Wrong(415, "Unsupported Media Type: send a form or JSON")
    if not isinstance(given, dict):
        raise Wrong(400, "Bad Request: the body must be an object")
    return given
