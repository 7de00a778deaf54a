from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import pytest

from contentkit.publishing.publications import MOVES, State
from tests.model.__main__ import counterexamples, main
from tests.model.checker import explore, reachable
from tests.model.configurations import CONTROLS, DESIGNS, LARGE, LIMITS, MUTANTS, Mutant
from tests.model.person import person_steps
from tests.model.promises import NEVER_LOST, SAFETY, USEFUL
from tests.model.protocol import Disturbance, Model
from tests.model.publisher import STEPS, publisher_steps
from tests.model.world import World

# What each world has at least, in states: one in which nothing happens holds every promise.
LEAST = {
    "nothing goes wrong but that the network asks to wait: nothing is held": 150,
    "answers come late, all within the settle time: nothing is held": 12_000,
    "two processes, kills, lost answers, lost requests": 20_000,
    "the server stores keys late and forgets them": 5_000,
    "power fails twice": 5_000,
    "a slow network that lies, refuses and asks to wait": 1_200,
    "the owner deletes what is out": 7_000,
    "edited, approved anew, stopped": 15_000,
    "taken out of the calendar": 4_000,
    "held parts, and what people decide": 24_000,
    "an old journal is put back, the owner deletes, a person takes over and decides": 10_000,
    "an old journal is put back after a kill": 50_000,
    "an old journal is put back, a person takes over and approves other words": 14_000,
    "the journal is lost, a person takes over and approves anew": 12_000,
    "the state folder is copied to a second machine": 1_800,
    "five parts, three kills, three losses": 800_000,
    "keys stored late and forgotten, three parts": 100_000,
    "everything at once, but old journals": 400_000,
    "everything at once, with old journals": 550_000,
    "an old journal is put back, three parts": 200_000,
}

# Small worlds in which everything happens that can happen to a publication.
EVENTFUL = (
    Model(
        name="small", parts=2, disturbances=(("withdraw", 1), ("busy", 1), ("refusal", 1), ("loss", 1), ("decision", 1))
    ),
    Model(
        name="lost",
        parts=2,
        disturbances=(("loss of journal", 1), ("delete", 1), ("approval", 1), ("decision", 1), ("busy", 1)),
    ),
)
DECISIVE = Model(name="decisive", parts=2, disturbances=(("restore", 1), ("refusal", 1), ("loss", 1), ("decision", 1)))
SLOW = Model(name="slow", parts=1, disturbances=(("lie", 1), ("slow", 1), ("loss", 1)))


def _name(one: Model | Mutant) -> str:
    return one.name if isinstance(one, Model) else one.model.name


@pytest.mark.parametrize("model", DESIGNS, ids=_name)
def test_every_promise_holds_whatever_happens(model: Model) -> None:
    _holds(model)


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("model", LARGE, ids=_name)
def test_every_promise_holds_in_larger_worlds(model: Model) -> None:
    _holds(model)


def _holds(model: Model) -> None:
    verdict = explore(model)
    assert verdict.broken == "", verdict.told()
    assert verdict.states >= LEAST[model.name]
    assert verdict.edges > verdict.states


@pytest.mark.parametrize("model", CONTROLS, ids=_name)
def test_what_is_right_in_a_better_world_is_not_blamed(model: Model) -> None:
    verdict = explore(model)
    assert verdict.broken == "", verdict.told()
    assert verdict.states > 3_000


@pytest.mark.parametrize("mutant", [*MUTANTS, *LIMITS], ids=_name)
def test_a_fault_of_the_protocol_breaks_the_promise_that_it_must(mutant: Mutant) -> None:
    verdict = explore(mutant.model)
    assert verdict.broken == mutant.breaks
    assert len(verdict.way) >= 2
    assert len(verdict.told().splitlines()) == len(verdict.way) + 1


@pytest.mark.parametrize("model", [mutant.model for mutant in MUTANTS], ids=_name)
def test_each_mutant_differs_from_the_design_and_its_world_alone_breaks_nothing(model: Model) -> None:
    """What a mutant breaks, it breaks by its fault: in the same world the protocol as it is keeps the promise."""
    design = Model(
        name=model.name,
        parts=model.parts,
        processes=model.processes,
        machines=model.machines,
        keys=model.keys,
        disturbances=model.disturbances,
    )
    assert design.protocol != model.protocol
    assert explore(design).broken == ""


def test_every_promise_is_broken_by_some_mutant() -> None:
    assert {mutant.breaks for mutant in MUTANTS} == SAFETY | {NEVER_LOST}


def test_a_hold_that_more_patience_would_have_spared_is_found() -> None:
    """Contentkit cannot wait for ever: in a world without a settle time it asks a person about what is only late."""
    late = Model(name="late", parts=1, disturbances=(("loss", 1),), watched=frozenset((USEFUL,)))
    assert explore(late).broken == USEFUL


def test_a_counterexample_reads_as_what_happened_one_step_after_the_other() -> None:
    (verdict,) = counterexamples("a lost answer is taken for a failure")
    assert verdict.way[:4] == (
        "run 0 begins",
        "run 0 sees the place of part 0",
        "run 0 claims part 0",
        "run 0 sends part 0",
    )
    assert "run 0 waits no longer for an answer" in verdict.way
    assert "run 0 takes part 0 for not sent" in verdict.way
    assert verdict.way[-1] == "the server makes part 0 as post 1"


def test_the_publisher_makes_the_moves_of_the_code_and_no_others() -> None:
    """Whoever changes the state machine changes the model, too."""
    by_the_publisher = {(old, new) for old, targets in MOVES.items() for new in targets if old is not State.HELD}
    # What only a receipt says is no move of the table: the journal has a verb of its own for it.
    disproved = (State.SENT, State.HELD)
    steps = (
        (world, after)
        for model in EVENTFUL
        for world in reachable(model)
        for _, after in publisher_steps(model, world, 0)
    )
    assert _moves(steps) == by_the_publisher | {disproved}


def test_people_make_the_moves_of_the_code_and_no_others() -> None:
    by_people = {(State.HELD, new) for new in MOVES[State.HELD]}
    # What follows a part is skipped with it; a takeover holds what was planned.
    besides = {(State.PLANNED, State.SKIPPED), (State.PLANNED, State.HELD)}
    steps = ((world, after) for world in reachable(DECISIVE) for _, after in person_steps(DECISIVE, world))
    assert _moves(steps) == by_people | besides


def _moves(steps: Iterable[tuple[World, World]]) -> set[tuple[State, State]]:
    """The moves of publications in these steps."""
    return {
        (State(old.state), State(new.state))
        for before, after in steps
        for journal, next_journal in zip(before.journals, after.journals, strict=True)
        for old, new in zip(journal.rows, next_journal.rows, strict=False)
        if old.state != new.state
    }


def test_every_place_of_a_run_is_reached_and_every_disturbance_tried() -> None:
    reached = {run.at for model in (*EVENTFUL, DECISIVE, SLOW) for world in reachable(model) for run in world.runs}
    assert reached == set(STEPS)
    tried = {name for one in (*DESIGNS, *(mutant.model for mutant in (*MUTANTS, *LIMITS))) for name in one.places}
    assert tried == set(get_args(Disturbance))


def test_a_world_that_is_named_is_told_with_its_counterexample(capsys: pytest.CaptureFixture[str]) -> None:
    main(["two machines that look first"])
    told = capsys.readouterr().out
    assert told.startswith("two machines that look first: at most once\n  1. run ")
