"""Our own HTTP session under the networks' libraries: the fate of a request is read here, before a library parses anything.

One request is one request: no retries, no redirects (they would carry the credentials elsewhere or repeat a POST),
no proxies or netrc from the environment, only the proxy that machine.toml names, a time limit on everything, a new
connection each time (a kept one that the server closed meanwhile looks exactly like a lost answer), and no host but the
account's own.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from ssl import SSLCertVerificationError
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
)
from urllib3.filepost import encode_multipart_formdata

from contentkit.addresses import is_loopback, secrets_of_proxy
from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.platforms import Allowance
from contentkit.platforms.counts import id_in
from contentkit.platforms.deadline import Guard, GuardedAdapter
from contentkit.platforms.spellings import hidden, is_in
from contentkit.values import dataclass

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
# What a whole answer may take once it has begun, and how large it may be when unpacked.
ANSWER_SECONDS = 90.0
LARGEST_ANSWER = 8 * 1024 * 1024
# Bytes a second: a line slower than this will not carry a film anyway.
_SLOWEST_UPLOAD = 100_000
_PIECE = 64 * 1024
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
        return self.failure is not None and _never_connected(self.failure)

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
        try:
            told = parsedate_to_datetime(self.headers.get("date", ""))
            return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            return None

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


class WatchedSession(requests.Session):
    """A session for one server. ``last`` is the last exchange, ``changing`` the last one that was not only to read."""

    def __init__(
        self,
        server: str,
        *,
        auth: AuthBase | None = None,
        secrets: Iterable[str] = (),
        proxy: str = "",
        connect: float = CONNECT_SECONDS,
        read: float = READ_SECONDS,
        answer: float = ANSWER_SECONDS,
    ) -> None:
        super().__init__()
        self.server = server.rstrip("/")
        self.auth = auth
        self.secrets = tuple(secret.encode() for secret in (*secrets, *secrets_of_proxy(proxy)) if secret)
        self.timeouts = (connect, read)
        self.answer_seconds = answer
        self.trust_env = False
        # To this machine itself nothing has to be handed through, and a plain address would show it our token.
        if proxy and not is_loopback(urlsplit(self.server).hostname or ""):
            self.proxies = {"http": proxy, "https": proxy}
        self.max_redirects = 0
        self.headers["Connection"] = "close"
        self._guard = Guard()
        for scheme in ("http://", "https://"):
            self.mount(scheme, GuardedAdapter(self._guard))
        self.last: Exchange | None = None
        self.changing: Exchange | None = None

    def forget(self) -> None:
        """What was heard so far answers nothing that is asked from now on."""
        self.last = self.changing = None

    def request(
        self, method: str | bytes, url: str | bytes, *args: Any, seconds: float | None = None, **kwargs: Any
    ) -> requests.Response:
        verb, address = str(method), str(url)
        if not _same_host(address, self.server):
            raise Unavailable(f"{urlsplit(address).netloc}: not the server of this account", hint="nothing was sent")
        kwargs.update(timeout=self.timeouts, allow_redirects=False, stream=True)
        try:
            with self._guard.limited(self.timeouts[0] + (seconds or self.answer_seconds)):
                response = super().request(verb, address, *args, **kwargs)
                body = self._body(response)
        except BaseException as error:
            self._keep(Exchange(method=verb, failure=error))
            raise
        headers = {name.lower(): self.redacted(value) for name, value in response.headers.items()}
        self._keep(
            Exchange(
                method=verb,
                status=response.status_code,
                headers=headers,
                body=body,
                received=datetime.now(UTC),
                secrets=self.secrets,
            )
        )
        return response

    def _keep(self, exchange: Exchange) -> None:
        self.last = exchange
        if exchange.method not in ("GET", "HEAD"):
            self.changing = exchange

    def _body(self, response: requests.Response) -> bytes:
        """The whole answer within one size: a server that floods must not fill this machine.

        An answer that repeats one of our own secrets loses it here, before it can get into a message, a log or the journal.
        """
        body = bytearray()
        with response:
            while piece := response.raw.read1(_PIECE, decode_content=True):
                body += piece
                if len(body) > LARGEST_ANSWER:
                    raise requests.exceptions.ContentDecodingError("the answer is too large")
        content = hidden(bytes(body), self.secrets)
        response.raw = io.BytesIO(content)
        return content

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
            self.request(method, self.server + path, json=values or None)
        return self.last

    def hand_over(self, path: str, size: int = 0, **body: Any) -> Exchange:
        """POST what nobody sees (an upload, a registration): it may be done again, so a lost answer is Unavailable, not a doubt.

        ``body`` is what requests takes (``json``, ``data``, ``files``); ``size`` in bytes is for the time it may take.
        """
        if files := body.pop("files", None):
            body = _in_pieces(*encode_multipart_formdata({**(body.get("data") or {}), **files}))
        elif "json" in body:
            body = _in_pieces(json.dumps(body["json"]).encode(), "application/json")
        return self._repeatable("POST", path, seconds=self.answer_seconds + size / _SLOWEST_UPLOAD, **body)

    def _repeatable(self, method: str, path: str, **arguments: Any) -> Exchange:
        self.last = None
        try:
            self.request(method, self.server + path, **arguments)
        except (requests.RequestException, HTTPError) as error:
            raise Unavailable(f"{self.host}: {_reason(error)}", unheard=_never_connected(error)) from error
        assert self.last is not None
        return self.last

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


def _in_pieces(content: bytes, kind: str) -> dict[str, Any]:
    """A body that leaves piece by piece: sent as a whole it would have to leave within one connect timeout."""
    return {"data": io.BytesIO(content), "headers": {"Content-Type": kind}}


class Bearer(AuthBase):
    """A token in the Authorization header."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


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
        moment = parsedate_to_datetime(words) if words.endswith("GMT") else datetime.fromisoformat(words)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _never_connected(failure: BaseException) -> bool:
    return any(
        isinstance(
            cause,
            # A proxy that opens no way to the server: as long as there is none, urllib3 calls everything by this name.
            NewConnectionError | NameResolutionError | ConnectTimeoutError | SSLCertVerificationError | ProxyError,
        )
        for cause in _causes(failure)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and everything behind it: causes, contexts, and the reasons that urllib3 keeps in attributes and arguments."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop()
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]


def _reason(error: BaseException) -> str:
    """What happened, in words without addresses, tokens or memory locations."""
    for cause in _causes(error):
        match cause:
            case ProxyError():
                return "the proxy that machine.toml names opens no way to the server"
            case NameResolutionError():
                return "the server's name could not be found"
            case NewConnectionError():
                return "the server cannot be reached"
            case ConnectTimeoutError() | requests.ConnectTimeout():
                return "the server did not answer the connection in time"
            case SSLCertVerificationError():
                return "the server's certificate is not trusted"
            case requests.Timeout() | ReadTimeoutError():
                return "no answer in time"
    return f"the connection broke ({type(error).__name__})"


def _same_host(address: str, server: str) -> bool:
    mine, theirs = urlsplit(server), urlsplit(address)
    return (mine.scheme, mine.netloc) == (theirs.scheme, theirs.netloc)
