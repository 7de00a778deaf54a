"""Where exactly the words of a finding stand, told from the draft's file as people edit it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contentkit.drafts.places import Places
from contentkit.models import Problem, Spot


def located(problems: Iterable[Problem], places: Places) -> list[Problem]:
    """The problems, each with its spot: those of this draft to the column where it can be known, all others to the line."""
    return [replace(problem, spot=(spot := _spot(problem, places)), place=_place(spot)) for problem in problems]


def _spot(problem: Problem, places: Places) -> Spot:
    told = problem.where
    if told.path != places.sheet.path:
        return told
    if problem.post is not None and problem.at is not None:
        return places.spot(problem.post, problem.at, problem.words)
    return places.line(told.line, problem.words) if told.line else told


def _place(spot: Spot) -> str:
    return f"{spot.path}:{spot.line}" if spot.line else spot.path
