"""X's own simulator (xdevplatform/playground) as its source describes it: laxer than X here, stricter or odder there.

An adapter that works with ``XServer`` and with this one leans on nothing that only one of them does. Above all: ids are
short, signatures are not checked, a reply forgets its parent and a post its pictures, lengths are bytes, bodies are JSON
whatever they say, missing posts are missing without a word, an upload that is ready says nothing of processing.
"""

from __future__ import annotations

import html
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from contentkit.testing.loopback import Answer, Request
from tests.servers.records import StatusRecord, threads
from tests.servers.served import Served
from tests.servers.x_input import wish_of
from tests.servers.x_problems import Problem, bad_media, invalid, not_found, too_many, unauthorized
from tests.servers.x_values import stamp

USER = {"id": "0", "name": "Playground User", "username": "playground_user"}
_BYTES = 280
_FIGURES = ("retweet_count", "reply_count", "like_count", "quote_count")
_LINK = re.compile(r"https?://\S+|www\.\S+")


class XPlayground(Served):
    """One account; ``statuses`` are what was made, with the parents that were asked for, which no answer tells."""

    account_id = "0"

    def __init__(self) -> None:
        self._next_id = 97  # ids of two and of three digits: as text, "100" stands before "99"
        self._made: dict[str, StatusRecord] = {}
        self._media: dict[str, int | None] = {}
        self._asked: Counter[str] = Counter()
        self._history: list[Request] = []
        self._lock = threading.RLock()
        super().__init__()

    @property
    def statuses(self) -> list[StatusRecord]:
        with self._lock:
            return list(self._made.values())

    def threads(self) -> list[list[str]]:
        """The texts as they were sent, thread by thread, as the replies were asked for."""
        return threads(self.statuses)

    @property
    def history(self) -> tuple[Request, ...]:
        with self._lock:
            return tuple(self._history)

    def _respond(self, request: Request) -> Answer:
        with self._lock:
            self._history.append(request)
            try:
                self._let_in(request)
                return self._routed(request)
            except Problem as problem:
                return _json(problem.status, problem.body)

    def _let_in(self, request: Request) -> None:
        """Any keys will do, as long as they look like OAuth 1.0a; the limits are few for what it does not list."""
        if "oauth_signature" not in request.header("Authorization"):
            raise unauthorized("no OAuth 1.0a")
        family = next((name for name in _LIMITS if re.fullmatch(name, f"{request.method} {request.path}")), ".*")
        self._asked[family] += 1
        if self._asked[family] > _LIMITS[family]:
            raise too_many()

    def _routed(self, request: Request) -> Answer:
        for route, verb in _ROUTES.items():
            if match := re.fullmatch(route, f"{request.method} {request.path}"):
                return verb(self, request, *match.groups())
        raise Problem(404, {"errors": [{"message": f"Endpoint not found: {request.path}", "code": 404}]})

    def create(self, request: Request) -> Answer:
        body = _body(request)
        text, parent = body.get("text"), body.get("reply", {}).get("in_reply_to_tweet_id", "")
        if unknown := [one for one in body.get("media", {}).get("media_ids", []) if one not in self._media]:
            raise invalid("media.media_ids", unknown, "Your media IDs are invalid.")
        if parent and parent not in self._made:
            raise invalid("reply.in_reply_to_tweet_id", [parent], "Your reply tweet ID is invalid.")
        if not isinstance(text, str) or not text:
            raise invalid("text", [], "text field is required")
        if len(text.encode()) > _BYTES:
            raise invalid("text", [text], f"text field exceeds maximum length of {_BYTES} characters")
        now = datetime.now(UTC)
        record = StatusRecord(id=self._new_id(), text=text, created_at=now, in_reply_to_id=parent or None)
        self._made[record.id] = record
        return _json(201, {"data": _post(record, frozenset())})

    def read(self, request: Request, post_id: str) -> Answer:
        wish = wish_of(request)
        if post_id not in self._made:
            return _json(200, {"errors": [not_found("id", post_id) | {"code": 50}]})
        includes: dict[str, object] = {"includes": {}} if wish.expansions else {}
        return _json(200, {"data": _post(self._made[post_id], wish.post), **includes})

    def read_many(self, request: Request) -> Answer:
        wish = wish_of(request, "ids")
        ids = request.query.get("ids", [""])[0].split(",")
        found = [_post(self._made[one], wish.post) for one in ids if one in self._made]
        return _json(200, {"data": found, "meta": {"result_count": len(found)}})

    def listed(self, request: Request, account_id: str) -> Answer:
        wish = wish_of(request, "max_results", "since_id", "until_id", "start_time", "pagination_token", "exclude")
        if account_id != self.account_id:
            return _json(200, {"errors": [not_found("id", account_id, "user")]})
        query = {name: values[0] for name, values in request.query.items()}
        most, start = int(query.get("max_results", "10")), int(query.get("pagination_token", "0").rstrip("="))
        if not 5 <= most <= 100:
            raise invalid("max_results", [str(most)], "value must be between 5 and 100")
        # Ids are compared as text there.
        newest = [one for one in reversed(self._made.values()) if one.id > query.get("since_id", "")]
        page = [_post(one, wish.post) for one in newest[start : start + most]]
        more = {"next_token": f"{start + most}=="} if len(newest) > start + most else {}
        return _json(200, {"data": page, "meta": {"result_count": len(page), **more}})

    def me(self, request: Request) -> Answer:
        asked = wish_of(request).user
        figures = {"followers_count": 0, "following_count": 0, "tweet_count": len(self._made), "listed_count": 0}
        more = {"public_metrics": figures, "verified": False, "verified_type": "none"}
        return _json(200, {"data": USER | {name: value for name, value in more.items() if name in asked}})

    def upload(self, request: Request) -> Answer:
        _body(request)
        return _json(201, {"data": self._new_media(86_400)})

    def begin_upload(self, request: Request) -> Answer:
        _body(request)
        return _json(200, {"data": self._new_media(3_600)})

    def append_to_upload(self, request: Request, media_id: str) -> Answer:
        _body(request)
        self._check_media(media_id)
        return Answer(status=204)

    def finalize_upload(self, request: Request, media_id: str) -> Answer:
        self._check_media(media_id)
        self._media[media_id] = 50
        return _json(200, {"data": self._medium(media_id, 3_600)})

    def upload_status(self, request: Request) -> Answer:
        media_id = request.query.get("media_id", [""])[0]
        self._check_media(media_id)
        percent = self._media[media_id]
        self._media[media_id] = None if percent is None or percent >= 100 else percent + 25
        return _json(200, {"data": self._medium(media_id, 3_600)})

    def describe_media(self, request: Request) -> Answer:
        media_id = _body(request).get("media_id")
        if not media_id:
            raise invalid("media_id", [""], "media_id field is required")
        if media_id not in self._media:
            return _json(200, {"errors": [not_found("id", media_id, "media")]})
        return _json(200, {"data": self._medium(media_id, 3_600)})

    def _new_id(self) -> str:
        self._next_id += 1
        return str(self._next_id - 1)

    def _new_media(self, seconds: int) -> dict[str, object]:
        media_id = self._new_id()
        self._media[media_id] = None
        return self._medium(media_id, seconds)

    def _medium(self, media_id: str, seconds: int) -> dict[str, object]:
        percent = self._media[media_id]
        info = {"state": "processing", "check_after_secs": 1, "progress_percent": percent}
        told = {"id": media_id, "media_key": f"1795_{media_id}", "expires_after_secs": seconds}
        return told | ({} if percent is None else {"processing_info": info})

    def _check_media(self, media_id: str) -> None:
        if media_id not in self._media:
            raise bad_media("Not found")


def _body(request: Request) -> dict[str, Any]:
    """JSON, whatever its Content-Type says."""
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise invalid("requestBody", [], "invalid JSON") from error
    return body if isinstance(body, dict) else {}


def _post(record: StatusRecord, asked: frozenset[str]) -> dict[str, object]:
    # Letters that do not print are dropped, a joiner of emoji and a space that does not break among them.
    text = "".join(sign for sign in html.escape(record.text) if sign in "\n\t" or sign.isprintable())
    text = text.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    links = [{"start": one.start(), "end": one.end(), "url": one[0]} for one in _LINK.finditer(text)]
    more = {
        "author_id": USER["id"],
        "conversation_id": record.id,
        "created_at": stamp(record.created_at),
        "public_metrics": dict.fromkeys(_FIGURES, 0),
        "entities": {"urls": links} if links else None,
    }
    told: dict[str, object] = {"id": record.id, "text": text, "edit_history_tweet_ids": [record.id]}
    return told | {name: value for name, value in more.items() if name in asked and value is not None}


def _json(status: int, value: Mapping[str, object]) -> Answer:
    reset = int((datetime.now(UTC) + timedelta(minutes=15)).timestamp())
    headers = (
        ("Content-Type", "application/json"),
        # It says so whether one may write or not, and whatever is left.
        ("x-access-level", "read"),
        ("x-rate-limit-limit", "15"),
        ("x-rate-limit-remaining", "14"),
        ("x-rate-limit-reset", str(reset)),
    )
    return Answer(status=status, headers=headers, body=json.dumps(value, indent=2).encode())


# How often in 15 minutes, by what it knows; everything else 15 times.
_LIMITS = {
    "POST /2/tweets": 300,
    "GET /2/tweets.*": 300,
    "GET /2/users/me": 75,
    "GET /2/users.*": 75,
    "POST /2/media/upload.*": 1000,
    "GET /2/media/upload": 15,
    ".*": 15,
}
_ROUTES: dict[str, Callable[..., Answer]] = {
    "POST /2/tweets": XPlayground.create,
    "GET /2/tweets": XPlayground.read_many,
    "GET /2/tweets/([^/]+)": XPlayground.read,
    "GET /2/users/me": XPlayground.me,
    "GET /2/users/([^/]+)/tweets": XPlayground.listed,
    "POST /2/media/upload": XPlayground.upload,
    "GET /2/media/upload": XPlayground.upload_status,
    "POST /2/media/upload/initialize": XPlayground.begin_upload,
    "POST /2/media/upload/([^/]+)/append": XPlayground.append_to_upload,
    "POST /2/media/upload/([^/]+)/finalize": XPlayground.finalize_upload,
    "POST /2/media/metadata": XPlayground.describe_media,
}
