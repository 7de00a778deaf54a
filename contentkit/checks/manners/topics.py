"""CK351: content warnings, for the topics that a project lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from contentkit.checks.findings import place_of
from contentkit.checks.manners.phrases import places_of
from contentkit.models import Draft, Part, Problem, Rendition


def check_topics(rendition: Rendition, draft: Draft, topics: Mapping[str, Collection[str]]) -> list[Problem]:
    """One problem for each topic that a thread without a content warning speaks of, at the first place where it does.

    A warning stands on every part of its thread. For networks that have warnings; of others nobody can ask for one.
    """
    if rendition.warning:
        return []
    return [problem for topic, words in topics.items() for problem in _spoken_of(rendition, draft, topic, words)]


def _spoken_of(rendition: Rendition, draft: Draft, topic: str, words: Collection[str]) -> Iterator[Problem]:
    for part in rendition.parts:
        for said, line in _wordings(part):
            place = next(places_of(words, said), None)
            if place:
                found, name = said[place[0] : place[1]], rendition.account.name
                at = -1 if line else draft.posts[part.post].text.find(found)
                yield Problem(
                    check="CK351",
                    severity="error",
                    message=f"'{found}' is of the topic '{topic}', and the thread on {name} has no content warning",
                    place=place_of(draft, part.post, max(at, 0), line),
                    words=found,
                    remedy=f"write 'warning: {topic}' at the draft's top: it stands on every part",
                    post=part.post,
                    at=at if at >= 0 else None,
                    account=name,
                )
                return


def _wordings(part: Part) -> list[tuple[str, int]]:
    """The text, and the alt texts with their lines."""
    return [(part.text, 0), *((media.alt, media.line) for media in part.media)]
