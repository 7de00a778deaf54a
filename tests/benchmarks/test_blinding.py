"""The pairs that judges see: who stands where, and what they must not learn."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.drafts.blinding import MOST_A_BATCH, Against, batched, key_of, paired
from benchmarks.drafts.sheets import pair_form, pair_sheet
from benchmarks.drafts.threads import Thread
from contentkit.errors import ContentError
from tests.benchmarks.made import made, of_text


def test_ours_stands_first_in_half_of_the_pairs() -> None:
    pairs = paired([made(f"t{each}") for each in range(10)], against=Against(2), seed=4)
    assert Counter(pair.a.maker == "contentkit" for pair in pairs) == {True: 10, False: 10}


def test_every_pair_has_ours_and_a_baseline_of_the_same_text() -> None:
    for pair in paired([made(f"t{each}") for each in range(6)], against=Against(3), seed=1):
        makers = {pair.a.maker, pair.b.maker}
        assert "contentkit" in makers
        assert len(makers) == 2
        assert all(one.posts[0].startswith(f"{pair.text} by") for one in (pair.a, pair.b))


def test_each_baseline_meets_as_many_texts_of_a_group_as_the_others() -> None:
    texts = [made(f"{group}{each}", group) for group in ("posts", "notes") for each in range(6)]
    met = Counter(
        (pair.group, maker) for pair in paired(texts, Against(2), 1) for maker in (pair.a.maker, pair.b.maker)
    )
    assert {count for (_, maker), count in met.items() if maker != "contentkit"} == {3}


def test_the_same_seed_draws_the_same_pairs() -> None:
    texts = [made(f"t{each}") for each in range(5)]
    assert paired(texts, Against(2), 7) == paired(texts, Against(2), 7)


def test_another_seed_draws_other_sides() -> None:
    texts = [made(f"t{each}") for each in range(8)]
    sides = [[(pair.text, pair.a.maker) for pair in paired(texts, Against(2), seed)] for seed in (1, 2)]
    assert sorted(sides[0]) != sorted(sides[1])


def test_two_threads_of_the_same_words_are_not_paired() -> None:
    one = made("t", rivals=("lead",))
    same = replace(one, threads={**one.threads, "lead": one.threads["contentkit"]})
    assert paired([same], Against(1), 1) == []


@settings(max_examples=200, deadline=None)
@given(texts=st.integers(1, 30), against=st.integers(1, 4), seed=st.integers(0, 99))
def test_no_batch_is_too_long_or_shows_a_text_twice_and_none_is_lost(texts: int, against: int, seed: int) -> None:
    pairs = paired([made(f"t{each}") for each in range(texts)], Against(against), seed)
    batches = batched(pairs)
    assert sorted(pair.id for batch in batches for pair in batch) == sorted(pair.id for pair in pairs)
    assert all(0 < len(batch) <= MOST_A_BATCH for batch in batches)
    assert all(len(set(of_text(batch))) == len(batch) for batch in batches)


def test_the_sheet_and_the_form_do_not_tell_who_made_what() -> None:
    threads = {maker: Thread(maker=maker, posts=(f"Words {len(maker)}.",)) for maker in ("contentkit", "lead")}
    pairs = paired([replace(made("t"), threads=threads)], Against(1), 1)
    shown = pair_sheet("pairs-01", pairs) + pair_form("pairs-01", pairs)
    assert not re.search(r"contentkit|\blead\b", shown)


def test_the_key_says_who_made_what() -> None:
    pairs = paired([made("t", rivals=("lead",))], Against(1), 1)
    known = json.loads(json.dumps(key_of(pairs, 1, "contentkit")))
    sides = {"text": "t", "group": "posts", "A": pairs[0].a.maker, "B": pairs[0].b.maker}
    assert known == {"seed": 1, "ours": "contentkit", "pairs": {pairs[0].id: sides}}


def test_posts_are_shown_letter_for_letter_whatever_they_hold() -> None:
    one = made("t", rivals=("lead",))
    odd = Thread(maker="lead", posts=("# no heading\n~~~~\n- `a` <b>",))
    pairs = paired([replace(one, threads={**one.threads, "lead": odd})], Against(1), 1)
    assert "    # no heading\n    ~~~~\n    - `a` <b>" in pair_sheet("b", pairs)


def test_a_group_may_meet_more_baselines_than_the_others() -> None:
    texts = [made("post", "posts"), made("call", "interviews")]
    met = Counter(pair.group for pair in paired(texts, Against.parse(["1", "interviews=4"]), 1))
    assert met == {"posts": 1, "interviews": 4}


@pytest.mark.parametrize("word", ["many", "0", "notes=", "=x", "-1"])
def test_how_many_baselines_is_a_number(word: str) -> None:
    with pytest.raises(ContentError, match="how many baselines is that"):
        Against.parse([word])


def test_no_batch_has_a_pair_to_itself_where_the_others_have_room() -> None:
    texts = [*(made(f"call{each}", "interviews") for each in range(8)), *(made(f"post{each}") for each in range(16))]
    sizes = [len(batch) for batch in batched(paired(texts, Against.parse(["2", "interviews=4"]), 3))]
    assert max(sizes) - min(sizes) <= 2
