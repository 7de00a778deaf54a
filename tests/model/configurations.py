"""What is explored: contentkit's protocol in many worlds, where every promise must hold; what is right only elsewhere; and
mutants, each of which must be found to break the promise that it is here for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.model.promises import (
    INTENT,
    NEVER_LOST,
    OLD_JOURNAL,
    ONCE,
    ONE_DOUBT,
    ONE_PUBLISHER,
    ORDER,
    SAFETY,
    STOPPED,
    TRUTH,
    USEFUL,
    WORDS,
)
from tests.model.protocol import Disturbance, Model, Protocol

_HELPFUL = SAFETY | {USEFUL}

_Disturbed = dict[Disturbance, int]


def _model(name: str, disturbances: _Disturbed, protocol: Protocol | None = None) -> Model:
    return Model(name=name, disturbances=tuple(disturbances.items()), protocol=protocol or Protocol())


DESIGNS = (
    replace(
        _model("nothing goes wrong but that the network asks to wait: nothing is held", {"busy": 2}),
        processes=2,
        watched=_HELPFUL,
    ),
    replace(
        _model(
            "answers come late, all within the settle time: nothing is held",
            {"busy": 1, "loss": 2, "slow": 2},
            Protocol(settles=True),
        ),
        watched=_HELPFUL,
    ),
    replace(
        _model("two processes, kills, lost answers, lost requests", {"kill": 2, "loss": 2, "drop": 1}), processes=2
    ),
    replace(
        _model("the server stores keys late and forgets them", {"kill": 1, "loss": 2, "forget": 1}),
        keys="late",
        parts=2,
    ),
    _model("power fails twice", {"power": 2, "loss": 1, "drop": 1}),
    replace(
        _model(
            "a slow network that lies, refuses and asks to wait",
            {"lie": 1, "refusal": 1, "busy": 1, "slow": 1, "loss": 1},
        ),
        parts=2,
    ),
    _model("the owner deletes what is out", {"kill": 1, "loss": 1, "delete": 2}),
    replace(
        _model(
            "edited, approved anew, stopped",
            {"edit": 1, "stop": 1, "kill": 1, "loss": 1, "decision": 1, "approval": 1},
        ),
        parts=2,
    ),
    replace(
        _model("taken out of the calendar", {"withdraw": 1, "kill": 1, "loss": 1, "decision": 1}),
        parts=2,
    ),
    replace(
        _model("held parts, and what people decide", {"kill": 1, "loss": 1, "drop": 1, "delete": 1, "decision": 2}),
        parts=2,
    ),
    replace(
        _model(
            "an old journal is put back, the owner deletes, a person takes over and decides",
            {"restore": 1, "delete": 1, "decision": 2, "stop": 1},
        ),
        parts=2,
    ),
    replace(
        _model("an old journal is put back after a kill", {"restore": 1, "kill": 1, "loss": 1, "decision": 1}), parts=2
    ),
    replace(
        _model(
            "an old journal is put back, a person takes over and approves other words",
            {"restore": 1, "delete": 1, "edit": 1, "decision": 1, "approval": 1},
        ),
        parts=2,
    ),
    replace(
        _model(
            "the journal is lost, a person takes over and approves anew",
            {"loss of journal": 1, "kill": 1, "slow": 1, "approval": 1, "decision": 1},
        ),
        parts=3,
    ),
    replace(
        _model("the state folder is copied to a second machine", {"kill": 1, "loss": 1, "drop": 1}),
        processes=2,
        machines=2,
    ),
)

LARGE = (
    replace(_model("five parts, three kills, three losses", {"kill": 3, "loss": 3, "drop": 2}), processes=2, parts=5),
    replace(
        _model("keys stored late and forgotten, three parts", {"kill": 2, "loss": 2, "drop": 1, "forget": 1}),
        keys="late",
    ),
    replace(
        _model(
            "everything at once, but old journals",
            {
                "kill": 1,
                "loss": 1,
                "drop": 1,
                "slow": 1,
                "delete": 1,
                "edit": 1,
                "stop": 1,
                "decision": 1,
                "approval": 1,
            },
        ),
        parts=2,
    ),
    replace(
        _model(
            "everything at once, with old journals",
            {"kill": 1, "loss": 1, "delete": 1, "stop": 1, "restore": 1, "decision": 1},
        ),
        parts=2,
    ),
    replace(
        _model("an old journal is put back, three parts", {"kill": 1, "restore": 1, "delete": 1, "decision": 2}),
        parts=3,
    ),
)

# Right only where the network is better than it is, or its people never delete: the checker is not one that finds fault
# with everything.
CONTROLS = (
    replace(
        _model(
            "blind retries at a server whose keys are known at once and kept for ever",
            {"loss": 2, "kill": 1},
            Protocol(doubt="sent again at once", left_sending="planned", reads_back=False, looks_before_sending=False),
        ),
        keys="at once",
        watched=frozenset((ONCE, ORDER, WORDS)),
    ),
    replace(
        _model(
            "sent again when absent, where all arrives within the settle time and nobody deletes",
            {"kill": 2, "loss": 2, "drop": 1},
            Protocol(absent="sent again", settles=True),
        ),
        watched=_HELPFUL,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A protocol with a fault, in a small world in which that must show. Only the promise that it breaks is watched."""

    model: Model
    breaks: str


def _mutant(name: str, breaks: str, protocol: Protocol, disturbances: _Disturbed) -> Mutant:
    model = replace(_model(name, disturbances, protocol), parts=2, watched=frozenset((breaks,)))
    return Mutant(model=model, breaks=breaks)


def _with(mutant: Mutant, **changes: object) -> Mutant:
    return replace(mutant, model=replace(mutant.model, **changes))  # type: ignore[arg-type]


# As most would write it: nothing is noted before the answer came, nobody looks.
_NAIVE = Protocol(intent="never", verifies=False, looks_before_sending=False, reads_back=False)
_AGAIN = Protocol(absent="sent again")

MUTANTS = (
    _mutant(
        "noted after the answer, tried again at once", ONCE, replace(_NAIVE, doubt="sent again at once"), {"loss": 1}
    ),
    _mutant("noted after the answer, sent again by the next run", ONCE, _NAIVE, {"kill": 1}),
    _mutant("noted as sent before it is", TRUTH, replace(_NAIVE, intent="as sent"), {"kill": 1}),
    _with(
        _mutant(
            "a new key for each attempt", ONCE, replace(_NAIVE, keyed=False, doubt="sent again at once"), {"loss": 1}
        ),
        keys="at once",
    ),
    _with(
        _mutant("the same key, tried again at once", ONCE, replace(_NAIVE, doubt="sent again at once"), {"loss": 1}),
        keys="late",
    ),
    _with(_mutant("the same key, when it is forgotten", ONCE, _NAIVE, {"kill": 1, "forget": 1}), keys="at once"),
    _mutant(
        "a part in doubt is passed over",
        ORDER,
        Protocol(absent="passed over", waits_for_forerunner=False, needs_parent=False),
        {"drop": 1},
    ),
    _mutant("SQLite as Python opens it", ONCE, Protocol(durable=False), {"power": 1}),
    _mutant("the intent is not durable, seen as such", INTENT, Protocol(durable=False), {}),
    _mutant("sent again when one look does not find it", ONCE, replace(_AGAIN, looks=1), {"loss": 1}),
    _mutant("sent again when two looks do not find it", ONCE, _AGAIN, {"kill": 1}),
    _mutant("sent again when absent, nobody looks", ONCE, replace(_AGAIN, reads_back=False, settles=True), {"loss": 1}),
    _mutant(
        "sent again when surely absent, but the owner deleted it",
        ONCE,
        replace(_AGAIN, settles=True),
        {"loss": 1, "delete": 1},
    ),
    _mutant(
        "a part in doubt is passed over, and the next one is lost, too",
        ONE_DOUBT,
        Protocol(absent="passed over", waits_for_forerunner=False, needs_parent=False),
        {"drop": 2},
    ),
    _with(_mutant("no lock", INTENT, Protocol(lock="none"), {}), processes=2),
    _with(_mutant("no lock, seen as such", ONE_PUBLISHER, Protocol(lock="none"), {}), processes=2),
    _with(_mutant("a lock that runs out", INTENT, Protocol(lock="lease"), {"lease": 1}), processes=2),
    _with(
        _mutant(
            "a lock that runs out, and sent again when absent",
            ONCE,
            replace(_AGAIN, lock="lease", looks=1),
            {"lease": 1},
        ),
        processes=2,
    ),
    _mutant("no intent, only a look before sending", ONCE, Protocol(intent="never"), {"kill": 1}),
    _mutant("a killed run's part is planned again", ONCE, Protocol(left_sending="planned"), {"kill": 1}),
    _mutant("a killed run's part is left as it is", NEVER_LOST, Protocol(left_sending="sending"), {"kill": 1}),
    _mutant("a lost answer is taken for a failure", ONCE, Protocol(doubt="not sent"), {"loss": 1}),
    _mutant("an answer is believed", TRUTH, Protocol(verifies=False), {"lie": 1}),
    _mutant("goes on where the part before is gone", ORDER, Protocol(needs_parent=False), {"delete": 1, "busy": 1}),
    _mutant("sends what the file says now", WORDS, Protocol(sends_frozen_words=False), {"edit": 1}),
    _mutant("the files are not read again", WORDS, Protocol(rechecks_files=False), {"edit": 1}),
    _mutant("stop is not read with the claim", STOPPED, Protocol(rechecks_stop=False), {"stop": 1}),
    _mutant("an old journal is not noticed", OLD_JOURNAL, Protocol(checks_journal=False), {"restore": 1, "kill": 1}),
    _mutant(
        "an old journal is not noticed, and the owner deleted",
        ONCE,
        Protocol(checks_journal=False),
        {"restore": 1, "delete": 1},
    ),
    _mutant(
        "the counter is raised by runs, not by parts",
        OLD_JOURNAL,
        Protocol(marks_each_part=False),
        {"restore": 1, "kill": 1},
    ),
    _mutant("a takeover holds nothing", ONCE, Protocol(takeover="nothing"), {"restore": 1, "delete": 1}),
    _mutant(
        "a takeover doubts only what comes next",
        ONCE,
        Protocol(takeover="next"),
        {"restore": 1, "delete": 1, "decision": 1},
    ),
    _mutant(
        "other words are approved over what a takeover doubts",
        ONCE,
        Protocol(approves_over=True),
        {"restore": 1, "delete": 1, "edit": 1, "approval": 1},
    ),
    _mutant(
        "nobody looks before the first part after a loss",
        ONCE,
        Protocol(looks_before_sending=False),
        {"loss of journal": 1, "kill": 1, "approval": 1},
    ),
    _with(
        _mutant("two machines", ONCE, Protocol(pinned=False, looks_before_sending=False), {}), processes=2, machines=2
    ),
    _with(_mutant("two machines that look first", ONCE, Protocol(pinned=False), {}), processes=2, machines=2),
    _with(
        _mutant("two machines with the same keys", ONCE, Protocol(pinned=False), {}),
        processes=2,
        machines=2,
        keys="late",
    ),
    _mutant(
        "what is to be told is remembered by the run alone",
        NEVER_LOST,
        Protocol(remembers_what_to_tell=False),
        {"kill": 1, "refusal": 1},
    ),
)

# What contentkit does not protect from, and says so: here the checker must find that a promise does not hold.
LIMITS = (
    Mutant(
        model=replace(_model("the whole state folder is put back, after a kill", {"rollback": 1, "kill": 1}), parts=2),
        breaks=OLD_JOURNAL,
    ),
    Mutant(
        model=replace(
            _model(
                "the journal is lost with what it just sent, and that is deleted after it was approved anew",
                {"loss of journal": 1, "kill": 1, "delete": 1, "approval": 1},
            ),
            parts=1,
        ),
        breaks=ONCE,
    ),
)
