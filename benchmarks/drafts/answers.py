"""The filled-in forms of the judges, checked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.drafts.sheets import CRITERIA, PREFERENCES, SIDES
from contentkit.errors import ContentError

Grades = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one judge says of one pair."""

    judge: str
    pair: str
    grades: Mapping[str, Grades]
    preferred: str


@dataclass(frozen=True, kw_only=True)
class Grading:
    """What one judge says of one thread alone."""

    judge: str
    single: str
    grades: Grades


def read_answers(paths: Sequence[Path]) -> tuple[list[Verdict], list[Grading]]:
    """The answers in these forms. Raises ContentError for a form that is not filled in, or not as asked."""
    verdicts: list[Verdict] = []
    gradings: list[Grading] = []
    for path in paths:
        form = _loaded(path)
        judge = str(form.get("judge") or path.stem)
        verdicts += _verdicts(form, judge, path.name)
        gradings += [
            Grading(judge=judge, single=single, grades=_grades(said, f"{path.name}: {single}"))
            for single, said in form.get("singles", {}).items()
        ]
    return verdicts, gradings


def _loaded(path: Path) -> dict[str, Any]:
    try:
        form = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError(
            f"{path.name}: no form can be read here: {error}", hint="give the JSON form of a batch"
        ) from error
    if not isinstance(form, dict) or not ("pairs" in form or "singles" in form):
        raise ContentError(f"{path.name}: this is no form of a batch", hint="it needs 'pairs' or 'singles'")
    return form


def _verdicts(form: Mapping[str, Any], judge: str, name: str) -> Iterator[Verdict]:
    for pair, said in form.get("pairs", {}).items():
        where = f"{name}: {pair}"
        if said.get("preferred") not in PREFERENCES:
            raise ContentError(f"{where}: 'preferred' is {said.get('preferred')!r}", hint="say A, B or tie")
        grades = {side: _grades(said.get(side, {}), f"{where}, {side}") for side in SIDES}
        yield Verdict(judge=judge, pair=pair, grades=grades, preferred=said["preferred"])


def _grades(said: Mapping[str, Any], where: str) -> Grades:
    for name in CRITERIA:
        if type(said.get(name)) is not int or not 1 <= said[name] <= 5:
            raise ContentError(f"{where}: {name} is {said.get(name)!r}", hint="grade from 1 to 5")
    return {name: said[name] for name in CRITERIA}
