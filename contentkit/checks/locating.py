"""Where exactly the words of a finding stand, told from the draft's file as people edit it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from contentkit.draft_places import Places
from contentkit.models import Problem, Spot

_LINE = re.compile(r"(?P<path>.*):(?P<line>[1-9]\d{0,8})", re.DOTALL)


def located(problems: Iterable[Problem], places: Places) -> list[Problem]:
    """The problems, each with its spot: those of this draft to the column where it can be known, all others to the line."""
    return [replace(problem, spot=(spot := _spot(problem, places)), place=_place(spot)) for problem in problems]


def _spot(problem: Problem, places: Places) -> Spot:
    match = _LINE.fullmatch(problem.place)
    path, line = (match["path"], int(match["line"])) if match else (problem.place, 0)
    if path != places.sheet.path:
        return Spot(path=path, line=line)
    if problem.post is not None and problem.at is not None:
        return places.spot(problem.post, problem.at, problem.words)
    return places.line(line, problem.words) if line else Spot(path=path)


def _place(spot: Spot) -> str:
    return f"{spot.path}:{spot.line}" if spot.line else spot.path
