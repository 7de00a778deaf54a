"""CK326 and CK327: what would cost less on a network that bills links, and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contentkit.checks.findings import place_of
from contentkit.models import Draft, Part, Problem, Rendition

if TYPE_CHECKING:
    from contentkit.money.prices import Cost, PartCost

_NAMED_AT_MOST = 3


def check_cost(rendition: Rendition, draft: Draft, cost: Cost | None) -> list[Problem]:
    """What a thread would save, on an account that it costs so much on; nothing where nothing is billed."""
    if cost is None or cost.prices.create_with_link <= cost.prices.create:
        return []
    parts = list(zip(rendition.parts, cost.parts, strict=True))
    linked = [part for part, its in parts if any(map(_is_meant, its.links))]
    problems = [_in_fewer_parts(rendition, draft, linked, cost)] if len(linked) > 1 else []
    for part, its in parts:
        if its.links and part not in linked:
            problems += _names(rendition, draft, part, its, cost)
    return problems


def _is_meant(link: str) -> bool:
    """Whether the author wrote a link, and not a name that the network makes one of."""
    return "://" in link


def _in_fewer_parts(rendition: Rendition, draft: Draft, linked: list[Part], cost: Cost) -> Problem:
    from contentkit.money.prices import dollars

    saving = (len(linked) - 1) * (cost.prices.create_with_link - cost.prices.create)
    whole, least = dollars(cost.total), dollars(cost.total - saving)
    return Problem(
        check="CK326",
        severity="warning",
        message=f"a link in {len(linked)} parts on {rendition.account.name}: {whole}; in one of them: {least}",
        place=place_of(draft, linked[1].post),
        remedy="put the links into one part, if readers find them there",
        post=linked[1].post,
        account=rendition.account.name,
    )


def _names(rendition: Rendition, draft: Draft, part: Part, its: PartCost, cost: Cost) -> Iterator[Problem]:
    """One finding for all the names of a part: only without any of them it costs less."""
    from contentkit.money.prices import dollars

    names = list(dict.fromkeys(its.links))
    shown = ", ".join(f"'{name}'" for name in names[:_NAMED_AT_MOST])
    more = f" and {len(names) - _NAMED_AT_MOST} more" if len(names) > _NAMED_AT_MOST else ""
    dearer = dollars(cost.prices.create_with_link - cost.prices.create)
    becomes = "become links" if len(names) > 1 else "becomes a link"
    yield Problem(
        check="CK327",
        severity="warning",
        message=f"{shown}{more} {becomes} on {rendition.account.name}, and the part costs {dearer} more",
        place=place_of(draft, part.post, max(0, draft.posts[part.post].text.find(names[0]))),
        words=names[0],
        remedy="write it otherwise, as in 'the setup file' or 'setup dot py'; backticks do not help",
        post=part.post,
        account=rendition.account.name,
    )
