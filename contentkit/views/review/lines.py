"""A dossier in plain lines: for screen readers, and for terminals that can do no more."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.text import in_one_line, one_line
from contentkit.views.problems import problem_lines, tally
from contentkit.views.review.values import Dossier, Ground
from contentkit.views.threads import thread_lines

_LONGEST_SAID = 600


def head_lines(dossier: Dossier) -> Iterator[str]:
    """When the entry goes out, how it stands, what changed since its last approval."""
    yield in_one_line(dossier.heading)
    yield from map(in_one_line, dossier.standing)
    if dossier.changed:
        yield "Changed since the last approval:"
        yield from (f"  {in_one_line(''.join(words for _, words in line))}" for line in dossier.changed)


def thread_lines_of(dossier: Dossier) -> Iterator[str]:
    """Its thread on each account, letter for letter."""
    for preview in dossier.previews:
        yield ""
        yield from thread_lines(preview)


def rest_lines(dossier: Dossier) -> Iterator[str]:
    """What each post rests on, who waived what, what was found, what is in the way."""
    yield ""
    for number, grounds in enumerate(dossier.grounds, 1):
        yield from _ground_lines(number, grounds)
    for number, post in enumerate(dossier.posts, 1):
        for one in post.waivers:
            yield one_line(f"Post {number}: {one.check} was waived by {one.by}: {one.reason}", _LONGEST_SAID)
    if counted := [problem for problem in dossier.problems if problem.severity != "information"]:
        yield f"Findings: {tally(counted)}"
        yield from problem_lines(counted)
    yield from (f"In the way: {in_one_line(one)}" for one in dossier.obstacles)


def _ground_lines(number: int, grounds: tuple[Ground, ...]) -> Iterator[str]:
    """Only the lines that are cited: what stands around them takes long to hear, and 'o' opens it."""
    if not grounds:
        yield f"Post {number} rests on nothing."
    for ground in grounds:
        said = " ".join(words for line, words in ground.lines if ground.first <= line <= ground.last)
        yield f"Post {number} rests on {in_one_line(ground.evidence.place)}, {in_one_line(ground.state)}:"
        yield f"  {one_line(said, _LONGEST_SAID)}"
