"""Which model is asked, and how patiently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Server:
    """One model on one server. ``timeout`` is in seconds, for each attempt; ``retries`` are further attempts per request."""

    base_url: str
    model: str
    api_key: str = field(repr=False)
    timeout: float
    retries: int
    sleep: Callable[[float], None]
