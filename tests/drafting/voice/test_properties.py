"""Whatever a card holds: it is read or refused, and what people wrote into it outlives learning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.voice.card import parse_card
from contentkit.drafting.voice.examples import posts_text, read_posts
from contentkit.drafting.voice.learning import chosen, learnt_from
from contentkit.drafting.voice.writing import new_card, relearnt
from contentkit.errors import ContentError
from contentkit.models import OwnPost
from tests.drafting.voice.invented import dry, loud

DRY, LOUD = learnt_from(chosen(dry(20))), learnt_from(chosen(loud(20)))
GATE = settings(max_examples=200, deadline=None)
NIGHTLY = settings(max_examples=50_000, deadline=None)
LEARNT = new_card("a", "A", DRY).partition("learnt:")[2].partition("\n\n")[0]
BLOCKS = st.permutations([
    "version: 1\n", "name: A   # hers\n", "# a remark\n\n", "\n", f"learnt:{LEARNT}\n", "never: [synergy]\n", "never_:\n",
    "rules:\n  - {rule: No hashtags., edits: 3}   # why\n  # a remark within\n  - Short.\n", "notes:\n- Likes lists.\n",
])  # fmt: skip
YAML = st.text("versionlearntpostsmarks: 1{}[]-\n#'\"&*!|>%@é", max_size=120)


def learn_again(blocks: list[str], newline: str) -> None:
    text = "".join(block for block in blocks if block != "never_:\n").replace("\n", newline)
    before, _, after = text.partition(f"learnt:{LEARNT}".replace("\n", newline))
    assert relearnt(text, "a", DRY) == text
    again = relearnt(text, "a", LOUD)
    assert again.startswith(before)
    assert again.endswith(after)
    assert parse_card(again, "a").learnt == LOUD


def read_anything(text: str) -> None:
    for words in (text, f"version: 1\n{text}", f"version: 1\nlearnt: {text}", f"version: 1\nrules: {text}"):
        try:
            card = parse_card(words, "a")
        except ContentError as error:
            assert error.message.startswith("a:")  # noqa: PT017
            continue
        assert all(1 <= len(one) <= 300 for one in (*card.never, *card.notes))


def read_back(text: str, tmp_path: Path) -> None:
    if not text.strip():
        return
    (tmp_path / "a.jsonl").write_text(posts_text([OwnPost(text=text)]), "utf-8", newline="")
    assert read_posts(tmp_path / "a.jsonl", "a.jsonl") == (OwnPost(text=text),)


@given(BLOCKS, st.sampled_from(["\n", "\r\n"]))
@GATE
def test_learning_again_changes_nothing_but_what_is_learnt(blocks: list[str], newline: str) -> None:
    learn_again(blocks, newline)


@given(YAML)
@GATE
def test_a_card_is_read_or_refused_with_its_place(text: str) -> None:
    read_anything(text)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@GATE
def test_any_post_reads_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    read_back(text, tmp_path_factory.getbasetemp())


@pytest.mark.nightly
@given(YAML)
@NIGHTLY
def test_a_card_is_read_or_refused_with_its_place_often(text: str) -> None:
    read_anything(text)


@pytest.mark.nightly
@given(st.text(st.characters(codec="utf-8"), max_size=60))
@NIGHTLY
def test_any_post_reads_back_often(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    read_back(text, tmp_path_factory.getbasetemp())
