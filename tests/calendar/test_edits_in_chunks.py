"""An edit of one entry reads no more of a long calendar than it must, and writes what it would if it had read all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.calendar.chunks import spans_of
from contentkit.calendar.edit import remove_key, set_key, set_text
from contentkit.errors import ContentError
from tests.calendar.layouts import laid_out

NAME = "calendar.yaml"
HEAD = "version: 1\ntimezone: Europe/Madrid\nentries:\n"
# Something that looks like a list of entries, in quotes: below it nothing is what it looks like, and all has to be read.
_DOUBT = 'more: "\nentries:\n  - x\n"\n'
_BEGINNING = re.compile(r"\A\ufeff?(?:(?:[ \t]*(?:#[^\n]*)?\r?\n)*---\r?\n)?")
_WORDS = ("true", "legal reads it", "a, b: c", "発売 🚀", "née # no", "'", '"quoted"', "two\nlines", "x" * 200)


def entry(name: str, more: str = "") -> str:
    return f"  - id: {name}\n    draft: a.md\n    at: 2026-11-24 09:30\n    accounts: ana-x\n{more}"


def outcome(edit: Callable[[str], str], text: str) -> str:
    """The text after an edit, or why it was refused, without the place."""
    try:
        return edit(text)
    except ContentError as error:
        return error.message.partition(": ")[2]


def doubted(text: str) -> str:
    return _BEGINNING.sub(lambda found: found.group() + _DOUBT, text, count=1)


def edit_of(random: Random, entry_id: str, keys: list[str]) -> Callable[[str], str]:
    """Some edit of this entry, the same for any text."""
    kind, key = (
        random.choice(("set", "words", "remove")),
        random.choice([*keys, "paused", "slot", "warning", "approved"]),
    )
    if kind == "remove":
        return lambda text: remove_key(text, NAME, entry_id, key)
    if kind == "words":
        words = random.choice(_WORDS)
        return lambda text: set_text(text, NAME, entry_id, key, words)
    value = random.choice(("true", "2026-12-01 10:00", "[a, b]", "{by: Ana, at: 2026-11-23T08:00:00Z}", "~", '"a # b"'))
    return lambda text: set_key(text, NAME, entry_id, key, value)


def judge(seed: int) -> bool:
    """Edits the calendar of this seed with and without a doubt above. Returns whether the entry had a chunk."""
    laid, random = laid_out(seed), Random(f"chunk {seed}")
    if not laid.entries or laid.text.removeprefix("\ufeff").startswith("{"):
        return False
    chosen = random.choice(laid.entries)
    edit = edit_of(random, chosen.id, list(chosen.keys))
    after = outcome(edit, laid.text)
    assert outcome(edit, doubted(laid.text)) in (doubted(after), after)
    assert not list(spans_of(doubted(laid.text), chosen.id))
    return bool(list(spans_of(laid.text, chosen.id)))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_an_edit_in_a_chunk_is_that_in_the_whole_file(seed: int) -> None:
    judge(seed)


def test_most_entries_are_edited_in_their_chunk() -> None:
    assert sum(judge(seed) for seed in range(100)) > 60


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(4))
def test_twenty_thousand_edits_in_chunks_are_those_in_the_whole_file(block: int) -> None:
    assert sum(judge(seed) for seed in range(block * 5_000, block * 5_000 + 5_000)) > 3_000


def test_what_looks_like_an_entry_within_a_text_is_not_edited() -> None:
    lookalike = entry("a", '    warning: "one\n' + entry("b") + '    two"\n') + entry("b")
    after = set_key(HEAD + lookalike, NAME, "b", "at", "2026-12-01 10:00")
    assert after == HEAD + entry("a", '    warning: "one\n' + entry("b") + '    two"\n') + entry("b").replace(
        "11-24 09:30", "12-01 10:00"
    )


@pytest.mark.parametrize(
    "before",
    [
        '    warning: "one\n',
        "    warning: 'it''s\n",
        '    warning: "a \\\n',
        '    warning: "a \\"\n',
        "    accounts: ['ana-x', 'ana\n",
        '    when: {"url":"https\n',
        "    'warning\n",
        '    warning: "one\r\n',
    ],
)
def test_a_chunk_behind_an_open_quote_is_not_trusted(before: str) -> None:
    assert not list(spans_of(HEAD + entry("a", before) + entry("b"), "b"))
    assert list(spans_of(HEAD + entry("a", before) + entry("b"), "a"))


@pytest.mark.parametrize(
    "before",
    [
        "    warning: the API's end\n",
        "    warning: 'it''s'\n",
        '    warning: "a \\" b"\n',
        "    # don't\n",
        "    # 'tis all\n",
        '    warning: "a" # "b\n',
        '    warning: "one\n      line"\n',
        '    warning: |\n      "it\n',
        "    warning: |\n      it's\n",
    ],
)
def test_a_chunk_behind_quotes_that_are_closed_is(before: str) -> None:
    text = HEAD + entry("a", before) + entry("b")
    [(start, end)] = spans_of(text, "b")
    assert text[start:end] == entry("b")


@pytest.mark.parametrize("dash", ["  ", ""])
def test_what_stands_below_the_list_is_no_entry(dash: str) -> None:
    below = f"blackout:\n{dash}- id: b\n"
    text = HEAD + entry("a").replace("\n  ", f"\n{dash}").replace("  -", f"{dash}-", 1) + below
    assert not list(spans_of(text, "b"))
    [(start, end)] = spans_of(text, "a")
    assert text[:start] == HEAD
    assert text[end:] == below


def test_a_mistake_far_away_is_no_reason_to_refuse_an_edit() -> None:
    text = HEAD + entry("a") + entry("b") + "  - id: [\n"
    assert (
        set_key(text, NAME, "a", "slot", "x")
        == HEAD + entry("a").replace("    acc", "    slot: x\n    acc") + text[len(HEAD + entry("a")) :]
    )


def test_the_place_of_a_chunk_within_the_file_is_kept() -> None:
    # Behind characters that take several bytes, and a mark of the byte order.
    text = "\ufeff# 🚀 ñ\r\n" + HEAD.replace("\n", "\r\n") + (entry("a") + entry("b")).replace("\n", "\r\n")
    after = set_text(text, NAME, "b", "paused", "発売 🚀")
    assert after == text.replace("  - id: b\r\n", "  - id: b\r\n    paused: 発売 🚀\r\n").replace(
        ": 発売 🚀", ': "発売 🚀"'
    )
