"""The answers to our posts, as the networks told of them."""

from __future__ import annotations

REPLIES: tuple[str, ...] = ()
