"""What can go wrong between a client and a server, by name. Pure: no sockets here.

``INSTEAD`` are answers in place of the server's, which never sees the request. ``AFTERWARDS`` turn the server's
answer into something else once the request was handled. ``ON_THE_WIRE`` are played by the proxy itself.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from contentkit.testing.loopback import Answer, Raw, Reply

MOVED_TO = "/moved-by-the-proxy"
_JSON = ("Content-Type", "application/json; charset=utf-8")
_HTML = ("Content-Type", "text/html; charset=utf-8")

ON_THE_WIRE = frozenset(
    {
        "pass",  # nothing goes wrong
        "close",  # handled, then FIN without an answer
        "reset",  # handled, then RST
        "truncate",  # handled, then the headers and half of the body
        "delay",  # handled, then an answer that comes too late
        "hold",  # handled, then nothing until the test says so
        "double",  # handled twice, answered once
        "double_second",  # the same, with what the server said to the second one
        "drop",  # never handled, FIN
        "drop_reset",  # never handled, RST
        "hold_before",  # not handled until the test says so
    }
)


def _error(status: int, message: str, *headers: tuple[str, str]) -> Answer:
    return Answer(status=status, headers=(_JSON, *headers), body=json.dumps({"error": message}).encode())


def _page(status: int, title: str) -> Answer:
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\r\n"
    return Answer(status=status, headers=(_HTML,), body=body.encode())


def _too_many(reset: str) -> Answer:
    limits = (("X-RateLimit-Limit", "300"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset))
    return _error(429, "Too many requests", *limits)


def _from_now(span: timedelta) -> str:
    """A moment as Mastodon's limiter says it, in ISO 8601."""
    return (datetime.now(UTC) + span).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _created(status_id: str) -> Answer:
    """A creation that Mastodon would confirm so, of a status that nobody will find."""
    return Answer(status=200, headers=(_JSON,), body=json.dumps({"id": status_id, "content": ""}).encode())


def _redirect(status: int) -> Answer:
    return Answer(status=status, headers=(("Location", MOVED_TO), _HTML))


INSTEAD: dict[str, Callable[[], Answer]] = {
    "too_many": lambda: _too_many(_from_now(timedelta(minutes=5))),
    "too_many_epoch": lambda: _too_many(str(int((datetime.now(UTC) + timedelta(minutes=5)).timestamp()))),
    "too_many_past": lambda: _too_many(_from_now(-timedelta(hours=1))),
    "too_many_for_ever": lambda: _too_many("9999-12-31T23:59:59.999Z"),
    "too_many_bare": lambda: Answer(status=429),
    "server_error": lambda: _error(500, "Something went wrong on the server's end."),
    "unavailable": lambda: _error(503, "Down for maintenance", ("Retry-After", "30")),
    "bad_gateway_before": lambda: _page(502, "502 Bad Gateway"),
    "unauthorized": lambda: _error(401, "The access token is invalid"),
    "payment": lambda: _error(402, "Payment required"),
    "forbidden": lambda: _error(403, "This action is not allowed"),
    "not_found": lambda: _error(404, "Record not found"),
    "request_timeout": lambda: _page(408, "408 Request Time-out"),
    "too_early": lambda: _error(425, "Too early"),
    "challenge": lambda: _page(403, "Just a moment..."),
    "silent_drop": lambda: _created("404404404404404404"),
    "refuse": lambda: _error(422, "Validation failed: refused by the proxy"),
    "redirect": lambda: _redirect(302),
    "redirect_307": lambda: _redirect(307),
}


def _with_odd_headers(answer: Answer) -> Answer:
    """The server's own answer under headers that nobody can parse."""
    odd = (
        ("Date", "Thu, 99 Nonsember 20x6 25:61:61 GMT"),
        ("X-RateLimit-Limit", "many"),
        ("X-RateLimit-Remaining", "-7.5"),
        ("X-RateLimit-Reset", "the day after tomorrow"),
    )
    replaced = {name.lower() for name, _ in odd}
    kept = tuple(pair for pair in answer.headers if pair[0].lower() not in replaced)
    return replace(answer, headers=(*kept, *odd))


def _with_length(answer: Answer, length: int) -> Answer:
    kept = tuple(pair for pair in answer.headers if pair[0].lower() != "content-length")
    return replace(answer, headers=(*kept, ("Content-Length", str(length))))


def _behind(status: str, answer: Answer) -> Raw:
    """The answer after a thousand provisional ones."""
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.framed if name.lower() != "transfer-encoding")
    told = f"HTTP/1.1 {status}\r\n\r\n" * 1000 + f"HTTP/1.1 {answer.status} OK\r\n{head}\r\n"
    return Raw(told.encode("latin-1") + answer.body)


@cache
def _bomb() -> Answer:
    """Sixteen megabytes of nothing in sixteen kilobytes."""
    return Answer(status=200, headers=(_JSON, ("Content-Encoding", "gzip")), body=gzip.compress(bytes(16 << 20)))


_CHUNKS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{not a chunk}\r\n"
)
AFTERWARDS: dict[str, Callable[[Answer], Reply]] = {
    "bad_gateway": lambda _: _page(502, "502 Bad Gateway"),
    "gateway_timeout": lambda _: _page(504, "504 Gateway Time-out"),
    "unavailable_after": lambda _: _error(503, "Down for maintenance"),
    "too_many_after": lambda _: _too_many(_from_now(timedelta(minutes=5))),
    "server_error_after": lambda _: _error(500, "Something went wrong on the server's end."),
    "html_ok": lambda _: _page(200, "Please log in to this network"),
    "empty_ok": lambda _: Answer(status=200, headers=(_JSON,)),
    "list_ok": lambda _: Answer(status=200, headers=(_JSON,), body=b"[]"),
    "other_id": lambda _: _created("404404404404404404"),
    "bomb": lambda _: _bomb(),
    "chunks": lambda _: Raw(_CHUNKS),
    "continues": lambda answer: _behind("100 Continue", answer),
    "hints": lambda answer: _behind("103 Early Hints", answer),
    "longer": lambda answer: _with_length(answer, len(answer.body) + 100),
    "shorter": lambda answer: _with_length(answer, len(answer.body) // 2),
    "odd_headers": _with_odd_headers,
}

NAMES = frozenset({*ON_THE_WIRE, *INSTEAD, *AFTERWARDS})
