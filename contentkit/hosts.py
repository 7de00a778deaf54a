"""Names of hosts in one spelling, so that two of them can be compared, and no odd spelling of an address passes as a name."""

from __future__ import annotations

import re

from contentkit.patterns import regex

_LONGEST = 253
_LABEL = regex(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# A name that ends so is meant as an IPv4 address: 2130706433, 0x7f.1 and 127.1 all reach 127.0.0.1.
_NUMBER = regex(r"[0-9]+|0x[0-9a-f]*")
_PORT = regex(r"[0-9]{1,5}")


def host_of(words: str) -> str:
    """A host in small letters, foreign letters as punycode, without a last dot; a v6 address short and in its brackets.

    Raises ValueError for what is none, and for every IPv4 address that is not written as four decimal numbers.
    """
    from ipaddress import IPv4Address, IPv6Address

    if words.startswith("[") and words.endswith("]") and "%" not in words:
        return f"[{IPv6Address(words[1:-1])}]"
    if len(words) > _LONGEST + 1:
        raise ValueError("no name of a host is so long")
    name = (words if words.isascii() else _punycode(words)).lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("this is no name of a host")
    return str(IPv4Address(name)) if _NUMBER.fullmatch(labels[-1]) else name


def port_of(words: str) -> int:
    """A port that was written as a number. Raises ValueError."""
    port = int(words) if words.isascii() and _PORT.fullmatch(words) else 0
    if not 0 < port < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return port


def place_of(words: str) -> tuple[str, int | None]:
    """The host and the port of ``host``, ``host:port``, ``[v6]`` or ``[v6]:port``; None where no port is named.

    Raises ValueError.
    """
    host, colon, port = words.rpartition(":") if re.search(r":[^\]]*\Z", words) else (words, "", "")
    return host_of(host), port_of(port) if colon else None


def _punycode(name: str) -> str:
    """As browsers read it: letters that look like dots, digits or Latin ones are made such first."""
    import idna

    return idna.encode(name, uts46=True).decode()
