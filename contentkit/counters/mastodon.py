"""Text as Mastodon counts it: only links with a scheme are links."""

from __future__ import annotations

import re

from contentkit.counters.graphemes import graphemes
from contentkit.text import urls_in

# The host as a whole or none of it: a lookahead gives nothing back, and Python before 3.11.5 matches possessive groups wrongly.
_MENTION = re.compile(r"(?<![=/\w])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@(?=(\w++(?:[.-]++\w++)*))\2(?!@|://)", re.I)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?", re.I)
# Ends of host names that are kept for tests and private networks (RFC 6761, RFC 6762, ICANN's "internal").
_PRIVATE_ENDS = {
    "alt", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "onion",
    "private", "test",
}  # fmt: skip


def mastodon_length(text: str, warning: str = "", *, url_length: int = 23) -> int:
    """The length Mastodon counts: graphemes, each link as ``url_length``, ``@user@host`` as ``@user``, the warning too.

    Source: StatusLengthValidator and its spec. A link that the server would count literally because its host
    is unknown is counted as the longer of the two, so that we never count less than the server does.
    """
    counted = []
    end = 0
    for start, stop in urls_in(text):
        counted.append(text[end:start])
        counted.append("x" * max(url_length, 0 if _is_public_url(text[start:stop]) else stop - start))
        end = stop
    counted.append(text[end:])
    return graphemes(warning) + graphemes(_MENTION.sub(_counted_mention, "".join(counted)))


def _counted_mention(match: re.Match[str]) -> str:
    # A longer host is none (RFC 1035), so that the server counts it in full.
    return f"@{match[1]}" if len(match[2]) <= 253 else match[0]


def _is_public_url(url: str) -> bool:
    """Whether the server surely counts all of this as one link: a host that may exist, and a query in ASCII."""
    address, _, query = url.partition("://")[2].partition("?")
    labels = re.split(r"[/#:]", address)[0].split(".")
    end = labels[-1].lower()
    is_host = len(labels) > 1 and len(end) > 1 and end.isalpha() and end not in _PRIVATE_ENDS
    return is_host and len(url) <= 4096 and query.isascii() and all(_LABEL.fullmatch(label) for label in labels)
