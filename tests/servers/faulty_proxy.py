"""The shipped proxy before a server that speaks Mastodon's API: unless told otherwise, what breaks is a status' creation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from contentkit.testing import faulty_proxy
from contentkit.testing.faults import INSTEAD
from contentkit.testing.faulty_proxy import Exchange
from contentkit.testing.loopback import Answer, Request

__all__ = ["Exchange", "FaultyProxy", "creates_a_status", "uploads_a_picture"]


def creates_a_status(request: Request) -> bool:
    return request.method == "POST" and request.path == "/api/v1/statuses"


def uploads_a_picture(request: Request) -> bool:
    return request.method == "POST" and request.path in ("/api/v1/media", "/api/v2/media")


class FaultyProxy(faulty_proxy.FaultyProxy):
    def __init__(
        self,
        upstream_url: str,
        script: Iterable[str] = (),
        *,
        matches: Callable[[Request], bool] = creates_a_status,
        instead: Mapping[str, Callable[[], Answer]] = INSTEAD,
        delay: float = 30.0,
        strip_headers: Iterable[str] = (),
    ) -> None:
        super().__init__(
            upstream_url, script, matches=matches, instead=instead, delay=delay, strip_headers=strip_headers
        )
