from __future__ import annotations

import resource
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.voice.habits import habits_of


@pytest.mark.parametrize(
    ("post", "mark"),
    [
        ("Who asked for this?", "question"),
        ("It works!", "exclamation"),
        ("It works — mostly.", "dash"),
        ("It works - mostly.", "dash"),
        ("Well… it works.", "ellipsis"),
        ("It works; nobody knows why.", "semicolon"),
        ("Two words: it works.", "colon"),
        ("It works (mostly).", "parenthesis"),
        ("He said “it works”.", "quotation"),
        ("It works 🎉", "emoji"),
        ("It works #backups", "hashtag"),
        ("What we did:\n- nothing", "list"),
        ("It REALLY works.", "capitals"),
        ("It doesn’t work.", "contraction"),
        ("it works.", "small start"),
    ],
)
def test_a_mark_is_seen_where_it_stands(post: str, mark: str) -> None:
    assert mark in habits_of(post).marks


def test_a_plain_sentence_has_no_mark() -> None:
    assert habits_of("The restore test runs every night at two.").marks == frozenset()


@pytest.mark.parametrize("post", ["See https://example.org/a-b?c=1!", "Thanks @ana@grove.example", "Fixed #backups"])
def test_links_handles_and_tags_are_no_words_of_a_person(post: str) -> None:
    assert len(habits_of(post).words) == 1


def test_the_time_of_day_and_a_ratio_are_no_colons() -> None:
    assert "colon" not in habits_of("We met at 10:30 and it was 3:1.").marks


def test_sentences_are_counted_by_line_and_by_stop() -> None:
    habits = habits_of("One two three. Four five\n\n- six seven eight nine")
    assert habits.sentence_words == (3, 2, 4)
    assert habits.openings == (("one", "two", "three"), ("four", "five"), ("six", "seven", "eight"))


def test_only_capitals_that_no_beginning_asks_for_make_a_name() -> None:
    assert habits_of("The team met Odile. I’m glad. Nobody else came.").names == {"odile"}


def test_the_comma_before_the_last_of_three_is_told_from_its_absence() -> None:
    habits = habits_of("We sell pears, plums, and figs. We sell pears, plums and figs.")
    assert (habits.oxford, habits.without_oxford) == (1, 1)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_every_text_has_as_many_openings_as_sentences(post: str) -> None:
    habits = habits_of(post)
    assert len(habits.openings) == len(habits.sentence_words)
    assert sum(habits.sentence_words) == len(habits.words)


HOSTILE = [
    "a",
    "#",
    "#1",
    "@a@.",
    "A",
    "-",
    " ",
    "(",
    "'",
    "a'",
    "1.",
    "\n- ",
    "a, b and ",
    "🎉",
    "—",
    "é",
    "\u0301",
    "http://(",
]


def test_no_repeated_sign_takes_long() -> None:
    program = (
        "import sys\nfrom contentkit.drafting.voice.habits import habits_of\n"
        f"for sign in {HOSTILE!r}: habits_of(sign * (1_000_000 // len(sign)))\nprint('answered')"
    )

    def at_most_twenty_seconds() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, preexec_fn=at_most_twenty_seconds, check=False
    )
    assert run.stdout == "answered\n"
