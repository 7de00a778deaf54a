"""Own statuses page by page, newest first, from servers that list them in more than one way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from contentkit.platforms.counts import id_in
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange


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
    from requests.utils import parse_header_links

    for link in parse_header_links(headers.get("link", "")):
        if link.get("rel") == "next":
            return parse_qs(urlsplit(link["url"]).query).get("max_id", [""])[-1]
    return ""
