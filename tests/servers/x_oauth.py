"""OAuth 1.0a as a server checks it: HMAC-SHA1 over the request as it arrived (RFC 5849, section 3)."""

from __future__ import annotations

import hmac
import re
import time
from base64 import b64encode
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from contentkit.testing.loopback import Request

# X does not say how far a clock may be off; five minutes are what it was known for.
TOLERANCE = 300
_PAIR = re.compile(r'\s*([^=\s]+)="([^"]*)"\s*')
_REQUIRED = ("oauth_consumer_key", "oauth_token", "oauth_signature_method", "oauth_timestamp", "oauth_nonce")


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The two pairs that an account's user has: the app's, and the one that lets the app act for the user."""

    api_key: str = "app-key"
    api_secret: str = "app-secret&with%signs"
    access_token: str = "1111-user-token"
    access_secret: str = "user-secret/with+signs"

    def as_secrets(self) -> dict[str, str]:
        """By the names under which contentkit asks for them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class Gate:
    """Lets signed requests in, each nonce once."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._nonces: set[tuple[str, str]] = set()

    def fault(self, request: Request) -> str:
        """What is wrong with the request's signature; empty when it is right."""
        told = _told(request.header("Authorization"))
        if missing := [name for name in (*_REQUIRED, "oauth_signature") if not told.get(name)]:
            return f"{missing[0]} is missing"
        if (told["oauth_consumer_key"], told["oauth_token"]) != (self.keys.api_key, self.keys.access_token):
            return "unknown key or token"
        if told["oauth_signature_method"] != "HMAC-SHA1" or told.get("oauth_version", "1.0") != "1.0":
            return "not HMAC-SHA1 of OAuth 1.0"
        when = told["oauth_timestamp"]
        if not when.isdecimal() or abs(time.time() - int(when)) > TOLERANCE:
            return "stale timestamp"
        if (when, told["oauth_nonce"]) in self._nonces:
            return "nonce used before"
        if not hmac.compare_digest(signature(request, told, self.keys), told["oauth_signature"]):
            return "wrong signature"
        self._nonces.add((when, told["oauth_nonce"]))
        return ""


def signature(request: Request, told: dict[str, str], keys: Keys, scheme: str = "http") -> str:
    """The signature that the request should bear. JSON and multipart bodies are not part of it, forms are."""
    pairs = [*parse_qsl(urlsplit(request.target).query, keep_blank_values=True)]
    if request.header("Content-Type").split(";")[0].strip().lower() == "application/x-www-form-urlencoded":
        pairs += parse_qsl(request.body.decode(), keep_blank_values=True)
    pairs += [(name, value) for name, value in told.items() if name not in ("oauth_signature", "realm")]
    normalized = "&".join(f"{name}={value}" for name, value in sorted((_escaped(n), _escaped(v)) for n, v in pairs))
    host = request.header("Host").lower().removesuffix(":80")
    base = "&".join(map(_escaped, (request.method.upper(), f"{scheme}://{host}{request.path}", normalized)))
    key = f"{_escaped(keys.api_secret)}&{_escaped(keys.access_secret)}"
    return b64encode(hmac.digest(key.encode(), base.encode(), "sha1")).decode()


def _told(header: str) -> dict[str, str]:
    """The parameters of an Authorization header of the scheme OAuth, unescaped."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "oauth":
        return {}
    pairs = (_PAIR.fullmatch(pair) for pair in rest.split(","))
    return {unquote(pair[1]): unquote(pair[2]) for pair in pairs if pair}


def _escaped(text: str) -> str:
    return quote(text, safe="-._~")
