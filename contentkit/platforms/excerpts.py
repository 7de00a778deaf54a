"""What a network answered, in short, for whoever has to decide about it later."""

from __future__ import annotations

import json

from contentkit.platforms.session import Exchange
from contentkit.text import printable

# What of the headers tells when, how much is left, and under which number the network's own people find it.
_HEADERS = ("date", "retry-after", "x-request-id", "x-transaction-id")
_LIMITS = ("x-ratelimit-", "x-rate-limit-", "x-user-limit-", "x-app-limit-")
_LONGEST_HEADER = 80
_LONGEST_BODY = 500


def excerpt_of(exchange: Exchange | None) -> str:
    """Status, telling headers and the beginning of the body, on one line; what stood in the place of an answer; empty for None.

    Secrets are hidden as everywhere in an exchange, and what could steer a terminal is made visible.
    """
    if exchange is None:
        return ""
    if exchange.failure is not None:
        return f"no answer ({type(exchange.failure).__name__})"
    told = [f"{name}: {value[:_LONGEST_HEADER]}" for name, value in exchange.headers.items() if _is_telling(name)]
    return _on_one_line("; ".join([f"HTTP {exchange.status}", *told, _body(exchange)]))


def _is_telling(name: str) -> bool:
    return name in _HEADERS or name.startswith(_LIMITS)


def _body(exchange: Exchange) -> str:
    """The beginning of the body. JSON is written anew: only so are secrets hidden that it spells with escapes."""
    answer = exchange.json()
    if answer is not None:
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))[:_LONGEST_BODY]
    return exchange.body.decode("utf-8", "replace")[:_LONGEST_BODY] or "an empty body"


def _on_one_line(words: str) -> str:
    return printable(" ".join(words.split()))
