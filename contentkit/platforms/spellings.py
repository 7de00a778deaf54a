"""Our own secrets in what servers send back: taken out in every spelling that a server or a proxy may give them."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote

_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_STARS = b"***"
# What a part of a short secret becomes may stand anywhere by chance.
_SHORT = 8


def hidden(content: bytes, secrets: Iterable[bytes]) -> bytes:
    """The content without these secrets: as they are, percent-encoded, in hexadecimal, escaped as in JSON, in base64."""
    for secret in secrets:
        for spelling in _spellings(secret):
            content = content.replace(spelling, _STARS)
    return content


def is_in(value: str, secrets: Iterable[bytes]) -> bool:
    """Whether a string of this JSON, as ``json.dumps`` writes it with all characters as they are, has one of these secrets."""
    return any(spelling in value for secret in secrets for spelling in _written(secret))


@lru_cache(maxsize=64)
def _written(secret: bytes) -> tuple[str, ...]:
    """Its spellings as they stand within a string of JSON."""
    return tuple(json.dumps(one.decode("utf-8", "replace"), ensure_ascii=False)[1:-1] for one in _spellings(secret))


@lru_cache(maxsize=64)
def _spellings(secret: bytes) -> tuple[bytes, ...]:
    """The longest first: what is left of one that holds another would tell the most."""
    return tuple(sorted(dict.fromkeys(_all(secret)), key=len, reverse=True))


def _all(secret: bytes) -> Iterator[bytes]:
    yield secret
    yield quote(secret, safe="").encode()
    yield quote(secret, safe="").lower().encode()
    whole = b64encode(secret).rstrip(b"=")
    for spelling in (whole, *(_within(secret) if len(secret) >= _SHORT else ())):
        yield spelling
        yield spelling.translate(_URL_SAFE)
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    yield "".join(f"\\u{one:04x}" for one in secret).encode()


def _within(secret: bytes) -> Iterator[bytes]:
    """What it becomes within a longer text in base64, by how many bytes stand before it, without what its neighbours share."""
    for before in range(3):
        encoded = b64encode(bytes(before) + secret)
        yield encoded[(0, 2, 3)[before] : len(encoded) - 4 if encoded.endswith(b"=") else None]
