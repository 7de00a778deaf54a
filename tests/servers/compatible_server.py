"""A strict Mastodon-compatible server in memory, in the manner of GoToSocial.

Ids are ULIDs, validation errors are 400, the Idempotency-Key is ignored, length is counted in code points with
links in full, and a status may be invisible for a while or never exist at all although the answer was 200. What only
some servers can do is switched on by name (``MASTODON`` has all of it):

    batch       reads up to 20 statuses at once
    media v2    uploads that are processed after the answer
    hides used  an upload that was attached to a status is not found any more
    discovery   ``/.well-known/oauth-authorization-server``
    app scopes  ``/api/v1/apps/verify_credentials`` says what a token may do
    edits       statuses can be changed

    with CompatibleServer() as server:
        publish(to=server.url, token=server.token)
    assert server.threads() == [["one", "two", "three"]]
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from contentkit.testing.loopback import Answer, Request
from tests.servers import api_values
from tests.servers.api_input import ServerLimits, Wrong, count, descriptions, flag, form_values, status_form
from tests.servers.api_media import MediaShelf
from tests.servers.api_oauth import SCOPES, SignInDesk, allows
from tests.servers.neighbours import Neighbours, NeighbourStatus
from tests.servers.records import MediaRecord, StatusRecord, threads
from tests.servers.served import Served
from tests.servers.timeline import Timeline

GOTOSOCIAL = frozenset({"media v2", "edits"})
MASTODON = frozenset({"batch", "media v2", "hides used", "discovery", "app scopes", "edits"})
_MOST_PER_PAGE = 40
_MOST_AT_ONCE = 20
_MOST_NOTIFICATIONS = 80
_UNKNOWN_FILTERS = ("exclude_replies", "only_media", "pinned")
_WINDOW = timedelta(minutes=5)


class CompatibleServer(Served):
    """One account on one server; ``statuses``, ``media`` and ``threads()`` are the truth, ``history`` what it was asked.

    ``visible_after`` (seconds) delays reads. ``honour_idempotency`` gives Mastodon's semantics instead: the key is
    stored after saving, texts are not compared, and a repeat is answered with ``repeat_answer`` (200, or 500 for the
    defect of 2026). After ``requests_allowed`` requests it answers 429. ``speaks`` names what it can do besides.
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
        speaks: Collection[str] = GOTOSOCIAL,
    ) -> None:
        self.token = token
        self._limits = limits or ServerLimits()
        self._timeline = Timeline(visible_after)
        self.account_id = self._timeline.new_id()
        self.shelf = MediaShelf(self._timeline.new_id)
        self._neighbours = Neighbours(self._timeline.new_id)
        self.desk = SignInDesk()
        self._speaks = frozenset(speaks)
        self._scopes = frozenset(SCOPES)
        self._audience = api_values.Audience()
        self._keys: dict[str, str] | None = {} if honour_idempotency else None
        self._repeat_answer = repeat_answer
        self._allowed = requests_allowed
        self._vanishing = 0
        self._losing_pictures = 0
        self._history: list[Request] = []
        self._lock = threading.Lock()
        super().__init__()

    @property
    def statuses(self) -> list[StatusRecord]:
        """Every status that was ever made here, oldest first, the deleted ones too."""
        return self._timeline.records

    @property
    def media(self) -> list[MediaRecord]:
        """Every upload, oldest first, whether a status uses it or not."""
        return self.shelf.records

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

    def mention(
        self,
        text: str,
        *,
        by: str = "ana",
        name: str = "",
        parent: str = "",
        visibility: str = "public",
        warning: str = "",
        at: datetime | None = None,
    ) -> str:
        """Somebody else writes a status that mentions our account; its id. ``parent`` is what they reply to."""
        return self._neighbours.write(
            text, by=by, name=name, parent=parent, visibility=visibility, warning=warning, at=at
        ).id

    def edit_mention(self, status_id: str, text: str) -> None:
        """Its author gives it other words."""
        self._neighbours.edit(status_id, text)

    def delete_mention(self, status_id: str) -> None:
        self._neighbours.delete(status_id)

    def reply_by_hand(self, parent: str, text: str = "@ana Thank you!") -> str:
        """Our account answers somebody in a web browser; the id of the answer."""
        new_id = self._timeline.new_id()
        self._timeline.keep(StatusRecord(id=new_id, text=text, created_at=datetime.now(UTC), in_reply_to_id=parent))
        return new_id

    def edit(self, status_id: str, text: str) -> None:
        """Somebody gives a status other words by hand."""
        self._timeline.edit(replace(self._kept(status_id), text=text))

    def forget(self) -> None:
        """Nothing was ever published, uploaded or asked here; the account stays."""
        with self._lock:
            self._timeline = Timeline(self._timeline.visible_after)
            self.shelf = MediaShelf(self._timeline.new_id)
            self._neighbours = Neighbours(self._timeline.new_id)
            self._history = []
            self._keys = None if self._keys is None else {}

    def set_token(self, token: str) -> None:
        """From now on this token is valid instead of the one of before."""
        self.token = token

    def set_scopes(self, *scopes: str) -> None:
        """What ``token`` may do from now on."""
        self._scopes = frozenset(scopes)

    def approve(self, url: str) -> str:
        """The code that the person who is logged in gets to see at this address. Raises Wrong where there is none."""
        place = urlsplit(url)
        if (f"{place.scheme}://{place.netloc}", place.path) != (self.url, "/oauth/authorize"):
            raise Wrong(404, "Not Found: nothing to approve at this address")
        return self.desk.approve(dict(parse_qsl(place.query, keep_blank_values=True)))

    def set_processing(self, polls: int) -> None:
        """From now on an upload says so many times that it is still being processed."""
        self.shelf.polls = polls

    def fail_processing_next(self, times: int = 1) -> None:
        """The next uploads are accepted with 202, and fail afterwards."""
        self.shelf.fail_next(times)

    def lose_pictures_next(self, times: int = 1) -> None:
        """The next statuses are published without their pictures."""
        with self._lock:
            self._losing_pictures += times

    def engage(self, status_id: str, **counts: int) -> None:
        """Sets ``replies`` (of strangers), ``reblogs``, ``favourites``, ``quotes``. Raises KeyError for an unknown id."""
        self._timeline.count(status_id, **counts)

    def set_audience(self, *, followers: int, following: int) -> None:
        self._audience = api_values.Audience(followers=followers, following=following)

    def set_limits(self, limits: ServerLimits) -> None:
        self._limits = limits

    def set_visible_after(self, seconds: float) -> None:
        self._timeline.visible_after = seconds

    def set_stale_reads(self, times: int) -> None:
        """So many reads after a change or a deletion still show what was before."""
        self._timeline.stale_reads = times

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
        known = [route for route in _ROUTES if not route.feature or route.feature in self._speaks]
        found = [(route, match) for route in known if (match := re.fullmatch(route.path, request.path))]
        if not found:
            raise Wrong(404, "Not Found: no such endpoint")
        chosen = next(((route, match) for route, match in found if route.method == request.method), None)
        if chosen is None:
            raise Wrong(405, "Method Not Allowed")
        route, match = chosen
        if route.scope:
            self._check_token(request, route.scope)
        return route.verb(self, request, *match.groups())

    def _check_token(self, request: Request, scope: str) -> None:
        if not allows(self._granted(request), scope):
            raise Wrong(403, "This action is outside the authorized scopes")

    def _granted(self, request: Request) -> frozenset[str]:
        kind, _, token = request.header("Authorization").partition(" ")
        granted = self._scopes if token == self.token else self.desk.tokens.get(token)
        if kind != "Bearer" or granted is None:
            raise Wrong(401, "Unauthorized: the access token is missing, expired or was revoked")
        return granted

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
        if form.in_reply_to_id and not self._exists(form.in_reply_to_id):
            raise Wrong(404, "Not Found: the status that this one replies to does not exist")
        new_id = self._timeline.new_id()
        media = self.shelf.attach(form.media_ids, new_id, self._limits)
        record = form.record(new_id, key, () if self._loses_pictures() else media)
        if not self._vanishes():
            self._timeline.keep(record)
        if self._keys is not None and key:
            self._keys[key] = record.id
        return self._status(record)

    def read(self, request: Request, status_id: str) -> Answer:
        if theirs := self._neighbours.get(status_id):
            return _json(api_values.neighbour_status(theirs, self.url))
        return self._status(self._found(status_id))

    def notifications(self, request: Request) -> Answer:
        """Nothing but mentions: nobody here does anything else that is told."""
        kinds = request.query.get("types[]", ["mention"])
        limit = min(count(request, "limit", default=40), _MOST_NOTIFICATIONS)
        cursors = {name: request.query.get(name, [""])[0] for name in ("max_id", "since_id", "min_id")}
        page: list[NeighbourStatus] = []
        if "mention" in kinds:
            page = self._neighbours.notified(limit=limit, **cursors)
        return _json([api_values.notification(one, self.url) for one in page])

    def read_many(self, request: Request) -> Answer:
        ids = request.query.get("id[]", [])
        if len(ids) > _MOST_AT_ONCE:
            raise Wrong(422, f"Validation failed: {_MOST_AT_ONCE} statuses at most")
        found = [record for one in ids if (record := self._timeline.get(one))]
        return _json([self._value(record) for record in found])

    def upload(self, request: Request, version: str) -> Answer:
        record = self.shelf.accept(request, self._limits, processing=version == "2")
        return _json(api_values.media(record, self.url), status=202 if record.polls_left else 200)

    def uploaded(self, request: Request, media_id: str) -> Answer:
        record = self.shelf.poll(media_id)
        if record.status_id and "hides used" in self._speaks:
            raise Wrong(404, "Record not found")
        return _json(api_values.media(record, self.url), status=206 if record.polls_left else 200)

    def discovery(self, request: Request) -> Answer:
        return _json(api_values.authorization_server(self.url, SCOPES))

    def register(self, request: Request) -> Answer:
        return _json(self.desk.register(form_values(request)))

    def application(self, request: Request) -> Answer:
        return _json({"name": "contentkit", "scopes": sorted(self._granted(request))})

    def authorize(self, request: Request) -> Answer:
        code = self.desk.approve({name: values[-1] for name, values in request.query.items()})
        page = f"<!DOCTYPE html><title>Authorization code</title><p>Copy this: <code>{code}</code></p>"
        return Answer(status=200, headers=(("Content-Type", "text/html; charset=utf-8"),), body=page.encode())

    def exchange(self, request: Request) -> Answer:
        return _json(self.desk.exchange(form_values(request)))

    def source(self, request: Request, status_id: str) -> Answer:
        record = self._found(status_id)
        return _json({"id": record.id, "text": record.text, "spoiler_text": record.spoiler_text})

    def change(self, request: Request, status_id: str) -> Answer:
        """Who may see it and what it replies to stay as they are; the pictures that are not named are taken off."""
        form, record = status_form(request, self._limits), self._kept(status_id)
        pictures = self.shelf.keep(record.pictures, form.media_ids, descriptions(request))
        changed = replace(
            record,
            text=form.text,
            spoiler_text=form.spoiler_text,
            language=form.language,
            pictures=pictures,
        )
        return self._status(self._timeline.edit(changed))

    def remove(self, request: Request, status_id: str) -> Answer:
        record = self._kept(status_id)
        self._timeline.delete(record.id)
        return _json(self._value(record) | {"text": record.text})

    def listed(self, request: Request, account_id: str) -> Answer:
        if account_id != self.account_id:
            raise Wrong(404, "Not Found: no such account")
        limit = min(count(request, "limit", default=20), _MOST_PER_PAGE)
        flag(request, "exclude_reblogs")  # there are none here, but nonsense is refused
        if asked := [name for name in _UNKNOWN_FILTERS if flag(request, name)]:
            raise Wrong(400, f"Bad Request: {asked[0]} is not supported here")
        cursors = {name: request.query.get(name, [""])[0] for name in ("max_id", "since_id", "min_id")}
        page = self._timeline.page(limit=limit, **cursors)
        values = [self._value(record) for record in page]
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

    def _loses_pictures(self) -> bool:
        with self._lock:
            loses = self._losing_pictures > 0
            self._losing_pictures -= loses
        return loses

    def _repeated(self, status_id: str) -> Answer:
        """What Mastodon says to a key it knows: the old status, an error because of it, or 404 when it was deleted."""
        if self._repeat_answer != 200:
            raise Wrong(self._repeat_answer, "Something went wrong on the server's end.")
        return self._status(self._found(status_id))

    def _exists(self, status_id: str) -> bool:
        return self._timeline.has(status_id) or self._neighbours.get(status_id) is not None

    def _found(self, status_id: str) -> StatusRecord:
        record = self._timeline.get(status_id)
        if record is None:
            raise Wrong(404, "Not Found: no such status")
        return record

    def _kept(self, status_id: str) -> StatusRecord:
        """The status as it really is, whether it can be seen by now or not."""
        if not self._timeline.has(status_id):
            raise Wrong(404, "Not Found: no such status")
        return next(record for record in self.statuses if record.id == status_id)

    def _status(self, record: StatusRecord) -> Answer:
        return _json(self._value(record))

    def _value(self, record: StatusRecord) -> dict[str, object]:
        own = sum(1 for other in self.statuses if other.in_reply_to_id == record.id and not other.deleted)
        return api_values.status(record, self._account(), self.url, own)

    def _account(self) -> dict[str, object]:
        living = sum(1 for record in self.statuses if not record.deleted)
        return api_values.account(self.account_id, self.url, replace(self._audience, statuses=living))


@dataclass(frozen=True)
class _Route:
    """What answers a path, what a token needs for it (empty: no token), and the feature without which it does not exist."""

    method: str
    path: str
    verb: Callable[..., Answer]
    scope: str = ""
    feature: str = ""


_ROUTES = (
    _Route("GET", "/.well-known/oauth-authorization-server", CompatibleServer.discovery, feature="discovery"),
    _Route("POST", "/api/v1/apps", CompatibleServer.register),
    _Route("GET", "/api/v1/apps/verify_credentials", CompatibleServer.application, feature="app scopes"),
    _Route("GET", "/oauth/authorize", CompatibleServer.authorize),
    _Route("POST", "/oauth/token", CompatibleServer.exchange),
    _Route("GET", "/api/v1/instance", CompatibleServer.instance_v1),
    _Route("GET", "/api/v2/instance", CompatibleServer.instance_v2),
    _Route("GET", "/api/v1/accounts/([^/]+)", CompatibleServer.account, "read:accounts"),
    _Route("GET", "/api/v1/accounts/([^/]+)/statuses", CompatibleServer.listed, "read:statuses"),
    _Route("POST", "/api/v(1)/media", CompatibleServer.upload, "write:media"),
    _Route("POST", "/api/v(2)/media", CompatibleServer.upload, "write:media", "media v2"),
    _Route("GET", "/api/v1/media/([^/]+)", CompatibleServer.uploaded, "write:media"),
    _Route("GET", "/api/v1/notifications", CompatibleServer.notifications, "read:notifications"),
    _Route("POST", "/api/v1/statuses", CompatibleServer.create, "write:statuses"),
    _Route("GET", "/api/v1/statuses", CompatibleServer.read_many, "read:statuses", "batch"),
    _Route("GET", "/api/v1/statuses/([^/]+)", CompatibleServer.read, "read:statuses"),
    _Route("PUT", "/api/v1/statuses/([^/]+)", CompatibleServer.change, "write:statuses", "edits"),
    _Route("DELETE", "/api/v1/statuses/([^/]+)", CompatibleServer.remove, "write:statuses"),
    _Route("GET", "/api/v1/statuses/([^/]+)/source", CompatibleServer.source, "read:statuses"),
)


def _json(value: object, *headers: tuple[str, str], status: int = 200) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status=status, headers=(("Content-Type", "application/json; charset=utf-8"), *headers), body=body)
