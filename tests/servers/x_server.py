"""A strict server that speaks the X API v2 in memory: posts, reads, figures, credits, limits, pictures.

    with XServer() as server:
        publish(to=server.url, secrets=server.keys.as_secrets())
    assert server.threads() == [["one", "two", "three"]]

Where its behaviour comes from:

* X's documentation (docs.x.com, August 2026) and its openapi.json: paths, parameters, fields and their bounds,
  default fields, ``errors`` beside ``data``, ``meta``, the steps of an upload, prices, rate limits, the rule for
  replies, the limit of cashtags, figures of the last 30 days.
* X's own simulator (xdevplatform/playground): the JSON of 400, 401, 403 and 404, and 200 for what is not there.
* Reports of people who saw it: the words for duplicates, replies that are not allowed, parents that cannot be seen
  yet, media ids that are wrong, texts that are too long, and 402.
* Inferred: positions of entities count the text as it comes back; a long post's ``text`` ends with an ellipsis; a
  bare domain comes back with ``http://``; the words for quotes and for a second cashtag; that duplicates are
  compared letter for letter; that a refused request costs nothing.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from contentkit.testing.loopback import Answer, Request
from tests.servers import x_values
from tests.servers.records import threads
from tests.servers.served import Served
from tests.servers.x_credits import Charge, Ledger, PriceList
from tests.servers.x_input import Create, Wish, count_of, create_of, ids_of, one_value, post_id_of, wish_of, words_of
from tests.servers.x_media import MediaRules, Upload, Uploads
from tests.servers.x_media_input import alt_text_of, beginning_of, one_shot_of, segment_of
from tests.servers.x_oauth import Gate, Keys
from tests.servers.x_problems import (
    DUPLICATE,
    INVISIBLE,
    UNINVITED,
    Problem,
    forbidden,
    invalid,
    no_such_page,
    not_found,
    read_only,
    too_many,
    unauthorized,
    unsupported_authentication,
    wrong_method,
)
from tests.servers.x_records import Ids, PostRecord, XAccount, XTimeline, is_young
from tests.servers.x_text import cashtags, has_link, mentions, weighted_length
from tests.servers.x_windows import DAY, QUARTER, Windows, XLimits, headers

LONG_POST = 25_000
_TOKEN = "7140dibdnow9c7btw"
_Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class XRules:
    """How this server behaves where X may behave in more than one way.

    ``hidden_reads`` and ``hidden_as_parent`` say how many reads will not see a new post, and how many replies will
    not find it. ``missing`` and ``denied`` say what becomes of posts that are not there and of figures that are not
    the reader's: an entry in ``errors``, or silence.
    """

    duplicate_window: timedelta = timedelta(hours=24)
    hidden_reads: int = 0
    hidden_as_parent: int = 0
    missing: Literal["listed", "silent"] = "listed"
    denied: Literal["listed", "silent"] = "listed"
    reads: Literal["full price", "owned"] = "full price"
    app: Literal["read and write", "read only"] = "read and write"


def creates_a_post(request: Request) -> bool:
    return request.method == "POST" and request.path == "/2/tweets"


class XServer(Served):
    """One account of X and its developer app; ``statuses`` and ``threads()`` are the truth, ``history`` what it was asked.

    ``credit`` in thousandths of a dollar; None is as much as needed. ``refusals`` are the reasons of every answer of
    400 and above.
    """

    def __init__(
        self,
        *,
        keys: Keys | None = None,
        rules: XRules | None = None,
        limits: XLimits | None = None,
        media: MediaRules | None = None,
        prices: PriceList | None = None,
        credit: int | None = None,
        subscription_type: str = "None",
    ) -> None:
        self.rules = rules or XRules()
        self._limits = limits or XLimits()
        self._gate = Gate(keys or Keys())
        self._ids = Ids()
        self._timeline = XTimeline()
        self._uploads = Uploads(media or MediaRules(), self._ids.next)
        self._windows = Windows()
        self._ahead = timedelta(0)
        self._history: list[Request] = []
        self._refusals: list[str] = []
        self._lock = threading.RLock()
        self.account = XAccount(
            id=self._ids.next(self.now), username="contentkit_x", name="contentkit", subscription_type=subscription_type
        )
        self._accounts = {self.account.id: self.account}
        self._ledger = Ledger(prices or PriceList(), credit, self.account.id)
        super().__init__()

    @property
    def now(self) -> datetime:
        """The server's clock, which ``pass_time`` moves; signatures are always checked by the real one."""
        return datetime.now(UTC) + self._ahead

    @property
    def keys(self) -> Keys:
        return self._gate.keys

    @property
    def account_id(self) -> str:
        return self.account.id

    @property
    def statuses(self) -> list[PostRecord]:
        """Every post that our account ever made here, oldest first, the deleted ones too."""
        with self._lock:
            return [record for record in self._timeline.records if record.author_id == self.account.id]

    def threads(self) -> list[list[str]]:
        """The texts of our account that stand, thread by thread in reply order."""
        return threads(self.statuses)

    @property
    def uploads(self) -> list[Upload]:
        """Every picture and film that was ever begun here, with its exact bytes, oldest first."""
        with self._lock:
            return self._uploads.all

    @property
    def history(self) -> tuple[Request, ...]:
        with self._lock:
            return tuple(self._history)

    @property
    def refusals(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._refusals)

    @property
    def charges(self) -> tuple[Charge, ...]:
        with self._lock:
            return tuple(self._ledger.charges)

    @property
    def spent(self) -> int:
        """The bill in thousandths of a dollar."""
        with self._lock:
            return self._ledger.spent

    def forget(self) -> None:
        """Nothing was ever published, uploaded, asked or billed here; the accounts stay."""
        with self._lock:
            self._timeline, self._windows = XTimeline(), Windows()
            self._uploads = Uploads(self._uploads.rules, self._ids.next)
            self._ledger = Ledger(self._ledger.prices, self._ledger.credit, self.account.id)
            self._history, self._refusals = [], []

    def set_keys(self, keys: Keys) -> None:
        """From now on only these keys are valid."""
        with self._lock:
            self._gate.keys = keys

    def set_rules(self, rules: XRules) -> None:
        with self._lock:
            self.rules = rules

    def set_limits(self, limits: XLimits) -> None:
        with self._lock:
            self._limits = limits

    def set_media(self, rules: MediaRules) -> None:
        with self._lock:
            self._uploads.rules = rules

    def set_credit(self, credit: int | None) -> None:
        """All that may ever be spent, in thousandths of a dollar."""
        with self._lock:
            self._ledger.credit = credit

    def set_account(self, account: XAccount) -> None:
        """Our account from now on, with other figures or another subscription; its id stays."""
        with self._lock:
            self.account = self._accounts[self.account.id] = replace(account, id=self.account.id)

    def pass_time(self, time: timedelta) -> None:
        with self._lock:
            self._ahead += time

    def delete(self, post_id: str) -> None:
        """Deletes a post as its author would in a web browser. Raises KeyError for an unknown id."""
        with self._lock:
            self._timeline.delete(post_id)

    def set_metrics(self, post_id: str, **metrics: int) -> None:
        """Figures by the API's names: ``like_count=3``. Raises KeyError for an unknown id or figure."""
        with self._lock:
            self._timeline.count(post_id, metrics)

    def add_account(self, username: str) -> XAccount:
        """Somebody else."""
        with self._lock:
            account = XAccount(id=self._ids.next(self.now), username=username, name=username.title())
            self._accounts[account.id] = account
            return account

    def add_post(self, text: str, *, author: XAccount | None = None, parent: str = "") -> str:
        """A post made in a web browser, by our account if not by somebody else; no rule or price applies. Its id."""
        with self._lock:
            record = self._new_record(Create(text=text, parent=parent), author or self.account)
            self._timeline.keep(record)
            return record.id

    def _respond(self, request: Request) -> Answer:
        with self._lock:
            self._history.append(request)
            limits: _Headers = ()
            try:
                route, groups = _routed(request)
                limits, left = self._counted(route)
                self._let_in(request, route, left)
                answer = route.verb(self, request, *groups)
            except Problem as problem:
                self._refusals.append(problem.reason)
                answer = _json(problem.body, status=problem.status)
            access = ("x-access-level", "read" if self.rules.app == "read only" else "read-write")
            return replace(answer, headers=(*answer.headers, *limits, access))

    def _counted(self, route: _Route) -> tuple[_Headers, int]:
        """The headers about all limits that this request counts for, and how many the scarcest has left."""
        limit = self._limits.of(route.name)
        left, reset = self._windows.take(route.name, limit, QUARTER, self.now)
        told = headers("x-rate-limit", limit, left, reset)
        if route.name != "POST /2/tweets":
            return told, left
        for whose, most in (("user", self._limits.per_user), ("app", self._limits.per_app)):
            of_day, end = self._windows.take(whose, most, DAY, self.now)
            told += headers(f"x-{whose}-limit-24hour", most, of_day, end)
            left = min(left, of_day)
        return told, left

    def _let_in(self, request: Request, route: _Route, left: int) -> None:
        if request.header("Authorization").lower().startswith("bearer "):
            raise unsupported_authentication()
        if fault := self._gate.fault(request):
            raise unauthorized(fault)
        if left < 0:
            raise too_many()
        if route.method != "GET" and self.rules.app == "read only":
            raise read_only()

    def create(self, request: Request) -> Answer:
        wanted = create_of(request)
        self._check_text(wanted)
        summoned = self._check_parent(wanted)
        self._uploads.check(wanted.media, self.now)
        window = self.now - self.rules.duplicate_window
        if wanted.text and self._timeline.same_text(self.account.id, wanted.text, window):
            raise forbidden(DUPLICATE)
        what = "create_with_link" if has_link(wanted.text) else "summoned_reply" if summoned else "create"
        self._ledger.check(self._ledger.price(what))
        record = self._new_record(wanted, self.account)
        self._timeline.keep(record, hidden_reads=self.rules.hidden_reads, hidden_as_parent=self.rules.hidden_as_parent)
        self._uploads.attach(wanted.media, record.id)
        self._ledger.charge(what, record.id)
        value = x_values.post(self._sight(record), Wish())
        return _json({"data": value}, status=201)

    def remove(self, request: Request, post_id: str) -> Answer:
        record = self._timeline.read(post_id_of("id", post_id))
        if record is None:
            return _json({"errors": [not_found("id", post_id)]})
        if record.author_id != self.account.id:
            raise forbidden("You are not authorized to delete this Tweet.")
        self._ledger.check(self._ledger.price("delete"))
        self._timeline.delete(post_id)
        self._ledger.charge("delete", post_id)
        return _json({"data": {"deleted": True}})

    def read(self, request: Request, post_id: str) -> Answer:
        wish = wish_of(request)
        record = self._timeline.read(post_id_of("id", post_id))
        if record is None:
            return _json({"errors": [not_found("id", post_id)]})
        answer = self._seen([record], wish, "id", "read_post")
        return _json({**answer, "data": answer["data"][0]})

    def read_many(self, request: Request) -> Answer:
        wish, ids = wish_of(request, "ids"), ids_of(request)
        found = {record.id: record for one in ids if (record := self._timeline.read(one))}
        answer = self._seen([found[one] for one in ids if one in found], wish, "ids", "read_post")
        missing = [not_found("ids", one) for one in ids if one not in found]
        if missing and self.rules.missing == "listed":
            answer["errors"] = [*answer.get("errors", []), *missing]
        return _json({name: value for name, value in answer.items() if value})

    def me(self, request: Request) -> Answer:
        wish = wish_of(request)
        self._ledger.charge_reads("read_user", [self.account.id], self.now)
        standing = sum(1 for record in self.statuses if not record.deleted)
        return _json({"data": x_values.user(self.account, standing, wish)})

    def listed(self, request: Request, account_id: str) -> Answer:
        times = ("start_time", "end_time")
        wish = wish_of(request, "max_results", "since_id", "until_id", *times, "pagination_token", "exclude")
        most = count_of(request, 5, 100, default=10)
        since, until = (self._cursor(request, name) for name in ("since_id", "until_id"))
        until = self._page_token(request) or until
        excluded = words_of(request, "exclude", ("retweets", "replies"))
        if post_id_of("id", account_id) not in self._accounts:
            return _json({"errors": [not_found("id", account_id, "user")]})
        found = self._timeline.of(account_id, since=since, until=until, without_replies_to_others="replies" in excluded)
        if start := request.query.get("start_time"):
            found = [record for record in found if record.created_at >= datetime.fromisoformat(start[0])]
        if end := request.query.get("end_time"):
            last = datetime.fromisoformat(end[0]) + timedelta(seconds=1)
            found = [record for record in found if record.created_at < last]
        owned = self.rules.reads == "owned" and account_id == self.account.id
        return self._paged(found, most, wish, "owned_read" if owned else "read_post")

    def _paged(self, found: Sequence[PostRecord], most: int, wish: Wish, price: str) -> Answer:
        """The first of these, and what asks for the rest."""
        page = found[:most]
        answer = self._seen(page, wish, "id", price)
        meta: dict[str, object] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if len(found) > most:
            meta["next_token"] = f"{_TOKEN}{page[-1].id}"
        return _json({**{name: value for name, value in answer.items() if value}, "meta": meta})

    def mentioned(self, request: Request, account_id: str) -> Answer:
        """Posts that name the account, replies to it among them: a reply names whom it answers."""
        wish = wish_of(request, "max_results", "since_id", "until_id", "start_time", "pagination_token")
        most = count_of(request, 5, 100, default=10)
        since, until = (self._cursor(request, name) for name in ("since_id", "until_id"))
        account = self._accounts.get(post_id_of("id", account_id))
        if account is None:
            return _json({"errors": [not_found("id", account_id, "user")]})
        found = self._timeline.mentioning(account, since=since, until=self._page_token(request) or until)
        return self._paged(found, most, wish, "read_post")

    def upload(self, request: Request) -> Answer:
        return _json({"data": self._uploads.one_shot(one_shot_of(request), self.now)})

    def begin_upload(self, request: Request) -> Answer:
        return _json({"data": self._uploads.begin(beginning_of(request), self.now)})

    def append_to_upload(self, request: Request, media_id: str) -> Answer:
        return _json({"data": self._uploads.append(media_id, segment_of(request), self.now)})

    def finalize_upload(self, request: Request, media_id: str) -> Answer:
        return _json({"data": self._uploads.finalize(media_id, self.now)})

    def upload_status(self, request: Request) -> Answer:
        if unknown := sorted(set(request.query) - {"command", "media_id"}):
            raise invalid(unknown[0], request.query[unknown[0]], f"The query parameter [{unknown[0]}] is not known")
        if one_value(request, "command") != "STATUS":
            raise invalid("command", request.query.get("command", []), "The `command` query parameter is not STATUS")
        return _json({"data": self._uploads.status(one_value(request, "media_id"), self.now)})

    def describe_media(self, request: Request) -> Answer:
        media_id, text = alt_text_of(request, self._uploads.rules.alt_characters)
        self._ledger.check(self._ledger.price("media_metadata"))
        described = self._uploads.describe(media_id, text, self.now)
        self._ledger.charge("media_metadata", media_id)
        return _json({"data": described})

    def _check_text(self, wanted: Create) -> None:
        length, most = weighted_length(wanted.text), LONG_POST if self.account.premium else 280
        if length > most:
            raise invalid("text", [wanted.text], f"Your Tweet text is too long. It counts {length} of {most}.")
        if len(cashtags(wanted.text)) > 1:
            raise forbidden("Posts created via the API are limited to a maximum of 1 cashtag.")
        if wanted.quoted:
            raise forbidden("Quoting posts through the API is not part of your plan.")

    def _check_parent(self, wanted: Create) -> bool:
        """Raises Problem when the parent cannot be replied to; true when its author summoned us."""
        if not wanted.parent:
            return False
        parent = self._timeline.parent(wanted.parent)
        if parent is None:
            raise forbidden(INVISIBLE)
        if parent.author_id == self.account.id:
            return False
        if self.account.username.lower() not in {name.lower() for name in mentions(parent.text)}:
            raise forbidden(UNINVITED)
        return True

    def _new_record(self, wanted: Create, author: XAccount) -> PostRecord:
        now = self.now
        post_id = self._ids.next(now)
        parent = next((one for one in self._timeline.records if one.id == wanted.parent), None)
        return PostRecord(
            id=post_id,
            text=wanted.text,
            created_at=now,
            in_reply_to_id=wanted.parent or None,
            author_id=author.id,
            conversation_id=parent.conversation_id if parent else post_id,
            in_reply_to_user_id=parent.author_id if parent else "",
            media=wanted.media,
        )

    def _seen(self, records: Sequence[PostRecord], wish: Wish, parameter: str, price: str) -> dict[str, Any]:
        """``data``, ``includes`` and ``errors`` of these posts, paid for. Raises Problem 402."""
        self._ledger.charge_reads(price, [record.id for record in records], self.now)
        if "author_id" in wish.expansions:
            # X does not say that who is included is free.
            self._ledger.charge_reads("read_user", [record.author_id for record in records], self.now)
        answer = x_values.answer([self._sight(record) for record in records], wish, parameter)
        if self.rules.denied == "silent":
            answer.pop("errors", None)
        return answer

    def _sight(self, record: PostRecord) -> x_values.Sight:
        return x_values.Sight(
            record=record,
            author=self._accounts[record.author_id],
            pictures=self._uploads.pictures(record.media),
            replies=self._timeline.replies(record.id),
            private=record.author_id == self.account.id and is_young(record, self.now),
        )

    def _cursor(self, request: Request, name: str) -> str:
        value = one_value(request, name)
        return post_id_of(name, value) if value else ""

    def _page_token(self, request: Request) -> str:
        token = one_value(request, "pagination_token")
        if token and not re.fullmatch(rf"{_TOKEN}[0-9]+", token):
            raise invalid(
                "pagination_token", [token], f"The `pagination_token` query parameter value [{token}] is not valid"
            )
        return token.removeprefix(_TOKEN)


@dataclass(frozen=True)
class _Route:
    method: str
    path: str
    verb: Callable[..., Answer]

    @property
    def name(self) -> str:
        """The endpoint as its rate limit is written."""
        return f"{self.method} {self.path.replace('([^/]+)', ':id')}"


_ROUTES = (
    _Route("POST", "/2/tweets", XServer.create),
    _Route("GET", "/2/tweets", XServer.read_many),
    _Route("GET", "/2/tweets/([^/]+)", XServer.read),
    _Route("DELETE", "/2/tweets/([^/]+)", XServer.remove),
    _Route("GET", "/2/users/me", XServer.me),
    _Route("GET", "/2/users/([^/]+)/tweets", XServer.listed),
    _Route("GET", "/2/users/([^/]+)/mentions", XServer.mentioned),
    _Route("POST", "/2/media/upload", XServer.upload),
    _Route("GET", "/2/media/upload", XServer.upload_status),
    _Route("POST", "/2/media/upload/initialize", XServer.begin_upload),
    _Route("POST", "/2/media/upload/([^/]+)/append", XServer.append_to_upload),
    _Route("POST", "/2/media/upload/([^/]+)/finalize", XServer.finalize_upload),
    _Route("POST", "/2/media/metadata", XServer.describe_media),
)


def _routed(request: Request) -> tuple[_Route, tuple[str, ...]]:
    found = [(route, match.groups()) for route in _ROUTES if (match := re.fullmatch(route.path, request.path))]
    if not found:
        raise no_such_page()
    chosen = next((one for one in found if one[0].method == request.method), None)
    if chosen is None:
        raise wrong_method()
    return chosen


def _json(value: object, *, status: int = 200) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status=status, headers=(("Content-Type", "application/json; charset=utf-8"),), body=body)
