"""Whose words of an interview are used, and which of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.interviews.answers import answers_of, is_for_readers, opened, without_because
from contentkit.drafting.interviews.clarity import points_back, sayable
from contentkit.drafting.modelling.numbered import numbered
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import candidates
from contentkit.errors import ContentError
from contentkit.models import Source
from tests.drafting.made import brief, example, interview_of, post_of

RULES = rules_for("en")
TURNS = (
    ("Hanna Lind", "How did all of this begin for you and for your father?"),
    ("Sofia Marchetti", "I built a rain gauge out of a yoghurt cup. It cost four euros."),
)


@pytest.mark.parametrize("asked", ["Sofia Marchetti", "sofia marchetti", "SOFIA", "marchetti", " Sofia "])
def test_a_speaker_is_found_by_any_unmistakable_part_of_the_name(asked: str) -> None:
    assert speaker_of(interview_of(*TURNS), brief(speaker=asked)) == "Sofia Marchetti"


def test_an_exact_name_wins_over_a_longer_one_that_contains_it() -> None:
    source = interview_of(("Ann", "One."), ("Ann Marie", "Two."))
    assert speaker_of(source, brief(speaker="ann")) == "Ann"


def test_an_unknown_speaker_is_refused_with_everybody_s_word_count() -> None:
    with pytest.raises(
        ContentError, match=r"notes/call\.md: nobody is called 'Bram' here: .*Sofia Marchetti \(14 words\)"
    ):
        speaker_of(interview_of(*TURNS), brief(speaker="Bram"))


def test_a_part_of_two_names_is_refused() -> None:
    with pytest.raises(ContentError, match="several people are called 'ann'"):
        speaker_of(interview_of(("Anna", "One."), ("Hanna", "Two.")), brief(speaker="ann"))


def test_without_a_speaker_the_likely_guest_is_suggested_but_not_assumed() -> None:
    with pytest.raises(ContentError, match="2 people speak here") as refused:
        ExtractiveDrafter().draft(example("interview.md"), brief())
    assert refused.value.hint.endswith('--speaker "Sofia Marchetti"')


def test_a_lone_speaker_needs_no_name() -> None:
    assert speaker_of(interview_of(TURNS[1]), brief()) == "Sofia Marchetti"


def answers(*turns: tuple[str, str]) -> list[list[str]]:
    found = answers_of(interview_of(*turns), "Bo", RULES)
    return [[sentence.text for sentence in answer.sentences] for answer in found]


def test_a_word_thrown_in_does_not_end_an_answer_but_a_question_does() -> None:
    told = ("Bo", "We lost a whole year on that. We never told anybody.")
    assert len(answers(told, ("Ann", "Wow."), told)) == 1
    assert len(answers(told, ("Ann", "And what did you do after you had lost that year?"), told)) == 2


def test_sentences_to_the_host_and_broken_ones_are_left_out() -> None:
    turn = "That's a good question. We lost a year. We had [unintelligible] people. We found -- I mean, it went away."
    assert answers(("Bo", turn)) == [["We lost a year."]]


@pytest.mark.parametrize(
    "broken",
    [
        "The first year of the mill was like -- it's the sort of joy that you have with a kitchen.",
        "The first year of the mill was like — it's the sort of joy that you have with a kitchen.",
        "The import of our orders was a -- we rewrote it twice in the winter of 2019.",
    ],
)
def test_a_sentence_begun_anew_is_left_out_with_what_it_named_before(broken: str) -> None:
    assert answers(("Bo", f"I told nobody in town about the mill. {broken}")) == [
        ["I told nobody in town about the mill."]
    ]


def test_what_leans_on_a_sentence_that_was_begun_anew_goes_on_in_no_span() -> None:
    turn = "We told nobody in the whole town. The import of orders was -- we opened a shop in May. It took nine hours."
    found = answers_of(interview_of(("Bo", turn)), "Bo", RULES)
    texts = [span.text for span in candidates(found, RULES, lambda text: True)]
    assert not [text for text in texts if "It took nine hours." in text]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("My two main lessons were - you know, one is that we were sold to a chain of mills.", False),
        ("Two of our ovens were cold that winter, and one was sold.", True),
        ("My two lessons were, one is to bake early, and the other is to sell late.", True),
    ],
)
def test_a_sentence_that_promises_two_things_tells_both(said: str, expected: bool) -> None:
    assert is_for_readers(said, RULES) is expected


def test_a_filler_is_left_out_and_the_gap_is_seen() -> None:
    turn = "We lost a year in 2019. That was great. Our team grew to nine people after that winter."
    found = answers_of(interview_of(("Bo", turn)), "Bo", RULES)
    texts = [span.text for span in candidates(found, RULES, lambda text: True)]
    assert "We lost a year in 2019.\n\nOur team grew to nine people after that winter." in texts


def test_no_span_goes_over_a_filler_to_a_sentence_that_leans_on_it() -> None:
    turn = (
        "We lost a year in 2019 with nine people. That was fun. It was so much better than I had thought it would be."
    )
    found = answers_of(interview_of(("Bo", turn)), "Bo", RULES)
    assert not [span for span in candidates(found, RULES, lambda text: True) if len(span.sentences) > 1]


def test_a_post_begins_without_its_but_and_goes_on_with_one() -> None:
    turn = "But nobody had looked at that disk for two years. But it found a broken backup in its first week."
    found = answers_of(interview_of(("Bo", turn)), "Bo", RULES)
    whole = next(span for span in candidates(found, RULES, lambda text: True) if len(span.sentences) > 1)
    assert opened(whole, RULES).text == turn.removeprefix("But n").join(["N", ""])


def test_no_dash_is_left_where_the_but_was() -> None:
    turn = "But - maybe I like trouble - nobody had looked at that disk for two years before I did."
    found = answers_of(interview_of(("Bo", turn)), "Bo", RULES)
    span = next(iter(candidates(found, RULES, lambda text: True)))
    assert opened(span, RULES).text.startswith("Maybe I like trouble")


def test_no_span_bridges_what_was_left_out_or_what_somebody_threw_in() -> None:
    turns = (("Bo", "We lost a year in 2019. As you said, it hurt us. We won it back in 2021."), ("Ann", "Wow."))
    found = answers_of(interview_of(*turns, ("Bo", "Our team grew to nine people after that.")), "Bo", RULES)
    spans = candidates(found, RULES, lambda text: len(text) < 500)
    assert all(len(span.sentences) == 1 for span in spans)


def test_a_passage_with_an_odd_label_is_nobody_s() -> None:
    assert answers(("Bo", "1:Yeah, you have to be good at being the leader.")) == []


def test_speech_that_is_mostly_filler_is_not_sayable() -> None:
    turns = (("Bo", "We kind of, you know, sort of built stuff, or something like that, I guess, in a basement."),)
    found = answers_of(interview_of(*turns), "Bo", RULES)
    assert not [span for span in candidates(found, RULES, lambda text: True) if sayable(span, RULES)]


def test_an_interview_in_short_answers_is_told_whole() -> None:
    said = [
        "We have 412 shops on version 2 now, up from 90 in January.",
        "We rewrote the scheduler twice, because the first time we got it wrong.",
        "The free plan stays free, because 300 schools use it every day.",
    ]
    turns = [turn for words in said for turn in (("Bo", "And what came after that, if I may ask?"), ("Ana", words))]
    draft = ExtractiveDrafter().draft(interview_of(*turns), brief(speaker="Ana"))
    assert sorted(post.text.removeprefix("Ana: ") for post in draft.posts) == sorted(said)


def test_a_short_sentence_torn_out_of_an_answer_is_not_sayable() -> None:
    turns = (("Bo", "We moved the whole shop into a barn in May. It rained on every single machine that night."),)
    found = answers_of(interview_of(*turns), "Bo", RULES)
    texts = [span.text for span in candidates(found, RULES, lambda text: True) if sayable(span, RULES)]
    assert texts == [turns[0][1]]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("You build that revenue line.", True),
        ("I think a lot of young companies make that mistake, and that is why they fail.", True),
        ("We had no backups, and that mistake cost us two harbours.", False),
        ("We learned that nobody cares.", False),
        ("We shipped twice this year.", False),
        ("We made jokes about companies who need so much of our money and so much of all these other things.", False),
    ],
)
def test_a_post_of_speech_does_not_begin_with_what_was_told_before(opening: str, expected: bool) -> None:
    found = answers_of(interview_of(("Bo", f"{opening} Nine of ten shops had to close in that winter.")), "Bo", RULES)
    spans = candidates(found, RULES, lambda text: True)
    whole = next(span for span in spans if span.whole)
    assert points_back(whole, RULES) is expected


def test_a_spanish_answer_does_not_begin_with_what_was_told_before() -> None:
    spanish = rules_for("es")
    turns = (("Bo", "Casi todas las empresas cometen ese error. Nueve de cada diez tiendas cerraron en el invierno."),)
    spans = candidates(answers_of(interview_of(*turns), "Bo", spanish), spanish, lambda text: True)
    assert [points_back(span, spanish) for span in spans if span.whole] == [True]


def test_a_sentence_for_readers_is_told_from_one_for_the_host() -> None:
    assert is_for_readers("We have nine people and no investor.", RULES)
    assert not is_for_readers("Your question is why we have no investor.", RULES)


def test_a_speaker_who_has_to_think_says_nothing_for_readers_yet() -> None:
    assert not is_for_readers("We moved the kiln in spring, I think. Wait - when was that? May.", RULES)
    assert is_for_readers("We had to wait: what we needed was a second kiln.", RULES)


def test_each_of_several_stories_stays_where_it_is_instead_of_jumping_through_the_conversation() -> None:
    question = (
        "Ann",
        f"Let us speak about something else now. {'We have come a long way from there. ' * 8}What else is new?",
    )
    told = (
        "On Sunday the {0} harbour map froze for {1} hours. "
        "I wrote to the {0} harbour master {1} times and printed the mistake on the front page."
    )
    outages = [
        ("Bo", " ".join(told.format(place, hours) for hours in range(3, 13)))
        for place in ("northern", "southern", "eastern")
    ]
    small = ("Bo", "My cat sleeps on 2 keyboards. I bought 3 lamps in May and painted 4 doors in June.")
    source: Source = interview_of(small, question, *[turn for outage in outages for turn in (outage, question)], small)
    for draft in ExtractiveDrafter().stories(source, brief(speaker="Bo"), 3):
        assert len({one.first for post in draft.posts for one in post.evidence}) == 1


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("Because I lost nineteen days, and I ran the backups.", "I lost nineteen days, and I ran the backups."),
        ("Because nobody had asked.", "Nobody had asked."),
        ("Because it broke, we left.", "Because it broke, we left."),
        ("Because of the backups.", "Because of the backups."),
        ("I lost nineteen days.", "I lost nineteen days."),
    ],
)
def test_a_reason_loses_its_because_only_where_a_sentence_is_left(said: str, published: str) -> None:
    assert without_because(said, RULES) == published


def test_only_the_answer_to_a_why_loses_its_because() -> None:
    answer = "Because I lost nineteen days of orders in one night."
    source = interview_of(
        ("Ann", "Why does it exist at all today?"),
        ("Bo", answer),
        ("Ann", "What came next for all of you?"),
        ("Bo", answer),
    )
    texts = [one.text for section in answers_of(source, "Bo", RULES) for one in section.sentences]
    assert texts == ["I lost nineteen days of orders in one night.", answer]


UNPUNCTUATED = " ".join(["so we moved the queue into the database and nobody noticed it at all"] * 30)


@pytest.mark.parametrize("words", [UNPUNCTUATED, UNPUNCTUATED + "."])
def test_speech_without_punctuation_is_told_as_such_and_never_quoted(words: str) -> None:
    source = interview_of(("Ben Ray", "What happened then?"), ("Ana Torres", words))
    with pytest.raises(ContentError, match="has no punctuation, so there are no sentences to quote"):
        ExtractiveDrafter().draft(source, brief(speaker="Ana"))
    assert numbered(source, brief(speaker="Ana"), rules_for("en")).sentences == {}


@pytest.mark.parametrize(
    "unheard", ["[unintelligible]", "(inaudible)", "[crosstalk 01:02]", "<unclear>", "[?]", "-- no, --"]
)
def test_a_sentence_of_which_something_was_not_understood_is_never_quoted(unheard: str) -> None:
    source = interview_of(
        ("Ben Ray", "What happened to the queue in February?"),
        ("Ana Torres", f"We lost 112 jobs in one night, and then {unheard} moved the queue into the database."),
        ("Ben Ray", "And what would you tell somebody who starts today?"),
        ("Ana Torres", "A queue is a table with a good index until you can prove that it is not one."),
    )
    for text in (post.text for post in ExtractiveDrafter().draft(source, brief(speaker="Ana")).posts):
        assert "112 jobs" not in text
    listed = numbered(source, brief(speaker="Ana"), rules_for("en")).listing()
    assert "112 jobs" not in listed
    assert "good index" in listed


def test_footnotes_and_admonitions_are_never_drafted_from() -> None:
    said = "We lost 112 jobs in one night in February, and nobody noticed it until the morning came."
    source = post_of(*(f"{said} The number of that night was {number}." for number in range(9)))
    footnote, admonition, *rest = source.passages
    asides = (replace(footnote, kind="footnote"), replace(admonition, kind="admonition"))
    aside = replace(source, passages=(*asides, *rest))
    lines = {one.first for post in ExtractiveDrafter().draft(aside, brief()).posts for one in post.evidence}
    assert lines
    assert not lines & {1, 3}
    assert {one.first for one in numbered(aside, brief(), rules_for("en")).sentences.values()} == set(range(5, 18, 2))


CHAT = (
    ("Ben Ray", "and how did the move go?"),
    ("Ana Torres", "We moved the queue into the database on Monday, and nobody outside of the team noticed it"),
    ("Ana Torres", "The median went from 40 ms to 25 ms, because nothing waits for a lock"),
)


def test_a_message_of_a_chat_is_whole_without_a_full_stop() -> None:
    chat = replace(interview_of(*CHAT), format="chat")
    texts = [post.text for post in ExtractiveDrafter().draft(chat, brief(speaker="Ana")).posts]
    assert any(CHAT[1][1] in text for text in texts)


def test_a_turn_of_a_call_without_an_end_was_broken_off() -> None:
    with pytest.raises(ContentError):
        ExtractiveDrafter().draft(interview_of(*CHAT), brief(speaker="Ana"))


@pytest.mark.parametrize(
    "asked",
    ["Please don't publish that.", "Don't quote me on this.", "Keep that between us.", "That is not for publication."],
)
def test_what_somebody_asks_not_to_be_told_is_in_no_answer_nor_what_stands_beside_it(asked: str) -> None:
    told = f"We built the gauge in May. My brother was ill then. {asked} He sold his boat for it. We opened the shop in June."
    [answer] = answers_of(interview_of(TURNS[0], ("Sofia Marchetti", told)), "Sofia Marchetti", RULES)
    assert [one.text for one in answer.sentences] == ["We built the gauge in May.", "We opened the shop in June."]
