import copy
import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.forbidden import Forbidden

SPAN = "The lead investor is Sequoia Capital, and they asked for two seats on the board."
RECORD = "We work on TimeGPT-1 in May and we have 40 customers. The company grows."


def leaks(text: str, *spans: str, record: str = RECORD) -> list[tuple[str, str]]:
    """(kind, words) of each leak."""
    return [(leak.kind, text[leak.start : leak.end]) for leak in Forbidden.of(spans, record).leaks_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "the lead investor is Sequoia",
        "THE LEAD INVESTOR IS SEQUOIA",
        "the *lead* investor — is: Sequoia",
        "the lеаd invеstоr is Sеquоiа",
        "ｔｈｅ ｌｅａｄ ｉｎｖｅｓｔｏｒ ｉｓ ｓｅｑｕｏｉａ",
        "the le\u200bad inve\u00adstor is Se\u2060quoia",
        "the lead inves-\ntor is Sequoia",
        "the l3ad inv3stor is S3quoia",
        "the\nlead\n> investor is\n> Sequoia",
        "thé lëad ínvestor is Sequoia",
    ],
)
def test_words_are_found_however_they_are_written(text: str) -> None:
    assert leaks(text, SPAN)[0][0] == "words"


@pytest.mark.parametrize(
    "text",
    [
        "Sequoia",
        "sequoia's money",
        "#SequoiaCapital",
        "@sequoiacapital",
        "https://sequoiacapital.com/",
        "S e q u o i a",
        "S3quoia",
        "Se-quoia",
        "Ѕеquоіа",
        "&#83;equoia",
        "Se&#x71;uo&shy;ia",
        "🇸🇪🇶🇺🇴🇮🇦",
    ],
)
def test_a_name_is_found_in_each_form_that_it_takes(text: str) -> None:
    assert [kind for kind, _ in leaks(text, SPAN)] == ["name"]


@pytest.mark.parametrize(
    "said",
    ["9,000,000", "9 million", "$9m", "nine million", "9.000.000", "9M users", "nueve millones",
     "9 000 000", "9\u202f000\u202f000", "9e6", "9E+06", "$9mm", "$9MM", "9 Mio", "9 Mio. EUR", "9 mln",
     "nine mil", "9 mil", "nine M"],
)  # fmt: skip
@pytest.mark.parametrize("told", ["We are at 9,000,000.", "It is 9 million", "$9m in revenue", "nine million"])
def test_a_number_is_found_in_each_form_that_it_takes(said: str, told: str) -> None:
    assert "number" in [kind for kind, _ in leaks(f"So {said} it is.", told)]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("30% of them", "thirty percent"),
        ("37 customers", "XXXVII customers"),
        ("37 customers", "all XXXVII"),
        ("9.5 million", "nine-point-five M"),
        ("9.5 million", "nine point five million"),
        ("9.5 million", "nine point five mil"),
        ("runway of 14 months", "14-month"),
        ("we close on March 14", "14 March"),
        ("we close on March 14", "2027-03-14"),
        ("we close on March 14", "in March"),
        ("in Q3", "Q3"),
        ("only 23 paying customers", "23 companies"),
        ("in two weeks", "14 days"),
    ],
)
def test_shares_times_and_dates_are_found_in_each_form_that_they_take(told: str, said: str) -> None:
    assert [kind for kind, _ in leaks(f"It is {said}, so there.", told)] == ["number"]


@pytest.mark.parametrize(
    "text",
    [
        "We grow, and the board is happy.",
        "Two of us asked for it.",
        "We have 40 customers in May.",
        "TimeGPT-1 leads the field.",
        "They asked for help; the lead is ours.",
        "We wrote 12 posts.",
    ],
)
def test_what_others_say_by_chance_is_no_leak(text: str) -> None:
    assert leaks(text, SPAN, "We have 12 investors, and they lead.") == []


@pytest.mark.parametrize("told", ["They pay 9 000 000 of it.", "They pay 9e6.", "They pay 9 Mio."])
def test_a_number_is_told_in_each_form_that_it_takes(told: str) -> None:
    assert [kind for kind, _ in leaks("So nine million it is.", told)] == ["number"]


def test_digits_beside_each_other_stay_numbers_of_their_own() -> None:
    assert leaks("Of the 12 340 stayed.", "We lost 340 customers in a week, no more.") != []


def test_what_is_on_the_record_too_may_be_repeated() -> None:
    record = "Sequoia Capital is our lead investor. We raised nine million on March 14."

    assert leaks("Sequoia: $9m on the 14th of March", "Sequoia gives 9,000,000 on 2027-03-14", record=record) == []


def test_a_run_that_is_on_the_record_too_may_be_repeated() -> None:
    text = "the lead investor is Sequoia"

    assert leaks(text, SPAN, record=f"I said it: {text}.") == []


@pytest.mark.parametrize(("span", "kind"), [("Ana left", "words"), ("Sequoia", "name"), ("next week", "name")])
def test_spans_of_one_and_two_words_are_found(span: str, kind: str) -> None:
    assert leaks(f"We hear: {span.upper()}.", span) == [(kind, span.upper())]


def test_a_span_of_one_small_word_forbids_nothing() -> None:
    assert leaks("Yes, and so it is.", "yes", "so", "and") == []


def test_an_everyday_word_is_forbidden_where_it_is_written_as_a_name() -> None:
    span = "The buyer would be Target, they wrote."

    assert leaks("We talk with Target now.", span) == [("name", "Target")]
    assert leaks("We miss a target now. Target it.", span) == []


def test_of_leaks_that_overlap_the_worst_is_told_once() -> None:
    assert leaks("the lead investor is Sequoia Capital, and", SPAN) == [
        ("words", "the lead investor is Sequoia Capital, and")
    ]


def test_what_two_sources_hide_is_hidden_in_both() -> None:
    both = Forbidden.of(["Sequoia leads it"], "") | Forbidden.of(["Bob leaves us"], "")

    assert both.leaks_in("Sequoia leads it")
    assert both.leaks_in("Bob leaves us")


def test_our_own_words_are_not_forbidden_to_us() -> None:
    forbidden = Forbidden.of(["No hashtags, says Sequoia"], "").without("Write at most 3 hashtags.")

    assert not forbidden.leaks_in("hashtags")
    assert forbidden.leaks_in("Sequoia")


def test_nothing_of_it_is_shown() -> None:
    forbidden = Forbidden.of([SPAN], "")
    shown = "".join((repr(forbidden), str(forbidden), f"{forbidden}", repr(forbidden._told)))

    assert not re.search("sequoia|investor|board", shown, re.IGNORECASE)
    assert not hasattr(forbidden, "__dict__")


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_cannot_be_written_or_copied(write: object) -> None:
    with pytest.raises(TypeError, match="never stored"):
        write(Forbidden.of([SPAN], ""))  # type: ignore[operator]


WORD = st.sampled_from("we the Sequoia lead round is two 9,000,000 May and-so board's investor ＡＢＣ ключ".split())  # noqa: SIM905


@settings(max_examples=300, deadline=None)
@given(
    span=st.lists(WORD, min_size=5, max_size=12), before=st.lists(WORD, max_size=4), after=st.lists(WORD, max_size=4)
)
def test_what_is_repeated_in_full_is_found(span: list[str], before: list[str], after: list[str]) -> None:
    said = " ".join(span)

    assert Forbidden.of([said], "").leaks_in(" ".join((*before, said.upper(), *after)))


@settings(max_examples=300, deadline=None)
@given(span=st.text(max_size=60), text=st.text(max_size=60))
def test_leaks_lie_in_the_text_in_order_and_apart(span: str, text: str) -> None:
    places = [(leak.start, leak.end) for leak in Forbidden.of([span], "").leaks_in(f"{text} {span}")]
    edges = [edge for place in places for edge in place]

    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) + 1 + len(span) for start, end in places)


@settings(max_examples=300, deadline=None)
@given(span=st.text(max_size=60))
def test_a_text_never_leaks_what_is_on_its_record(span: str) -> None:
    assert Forbidden.of([span], span).leaks_in(span) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "you have to make sure",
        "a little bit of a mess",
        "free and open source software",
        "in the fall of 2022",
        "we talked for an hour about",
    ],
)
def test_a_stock_phrase_of_another_talk_is_chance(phrase: str) -> None:
    said = Forbidden.of([f"And {phrase} before anybody asks for it."], "")

    assert "words" in {leak.kind for leak in said.leaks_in(f"So {phrase}, they say.")}
    assert not [leak for leak in said.from_elsewhere().leaks_in(f"So {phrase}, they say.") if leak.kind == "words"]


@pytest.mark.parametrize(
    "text",
    [
        "the lead investor is Sequoia",
        "Sequoia",
        "So you have to make sure that the people like it, she says.",
    ],
)
def test_what_another_talk_has_of_its_own_is_found(text: str) -> None:
    span = f"{SPAN} You have to make sure that the people like it."

    assert Forbidden.of([span], "").from_elsewhere().leaks_in(text)


def test_what_is_far_from_one_talk_may_be_near_to_another() -> None:
    said = Forbidden.of(["You have to make sure before."], "")
    text = "So you have to make sure."

    for both in (said | said.from_elsewhere(), said.from_elsewhere() | said):
        assert [leak.kind for leak in both.leaks_in(text)] == ["words"]


def test_a_name_that_was_written_with_entities_is_found() -> None:
    assert leaks("Zorblatt", "They are Zor&#98;latt.")
