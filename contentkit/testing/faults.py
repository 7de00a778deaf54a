"""What can go wrong between a client and a server, by name. Pure: no sockets here.

``INSTEAD`` are answers in place of the server's, which never sees the request. ``AFTERWARDS`` turn the server's
answer into something else once the request was handled. ``ON_THE_WIRE`` are played by the proxy itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from contentkit.testing.loopback import Answer

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


def _too_many() -> Answer:
    """As Mastodon's limiter says it: the reset in ISO 8601, and no Retry-After."""
    reset = datetime.now(UTC) + timedelta(minutes=5)
    limits = (
        ("X-RateLimit-Limit", "300"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", reset.isoformat(timespec="microseconds").replace("+00:00", "Z")),
    )
    return _error(429, "Too many requests", *limits)


def _redirect(status: int) -> Answer:
    return Answer(status=status, headers=(("Location", MOVED_TO), _HTML))


INSTEAD: dict[str, Callable[[], Answer]] = {
    "too_many": _too_many,
    "too_many_bare": lambda: Answer(status=429),
    "server_error": lambda: _error(500, "Something went wrong on the server's end."),
    "unavailable": lambda: _error(503, "Down for maintenance", ("Retry-After", "30")),
    "unauthorized": lambda: _error(401, "The access token is invalid"),
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


AFTERWARDS: dict[str, Callable[[Answer], Answer]] = {
    "bad_gateway": lambda _: _page(502, "502 Bad Gateway"),
    "gateway_timeout": lambda _: _page(504, "504 Gateway Time-out"),
    "server_error_after": lambda _: _error(500, "Something went wrong on the server's end."),
    "html_ok": lambda _: _page(200, "Please log in to this network"),
    "empty_ok": lambda _: Answer(status=200, headers=(_JSON,)),
    "odd_headers": _with_odd_headers,
}

NAMES = frozenset({*ON_THE_WIRE, *INSTEAD, *AFTERWARDS})
