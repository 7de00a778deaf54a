"""Secrets in links: a password before the host, a key among the parameters. Found here, and never told."""

from __future__ import annotations

import re

from contentkit.patterns import regex

_USER = regex(r"(?<=://)[^\s/@?#]+(?=@)")
_KEYS = "access_token|api_?key|auth_token|client_secret|passw(?:or)?d|secret|token|x-amz-signature"
# A shorter value is a number, a flag or a word.
_VALUE = regex(rf"(?<![^?&;#\s])((?:{_KEYS})=)[^&;#\s]{{8,}}", re.I)
_HIDDEN = "…"


def has_secret(address: str) -> bool:
    """Whether an address holds a user's name, a password or a key."""
    return bool(_USER.search(address)) or ("=" in address and bool(_VALUE.search(address)))


def without_secrets(text: str) -> str:
    """A text that may quote links, with a sign in the place of each secret."""
    if "://" not in text:
        return text
    return _VALUE.sub(rf"\1{_HIDDEN}", _USER.sub(_HIDDEN, text))
