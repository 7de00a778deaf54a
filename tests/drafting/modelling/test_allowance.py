from __future__ import annotations

from decimal import Decimal

import pytest

from contentkit.drafting.modelling.allowance import Allowance, Caps, Rates, UsedUp, tokens_of
from contentkit.drafting.workshop import Usage, Workshop
from tests.drafting.made import brief
from tests.drafting.model_server import says, thread
from tests.drafting.modelling.served import GOOD, JSON, SOURCE, Remembers, served, texts

RATES = Rates(tokens_in=Decimal("0.25"), tokens_out=Decimal("2.00"))


def test_what_a_request_took_is_counted_and_priced_exactly() -> None:
    allowance = Allowance(Caps(rates=RATES))
    usage = allowance.note("tiny", 4210, 612, estimated=False)
    assert usage == Usage(model="tiny", tokens_in=4210, tokens_out=612, cost=Decimal("0.0022765"))
    assert (allowance.tokens, allowance.cost) == (4822, Decimal("0.0022765"))


def test_without_prices_no_cost_is_told() -> None:
    assert Allowance(Caps()).note("tiny", 10, 10, estimated=False).cost is None


@pytest.mark.parametrize(("asked", "fits"), [(3000, True), (3001, False)])
def test_a_request_that_might_go_beyond_the_tokens_is_refused_before_it_is_sent(asked: int, fits: bool) -> None:
    allowance = Allowance(Caps(tokens=10_000))
    allowance.note("tiny", 900, 100, estimated=False)
    if fits:
        allowance.refuse_beyond(asked, 6000)
        return
    with pytest.raises(UsedUp, match=r"more than 10,000 tokens \(max_tokens\)"):
        allowance.refuse_beyond(asked, 6000)


@pytest.mark.parametrize(("spent", "fits"), [(8000, True), (8100, False)])
def test_a_request_that_might_go_beyond_the_money_is_refused_before_it_is_sent(spent: int, fits: bool) -> None:
    allowance = Allowance(Caps(tokens=10**6, cost=Decimal("0.0285"), rates=RATES))
    allowance.note("tiny", 2000, spent, estimated=False)
    if fits:
        allowance.refuse_beyond(0, 6000)
        return
    with pytest.raises(UsedUp, match=r"more than \$0\.0285 \(max_cost\)"):
        allowance.refuse_beyond(0, 6000)


def test_tokens_are_rather_too_many_than_too_few() -> None:
    assert tokens_of(["The restore took eleven hours because the backup lived on another continent."]) > 17
    assert tokens_of(["復元には十一時間かかりました。"]) > 15
    assert tokens_of(["\ud800"]) > 0


def test_what_is_used_up_while_mending_costs_no_post_that_is_right() -> None:
    wrong = ("It took 12 hours to restore the backup.", ["S2"])
    answers = [says(thread(GOOD[0], wrong, GOOD[2]), took=(100, 4000)), says(JSON)]
    watcher = Remembers()
    with served(answers, caps=Caps(tokens=9000)) as (server, model):
        draft = model.within(Workshop(watcher=watcher)).draft(SOURCE, brief())
    assert len(server.received) == 1
    assert texts(draft)[1] == "The restore took eleven hours because the backup lived on another continent."
    assert "more than 9,000 tokens" in watcher.notes[0]


def test_each_draft_has_an_allowance_of_its_own() -> None:
    with served([says(JSON, took=(100, 4000))], caps=Caps(tokens=9000)) as (server, model):
        for _ in range(3):
            model.draft(SOURCE, brief())
    assert len(server.received) == 3
