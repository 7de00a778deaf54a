"""What is proposed to be said again, and what keeps a thread that did well from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.stats.again import LeftOut, Waiting, did_better, proposals
from contentkit.stats.baselines import Judged
from contentkit.stats.estimates import Estimate
from contentkit.stats.measured import MeasuredThread
from contentkit.stats.timely import timely_words
from tests.stats.measuring import BEGUN, a_thread, judged_with

WORDS = "Every team that we talked to had written the same scheduler, and nobody was proud of theirs."
REWORDED = "Nobody was proud of theirs: every team that we talked to had written the same scheduler."
OTHER = "A queue that is thrown away needs no tests, no metrics and no person who is called at night."
_DAY = timedelta(days=1)
NOW = BEGUN + 200 * _DAY
REST = 90 * _DAY


def said(
    *texts: str | None, name: str = "launch", account: str = "ours", days: float = 0, ratio: float | None = 3.0
) -> Judged:
    """A thread of these posts that had so many times the usual at 7 days, begun so many days after BEGUN."""
    thread: MeasuredThread = a_thread(name, *({} for _ in texts), account=account, begun_at=BEGUN + days * _DAY)
    parts = tuple(part._replace(text=text) for part, text in zip(thread.parts, texts, strict=True))
    return replace(judged_with(ratio, replace(thread, parts=parts)), age=168)


def names(*judged: Judged, waiting: tuple[Waiting, ...] = ()) -> list[str]:
    return [one.thread.thread for one in proposals(judged, waiting, now=NOW, cooldown=REST)[0]]


def left(*judged: Judged, waiting: tuple[Waiting, ...] = ()) -> list[LeftOut]:
    return proposals(judged, waiting, now=NOW, cooldown=REST)[1]


def test_the_best_comes_first_and_what_did_as_usual_not_at_all() -> None:
    good, better, usual = (
        said(text, name=name, ratio=ratio, days=10 * place)
        for place, (text, name, ratio) in enumerate(
            ((WORDS, "good", 2.0), (OTHER, "better", 4.0), ("Tests are prose for the next person.", "usual", 1.2))
        )
    )
    found, others = proposals([good, better, usual], (), now=NOW, cooldown=REST)
    assert [(one.thread.thread, one.opening, one.rested) for one in found] == [
        ("better", OTHER, 190 * _DAY),
        ("good", WORDS, 200 * _DAY),
    ]
    assert others == []


def test_better_by_chance_is_not_better() -> None:
    wide = Estimate(value=100, low=20, high=320, n=6)
    assert did_better(said(WORDS))
    assert not did_better(replace(said(WORDS), usual=wide)), "the usual may be 320, and it had 300"
    assert not did_better(replace(said(WORDS), age=24)), "a day is too early"
    assert not did_better(replace(said(WORDS), usual=None))


def test_what_was_said_lately_rests_on_that_account_alone() -> None:
    here, there = said(WORDS, days=115), said(WORDS, days=105, account="theirs")
    assert names(here, there) == ["launch"]
    assert [(one.why, one.judged.thread.account) for one in left(here, there)] == [("too young", "ours")]


def test_what_was_said_again_in_other_words_counts_from_then_on() -> None:
    first, again = said(WORDS, name="first"), said(REWORDED, name="again", days=150, ratio=1.0)
    [one] = left(first, again)
    assert (one.why, one.words) == ("said again since", "https://social.example/again")
    assert names(first, said(OTHER, name="other", days=150, ratio=1.0)) == ["first"]
    assert names(first, replace(again, thread=replace(again.thread, account="theirs"))) == ["first"]


def test_what_waits_already_is_not_proposed_where_it_waits() -> None:
    mine = said(WORDS)
    assert [one.why for one in left(mine, waiting=(Waiting(text=REWORDED, account="ours"),))] == ["waits already"]
    assert [one.why for one in left(mine, waiting=(Waiting(text=REWORDED),))] == ["waits already"]
    assert names(mine, waiting=(Waiting(text=REWORDED, account="theirs"), Waiting(text=OTHER), Waiting(text=""))) == [
        "launch"
    ]


def test_any_post_of_a_thread_can_tie_it_to_its_time() -> None:
    [one] = left(said(WORDS, "Join us on Monday."))
    assert (one.why, one.words) == ("tied to its time", "Join us")


def test_what_is_gone_or_whose_words_are_unknown_is_not_proposed() -> None:
    gone = said(WORDS, OTHER)
    parts = (gone.thread.parts[0], gone.thread.parts[1]._replace(state="deleted"))
    assert [one.why for one in left(replace(gone, thread=replace(gone.thread, parts=parts)))] == ["gone"]
    assert [one.why for one in left(said(None))] == ["gone"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Today the next generation enters private preview.", "Today"),
        ("TimeGPT-2 is out.", "is out"),
        ("We are at PyCon on Thursday", "on Thursday"),
        ("Since 2024 we wrote", "Since 2024"),
        ("The call is on 3 March", "3 March"),
        ("Doors open 2026-11-24", "2026-11-24"),
        ("Just released: version 2", "Just released"),
        ("Hoy presentamos", "Hoy"),
        ("Nos vemos el 3 de marzo", "3 de marzo"),
        ("La semana que viene", "La semana que viene"),
        ("Inscríbete", "Inscríbete"),
        ("What we learnt of 12 years of forecasting", ""),
        ("You may march on, and register a model in an hour", ""),
        ("The year I learnt Python", ""),
        ("Un script de 3 líneas, y el año que aprendí Python", ""),
        ("Use todays() and register_model()", ""),
        ("", ""),
    ],
)
def test_words_that_hold_for_one_time_only_are_known(text: str, words: str) -> None:
    assert timely_words(text) == words


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    assert len(timely_words(text)) <= len(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((WORDS, REWORDED, OTHER, "Hoy", None)),
            st.sampled_from(("ours", "theirs")),
            st.integers(0, 199),
            st.floats(0.5, 9) | st.none(),
        ),
        max_size=8,
        unique_by=lambda one: one[2],
    ),
    st.randoms(),
)
def test_the_order_of_the_threads_does_not_matter_and_none_is_lost(
    rows: list[tuple[str | None, str, int, float | None]], chance: object
) -> None:
    judged = [
        said(text, name=f"t{days}", account=account, days=days, ratio=ratio) for text, account, days, ratio in rows
    ]
    shuffled = list(judged)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert proposals(judged, (), now=NOW, cooldown=REST) == proposals(shuffled, (), now=NOW, cooldown=REST)
    found, others = proposals(judged, (), now=NOW, cooldown=REST)
    assert len(found) + len(others) == sum(did_better(one) for one in judged)
    assert len({(one.thread.account, one.thread.parts[0].text) for one in found}) == len(found)
