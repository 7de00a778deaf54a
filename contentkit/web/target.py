"""An address of the web, taken apart once: what is asked is what was looked at, and no second reader can see another host."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import quote, urljoin

from contentkit.errors import Refused, UsageError
from contentkit.hosts import host_of, port_of
from contentkit.patterns import regex
from contentkit.text import hidden_characters, one_line
from contentkit.values import dataclass
from contentkit.web.asking import BY_HAND

LONGEST_ADDRESS = 4096
USUAL_PORTS = {"http": 80, "https": 443}
_ADDRESS = regex(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.I)
_AUTHORITY = regex(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]*))?")
# What may stand in a path and a query as it is; a "%" is taken for the start of something already encoded.
_PLAIN = "/?:@!$&'()*+,;=%~[]"
_SCHEME = regex(r"[a-z][a-z0-9+.-]*:", re.I)
_KEYED = regex(r"[?#]")
_HINT = "write it whole, as in https://example.org/page"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One address: ``host`` as ``contentkit.hosts`` spells it, ``path`` with its query, in plain ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """Host and port, the port only where it is not the usual one: what the Host header says."""
        return self.host if self.port == USUAL_PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.place}{self.path}"


def target_of(words: str) -> Target:
    """An address as a person writes or pastes it. What stands behind ``#`` is dropped.

    Raises UsageError for what is no http(s) address, for names and passwords in it, and for hidden characters.
    """
    words = words.strip(" ")
    if len(words) > LONGEST_ADDRESS:
        raise UsageError(f"{_shown(words)} is too long for an address", hint=_HINT)
    if odd := _odd_characters(words):
        raise UsageError(f"{_shown(words)} has a {odd} in it, as no address has", hint=_HINT)
    match = _ADDRESS.fullmatch(words)
    if not match:
        raise UsageError(f"{_shown(words)} is no http or https address", hint=_HINT)
    if "@" in match[2]:
        hint = "pages are read without signing in: take the part up to the '@' out"
        raise UsageError(f"{_shown(words)} has a name or a password in it", hint=hint)
    return _made(words, match[1].lower(), match[2], match[3])


def redirected(target: Target, location: str) -> Target:
    """Where a redirect leads, as its header says it, letters of any alphabet included. Raises Refused."""
    with suppress(UnicodeError):  # not what browsers expect either, but it is only a path then
        location = location.encode("latin-1").decode("utf-8")
    try:
        if not location or _odd_characters(location):
            raise UsageError("its address has characters that no address has")
        led = target_of(location if _SCHEME.match(location) else urljoin(target.address, location))
    except (UsageError, ValueError):
        message = f"{target.place}: redirects to something that is no http or https address"
        raise Refused(message, hint=BY_HAND) from None
    if target.scheme == "https" and led.scheme == "http":
        raise Refused(f"{target.place}: redirects to {led.place} without encryption", hint=BY_HAND)
    return led


def _made(words: str, scheme: str, authority: str, path: str) -> Target:
    parts = _AUTHORITY.fullmatch(authority)
    try:
        if not parts:
            raise ValueError("a host, and a port at most")
        host = host_of(parts[1])
        port = port_of(parts[2]) if parts[2] else USUAL_PORTS[scheme]
    except ValueError:
        raise UsageError(f"{_shown(words)} names no host that can be asked", hint=_HINT) from None
    path = quote(path, safe=_PLAIN)
    return Target(scheme=scheme, host=host, port=port, path=path if path.startswith("/") else f"/{path}")


def _odd_characters(words: str) -> str:
    """What browsers drop or turn around, each in its own way: then nobody knows which host is meant."""
    if hidden := hidden_characters(words):
        return hidden[0]
    if "\\" in words:
        return "backslash"
    if "\t" in words or "\n" in words:
        return "tab or a new line"
    return "broken character" if any("\ud800" <= one <= "\udfff" for one in words) else ""


def _shown(words: str) -> str:
    """The address for a message: no password, and no query, which may be a key."""
    if "@" in words:
        return "an address with '@'"
    return f"'{one_line(_KEYED.split(words)[0], 60)}'"
