"""What the compatible server accepts: parameters read strictly, each fault of the client a ``Wrong``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from tests.servers.loopback import Request
from tests.servers.records import StatusRecord

VISIBILITIES = ("public", "unlisted", "private", "mutuals_only", "direct")
# BCP 47 as far as clients use it: a language of two or three letters, then subtags.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FLAGS = {"": False, "0": False, "f": False, "false": False, "1": True, "t": True, "true": True}


@dataclass(frozen=True, kw_only=True)
class ServerLimits:
    """What ``/api/v2/instance`` says, and what posting enforces. The defaults are GoToSocial's."""

    max_characters: int = 5000
    characters_reserved_per_url: int = 25
    max_media_attachments: int = 6
    description_limit: int = 1500


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

    def record(self, status_id: str, key: str) -> StatusRecord:
        return StatusRecord(
            id=status_id,
            text=self.text,
            created_at=datetime.now(UTC),
            in_reply_to_id=self.in_reply_to_id or None,
            visibility=self.visibility,
            spoiler_text=self.spoiler_text,
            language=self.language,
            key=key,
        )


def status_form(request: Request, limits: ServerLimits) -> StatusForm:
    """The status that the body asks for. Raises Wrong: 400, 415 for another type, 501 for a scheduled status."""
    values = _values(request)
    form = StatusForm(
        text=values.get("status", ""),
        in_reply_to_id=values.get("in_reply_to_id", ""),
        visibility=values.get("visibility") or "public",
        spoiler_text=values.get("spoiler_text", ""),
        language=values.get("language") or "en",
    )
    if values.get("scheduled_at"):
        raise Wrong(501, "Not Implemented: scheduled statuses")
    if values.get("media_ids") or values.get("media_ids[]"):
        raise Wrong(400, "Bad Request: no such media attachment")
    if not form.text.strip():
        raise Wrong(400, "Bad Request: a status needs a text")
    length = len(form.text) + len(form.spoiler_text)
    if length > limits.max_characters:
        raise Wrong(400, f"Bad Request: {length} characters with the warning, the limit is {limits.max_characters}")
    if form.visibility not in VISIBILITIES:
        raise Wrong(400, f"Bad Request: visibility {form.visibility!r} is not one of {', '.join(VISIBILITIES)}")
    if not _LANGUAGE.fullmatch(form.language):
        raise Wrong(400, f"Bad Request: {form.language!r} is not a language tag")
    return form


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


def _values(request: Request) -> dict[str, str]:
    """The parameters of a form or of a JSON object; absent and null ones are left out."""
    if not request.body:
        return {}
    kind = request.header("Content-Type").split(";")[0].strip().lower()
    try:
        body = request.body.decode("utf-8")
        given: Any = json.loads(body) if kind == "application/json" else parse_qs(body, strict_parsing=True)
    except ValueError as error:
        raise Wrong(400, "Bad Request: the body cannot be read") from error
    if kind == "application/x-www-form-urlencoded":
        return {name: values[-1] for name, values in given.items()}
    if kind != "application/json":
        raise Wrong(415, "Unsupported Media Type: send a form or JSON")
    if not isinstance(given, dict):
        raise Wrong(400, "Bad Request: the body must be an object")
    return _texts(given)


def _texts(given: dict[str, object]) -> dict[str, str]:
    """JSON values as form values. Raises Wrong where a text is wanted and something else stands."""
    for name in ("status", "in_reply_to_id", "visibility", "spoiler_text", "language"):
        if not isinstance(given.get(name, ""), str | None):
            raise Wrong(400, f"Bad Request: {name} must be a string")
    return {name: str(value) for name, value in given.items() if value not in (None, [], False)}
