"""A post and the other words that it could have, numbered as ``redraft --choose`` takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.models import Alternative, Evidence, Post
from contentkit.text import printable
from contentkit.values import dataclass

if TYPE_CHECKING:
    from rich.console import RenderableType

HEADINGS = ("choose", "length", "since", "text", "evidence")
_INDENT = 4


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Other words for a post. ``number`` is what ``--choose`` takes; ``is_new`` where they were not in the draft before."""

    number: int
    alternative: Alternative
    is_new: bool


def places_of(evidence: Sequence[Evidence]) -> str:
    """The lines, without their hashes."""
    return ", ".join(str(replace(one, sha="")) for one in evidence)


def offer_cells(offer: Offer, length: Callable[[str], str]) -> tuple[str, ...]:
    """The cells of one offer; ``length`` tells that of a text and the room for it."""
    text = offer.alternative.text
    since = "new" if offer.is_new else "noted"
    return (str(offer.number), length(text), since, text, places_of(offer.alternative.evidence) or "-")


def offers_view(post: Post, offers: Sequence[Offer], length: Callable[[str], str], width: int) -> RenderableType:
    """What the post says now, and the offers, for a terminal so many columns wide, each with its whole text."""
    from rich.text import Text

    now = ("", length(post.text), "now", post.text, places_of(post.evidence) or "-")
    shown = Text()
    for number, count, since, text, places in (now, *(offer_cells(offer, length) for offer in offers)):
        shown.append(f"{number:<{_INDENT}}", style="bold").append(f"{since}, {count}\n", style="dim")
        for line in _lines(printable(text), width - _INDENT):
            shown.append(f"{' ' * _INDENT}{line}".rstrip() + "\n")
        shown.append(f"{' ' * _INDENT}{printable(places)}\n\n", style="dim")
    shown.rstrip()
    return shown


def _lines(text: str, width: int) -> Iterator[str]:
    import textwrap

    for line in text.split("\n"):
        yield from textwrap.wrap(line, max(8, width), break_on_hyphens=False) or [""]
