"""Our own HTTP session under the networks' libraries: the fate of a request is read here, before a library parses anything.

One request is one request: no retries, no redirects (they would carry the credentials elsewhere or repeat a POST),
no proxies or netrc from the environment, only the proxy that machine.toml names, a time limit on everything, a new
connection each time (a kept one that the server closed meanwhile looks exactly like a lost answer), and no host but the
account's own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from types import TracebackType
from typing import Any, Self
from urllib.parse import SplitResult, urlencode, urlsplit

from contentkit.addresses import is_loopback, secrets_of_proxy
from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.platforms import Allowance
from contentkit.platforms.counts import id_in
from contentkit.platforms.http_answers import BrokenAnswer, Head, Incoming
from contentkit.platforms.http_dates import http_date
from contentkit.platforms.http_requests import (
    NOTHING,
    Body,
    Part,
    Sign,
    form_body,
    json_body,
    multipart_body,
    request_bytes,
)
from contentkit.platforms.spellings import hidden, is_in
from contentkit.platforms.wire import USUAL_PORTS, NotConnected, Route, host_and_port
from contentkit.values import dataclass

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
# What a whole answer may take once it has begun.
ANSWER_SECONDS = 90.0
# Bytes a second: a line slower than this will not carry a film anyway.
_SLOWEST_UPLOAD = 100_000
_LONGEST_ERROR = 300
# What a rate limit without a usable reset time costs: little enough to be asked again before a post is late.
DEFAULT_WAIT = timedelta(minutes=5)
# No window of either network is longer than a day: who says so is not believed. Less than a few seconds is for the next run.
LONGEST_WAIT = timedelta(hours=24, minutes=5)
SHORTEST_WAIT = timedelta(seconds=10)
# Mastodon has the first, the IETF's draft the second, X the others.
_RATE_LIMITS = ("x-ratelimit", "ratelimit", "x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
# A reset below this is no moment but seconds from now; one above the other is in milliseconds.
_FIRST_EPOCH, _LAST_EPOCH = 10**9, 10**11
# Answers in the network's own error shape with these codes say: looked at, not created.
_REFUSALS = frozenset({400, 403, 404, 410, 413, 422})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Redirected(BrokenAnswer):
    """The server sends us on to somewhere else, and we do not go: ``location`` is where, as it says it, without our secrets."""

    def __init__(self, location: str) -> None:
        super().__init__("it sends us on to another address")
        self.location = location


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request and what came back: a complete answer, or the exception that stood in its place."""

    method: str
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: BaseException | None = None
    received: datetime | None = None
    # What no answer may bring into a message, a log or the journal, in whatever spelling.
    secrets: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def certainly_not_sent(self) -> bool:
        """True when no byte of the request can have reached the server: no connection was made."""
        return isinstance(self.failure, NotConnected)

    def json(self) -> Any:
        """The body as JSON, or None when it is not JSON. Read once: who changes it changes it for all."""
        return self._parsed

    @cached_property
    def _parsed(self) -> Any:
        try:
            answer = json.loads(self.body)
            return answer if _is_whole(answer, self.secrets) else _whole(answer, self.secrets)
        except (ValueError, RecursionError):
            return None

    @property
    def server_time(self) -> datetime | None:
        """What the server's clock said, aware, or None."""
        return http_date(self.headers.get("date", ""))

    @property
    def error(self) -> str:
        """The network's own error message (Mastodon: ``error``; X: ``detail`` or ``errors``), empty when it has no such shape."""
        answer = self.json()
        if not isinstance(answer, dict):
            return ""
        listed = answer.get("errors")
        first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else {}
        told = (answer.get("error"), answer.get("detail"), first.get("detail"), first.get("message"))
        return next((words.strip()[:_LONGEST_ERROR] for words in told if isinstance(words, str) and words.strip()), "")


class WatchedSession:
    """A session for one server. ``last`` is the last exchange, ``changing`` the last one that was not only to read.

    ``sign`` gives what a request is signed with, ``verify`` is a file of certificates to trust instead of certifi's. Nothing is
    open between two requests.
    """

    def __init__(
        self,
        server: str,
        *,
        auth: Sign | None = None,
        secrets: Iterable[str] = (),
        proxy: str = "",
        connect: float = CONNECT_SECONDS,
        read: float = READ_SECONDS,
        answer: float = ANSWER_SECONDS,
    ) -> None:
        self.server = server.rstrip("/")
        self.auth = auth
        self.secrets = tuple(secret.encode() for secret in (*secrets, *secrets_of_proxy(proxy)) if secret)
        self.timeouts = (connect, read)
        self.answer_seconds = answer
        self.verify = ""
        # To this machine itself nothing has to be handed through, and a plain address would show it our token.
        self.proxy = "" if is_loopback(urlsplit(self.server).hostname or "") else proxy
        self.last: Exchange | None = None
        self.changing: Exchange | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open between two requests."""

    def forget(self) -> None:
        """What was heard so far answers nothing that is asked from now on."""
        self.last = self.changing = None

    def request(
        self,
        method: str,
        address: str,
        *,
        params: Mapping[str, str | list[str]] | None = None,
        body: Body = NOTHING,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> Exchange:
        """Asks this whole address once, and gives what came; ``seconds`` is what the answer may take.

        Raises OSError where no whole answer came, which ``last`` then holds, and Unavailable for what is not even tried.
        """
        parts = urlsplit(f"{address}?{urlencode(params, doseq=True)}" if params else address)
        data = self._composed(method, parts, headers or {}, body)
        end = time.monotonic() + self.timeouts[0] + (seconds or self.answer_seconds)
        try:
            head, content = self._exchanged(method, data, end)
        except BaseException as error:
            self._keep(Exchange(method=method, failure=error))
            raise
        exchange = Exchange(
            method=method,
            status=head.status,
            headers={name: self.redacted(value) for name, value in head.headers.items()},
            body=hidden(content, self.secrets),
            received=datetime.now(UTC),
            secrets=self.secrets,
        )
        self._keep(exchange)
        return exchange

    def _composed(self, method: str, parts: SplitResult, headers: Mapping[str, str], body: Body) -> bytes:
        """The bytes of a request. Raises Unavailable where it cannot be one, or would go to another host."""
        if (parts.scheme, parts.netloc) != urlsplit(self.server)[:2]:
            raise Unavailable(f"{parts.netloc}: not the server of this account", hint="nothing was sent")
        route, target = self._route, f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        signed = {"Authorization": self.auth(method, parts.geturl(), body.form)} if self.auth else {}
        if route.is_read_on_its_way:
            target, signed = f"{self.server}{target}", {**signed, **route.admission}
        try:
            return request_bytes(method, target, _named(parts), {**headers, **signed}, body)
        except ValueError as error:
            raise Unavailable(f"{self.host}: {error}", hint="nothing was sent; look at the account's secrets") from None

    @property
    def _route(self) -> Route:
        connect, silence = self.timeouts
        return Route(server=self.server, proxy=self.proxy, certificates=self.verify, connect=connect, silence=silence)

    def _exchanged(self, method: str, data: bytes, end: float) -> tuple[Head, bytes]:
        """What came back, unpacked. Raises NotConnected as long as nothing has left, then other kinds of OSError."""
        with closing(self._route.wire(end)) as wire:
            incoming, unsent = Incoming(wire.recv), None
            try:
                wire.sendall(data)
            except TimeoutError:
                raise
            except OSError as error:
                unsent = error  # who does not want to hear all of it may have said so before
            try:
                head = incoming.head()
            except OSError as error:
                raise unsent or error from None
            if head.status in _REDIRECTS and (location := head.headers.get("location")):
                raise Redirected(self.redacted(location))
            return head, incoming.body(head, method)

    def _keep(self, exchange: Exchange) -> None:
        self.last = exchange
        if exchange.method not in ("GET", "HEAD"):
            self.changing = exchange

    def redacted(self, words: str) -> str:
        """Words of a server without our secrets."""
        return hidden(words.encode("utf-8", "replace"), self.secrets).decode("utf-8", "replace")

    def keep_secret(self, words: str) -> None:
        """From now on no answer repeats this."""
        self.secrets = (*self.secrets, words.encode())

    def read(self, path: str, **parameters: str | list[str]) -> Exchange:
        """GET a path of the server. Raises Unavailable when no answer came; reading changes nothing and can be tried again."""
        return self._repeatable("GET", path, params=parameters)

    def change(self, method: str, path: str, **values: Any) -> Exchange | None:
        """Asks once, with these values as JSON, for what a lost answer leaves in doubt; None when nothing left."""
        self.forget()
        with suppress(Exception):
            self.request(method, self.server + path, body=json_body(values) if values else NOTHING)
        return self.last

    def hand_over(
        self,
        path: str,
        size: int = 0,
        *,
        json: Any = None,
        data: Mapping[str, str] | None = None,
        files: Mapping[str, Part] | None = None,
    ) -> Exchange:
        """POST what nobody sees (an upload, a registration): it may be done again, so a lost answer is Unavailable, not a doubt.

        The body is a value as JSON, or a form of ``data`` with ``files``; ``size`` in bytes is for the time it may take.
        """
        if files:
            body = multipart_body(data or {}, files)
        elif json is not None:
            body = json_body(json)
        else:
            body = form_body(data) if data else NOTHING
        return self._repeatable("POST", path, seconds=self.answer_seconds + size / _SLOWEST_UPLOAD, body=body)

    def _repeatable(self, method: str, path: str, **arguments: Any) -> Exchange:
        self.last = None
        try:
            return self.request(method, self.server + path, **arguments)
        except OSError as error:
            unheard = isinstance(error, NotConnected)
            raise Unavailable(f"{self.host}: {_reason(error)}", unheard=unheard) from error

    @property
    def host(self) -> str:
        return urlsplit(self.server).netloc


def answer_of(exchange: Exchange | None, host: str, within: str = "") -> dict[str, Any]:
    """The JSON object with which the network says that it created the status; ``within`` names the key that holds it.

    Raises Refused, Unavailable or Uncertain by what the exchange proves, whatever a library made of it:
    no connection: not sent; 429, 401: not sent; the network's own error: refused; everything else: nobody knows.
    """
    if exchange is None:
        raise Unavailable(
            f"{host}: nothing was sent", hint="this is a fault of contentkit or its library: please report it"
        )
    if exchange.failure is not None:
        reason = f"{host}: {_reason(exchange.failure)}"
        if exchange.certainly_not_sent:
            raise Unavailable(reason)
        raise Uncertain(reason)
    if 200 <= exchange.status < 300:
        answer = exchange.json()
        if within and isinstance(answer, dict):
            answer = answer.get(within)
        if isinstance(answer, dict) and (told := id_in(answer)):
            return {**answer, "id": told}
        raise Uncertain(f"{host}: an answer that cannot be understood (HTTP {exchange.status})")
    raise failure_of(exchange, host)


def failure_of(exchange: Exchange, host: str) -> Refused | Unavailable | Uncertain:
    """The fate that an answer outside of 2xx tells."""
    words = f"{host}: {exchange.error or 'no reason given'} (HTTP {exchange.status})"
    if exchange.status == 401:
        return Unavailable(
            words,
            hint="the token is no longer accepted: 'contentkit accounts add NAME' signs in anew",
            pauses_account=True,
        )
    if exchange.status == 402:
        return Unavailable(words, hint="the account has no credit left", pauses_account=True)
    if exchange.status == 429:
        return Unavailable(f"{host}: asks us to slow down (HTTP 429)", wait=wait_of(exchange))
    if exchange.status in _REFUSALS and exchange.error:
        return Refused(words)
    return Uncertain(words)


def wait_of(exchange: Exchange) -> timedelta:
    """How long a 429 asks us to wait: Retry-After, or the latest reset of a limit that is used up (ISO 8601, epoch or seconds),
    by the server's own clock. What cannot be meant, a reset that is over or that never comes, is as good as nothing."""
    told = exchange.server_time or exchange.received
    if told is None:
        return DEFAULT_WAIT
    until = _moment(exchange.headers.get("retry-after", ""), told) or max(_resets(exchange, told), default=told)
    wait = until - told
    return max(wait, SHORTEST_WAIT) if timedelta(0) < wait <= LONGEST_WAIT else DEFAULT_WAIT


def allowance_in(exchange: Exchange | None) -> Allowance | None:
    """The scarcest of the limits in an answer's headers, of those that make sense; None where there is none."""
    told = (exchange.server_time or exchange.received) if exchange else None
    if exchange is None or told is None:
        return None
    found = []
    for limit in _RATE_LIMITS:
        left = exchange.headers.get(f"{limit}-remaining", "").strip()
        reset = _moment(exchange.headers.get(f"{limit}-reset", ""), told)
        if left.isdecimal() and len(left) < 10 and reset and timedelta(0) < reset - told <= LONGEST_WAIT:
            found.append(Allowance(left=int(left), wait=reset - told))
    return min(found, key=lambda one: (one.left, -one.wait), default=None)


def _resets(exchange: Exchange, told: datetime) -> Iterator[datetime]:
    """When the limits that are used up begin anew, as far as the server says it and it can be."""
    headers = exchange.headers
    for limit in _RATE_LIMITS:
        if headers.get(f"{limit}-remaining", "0").strip() == "0":
            reset = _moment(headers.get(f"{limit}-reset", ""), told)
            if reset and reset - told <= LONGEST_WAIT:
                yield reset


class Bearer:
    """A token in the Authorization header."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, method: str, address: str, form: str) -> str:  # noqa: ARG002 - it signs nothing of it
        return f"Bearer {self._token}"


def _is_whole(value: Any, secrets: Sequence[bytes]) -> bool:
    """Whether ``_whole`` would change nothing: most answers are long, and hardly any has something to replace."""
    words = json.dumps(value, ensure_ascii=False)
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return not is_in(words, secrets)


def _whole(value: Any, secrets: Sequence[bytes]) -> Any:
    """What JSON may smuggle is replaced: half characters, which nothing here could store or print, and escaped secrets."""
    if isinstance(value, str):
        return hidden(value.encode("utf-8", "replace"), secrets).decode("utf-8", "replace")
    if isinstance(value, list):
        return [_whole(one, secrets) for one in value]
    if isinstance(value, dict):
        return {_whole(key, secrets): _whole(one, secrets) for key, one in value.items()}
    return value


def _moment(words: str, told: datetime) -> datetime | None:
    """A moment in any of the ways in which servers say it; ``told`` is when it was said. None where it is none."""
    words = words.strip()
    try:
        if words.isdecimal():
            number = int(words[:20])
            if number < _FIRST_EPOCH:
                return told + timedelta(seconds=number)
            return datetime.fromtimestamp(number / 1000 if number > _LAST_EPOCH else number, UTC)
        moment = http_date(words) if words.endswith("GMT") else datetime.fromisoformat(words)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def _reason(error: BaseException) -> str:
    """What happened, in words without addresses, tokens or memory locations."""
    if isinstance(error, NotConnected | Redirected):
        return str(error)
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, BrokenAnswer):
        return f"the answer is broken: {error}"
    return f"the connection broke ({type(error).__name__})"


def _named(parts: SplitResult) -> str:
    """The host as the Host header names it: with its port only where that is not the usual one."""
    host, port = host_and_port(parts)
    host = f"[{host}]" if ":" in host else host
    return host if port == USUAL_PORTS[parts.scheme] else f"{host}:{port}"
