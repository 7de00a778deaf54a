"""The manners of a whole thread, and of its posts in this project: what takes more than one post's text to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from contentkit.checks.findings import Finding, problem_of
from contentkit.checks.manners.hashtags import repeated_hashtags
from contentkit.checks.manners.hype import check_hype
from contentkit.checks.manners.mentions import check_mentions
from contentkit.checks.manners.numbering import misnumbered
from contentkit.checks.manners.prose import MOST_FINDINGS, prose_of
from contentkit.checks.manners.reading_level import hard_to_read
from contentkit.checks.manners.tongues import check_tongue
from contentkit.checks.reading.words import language_of
from contentkit.models import Draft, Person, Problem, Rendition


def check_thread(
    draft: Draft, threads: Collection[Rendition], people: Mapping[str, Person], hype: Collection[str]
) -> list[Problem]:
    """CK334, CK348, CK352 to CK354 and CK357. ``threads`` are the draft's on its accounts, which may say its language;
    ``hype`` is what the project does not say."""
    found = [
        *_of_posts(draft, threads, people, hype),
        *islice(repeated_hashtags(draft), MOST_FINDINGS),
        *misnumbered(draft, threads),
    ]
    texts = [post.text for post in draft.posts]
    found += hard_to_read(texts, language_of(draft.language, "\n".join(texts)))
    return [problem_of(finding, draft, index) for index, finding in found]


def _of_posts(
    draft: Draft, threads: Collection[Rendition], people: Mapping[str, Person], hype: Collection[str]
) -> Iterator[tuple[int, Finding]]:
    declared: dict[int, set[str]] = {}
    for thread in threads:
        for part in thread.parts if thread.language else ():
            declared.setdefault(part.post, set()).add(thread.language)
    for index, post in enumerate(draft.posts):
        prose = prose_of(post.text)
        for finding in (
            *islice(check_mentions(prose, people), MOST_FINDINGS),
            *check_tongue(prose, declared.get(index) or {draft.language} - {""}),
            *islice(check_hype(prose, hype), MOST_FINDINGS),
        ):
            yield index, finding
