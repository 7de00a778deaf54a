"""What can go wrong before X, in X's own words: for ``FaultyProxy(server.url, script, **X_DIALECT)``.

The names are those of ``contentkit.testing.faults``; ``no_credit``, ``capped``, ``duplicate``, ``invisible`` and ``read_only``
are X's alone. Beware of ``double``: X takes a signed request once, so the second of the two is unauthorized.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from contentkit.testing.loopback import Answer
from tests.servers.x_problems import (
    DUPLICATE,
    INVISIBLE,
    Problem,
    credits_depleted,
    forbidden,
    invalid,
    read_only,
    too_many,
    unauthorized,
    usage_capped,
)
from tests.servers.x_server import creates_a_post

_JSON = ("Content-Type", "application/json; charset=utf-8")
_BROKEN = {"title": "Internal Server Error", "detail": "Something is broken.", "type": "about:blank", "status": 500}
_CLOSED = {"title": "Service Unavailable", "detail": "Service Unavailable", "type": "about:blank", "status": 503}


def _said(problem: Problem) -> Answer:
    return _answer(problem.status, problem.body)


def _answer(status: int, body: Mapping[str, object]) -> Answer:
    return Answer(status=status, headers=(_JSON,), body=json.dumps(body).encode())


def _too_many() -> Answer:
    """The limit of 15 minutes is used up, that of the day is not."""
    now = datetime.now(UTC)
    limits = (
        ("x-rate-limit-limit", "100"),
        ("x-rate-limit-remaining", "0"),
        ("x-rate-limit-reset", str(int((now + timedelta(minutes=15)).timestamp()))),
        ("x-user-limit-24hour-limit", "10000"),
        ("x-user-limit-24hour-remaining", "9000"),
        ("x-user-limit-24hour-reset", str(int((now + timedelta(hours=24)).timestamp()))),
    )
    return replace(_said(too_many()), headers=(_JSON, *limits))


X_INSTEAD: dict[str, Callable[[], Answer]] = {
    "too_many": _too_many,
    "server_error": lambda: _answer(500, _BROKEN),
    "unavailable": lambda: _answer(503, _CLOSED),
    "unauthorized": lambda: _said(unauthorized("the proxy says so")),
    "refuse": lambda: _said(invalid("text", [], "Refused by the proxy.")),
    "forbidden": lambda: _said(forbidden("You are not permitted to perform this action.")),
    "silent_drop": lambda: _answer(201, {"data": {"id": "1999999999999999999", "text": "\u2026"}}),
    "no_credit": lambda: _said(credits_depleted("1")),
    "capped": lambda: _said(usage_capped()),
    "duplicate": lambda: _said(forbidden(DUPLICATE)),
    "invisible": lambda: _said(forbidden(INVISIBLE)),
    "read_only": lambda: _said(read_only()),
}
X_DIALECT: dict[str, Any] = {"matches": creates_a_post, "instead": X_INSTEAD}
