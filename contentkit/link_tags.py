"""Tags on links (``utm_source`` and its like), by which a website tells where its readers came from.

Off unless contentkit.toml names the hosts whose links get them: a tag on somebody else's address tells us nothing, and a tagged
address is longer, uglier and may break. A link that has tags of its own keeps them and gets no others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from urllib.parse import quote

from contentkit.patterns import regex
from contentkit.values import dataclass

Span = tuple[int, int]
Links = Callable[[str], Sequence[Span]]
_HOST = regex(r"https?://(?:[^/?#@\s]*@)?(?P<host>[^/?#:\s]+)", re.I)
_TAGGED = regex(r"[?&;]utm_[a-z]+=", re.I)
# With all tags, then without those that would tear their link.
_ATTEMPTS = 2
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


def tagged(text: str, links: Links, tags: LinkTags, values: dict[str, str]) -> str:
    """The text with tags on those of its links that lead to our hosts and have none. ``values`` are those of ``NAMES``.

    ``links`` gives the places of what the network makes links of, in order. It makes the same ones of the text with tags, and
    the tags are part of them: where they would not be, a link stays as it was written. Every other character stays, too; the
    tags stand before a fragment.
    """
    words = _words(tags, values)
    if not tags.hosts or not words:
        return text
    spans = links(text)
    ours = {span for span in spans if _wants_tags(text[slice(*span)], tags)} - set(_within_code(text, spans))
    for _ in range(_ATTEMPTS):
        result, moved = _with_all(text, spans, ours, words)
        found = set(links(result))
        torn = {span for span, now in zip(spans, moved, strict=True) if now not in found}
        if not torn and len(found) == len(moved):
            return result
        ours -= torn
    return text


def _wants_tags(url: str, tags: LinkTags) -> bool:
    return _is_ours(url, tags.hosts) and not _TAGGED.search(url)


def _within_code(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Those that stand in code, which readers copy letter for letter: an ``&`` there begins another command."""
    from contentkit.splitting import code_in  # what only reads settings needs none of it

    code = list(code_in(text))
    ends = [one.end for one in code]
    for start, stop in spans:
        after = bisect_right(ends, start)
        if after < len(code) and code[after].start < stop:
            yield start, stop


def _with_all(text: str, spans: Sequence[Span], ours: Container[Span], words: str) -> tuple[str, list[Span]]:
    """The text with these tags on ``ours``, and where its links stand then."""
    pieces: list[str] = []
    moved: list[Span] = []
    end = length = 0
    for start, stop in spans:
        url = _with(text[start:stop], words) if (start, stop) in ours else text[start:stop]
        pieces += [text[end:start], url]
        length += start - end
        moved.append((length, length + len(url)))
        length += len(url)
        end = stop
    return "".join((*pieces, text[end:])), moved


def _words(tags: LinkTags, values: dict[str, str]) -> str:
    given = {"source": tags.source, "medium": tags.medium, "campaign": tags.campaign}
    filled = {name: template.format_map(values) for name, template in given.items()}
    return "&".join(
        f"utm_{name}={quote(value.encode(errors='surrogateescape'), safe='')}"
        for name, value in filled.items()
        if value
    )


def _is_ours(url: str, hosts: Sequence[str]) -> bool:
    found = _HOST.match(url)
    host = found["host"].lower().rstrip(".") if found else ""
    return any(host == ours or host.endswith("." + ours) for ours in hosts)


def _with(url: str, words: str) -> str:
    address, hash_, fragment = url.partition("#")
    joint = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{joint}{words}{hash_}{fragment}"
