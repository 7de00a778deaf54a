"""Tags on links (``utm_source`` and its like), by which a website tells where its readers came from.

Off unless contentkit.toml names the hosts whose links get them: a tag on somebody else's address tells us nothing, and a tagged
address is longer, uglier and may break. A link that has tags of its own keeps them and gets no others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

_HOST = re.compile(r"https?://(?:[^/?#@\s]*@)?(?P<host>[^/?#:\s]+)", re.I)
_TAGGED = re.compile(r"[?&;]utm_[a-z]+=", re.I)
# What may stand in a template of contentkit.toml.
NAMES = ("platform", "account", "campaign")


@dataclass(frozen=True, kw_only=True)
class LinkTags:
    """Which links get tags, and what these say. Templates may name ``{platform}``, ``{account}`` and ``{campaign}``.

    A tag whose template comes to nothing is left out.
    """

    hosts: tuple[str, ...] = ()
    source: str = "{platform}"
    medium: str = "social"
    campaign: str = "{campaign}"


def tagged(text: str, links: Sequence[tuple[int, int]], tags: LinkTags, values: dict[str, str]) -> str:
    """The text with tags on those of its ``links`` (start, end; in order) that lead to our hosts and have none.

    ``values`` are those of ``NAMES``. Every other character stays as it is; the tags stand before a fragment.
    """
    words = _words(tags, values)
    if not tags.hosts or not words:
        return text
    pieces, end = [], 0
    for start, stop in links:
        url = text[start:stop]
        pieces += [text[end:start], _with(url, words) if _is_ours(url, tags.hosts) and not _TAGGED.search(url) else url]
        end = stop
    return "".join((*pieces, text[end:]))


def _words(tags: LinkTags, values: dict[str, str]) -> str:
    given = {"source": tags.source, "medium": tags.medium, "campaign": tags.campaign}
    filled = {name: template.format_map(values) for name, template in given.items()}
    return "&".join(f"utm_{name}={quote(value, safe='')}" for name, value in filled.items() if value)


def _is_ours(url: str, hosts: Sequence[str]) -> bool:
    found = _HOST.match(url)
    host = found["host"].lower().rstrip(".") if found else ""
    return any(host == ours or host.endswith("." + ours) for ours in hosts)


def _with(url: str, words: str) -> str:
    address, hash_, fragment = url.partition("#")
    joint = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{joint}{words}{hash_}{fragment}"
