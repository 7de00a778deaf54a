"""Which characters of its lines a post rests on, and where that is left open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.narrowing import narrowed, narrowed_to
from contentkit.models import Alternative, Draft, Evidence, Passage, Post, Source
from contentkit.sources.read import parse_source

PARAGRAPH = (
    "We lost two days. **The cache** nobody had asked for was the cause. So we took it out, and "
    "[told everybody](https://example.org/a). Then lunch came and everybody ate."
)
READ = PARAGRAPH.replace("**", "").replace("[told everybody](https://example.org/a)", "told everybody")
NOTE = Source(
    path="notes/call.md",
    kind="note",
    lines=("# Call", "", PARAGRAPH),
    passages=(Passage(kind="paragraph", text=READ, first=3, last=3),),
)


def cited(text: str, source: Source = NOTE, first: int = 3, last: int = 3) -> Evidence:
    """The evidence of a post that pointed at these lines as a whole."""
    post = Post(text=text, evidence=(source.evidence(first, last),))
    [evidence] = narrowed(Draft(slug="x", posts=(post,)), [source]).posts[0].evidence
    return evidence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We lost two days.", "We lost two days."),
        (
            "The cache nobody had asked for was the cause.",
            "**The cache** nobody had asked for was the cause.",
        ),
        (
            "The cache nobody had asked for was the cause. So we took it out, and told everybody.",
            "**The cache** nobody had asked for was the cause. So we took it out, and "
            "[told everybody](https://example.org/a).",
        ),
        ("Then lunch came and everybody ate.", "Then lunch came and everybody ate."),
        ("We lost two days.\n\nSo we took it out, and told everybody.", PARAGRAPH.partition(" Then")[0]),
    ],
)
def test_evidence_goes_down_to_the_sentences_that_the_post_has(text: str, said: str) -> None:
    evidence = cited(text)
    assert evidence.said_in(NOTE.lines) == said
    assert evidence == NOTE.evidence(3, 3, evidence.from_column, evidence.to_column)
    assert min(evidence.from_column, evidence.to_column) > 0, "a link of a code host has both columns"


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPH,
        "We lost two days. Then lunch came and everybody ate.",
        "Two days went by before anybody looked at what caused it.",
        "Nothing of this is there.",
        "The cache nobody had asked for was the cause, and lunch came.",
        "",
    ],
    ids=["all of it", "its two ends", "other words", "nothing of it", "a word of what is left out", "no word"],
)
def test_lines_stay_whole_where_it_is_not_plain_what_the_post_rests_on(text: str) -> None:
    assert cited(text) == NOTE.evidence(3, 3)


def test_two_words_more_are_not_worth_a_column() -> None:
    lines = ("Oh well. The cache was the cause.",)
    source = Source(
        path="notes/call.md",
        kind="note",
        lines=lines,
        passages=(Passage(kind="paragraph", text=lines[0], first=1, last=1),),
    )
    assert cited("The cache was the cause.", source, 1, 1) == source.evidence(1, 1)


def test_of_several_lines_the_first_and_the_last_get_a_column() -> None:
    source = parse_source(
        b"Before that we waited for days. The queue\nlost 112 jobs\nin one night. After that nobody slept well.\n",
        "notes/call.md",
    )
    evidence = cited("The queue lost 112 jobs in one night.", source, 1, 3)
    assert evidence.said_in(source.lines) == "The queue\nlost 112 jobs\nin one night."
    assert (evidence.first, evidence.last) == (1, 3)


def test_a_first_line_of_which_the_post_says_nothing_gets_no_column_of_another_line() -> None:
    source = parse_source(
        b"We waited for days and days.\n  Then it worked. After that nobody slept well.\n", "notes/call.md"
    )
    assert cited("Then it worked.", source, 1, 2) == source.evidence(1, 2, 1, 18)


def test_of_captions_the_times_between_two_cues_stay() -> None:
    source = parse_source(
        b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>We waited for three days. The queue\n\n"
        b"00:04.000 --> 00:06.000\n<v Ana>lost 112 jobs. Nobody slept that night.\n",
        "notes/call.vtt",
    )
    evidence = cited("The queue lost 112 jobs.", source, 4, 7)
    said = evidence.said_in(source.lines).split("\n")
    assert (said[0], said[-1]) == ("The queue", "<v Ana>lost 112 jobs.")


def test_a_file_with_words_off_the_record_keeps_whole_lines() -> None:
    source = replace(NOTE, redactions=1)
    assert cited("We lost two days.", source) == source.evidence(3, 3)


def test_columns_that_are_there_stay() -> None:
    evidence = NOTE.evidence(3, 3, 4, 9)
    draft = Draft(slug="x", posts=(Post(text="We lost two days.", evidence=(evidence,)),))
    assert narrowed(draft, [NOTE]) == draft


def test_evidence_of_a_source_that_nobody_gave_stays() -> None:
    draft = Draft(
        slug="x", posts=(Post(text="We lost two days.", evidence=(Evidence(source="b.md", first=1, last=1),)),)
    )
    assert narrowed(draft, [NOTE]) == draft


def test_alternatives_are_narrowed_too() -> None:
    other = Alternative(text="We lost two days.", evidence=(NOTE.evidence(3, 3),))
    draft = Draft(slug="x", posts=(Post(text="Nothing of this.", alternatives=(other,)),))
    [offered] = narrowed(draft, [NOTE]).posts[0].alternatives
    assert offered.evidence[0].said_in(NOTE.lines) == "We lost two days."


def test_where_it_is_known_what_a_text_rests_on_its_own_words_may_be_others() -> None:
    rests_on = "The cache nobody had asked for was the cause."
    [evidence] = narrowed_to([NOTE.evidence(3, 3)], rests_on, "A needless cache did it.", NOTE)
    assert evidence.said_in(NOTE.lines) == "**The cache** nobody had asked for was the cause."


def test_a_word_from_outside_of_that_keeps_the_line_whole() -> None:
    rests_on = "The cache nobody had asked for was the cause."
    whole = (NOTE.evidence(3, 3),)
    assert narrowed_to(whole, rests_on, "A needless cache, and two lost days.", NOTE) == whole


WORDS = "we lost two days the cache was cause Ana 40 ms e.g. ñandú “so” *it*"
_SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS.split()), min_size=4).map(" ".join).map(lambda words: f"Then {words} ended."),
    min_size=1,
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(_SENTENCES, st.data())
def test_what_is_narrowed_holds_every_sentence_of_the_post(said: list[str], data: st.DataObject) -> None:
    check_narrowed(said, data)


@pytest.mark.nightly
@pytest.mark.timeout(900)
@settings(max_examples=50_000, deadline=None)
@given(_SENTENCES, st.data())
def test_what_is_narrowed_holds_every_sentence_of_the_post_at_length(said: list[str], data: st.DataObject) -> None:
    check_narrowed(said, data)


def check_narrowed(said: list[str], data: st.DataObject) -> None:
    line = " ".join(said)
    passage = Passage(kind="paragraph", text=line, first=1, last=1)
    source = Source(path="notes/call.md", kind="note", lines=(line,), passages=(passage,))
    first = data.draw(st.integers(0, len(said) - 1))
    last = data.draw(st.integers(first, len(said) - 1))
    text = " ".join(said[first : last + 1])
    evidence = cited(text, source, 1, 1)
    assert text in evidence.said_in(source.lines)
    assert evidence.sha == source.evidence(1, 1, evidence.from_column, evidence.to_column).sha
