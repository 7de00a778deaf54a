"""The measures without a judge, on invented threads whose faults are known."""

from __future__ import annotations

import pytest

from benchmarks.drafts.dangling import dangling
from benchmarks.drafts.measures import Measures, measured
from benchmarks.drafts.words import top_terms
from tests.benchmarks.made import CALL, text, thread


def of(*posts: str, limit: int = 500) -> Measures:
    return measured(thread(*posts), text(limit=limit), ["queue", "median", "rehearsal", "rollback"])


@pytest.mark.parametrize(
    "post",
    [
        "However, the queue moved.",
        "It fell to 25 ms.",
        "They rehearsed it twice.",
        "This made the queue faster.",
        "These three servers run tests.",
        "In this way the queue moved.",
        "We told them about the queue.",
        "Yeah, the queue moved.",
        "For example, the queue of Fernhill.",
        "The latter is slower.",
        "Its median fell to 25 ms.",
        "Afterwards, it was faster.",
        "We think that's why the queue moved.",
        "It's going to cost us a week.",
        "We never talk about that.",
        "Ana Ruiz: “Why did you leave?”\n\nBecause of that.",
    ],
)
def test_a_post_that_leans_on_what_came_before_is_found(post: str) -> None:
    assert dangling(post, "en")


@pytest.mark.parametrize(
    "post",
    [
        "The queue of Fernhill moved, and it is faster now.",
        "It is easy to move a queue.",
        "It took eleven weeks to move the queue.",
        "This week the queue moved.",
        "Bo moved the queue because he had to.",
        "We are sure that nobody noticed.",
        "I know that the queue moved.",
        "When queues fail, they fail at night.",
        "Both the queue and the tests moved.",
        "Those who rehearse sleep well.",
        "Nine messages were lost in one night, and that was it.",
        "• No message was lost.",
        "Ana Ruiz: “Why did you leave it?”\n\nThe old queue lost nine messages.",
    ],
)
def test_a_post_that_stands_by_itself_is_not_found(post: str) -> None:
    assert not dangling(post, "en")


@pytest.mark.parametrize(
    "post", ["Sin embargo, la cola se movió.", "Esto la hizo más rápida.", "Ellos la probaron.", "Pero nadie lo notó."]
)
def test_a_spanish_post_that_leans_on_what_came_before_is_found(post: str) -> None:
    assert dangling(post, "es")


@pytest.mark.parametrize(
    "post", ["La cola se movió en marzo.", "Esta semana la cola se movió.", "Nueve mensajes se perdieron en una noche."]
)
def test_a_spanish_post_that_stands_by_itself_is_not_found(post: str) -> None:
    assert not dangling(post, "es")


def test_coverage_is_the_share_of_telling_terms_that_occur() -> None:
    assert of("The median of queues fell.").coverage == 0.5


def test_two_posts_of_the_same_subject_are_redundant() -> None:
    assert of("The queue moved to Postgres.", "To Postgres moved the queue.").redundancy == pytest.approx(1)
    assert of("The queue moved to Postgres.", "Rollbacks were rehearsed.").redundancy == 0


def test_a_sentence_in_two_posts_is_counted() -> None:
    assert of("The queue moved. Nobody noticed.", "Nobody noticed!").shared_sentences == 1


def test_a_post_over_the_limit_is_counted_the_closing_one_too() -> None:
    long = measured(thread("a" * 30, closing="b" * 31), text(limit=30), [])
    assert long.over_limit == 1


@pytest.mark.parametrize(
    "post",
    [
        "A **queue**.",
        "A [queue](https://example.org).",
        "A `queue`.",
        "A <b>queue</b>.",
        "A&amp;B.",
        "{{< x >}} A.",
        "Note.[^1]",
        "A __large__ __old queue__.",
    ],
)
def test_markup_that_a_reader_would_see_is_counted(post: str) -> None:
    assert of(post).markup > 0


@pytest.mark.parametrize(
    "post",
    [
        "From 40 ms -> 25 ms (3 < 4).",
        "A snake_case_name & co.",
        "2 * 3 * 4 = 24.",
        "[Ana] moved the queue.",
        "See pip/__init__.py and __esModule.",
        "From *.txt (or *.md) files.",
    ],
)
def test_text_without_markup_is_not_counted(post: str) -> None:
    assert of(post).markup == 0


def test_a_post_that_breaks_off_is_unended() -> None:
    assert of("The queue moved because").unended == 1
    assert of("Here is how:").unended == 1
    assert of("The queue moved.", "Lost:\n• nine messages").unended == 0


def test_a_post_of_few_words_is_compared_as_a_whole() -> None:
    assert of("Rollbacks were rehearsed.").distance == 0
    assert of("Rollbacks were forgotten.").distance == 1


def test_words_that_the_text_does_not_have_are_a_distance() -> None:
    assert of("The queue of Fernhill moved to Postgres in March.").distance == 0
    assert of("Unheard words of somebody else altogether.").distance == 1


def test_evidence_is_how_many_words_stand_in_the_lines() -> None:
    right = thread("Rollbacks were rehearsed twice.")
    pointing = [type(right)(maker="m", posts=right.posts, evidence=(((line, line),),)) for line in (10, 6)]
    rates = [measured(one, text(), []).evidence for one in pointing]
    assert rates[0] == 1
    assert rates[1] is not None
    assert rates[1] < 0.5


def test_a_post_without_evidence_is_counted() -> None:
    bare = type(thread())(maker="m", posts=("A queue.", "A test.", "A move."), evidence=(((1, 1),), (), ()))
    assert measured(bare, text(), []).without_evidence == 2


def test_words_of_somebody_else_lower_the_purity() -> None:
    call = text(CALL, "call.txt", "Bo Lind")
    own = "The old queue lost nine messages in one night."
    foreign = "How long did the move take, all in all, from the first idea?"
    assert measured(thread(own), call, []).purity == 1
    assert measured(thread(foreign), call, []).purity == 0
    assert measured(thread(f'Ana Ruiz: "{foreign}"\n\n{own}'), call, []).purity == 1


def test_words_that_both_say_are_the_speakers() -> None:
    echo = "The move took eleven weeks."
    call = text(f"Ana Ruiz: {echo}\n\nBo Lind: {echo} Nine messages were lost.\n", "call.txt", "Bo Lind")
    assert measured(thread(echo), call, []).purity == 1


def test_telling_terms_are_those_that_other_texts_do_not_have() -> None:
    assert top_terms(["queue queue moved moved", "moved mail"], 1) == [["queue"], ["mail"]]
