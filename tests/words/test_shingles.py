from contentkit.words.shingles import Everyday, every_run, readings_of, telling_runs


def told(text: str) -> set[int]:
    return {run for words in readings_of(text) for run, _ in telling_runs(words, Everyday())}


def repeated(text: str, secret: str) -> list[str]:
    """The runs of a text by which a secret is recognised."""
    known = told(secret)
    return [text[start:end] for words in readings_of(text) for run, start, end in every_run(words) if run in known]


def test_five_words_in_a_row_are_recognised_in_another_text() -> None:
    secret = "the lead investor is Sequoia and they asked for two seats"

    assert "the lead investor is Sequoia" in repeated("She said the lead investor is Sequoia.", secret)


def test_four_words_of_a_longer_span_are_not_enough() -> None:
    assert repeated("the lead investor is Ana", "the lead investor is Sequoia and they asked for two seats") == []


def test_a_span_of_three_words_counts_as_a_whole() -> None:
    assert repeated("Now sequoia leads it, she said", "Sequoia leads it") == ["sequoia leads it"]


def test_case_width_punctuation_and_apostrophes_do_not_hide_a_repetition() -> None:
    assert repeated("WE DON'T — have *the* money, yet!", "we don’t have the money yet")


def test_small_words_and_plurals_that_changed_do_not_hide_what_was_meant() -> None:
    assert repeated("lead investors, the round: Sequoia", "the lead investor of this round is Sequoia for now")


def test_three_words_that_carry_meaning_are_enough_where_one_is_rare_and_there_are_no_more() -> None:
    assert repeated("So the lead investor of this Fernwood said yes", "lead investors in our Fernwood")
    assert repeated("So the lead investor of this round said yes", "lead investors in our round") == []
    assert repeated("So the lead investor of this Fernwood said yes", "lead investors in our Fernwood pay") == []


def test_hyphens_and_single_letters_do_not_hide_a_word() -> None:
    assert repeated("Se-\nquoia leads it", "Sequoia leads it")
    assert repeated("S e q u o i a leads it", "Sequoia leads it")


def test_what_anybody_may_say_is_not_told_where_there_is_more() -> None:
    assert repeated("at the end of the day", "We will be out of it at the end of the merger with Northwind") == []


def test_a_span_without_any_meaning_is_told_whole() -> None:
    assert repeated("no, we will not do it with them", "we will not do it with them")


def test_words_do_not_show_themselves() -> None:
    assert "sequoia" not in repr(readings_of("Sequoia leads the round"))
