"""Own statuses page by page, newest first, from servers that list them in more than one way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from contentkit.patterns import regex
from contentkit.platforms.counts import id_in
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange

_LINK = regex(r"<([^<>]*)>([^<]*)")
_NEXT = regex(r""";\s*rel\s*=\s*(?:"next"|'next'|next\b)""")


@dataclass(frozen=True, kw_only=True)
class Page:
    """The statuses of one answer with their ids as text, boosts left out; ``older`` asks for the next page, and is empty after
    the last one."""

    statuses: list[dict[str, Any]]
    older: str


def page_of(exchange: Exchange) -> Page | None:
    """The page that an answer is; None when it is none.

    A page may be shorter than asked for: servers have their own limits. What asks for the next one stands in the Link header,
    and where there is none it is the last id of all, that of a boost, too.
    """
    answer = exchange.json()
    if exchange.status != 200 or not isinstance(answer, list):
        return None
    listed = [{**one, "id": told} for one in answer if isinstance(one, dict) and (told := id_in(one))]
    older = _older(exchange.headers) or listed[-1]["id"] if listed else ""
    return Page(statuses=[one for one in listed if not one.get("reblog")], older=older)


def _older(headers: Mapping[str, str]) -> str:
    for link in _LINK.finditer(headers.get("link", "")):
        if _NEXT.search(link[2]):
            return _max_id_in(link[1])
    return ""


def _max_id_in(address: str) -> str:
    try:
        return parse_qs(urlsplit(address).query).get("max_id", [""])[-1]
    except ValueError:
        return ""
