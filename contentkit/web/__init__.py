"""The web as something to read from: one way to fetch a page, and no way to reach what lies behind the firewall."""

from __future__ import annotations

from typing import Protocol

from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What an address answered with status 200 and its bytes, or 304 and none. ``address`` is where it ended after redirects.

    ``content_type`` is without parameters, in small letters; ``charset`` is the parameter, if there was one. ``etag`` and
    ``modified`` are to be given back to ask whether there is something new.
    """

    address: str
    status: int
    content_type: str
    charset: str
    body: bytes
    etag: str = ""
    modified: str = ""


class Fetch(Protocol):
    """Reads one address. Raises UsageError for what is no public http(s) address, Refused or Unavailable for its answer,
    and ContentError for one of another type or size than is read."""

    def __call__(self, address: str, *, etag: str = "", modified: str = "") -> Fetched: ...
