"""A server that nobody has seen before: it speaks Mastodon's API in one of many dialects, and keeps a ledger of the truth.

with Stranger(draw(seed=7)) as server:
    publish(to=server.url, token=server.token)
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

from contentkit.testing.loopback import Answer, Request
from tests.servers.api_input import form_values
from tests.servers.dialects import Dialect, content, kept, new_ids
from tests.servers.served import Served

_JSON = ("Content-Type", "application/json; charset=utf-8")
_ME = "stranger"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One status as the server has it: ``text`` is what was sent, ``made`` when, by the test's clock."""

    id: str
    text: str
    made: float
    in_reply_to_id: str | None = None
    deleted: bool = False


class _Wrong(Exception):
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Stranger(Served):
    """One account in one dialect; ``statuses`` is the ledger, oldest first. ``seconds`` tells the time, from 0 on."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.token = "stranger-token"
        self.seconds: Callable[[], float] = lambda: 0.0
        self._new_id = new_ids(dialect)
        self._kept: list[Kept] = []
        self._reads = 0
        self._lock = threading.RLock()
        super().__init__()
        self._keep("Pinned since last year.", None, at=-1e6)
        self._keep("Something older.", None, at=-1e5)

    @property
    def statuses(self) -> list[Kept]:
        """What was made through the API, oldest first."""
        with self._lock:
            return [one for one in self._kept if one.made >= 0]

    def _keep(self, text: str, parent: str | None, *, at: float) -> Kept:
        record = Kept(id=self._new_id(), text=text, made=at, in_reply_to_id=parent)
        self._kept.append(record)
        return record

    def _respond(self, request: Request) -> Answer:
        with self._lock:
            try:
                answer = self._routed(request)
            except _Wrong as wrong:
                answer = self._refusal(wrong)
        headers = (*answer.headers, *self._rates())
        if self.dialect.odd_names:
            headers = tuple((name.swapcase(), value) for name, value in headers)
        return replace(answer, headers=headers)

    def _routed(self, request: Request) -> Answer:
        if request.header("Authorization") != f"Bearer {self.token}":
            raise _Wrong(401, "who are you?")
        path = request.path.removeprefix("/api/v1/")
        parts = [unquote(part) for part in path.split("/")]
        match request.method, parts:
            case "GET", ["accounts", "verify_credentials"]:
                return self._json({"id": self._shown_id(_ME), "acct": _ME, "username": _ME})
            case "GET", ["accounts", _, "statuses"]:
                return self._listed(request)
            case "POST", ["statuses"]:
                return self._created(request)
            case "GET", ["statuses", one]:
                return self._json(self._value(self._found(one)))
            case "GET", ["statuses", one, "source"]:
                return self._source(self._found(one))
        raise _Wrong(404, "no such endpoint")

    def _created(self, request: Request) -> Answer:
        form = form_values(request)
        text, parent = form.get("status", ""), form.get("in_reply_to_id")
        if not text:
            raise _Wrong(422, "a status needs words")
        if parent and not any(one.id == parent for one in self._kept):
            raise _Wrong(404, "there is no such status to reply to")
        record = self._keep(text, parent, at=self.seconds())
        value = self._value(record)
        match self.dialect.created:
            case "no id":
                value = {name: told for name, told in value.items() if name != "id"}
            case "bare":
                value = {"id": value["id"]}
            case "list":
                return self._json([value], status=self.dialect.status_code)
        return self._json(value, status=self.dialect.status_code)

    def _listed(self, request: Request) -> Answer:
        query = {name: values[-1] for name, values in request.query.items()}
        found = [one for one in reversed(self._visible()) if not self._left_out(one, query)]
        if self.dialect.listing != "one page":
            found = self._older(found, query)
        page = found[: min(self.dialect.per_page, int(query.get("limit", "20")))]
        values = [self._value(one, alone=False) for one in page]
        if self.dialect.boosts and page:
            boosted = {**self._value(self._kept[0]), "account": {"id": "somebody"}}
            values.insert(1, {"id": f"boost-{page[0].id}", "content": "", "reblog": boosted})
        if self.dialect.pinned and not query.get("max_id"):
            values.insert(0, {**self._value(self._kept[0]), "pinned": True})
        if not page or self.dialect.listing == "one page":
            return self._json(values)
        cursor = f"c{self._kept.index(page[-1])}" if self.dialect.listing == "cursor" else quote(page[-1].id, safe="")
        older = f"http://{request.header('Host')}{request.path}?max_id={cursor}"
        return self._json(values, ("Link", f'<{older}>; rel="next"'))

    def _older(self, found: list[Kept], query: dict[str, str]) -> list[Kept]:
        """What comes after the cursor, as this dialect understands one; a cursor that it did not give itself is nothing to it."""
        before = query.get("max_id", "")
        if self.dialect.listing == "cursor":
            at = int(before[1:]) if before[:1] == "c" and before[1:].isdecimal() else len(self._kept)
            return [one for one in found if self._kept.index(one) < at]
        place = next((place for place, one in enumerate(found) if one.id == before), None)
        if not before or place is None:
            return [] if before else found
        return found[place:] if self.dialect.listing == "inclusive" else found[place + 1 :]

    def _left_out(self, record: Kept, query: dict[str, str]) -> bool:
        asked = query.get("exclude_replies", "true" if self.dialect.replies_on_request else "false")
        return asked != "false" and record.in_reply_to_id is not None

    def _visible(self) -> list[Kept]:
        """Oldest first; of two replicas, each answers every other request."""
        self._reads += 1
        lag = self.dialect.replica_lag if self._reads % 2 else 0
        return [one for one in self._kept if one.made + max(self.dialect.lag, lag) <= self.seconds()]

    def _found(self, status_id: str) -> Kept:
        found = next((one for one in self._visible() if one.id == status_id), None)
        if found is None:
            raise _Wrong(404, "no such status")
        return found

    def _source(self, record: Kept) -> Answer:
        if self.dialect.source == "page":
            return Answer(status=200, headers=(("Content-Type", "text/html"),), body=b"<h1>Not here</h1>")
        if self.dialect.source != "yes":
            raise _Wrong(int(self.dialect.source), "not for you")
        return self._json({"id": self._shown_id(record.id), "text": record.text})

    def _value(self, record: Kept, *, alone: bool = True) -> dict[str, object]:
        parent = record.in_reply_to_id
        value: dict[str, object] = {
            "id": self._shown_id(record.id),
            "uri": f"{self.url}/objects/{record.id}",
            "content": content(self.dialect, kept(self.dialect, record.text), self.url),
            "created_at": self._moment(record),
            "account": {"id": self._shown_id(_ME)},
            "visibility": "public",
        }
        match self.dialect.parents:
            case "text":
                value["in_reply_to_id"] = parent
            case "number":
                value["in_reply_to_id"] = int(parent) if parent and parent.isdecimal() else parent
            case "alone":
                value["in_reply_to_id"] = parent if alone else None
            case "null":
                value["in_reply_to_id"] = None
        return value

    def _moment(self, record: Kept) -> str:
        made = datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(seconds=record.made)
        return made.replace(tzinfo=None).isoformat() if self.dialect.undated else made.isoformat()

    def _shown_id(self, one: str) -> object:
        return int(one) if self.dialect.number_ids and one.isdecimal() else one

    def _refusal(self, wrong: _Wrong) -> Answer:
        words = str(wrong)
        match self.dialect.errors:
            case "plain":
                return Answer(status=wrong.status, headers=(("Content-Type", "text/plain"),), body=words.encode())
            case "page":
                return Answer(status=wrong.status, headers=(("Content-Type", "text/html"),), body=b"<h1>No</h1>")
            case "object":
                return self._json({"error": {"code": "NO", "message": words}}, status=wrong.status)
            case "detail":
                return self._json({"detail": words}, status=wrong.status)
        return self._json({"error": words}, status=wrong.status)

    def _rates(self) -> tuple[tuple[str, str], ...]:
        now = datetime.now(UTC)
        left, reset = {
            "none": ("", ""),
            "iso": ("200", (now + timedelta(minutes=5)).isoformat()),
            "epoch": ("200", str(int(now.timestamp()) + 300)),
            "past": ("0", (now - timedelta(days=1)).isoformat()),
            "zero": ("0", "0"),
            "odd": ("plenty", "soon"),
            "draft": ("200", "300"),
        }[self.dialect.rates]
        if not left:
            return ()
        prefix = "RateLimit" if self.dialect.rates == "draft" else "X-RateLimit"
        return ((f"{prefix}-Limit", "300"), (f"{prefix}-Remaining", left), (f"{prefix}-Reset", reset))

    def _json(self, value: object, *headers: tuple[str, str], status: int = 200) -> Answer:
        return Answer(status=status, headers=(_JSON, *headers), body=json.dumps(value).encode())
