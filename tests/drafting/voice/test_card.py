from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.voice.card import Rule, parse_card
from contentkit.drafting.voice.learning import chosen, learnt_from
from contentkit.drafting.voice.writing import new_card, relearnt, with_rules
from contentkit.errors import ContentError
from tests.drafting.voice.invented import dry, loud

DRY, LOUD = learnt_from(chosen(dry(40))), learnt_from(chosen(loud(40)))
CARD = new_card("odile", "Odile Varga", DRY)
EDITED = """\
# how she writes
version: 1
name: "Odile Varga"   # not Odil
never:
    - synergy     # she laughed
    - "excited to announce"

learnt:
  posts: 3
  sentences: 9
  sentence_words: {quarter: 1, half: 2, three_quarters: 3}
  post_characters: {quarter: 1, half: 2, three_quarters: 3}
  language: en   # hers

# hers again
rules:
- {rule: "No hashtags", edits: 7}   # said so herself
notes: ["Writes at night."]
"""


def refusal(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse_card(text, "voices/odile.yaml")
    return caught.value


@pytest.mark.parametrize("learnt", [DRY, LOUD])
def test_a_card_reads_back_as_it_was_learnt(learnt: object) -> None:
    card = parse_card(new_card("odile", "Odile Varga", learnt), "voices/odile.yaml")  # type: ignore[arg-type]
    assert (card.name, card.learnt) == ("Odile Varga", learnt)


def test_learning_twice_gives_the_same_bytes() -> None:
    assert relearnt(CARD, "voices/odile.yaml", DRY) == CARD


def test_what_a_person_wrote_stays_byte_for_byte() -> None:
    again = relearnt(EDITED, "voices/odile.yaml", LOUD)
    before, after = EDITED.split("learnt:", maxsplit=1)[0], EDITED[EDITED.index("\n\n# hers again") :]
    assert again.startswith(before)
    assert again.endswith(after)
    assert parse_card(again, "x").learnt == LOUD


@pytest.mark.parametrize(
    "text", [EDITED, CARD, EDITED.replace("\n", "\r\n"), "version: 1\nname: A", "\ufeffversion: 1\n"]
)
def test_learning_again_leaves_what_is_not_learnt(text: str) -> None:
    again = relearnt(text, "x", DRY)
    assert relearnt(relearnt(again, "x", LOUD), "x", DRY) == again
    one, other = parse_card(text, "x"), parse_card(again, "x")
    assert (other.name, other.never, other.rules, other.notes) == (one.name, one.never, one.rules, one.notes)
    assert other.learnt == DRY


@pytest.mark.parametrize("text", [EDITED, CARD, "version: 1\nname: A", "version: 1\nrules:\nname: A\n"])
def test_rules_are_put_behind_those_that_are_there(text: str) -> None:
    rules = [Rule(words='Write "no": never, ever', edits=4), Rule(words="# no tags", edits=2)]
    after = with_rules(text, "x", rules)
    assert parse_card(after, "x").rules == (*parse_card(text, "x").rules, *rules)
    assert [line for line in text.split("\n") if line and not line.startswith("rules:")] == [
        line for line in after.split("\n") if line in text.split("\n") and line and not line.startswith("rules:")
    ]


@given(st.lists(st.text(string.printable + "é—“🎉", min_size=1, max_size=60).filter(str.strip), max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_rule_reads_back(words: list[str]) -> None:
    rules = [Rule(words=" ".join(one.split())) for one in words if one.split() and " ".join(one.split()).isprintable()]
    assert parse_card(with_rules(CARD, "x", rules), "x").rules == tuple(rules)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: A\n", "voices/odile.yaml:1:1: the file does not say its version"),
        ("version: 1\nnevr: []\n", "voices/odile.yaml:2:1: a voice has no key 'nevr'"),
        ("version: 1\nlearnt: {posts: 3}\n", "voices/odile.yaml:2:9: learnt has no language"),
        ("version: 1\nrules:\n  - {edits: 3}\n", "voices/odile.yaml:3:5: the rule does not say what it is"),
        ("version: 1\nnever: ['']\n", "voices/odile.yaml:2:9: never must have between 1 and 300 characters"),
        (EDITED.replace("half: 2", "half: 9"), "voices/odile.yaml:11:19: sentence_words must not fall"),
        (
            EDITED.replace("posts: 3", "posts: 3\n  first: 2026-02-30"),
            "voices/odile.yaml:10:10: '2026-02-30' is no date",
        ),
        (EDITED.replace("posts: 3", "posts: 3\n  marks: {dash: 101}"), "voices/odile.yaml:10:17: 101 is more than 100"),
        (
            EDITED.replace("posts: 3", "posts: 3\n  marks: {dahs: 1}"),
            "voices/odile.yaml:10:11: marks has no key 'dahs'",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(text: str, message: str) -> None:
    assert refusal(text).message.startswith(message)


@pytest.mark.parametrize(
    "line", ["rules: []  # ask Ana", "rules:   # ask Ana", "rules: ~ # ask Ana", "rules: [ ] # ask Ana"]
)
def test_a_remark_on_the_line_of_the_rules_stays(line: str) -> None:
    after = with_rules(f"version: 1\n{line}\nnotes: [a]\n", "x", [Rule(words="No tags.", edits=3)])
    assert "# ask Ana\n  - {rule: No tags., edits: 3}\nnotes: [a]\n" in after


@pytest.mark.parametrize("line", ["learnt:  # mine", "learnt: ~  # mine"])
def test_a_remark_on_the_line_of_what_is_learnt_stays(line: str) -> None:
    once = relearnt(f"version: 1\n{line}\nnotes: [a]\n", "x", DRY)
    assert "# mine\n  posts: 40\n" in once
    assert relearnt(once, "x", LOUD).startswith(once.partition("\n  posts")[0])


@pytest.mark.parametrize("text", ["version: 1\n...\n", "version: 1\nrules: [\n  # mine\n  ]\n"])
def test_what_could_not_be_read_afterwards_is_refused_and_not_written(text: str) -> None:
    with pytest.raises(ContentError, match=r"^x:"):
        with_rules(text, "x", [Rule(words="No tags.", edits=3)])


@pytest.mark.parametrize("text", ["version: 1\n...\n", "version: 1\nlearnt: [\n]\n"])
def test_learning_refuses_what_could_not_be_read_afterwards(text: str) -> None:
    with pytest.raises(ContentError, match=r"^x:"):
        relearnt(text, "x", DRY)


@pytest.mark.parametrize("key", ["ana\nrules: [x]", "ana: {", "ana\u202e", "#", "'"])
def test_no_key_of_a_person_can_write_into_the_card(key: str) -> None:
    card = parse_card(new_card(key, key, DRY), "x")
    assert (card.learnt, card.rules) == (DRY, ())


def test_a_card_in_braces_is_refused_and_not_torn() -> None:
    with pytest.raises(ContentError, match="x: is no card as contentkit writes one"):
        relearnt("{version: 1, name: A}", "x", DRY)
