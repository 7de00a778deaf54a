"""A dossier in plain lines, from top to bottom: for screen readers, and for terminals that can do no more."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.text import in_one_line, one_line
from contentkit.views.problems import problem_lines, tally
from contentkit.views.review.values import Dossier, Ground
from contentkit.views.threads import thread_lines

_LONGEST_LINE = 600


def dossier_lines(dossier: Dossier) -> Iterator[str]:
    """How the entry stands, its thread on each account, what each post rests on, what was found."""
    yield in_one_line(dossier.heading)
    yield from map(in_one_line, dossier.standing)
    if dossier.changed:
        yield "Changed since the last approval:"
        yield from (f"  {in_one_line(''.join(words for _, words in line))}" for line in dossier.changed)
    for preview in dossier.previews:
        yield ""
        yield from thread_lines(preview)
    for number, grounds in enumerate(dossier.grounds, 1):
        yield ""
        yield from _ground_lines(number, grounds)
    if counted := [problem for problem in dossier.problems if problem.severity != "information"]:
        yield ""
        yield f"Findings: {tally(counted)}"
        yield from problem_lines(counted)
    yield from (f"In the way: {in_one_line(one)}" for one in dossier.obstacles)


def _ground_lines(number: int, grounds: tuple[Ground, ...]) -> Iterator[str]:
    if not grounds:
        yield f"Post {number} rests on nothing."
    for ground in grounds:
        yield f"Post {number} rests on {in_one_line(ground.evidence.place)}, {in_one_line(ground.state)}:"
        for line, words in ground.lines:
            mark = ">" if ground.first <= line <= ground.last else " "
            yield f"{mark} {line:>4} {one_line(words, _LONGEST_LINE)}".rstrip()
