"""CK370 to CK373: what a whole thread does to the people it names, and with its link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contentkit.checks.findings import Finding, information, problem_of, warning
from contentkit.checks.links import link_key, links_in, people_in
from contentkit.models import Draft, Person, Problem


def check_whole_thread(draft: Draft, people: Mapping[str, Person]) -> list[Problem]:
    """What takes the whole thread and ``people.yaml`` to tell, in the order of the posts."""
    found = [*_mentioned_again(draft, people), *_named_against_their_will(draft, people), *_about_the_link(draft)]
    return [problem_of(finding, draft, index) for index, finding in found]


def _mentioned_again(draft: Draft, people: Mapping[str, Person]) -> Iterator[tuple[int, Finding]]:
    """CK370 for each post that mentions somebody whom an earlier one mentions; posts for single accounts are no thread."""
    seen: set[str] = set()
    for index, post in enumerate(draft.posts):
        if post.only or post.instead:
            continue
        named = {one.key: one for one in reversed(people_in(post.text))}
        for key, one in named.items():
            if key in seen and key in people and people[key].consent == "mention":
                message = f"{one.words} is mentioned in an earlier post, too: each mention is a notification of its own"
                remedy = "write the name where it is said again"
                yield index, information("CK370", message, words=one.words, at=one.start, remedy=remedy)
        seen |= named.keys()


def _named_against_their_will(draft: Draft, people: Mapping[str, Person]) -> Iterator[tuple[int, Finding]]:
    """CK371 for each post with the full name or a handle of somebody who does not want to be named."""
    unwilling = {
        words: person for person in people.values() if person.consent == "never" for words in _ways_to_name(person)
    }
    if not unwilling:
        return
    longest_first = sorted(unwilling, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)
    for index, post in enumerate(draft.posts):
        if match := pattern.search(post.text):
            message = f"people.yaml says that '{match[0]}' does not want to be named"
            remedy = "say it without the name; if they agreed meanwhile, say so in people.yaml"
            yield index, warning("CK371", message, words=match[0], at=match.start(), remedy=remedy)


def _ways_to_name(person: Person) -> list[str]:
    """The name of two words or more, and handles: a first name alone may be anybody's."""
    names = [" ".join(person.display.split())] if " " in person.display.strip() else []
    return [*names, *(handle for handle in person.handles.values() if len(handle) > 1)]


def _about_the_link(draft: Draft) -> Iterator[tuple[int, Finding]]:
    """CK372 for a link of the draft that no post has, CK373 for a thread that begins with nothing but a link."""
    if not draft.posts:
        return
    shown = {link.key for post in draft.posts for link in links_in(post.text)}
    if draft.link and link_key(draft.link) not in shown:
        message = f"no post has the link of the draft, {draft.link}"
        yield (
            len(draft.posts) - 1,
            information("CK372", message, words=draft.link, line=1, remedy="add it to a post, or take 'link:' out"),
        )
    first = draft.posts[0].text.strip()
    spans = links_in(first)
    if spans and not any(map(str.isalnum, first[: spans[0].start] + first[spans[-1].end :])) and len(spans) == 1:
        message = "the thread begins with nothing but a link: nobody learns why to follow it"
        yield 0, warning("CK373", message, words=spans[0].words, remedy="say first what it is about")
