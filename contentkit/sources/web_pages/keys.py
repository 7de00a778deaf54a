"""Keys in addresses: whoever has such an address may read the page, so it is written down without them."""

from __future__ import annotations

from contentkit.patterns import regex

_NAME_PARTS = regex(r"[A-Z]?[a-z]+|[A-Z]+")
_KEY_NAMES = frozenset({
    "accesstoken", "amz", "apikey", "auth", "authtoken", "credential", "credentials", "goog", "hmac", "jwt", "key", "pass",
    "passwd", "password", "pwd", "secret", "session", "sessionid", "sid", "sig", "signature", "ticket", "token",
})  # fmt: skip
# What nobody has written by hand, whatever its name.
_RANDOM = regex(r"(?=\D*\d)(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])[\w%.~+/=-]{24,}|[0-9a-fA-F]{32,}")


def without_keys(address: str) -> str:
    """The address without the parameters of its query that are keys by their name or look, and without its fragment."""
    place, _, query = address.partition("#")[0].partition("?")
    kept = "&".join(one for one in query.split("&") if not _is_key(one))
    return f"{place}?{kept}" if kept else place


def _is_key(parameter: str) -> bool:
    name, mark, value = parameter.partition("=")
    named = mark and not _KEY_NAMES.isdisjoint(part.lower() for part in _NAME_PARTS.findall(name[:200]))
    return bool(named or _RANDOM.fullmatch(value if mark else name))
