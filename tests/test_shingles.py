from contentkit.shingles import repeated, shingles, span_shingles


def test_five_words_in_a_row_are_recognised_in_another_text() -> None:
    secret = span_shingles("the lead investor is Sequoia and they asked for two seats")

    assert repeated("She said the lead investor is Sequoia.", secret) == ["the lead investor is sequoia"]


def test_four_words_of_a_longer_span_are_not_enough() -> None:
    secret = span_shingles("the lead investor is Sequoia and they asked for two seats")

    assert repeated("the lead investor is Ana", secret) == []


def test_a_span_of_three_words_counts_as_a_whole() -> None:
    secret = span_shingles("Sequoia leads it")

    assert repeated("Now sequoia leads it, she said", secret) == ["sequoia leads it"]


def test_two_words_are_too_few_to_forbid() -> None:
    assert span_shingles("Ana left") == frozenset()


def test_case_width_punctuation_and_apostrophes_do_not_hide_a_repetition() -> None:
    secret = span_shingles("we don’t have the money yet")

    assert repeated("WE DON'T — have *the* money, yet!", secret)


def test_the_words_cannot_be_read_from_the_hashes() -> None:
    assert "sequoia" not in repr(span_shingles("Sequoia leads the round now")).lower()


def test_runs_of_three_to_five_words_are_compared() -> None:
    assert len(shingles("one two three four five")) == 3 + 2 + 1
