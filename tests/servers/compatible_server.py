"""A strict Mastodon-compatible server in memory, in the manner of GoToSocial.

Ids are ULIDs, validation errors are 400, the Idempotency-Key is ignored, length is counted in code points with
links in full, and a status may be invisible for a while or never exist at all although the answer was 200.

    with CompatibleServer() as server:
        publish(to=server.url, token=server.token)
    assert server.threads() == [["one", "two", "three"]]
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import TracebackType

from tests.servers import api_values
from tests.servers.api_input import ServerLimits, Wrong, count, flag, status_form
from tests.servers.loopback import Answer, LoopbackServer, Request
from tests.servers.records import StatusRecord, threads
from tests.servers.timeline import Timeline

_MOST_PER_PAGE = 40
_UNKNOWN_FILTERS = ("exclude_replies", "only_media", "pinned")
_WINDOW = timedelta(minutes=5)


class CompatibleServer:
    """One account on one server; ``statuses`` and ``threads()`` are the truth, ``history`` what it was asked.

    ``visible_after`` (seconds) delays reads. ``honour_idempotency`` gives Mastodon's semantics instead: the key is
    stored after saving, texts are not compared, and a repeat is answered with ``repeat_answer`` (200, or 500 for the
    defect of 2026). After ``requests_allowed`` requests it answers 429.
    """

    def __init__(
        self,
        *,
        token: str = "compatible-token",
        limits: ServerLimits | None = None,
        visible_after: float = 0.0,
        honour_idempotency: bool = False,
        repeat_answer: int = 200,
        requests_allowed: int = 10_000,
    ) -> None:
        self.token = token
        self._limits = limits or ServerLimits()
        self._timeline = Timeline(visible_after)
        self.account_id = self._timeline.new_id()
        self._keys: dict[str, str] | None = {} if honour_idempotency else None
        self._repeat_answer = repeat_answer
        self._allowed = requests_allowed
        self._vanishing = 0
        self._history: list[Request] = []
        self._lock = threading.Lock()
        self._server = LoopbackServer(self._respond)
        self.url = self._server.url

    def __enter__(self) -> CompatibleServer:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    @property
    def statuses(self) -> list[StatusRecord]:
        """Every status that was ever made here, oldest first, the deleted ones too."""
        return self._timeline.records

    def threads(self) -> list[list[str]]:
        """The texts that stand, thread by thread in reply order."""
        return threads(self.statuses)

    @property
    def history(self) -> tuple[Request, ...]:
        with self._lock:
            return tuple(self._history)

    def delete(self, status_id: str) -> None:
        """Deletes a status as its owner would in a web browser. Raises KeyError for an unknown id."""
        self._timeline.delete(status_id)

    def set_token(self, token: str) -> None:
        """From now on only this token is valid."""
        self.token = token

    def set_limits(self, limits: ServerLimits) -> None:
        self._limits = limits

    def set_visible_after(self, seconds: float) -> None:
        self._timeline.visible_after = seconds

    def vanish_next(self, times: int = 1) -> None:
        """The next statuses are accepted with 200 and an id, and dropped."""
        with self._lock:
            self._vanishing += times

    def _respond(self, request: Request) -> Answer:
        with self._lock:
            self._history.append(request)
            left = self._allowed - len(self._history)
        try:
            if left < 0:
                raise Wrong(429, "rate limit reached")
            answer = self._routed(request)
        except Wrong as wrong:
            answer = _json({"error": wrong.message}, status=wrong.status)
        # Epoch seconds, as some servers say it; Mastodon itself says ISO 8601.
        reset = int((datetime.now(UTC) + _WINDOW).timestamp())
        limits = {"Limit": self._allowed, "Remaining": max(left, 0), "Reset": reset}
        headers = tuple((f"X-RateLimit-{name}", str(value)) for name, value in limits.items())
        return replace(answer, headers=(*answer.headers, *headers))

    def _routed(self, request: Request) -> Answer:
        found = [(route, match) for route in _ROUTES if (match := re.fullmatch(route.path, request.path))]
        if not found:
            raise Wrong(404, "Not Found: no such endpoint")
        chosen = next(((route, match) for route, match in found if route.method == request.method), None)
        if chosen is None:
            raise Wrong(405, "Method Not Allowed")
        route, match = chosen
        if route.private:
            self._check_token(request)
        return route.verb(self, request, *match.groups())

    def _check_token(self, request: Request) -> None:
        if request.header("Authorization") != f"Bearer {self.token}":
            raise Wrong(401, "Unauthorized: the access token is missing, expired or was revoked")

    def instance_v1(self, request: Request) -> Answer:
        return _json(api_values.instance_v1(self.url, self._limits))

    def instance_v2(self, request: Request) -> Answer:
        return _json(api_values.instance_v2(self.url, self._limits))

    def account(self, request: Request, account_id: str) -> Answer:
        if account_id not in ("verify_credentials", self.account_id):
            raise Wrong(404, "Not Found: no such account")
        return _json(self._account())

    def create(self, request: Request) -> Answer:
        key = request.header("Idempotency-Key")
        if self._keys is not None and key in self._keys:
            return self._repeated(self._keys[key])
        form = status_form(request, self._limits)
        if form.in_reply_to_id and not self._timeline.has(form.in_reply_to_id):
            raise Wrong(404, "Not Found: the status that this one replies to does not exist")
        record = form.record(self._timeline.new_id(), key)
        if not self._vanishes():
            self._timeline.keep(record)
        if self._keys is not None and key:
            self._keys[key] = record.id
        return self._status(record)

    def read(self, request: Request, status_id: str) -> Answer:
        return self._status(self._found(status_id))

    def source(self, request: Request, status_id: str) -> Answer:
        record = self._found(status_id)
        return _json({"id": record.id, "text": record.text, "spoiler_text": record.spoiler_text})

    def remove(self, request: Request, status_id: str) -> Answer:
        record = self._found(status_id)
        self._timeline.delete(record.id)
        return _json(api_values.status(record, self._account(), self.url) | {"text": record.text})

    def listed(self, request: Request, account_id: str) -> Answer:
        if account_id != self.account_id:
            raise Wrong(404, "Not Found: no such account")
        limit = min(count(request, "limit", default=20), _MOST_PER_PAGE)
        flag(request, "exclude_reblogs")  # there are none here, but nonsense is refused
        if asked := [name for name in _UNKNOWN_FILTERS if flag(request, name)]:
            raise Wrong(400, f"Bad Request: {asked[0]} is not supported here")
        cursors = {name: request.query.get(name, [""])[0] for name in ("max_id", "since_id", "min_id")}
        page = self._timeline.page(limit=limit, **cursors)
        values = [api_values.status(record, self._account(), self.url) for record in page]
        if not page:
            return _json(values)
        here = f"http://{request.header('Host')}{request.path}?limit={limit}"
        older, newer = f"{here}&max_id={page[-1].id}", f"{here}&min_id={page[0].id}"
        return _json(values, ("Link", f'<{older}>; rel="next", <{newer}>; rel="prev"'))

    def _vanishes(self) -> bool:
        with self._lock:
            vanishes = self._vanishing > 0
            self._vanishing -= vanishes
        return vanishes

    def _repeated(self, status_id: str) -> Answer:
        """What Mastodon says to a key it knows: the old status, an error because of it, or 404 when it was deleted."""
        if self._repeat_answer != 200:
            raise Wrong(self._repeat_answer, "Something went wrong on the server's end.")
        return self._status(self._found(status_id))

    def _found(self, status_id: str) -> StatusRecord:
        record = self._timeline.get(status_id)
        if record is None:
            raise Wrong(404, "Not Found: no such status")
        return record

    def _status(self, record: StatusRecord) -> Answer:
        return _json(api_values.status(record, self._account(), self.url))

    def _account(self) -> dict[str, object]:
        return api_values.account(self.account_id, self.url)


@dataclass(frozen=True)
class _Route:
    method: str
    path: str
    verb: Callable[..., Answer]
    private: bool = True


_ROUTES = (
    _Route("GET", "/api/v1/instance", CompatibleServer.instance_v1, private=False),
    _Route("GET", "/api/v2/instance", CompatibleServer.instance_v2, private=False),
    _Route("GET", "/api/v1/accounts/([^/]+)", CompatibleServer.account),
    _Route("GET", "/api/v1/accounts/([^/]+)/statuses", CompatibleServer.listed),
    _Route("POST", "/api/v1/statuses", CompatibleServer.create),
    _Route("GET", "/api/v1/statuses/([^/]+)", CompatibleServer.read),
    _Route("DELETE", "/api/v1/statuses/([^/]+)", CompatibleServer.remove),
    _Route("GET", "/api/v1/statuses/([^/]+)/source", CompatibleServer.source),
)


def _json(value: object, *headers: tuple[str, str], status: int = 200) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status=status, headers=(("Content-Type", "application/json; charset=utf-8"), *headers), body=body)
