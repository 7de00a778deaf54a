from __future__ import annotations

import random
import resource
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.voice.edits import Edited, Proposal, proposals

THINGS = [
    "the restore test",
    "our docs",
    "the calendar",
    "a new index",
    "the mailing list",
    "the nightly build",
    "the release",
]


def edits(before: str, after: str, number: int = 7) -> list[Edited]:
    """As many drafts of one post each, in which the same was changed."""
    return [
        Edited(draft=f"drafts/{at}.md", drafted=(before.format(THINGS[at]),), left=(after.format(THINGS[at]),))
        for at in range(number)
    ]


def rules(found: list[Edited]) -> dict[str, Proposal]:
    return {one.rule: one for one in proposals(found, "en")}


def test_a_phrase_that_was_always_deleted_becomes_a_rule_with_its_count() -> None:
    found = rules(
        edits(
            "We are excited to announce that {} works again for everybody.",
            "We mended {}: it works again for everybody.",
        )
    )
    rule = found['Do not write "are excited to announce that".']
    assert (rule.done, rule.of, len(rule.drafts)) == (7, 7, 7)
    assert rule.never == "are excited to announce that"


def test_the_phrase_is_what_all_the_edits_have_in_common() -> None:
    one = edits("We are excited to announce {} for everybody who waited.", "Here is {} for everybody who waited.", 3)
    two = edits("I was so excited to announce {} to everybody who waited.", "I showed {} to everybody who waited.", 3)
    other = [Edited(draft=f"drafts/x{at}.md", drafted=each.drafted, left=each.left) for at, each in enumerate(two)]
    assert rules([*one, *other])['Do not write "excited to announce".'].done == 6


def test_a_phrase_that_was_kept_as_often_is_no_rule() -> None:
    before = "We are excited to announce that {} works again for everybody."
    kept = [
        Edited(draft=f"drafts/k{at}.md", drafted=(before.format(one),), left=(before.format(one),))
        for at, one in enumerate(THINGS)
    ]
    assert rules([*edits(before, "We mended {}: it works again for everybody."), *kept]) == {}


def test_words_that_were_always_replaced_by_the_same_say_which() -> None:
    found = rules(
        edits("You can utilize {} on every server that you have.", "You can use {} on every server that you have.")
    )
    assert found['Write "use", not "utilize".'].done == 7


def test_what_was_done_in_one_draft_only_is_no_rule() -> None:
    before, after = "We are excited to announce that {} works again.", "We mended {}: it works again."
    one = Edited(draft="drafts/a.md", drafted=tuple(map(before.format, THINGS)), left=tuple(map(after.format, THINGS)))
    assert rules([one]) == {}


def test_names_and_numbers_are_never_part_of_a_rule() -> None:
    found = rules(
        edits(
            "We are thrilled that Brennan and 40 testers from Acme fixed {} for us.", "A few testers fixed {} for us."
        )
    )
    told = " ".join(one for one in found if "rite" in one).lower()
    assert told
    assert not [word for word in ("brennan", "40", "acme") if word in told]


def test_a_name_at_the_beginning_of_a_sentence_is_one_too() -> None:
    found = rules(edits("Brennan said we are thrilled about {} for everybody.", "We mended {} for everybody."))
    assert any("thrilled" in rule for rule in found)
    assert not any("brennan" in rule.lower() for rule in found)


def test_handles_and_links_are_never_part_of_a_rule() -> None:
    found = rules(edits("Thanks to @tomas and https://grebe.example/secret for {} and all.", "We have {} and all."))
    assert not any(word in rule for rule in found for word in ("tomas", "grebe", "secret"))


def test_hashtags_and_exclamation_marks_that_always_went_become_rules() -> None:
    found = rules(edits("We mended {} today! #backups", "We mended {} today."))
    assert {"No hashtags.", "No exclamation marks."} <= set(found)
    assert found["No hashtags."].done == 7


def test_a_mark_that_was_always_added_becomes_a_rule() -> None:
    assert "Use emoji." in rules(edits("We mended {} today.", "We mended {} today. 🎉"))


def test_a_beginning_that_was_always_changed_becomes_a_rule() -> None:
    assert 'Do not begin a post with "so".' in rules(
        edits("So we mended {} for everybody.", "We mended {} for everybody.")
    )


def test_a_beginning_that_went_with_a_phrase_is_no_rule_of_its_own() -> None:
    found = rules(edits("We are excited to announce that {} works for everybody.", "{} works for everybody."))
    assert any("excited" in rule for rule in found)
    assert not any("begin" in rule for rule in found)


def test_sentences_that_were_always_cut_become_a_rule_with_lengths() -> None:
    before = "We mended {} for everybody and then we looked at it once more and saw that it was good."
    after = "We mended {} for everybody. Then we looked at it once more. And saw that it was good."
    assert "Shorter sentences: about 7 words, not 21." in rules(edits(before, after))


def test_posts_are_compared_with_themselves_wherever_they_stand_now() -> None:
    before = (
        "We are excited to announce the restore test for everybody.",
        "The docs have a page about it now, with pictures.",
    )
    after = (
        "The docs have a page about it now, with pictures.",
        "A new one.",
        "We announce the restore test for everybody.",
    )
    found = [Edited(draft=f"drafts/{at}.md", drafted=before, left=after) for at in range(3)]
    assert {rule for rule in rules(found) if rule.startswith("Do not write")} == {'Do not write "are excited to".'}


def test_the_order_of_drafts_does_not_matter() -> None:
    found = edits("We are excited to announce that {} works again! #a", "We mended {}: it works again.")
    shuffled = random.Random(5).sample(found, len(found))
    assert proposals(shuffled, "en") == proposals(found, "en")


@given(
    st.lists(
        st.tuples(
            st.lists(st.text("ab .!#A1", max_size=30), max_size=3),
            st.lists(st.text("ab .!#A1", max_size=30), max_size=3),
        ),
        max_size=4,
    )
)
@settings(max_examples=200, deadline=None)
def test_no_rule_claims_more_than_there_was_occasion_for(texts: list[tuple[list[str], list[str]]]) -> None:
    found = [Edited(draft=f"{at}.md", drafted=tuple(one), left=tuple(two)) for at, (one, two) in enumerate(texts)]
    for rule in proposals(found, "en"):
        assert 3 <= rule.done <= rule.of
        assert len(rule.drafts) >= 2


@pytest.mark.nightly
def test_posts_of_any_length_are_compared_in_time() -> None:
    program = (
        "from contentkit.drafting.voice.edits import Edited, proposals\n"
        "long, other = 'a b ' * 250_000, 'b a ' * 250_000\n"
        "proposals([Edited(draft=f'{n}', drafted=(long,), left=(other,)) for n in range(4)], 'en')\nprint('answered')"
    )

    def at_most_twenty_seconds() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, preexec_fn=at_most_twenty_seconds, check=False
    )
    assert run.stdout == "answered\n"
