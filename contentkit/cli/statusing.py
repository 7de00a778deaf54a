"""``status`` from question to answer: as it was kept while nothing has changed since, else worked out anew.

What waits is kept as JSON, which is shown in words as well. When the last run ended changes each minute without anything else
being told: of the heartbeat all else is watched, and its time is read when the answer is shown.
"""

from __future__ import annotations

import os
import sys
import time

from contentkit.cli.answers import Answer, keep, kept_answer, place_of
from contentkit.cli.lull import state_of
from contentkit.cli.streams import write
from contentkit.whereabouts import root_above

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contentkit.cli.looking import Looked
    from contentkit.cli.project import Project

FORM, _NOTHING = "status.json", "[]\n"
# Between the words of what is told beside it, and the time in them (seconds since 1970; empty for that of the last run).
_BESIDE = "\t"


def show_status(*, as_json: bool) -> int:
    """Shows what waits for a person. The exit code. Raises ContentkitError."""
    from contentkit.cli.main import DONE, PERSON_NEEDED

    answer, state = _told_again() or _told_anew()
    if as_json:
        write(sys.stdout, answer.body)
    else:
        _show(answer, state)
    return DONE if answer.body == _NOTHING else PERSON_NEEDED


def _told_again() -> tuple[Answer, str] | None:
    try:
        root = root_above(os.getcwd())  # noqa: PTH109 - see contentkit.marks
        state = state_of(root, os.environ)
    except (OSError, ValueError):
        return None
    if not state:
        return None
    answer = kept_answer(place_of(FORM, root, os.environ), os.environ, time.time())
    return (answer, state) if answer else None


def _told_anew() -> tuple[Answer, str]:
    """What is told, which is kept for the next time, and the state folder of its project."""
    from dataclasses import replace

    from contentkit.cli.journal import is_shared
    from contentkit.cli.looking import Looked
    from contentkit.cli.project import open_listed
    from contentkit.clock import SystemClock

    looked = Looked(os.environ, SystemClock().now())
    with looked.listening():
        project = replace(open_listed(), environment=looked)
        answer = worked_out(project, looked)
    project.cited.keep()
    if not is_shared(project):
        keep(answer, place_of(FORM, str(project.root), os.environ), looked)
    return answer, str(project.state)


def worked_out(project: Project, looked: Looked) -> Answer:
    """What waits, all of it looked at by ``looked``."""
    from contentkit.cli.alerting import HEARTBEAT_NAME
    from contentkit.cli.alerting.standing import last_and_next
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import json_words
    from contentkit.cli.scene import Scene
    from contentkit.cli.waits import all_that_waits
    from contentkit.clock import SystemClock

    looked.but_for_its_time(project.state / HEARTBEAT_NAME)
    with journal_if_any(project, SystemClock()) as journal:
        scene = Scene(project, journal, looked.now)
        waiting = list(all_that_waits(scene))
        beside = list(last_and_next(project, journal)) if journal else []
    looked.at(scene.looked_for())
    if scene.asked_for_last_run:
        looked.at_what_passes()
    after = [_BESIDE.join((left, str(at.timestamp()) if at else "", right)) for left, at, right in beside]
    return Answer(before=(), after=after, body=json_words(waiting), has_rows=False, zone="UTC")


def _show(answer: Answer, state: str) -> None:
    from contentkit.cli.output import say, show_lines, show_sentences

    if answer.body == _NOTHING:
        show_lines("Nothing waits for a person.")
    else:
        import json

        for one in json.loads(answer.body):
            show_sentences(f"{one['what']}: {one['state']}: {one['why']}")
            show_lines(*(f"    {line}" for line in one["diff"]))
            show_sentences(*(f"    {step}" for step in one["next"]))
    say(*_beside(answer.after, state))


def _beside(lines: Sequence[str], state: str) -> Iterator[str]:
    """What is told beside it, at this moment."""
    from datetime import timedelta

    from contentkit.cli.heartbeats import time_of
    from contentkit.distances import how_far

    for left, at, right in (line.split(_BESIDE) for line in lines):
        moment = float(at) if at else time_of(state)
        if moment is not None:
            yield f"{left}{how_far(timedelta(seconds=moment - time.time()))}{right}"
