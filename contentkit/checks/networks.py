"""CK318 and CK319: networks and accounts that a draft and its people name, and that nobody here knows.

A post that is ``only:`` for a name with a letter too few would be published nowhere, and nobody would be told.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping

from contentkit.checks.findings import place_of
from contentkit.models import Draft, Person, Problem
from contentkit.people import PEOPLE_NAME
from contentkit.renditions import people_in
from contentkit.strict_yaml import nearest

# How networks are called as well.
_ALSO = {"twitter": "x"}
_NEAR = 0.75


def check_networks(
    draft: Draft,
    people: Mapping[str, Person],
    *,
    accounts: Collection[str],
    platforms: Collection[str],
    many_servers: Collection[str],
) -> list[Problem]:
    """CK318 for the posts of a draft, CK319 for the handles of the people whom it names and who agreed to be mentioned.

    ``many_servers`` are the platforms on which a handle means somebody only with a server.
    """
    known = {*accounts, *platforms}
    named = dict.fromkeys(key for post in draft.posts for key in people_in(post))
    mentioned = [people[key] for key in named if key in people and people[key].consent == "mention"]
    return [
        *_check_posts(draft, known),
        *(problem for person in mentioned for problem in _check_handles(person, platforms, many_servers)),
    ]


def _check_posts(draft: Draft, known: Collection[str]) -> Iterator[Problem]:
    for index, post in enumerate(draft.posts):
        for kind, names in (("only", post.only), ("instead", post.instead)):
            for name in names:
                if name not in known:
                    yield Problem(
                        check="CK318",
                        severity="error",
                        message=f"'{kind}: {name}' names no account and no platform",
                        place=place_of(draft, index),
                        words=name,
                        remedy=_meant(name, known) or nearest(name, known),
                        post=index,
                    )


def _check_handles(person: Person, platforms: Collection[str], many_servers: Collection[str]) -> Iterator[Problem]:
    place = f"{PEOPLE_NAME}:{person.line}" if person.line else PEOPLE_NAME
    for platform, handle in person.handles.items():
        if platform not in platforms:
            meant = _meant(platform, platforms)
            yield Problem(
                check="CK319",
                severity="error" if meant else "warning",
                message=f"{person.name} has a handle on '{platform}', and no platform is called so",
                place=place,
                words=platform,
                remedy=meant or "a platform for it may be missing; until then the name stands",
            )
        elif platform in many_servers and "@" not in handle.lstrip("@"):
            yield Problem(
                check="CK319",
                severity="error",
                message=f"the handle of {person.name} on {platform} names no server: on each it would be somebody else",
                place=place,
                words=handle,
                remedy=f"write it in full: @{handle.lstrip('@')}@their.server",
            )


def _meant(name: str, known: Collection[str]) -> str:
    """The hint for a name that is nearly a known one; empty for one that is not."""
    called = {**{also: one for also, one in _ALSO.items() if one in known}, **{one: one for one in known}}
    plain = name.casefold()[:100]
    close = [plain] if plain in called else difflib.get_close_matches(plain, sorted(called), 1, _NEAR)
    return f"did you mean '{called[close[0]]}'?" if close else ""
