"""What the checks catch, measured on invented pairs. See the module ``paraphrases`` for which set proves what."""

from __future__ import annotations

import pytest

from contentkit.checks import check_draft
from contentkit.models import Problem, errors_of
from tests.checks.notes import NOTE, citing, draft_of, ids, note
from tests.checks.paraphrases import HELD_OUT, TUNED, Pair

EVERY = TUNED + HELD_OUT


def problems_of(pair: Pair, text: str, document: tuple[Pair, ...]) -> list[Problem]:
    """The problems of a text that cites the pair's sentence in a note of all sentences of its set and language."""
    lines = [line for other in document if other.language == pair.language for line in (other.source, "")]
    source, cited = note(*lines), lines.index(pair.source) + 1
    return check_draft(draft_of(citing(source, text, cited, cited), language=pair.language), {NOTE: source})


@pytest.mark.parametrize("pair", TUNED, ids=lambda pair: pair.corrupted)
def test_a_corrupted_paraphrase_is_noticed(pair: Pair) -> None:
    assert pair.check in ids(problems_of(pair, pair.corrupted, TUNED))


@pytest.mark.parametrize("pair", TUNED, ids=lambda pair: pair.faithful)
def test_a_faithful_paraphrase_raises_no_error(pair: Pair) -> None:
    assert errors_of(problems_of(pair, pair.faithful, TUNED)) == []


def test_nearly_all_corruptions_of_the_held_out_set_are_caught() -> None:
    caught = [pair for pair in HELD_OUT if pair.check in ids(problems_of(pair, pair.corrupted, HELD_OUT))]
    assert len(caught) >= 0.85 * len(HELD_OUT)


def test_no_faithful_paraphrase_of_the_held_out_set_raises_an_error() -> None:
    assert [pair.faithful for pair in HELD_OUT if errors_of(problems_of(pair, pair.faithful, HELD_OUT))] == []


@pytest.mark.parametrize("pair", EVERY, ids=lambda pair: pair.source)
def test_the_source_sentence_itself_raises_nothing(pair: Pair) -> None:
    assert problems_of(pair, pair.source, TUNED if pair in TUNED else HELD_OUT) == []
