"""Addresses of servers, as people write them and as contentkit keeps them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.text import one_line

_HANDLE = regex(r"@?[\w.-]+@([^@/\s]+)")
_HOST = regex(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*", re.I)
_LOOPBACK = regex(r"localhost|127(?:\.\d{1,3}){3}|::1")


def server_address(words: str) -> str:
    """The address of a server that was written as a name, an address or a handle: ``https://mastodon.social``.

    Raises ContentError: plain http only to this machine, because secrets go there.
    """
    words = words.strip()
    if handle := _HANDLE.fullmatch(words):
        words = handle[1]
    try:
        parts = urlsplit(words if "://" in words else f"https://{words}")
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, host, port = urlsplit(""), "", ""
    if parts.scheme not in ("https", "http") or not _HOST.fullmatch(host) or "@" in parts.netloc:
        shown = one_line(words.rpartition("@")[2], 60)  # before the sign may stand a password
        raise ContentError(
            f"'{shown}' is no server",
            hint="write its name, as in mastodon.social, or your handle, as in @me@mastodon.social",
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise ContentError(f"http://{host}: is not encrypted", hint="use https")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def is_same_server(one: str, other: str) -> bool:
    """Whether two addresses lead to the same server, however each is written."""
    return _comparable(one) == _comparable(other)


def is_guarded(address: str) -> bool:
    """Whether this is a whole https address, or an http one of this machine, without a user's name in it: what is asked for
    there, nobody else can read."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or not _HOST.fullmatch(host) or "@" in parts.netloc or port == 0:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_proxy(address: str) -> bool:
    """Whether this is the address of an HTTP proxy: a scheme and a host, perhaps a port, a user and a password."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    whole = parts.path in ("", "/") and not parts.query and not parts.fragment
    return plain and whole and parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))


def secrets_of_proxy(address: str) -> tuple[str, ...]:
    """What nobody may read in the address of a proxy, as it is written there, as it is meant, and as it is sent."""
    parts = urlsplit(address)
    if not parts.password:
        return ()
    user, password = unquote(parts.username or ""), unquote(parts.password)
    return (f"{user}:{password}", parts.password, password)


def is_loopback(host: str) -> bool:
    """Whether this is a name of this machine, to which nobody can listen in."""
    return bool(_LOOPBACK.fullmatch(host))


def _comparable(address: str) -> str:
    try:
        return server_address(address).removesuffix(":443")
    except ContentError:
        return address.lower()
