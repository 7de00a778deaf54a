"""What was said before is found by searching for a few look-ups and by an index for many: both find all there is."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.checks.said import ALIKE, FEWEST_WORDS, Said, SaidBefore, wordprint

WORDS = [
    "Lanes",
    "are",
    "the",
    "queues",
    "of",
    "a",
    "Straße",
    "stranger",
    "don't",
    "https://grebe.example/a",
    "é_x",
    "nobody",
    "mended",
    "before",
    "Tuesday",
    "because",
    "everything",
    "else",
    "waited",
    "patiently",
]
# Each word once: then what differs in the longest one shares no other telling word.
TEXTS = st.lists(st.sampled_from(WORDS), max_size=16, unique=True).map(" ".join)
# Enough of them that the index is made.
MANY = 61


def every(texts: Sequence[str], text: str) -> dict[int, float]:
    """Compared with each, one after the other."""
    mine = wordprint(text)
    found = {}
    for at, its in enumerate(map(wordprint, texts)):
        if mine.words and its.same == mine.same:
            found[at] = 1.0
        elif min(len(mine.words), len(its.words)) >= FEWEST_WORDS and mine.likeness(its) >= ALIKE:
            found[at] = mine.likeness(its)
    return found


@given(texts=st.lists(TEXTS, max_size=8), text=TEXTS, at=st.integers(0, 15))
@example(texts=["STRASSE of the stranger queues a lanes"], text="straße of the stranger queues a lanes", at=0)
@example(texts=[], text="one two three four five six seven eightieth nine ten eleven twelve", at=7)
@settings(max_examples=40, deadline=None)
def test_both_ways_find_what_comparing_with_everything_finds(texts: list[str], text: str, at: int) -> None:
    words = text.split()
    changed = " ".join([*words[:at], "other", *words[at + 1 :]])
    said = [*texts, text, changed, text.upper()]
    before = SaidBefore([Said(text=one, place=str(number)) for number, one in enumerate(said)])
    for _ in range(MANY):
        found = {int(one.place): likeness for one, likeness in before.like(text)}
        assert found == every(said, text)


def test_the_most_alike_comes_first() -> None:
    text = "Nothing waits for a stranger's trouble any more, because each account has a lane of its own."
    texts = [text.replace("Nothing", "None").replace("own", "kind"), text.replace("Nothing", "None"), text]
    before = SaidBefore([Said(text=one, place=str(number)) for number, one in enumerate(texts)])
    assert [one.place for one, _ in before.like(text)] == ["2", "1", "0"]
