"""A calendar's text in chunks: joined they are the text, and read one by one they say what the whole file says, or less."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.calendar.chunks import Chunks, chunks_of, digests_of
from contentkit.calendar.entries import Calendar, parse_calendar, read_entry
from contentkit.errors import ContentError
from contentkit.models import Entry
from tests.calendar.layouts import laid_out

NAME = "calendar.yaml"
ACCOUNTS = ("ana-mastodon", "ana-x")
HEAD = "version: 1\ntimezone: Europe/Madrid\n"
CALENDAR = """\
version: 1
timezone: Europe/Madrid
entries:   # in order of time

  # The launch.
  - id: launch
    draft: drafts/launch.md
    at: 2026-11-24 09:30
    accounts:
      - ana-x
  # - id: given-up

  - {id: later, draft: drafts/later.md, at: 2026-11-25 09:30,
     accounts: ana-x}
# The end.
gap: 2h
blackout:
  - {from: 2026-12-24, to: 2026-12-26}
"""


def read(text: str) -> Calendar:
    return parse_calendar(text, NAME, ACCOUNTS)


def chunks(text: str) -> Chunks:
    found = chunks_of(text)
    assert found is not None
    return found


def read_apart(found: Chunks) -> tuple[Entry, ...]:
    """The entries as each chunk says, read by itself."""
    rest = read(found.head + found.tail)
    pairs = zip(found.entries, found.lines, strict=False)
    return tuple(read_entry(chunk, line, NAME, rest, ACCOUNTS) for chunk, line in pairs)


def test_each_entry_has_a_chunk_with_what_follows_it() -> None:
    found = chunks(CALENDAR)
    assert found.head.endswith("  # The launch.\n")
    assert found.entries[0].startswith("  - id: launch\n")
    assert found.entries[0].endswith("  # - id: given-up\n\n")
    assert found.entries[1].endswith("ana-x}\n# The end.\n")
    assert found.tail.startswith("gap: 2h\n")
    assert found.lines == (6, 13)
    assert found.fit([one.line for one in read(CALENDAR).entries])
    assert read_apart(found) == read(CALENDAR).entries


def test_equal_chunks_have_equal_digests_and_others_do_not() -> None:
    launch, later = digests_of(chunks(CALENDAR))
    moved, other = digests_of(chunks(CALENDAR.replace("# The launch.", "# It.\n\n").replace("11-25", "11-26")))
    assert launch == moved
    assert later != other


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        HEAD + "entries:\n",
        HEAD + "entries: []\n",
        HEAD + "entries: [{id: a}]\n",
        HEAD + "entries: # none\nslots: {}\n",
        HEAD + "entries:\n  -\n    id: a\n",
        HEAD + "entries:\n  - id: a\n---\n",
        HEAD + "entries:\n  - id: a\n...\n",
        HEAD + "entries:\n- id: a\n--- b\n",
        HEAD + "entries:\n  - id: a\n%YAML 1.2\n---\n",
        HEAD + "entries:\n  - id: a\n\tgap: 2h\n",
        HEAD + "entries:\n\t- id: a\n",
        '{"version": 1, "entries": [\n  {"id": "a"}\n]}',
    ],
)
def test_of_other_layouts_there_are_no_chunks(text: str) -> None:
    assert chunks_of(text) is None


LOOKALIKE = (
    HEAD
    + 'entries:\n  - id: a\n    draft: drafts/a.md\n    at: 2026-11-24 09:30\n    accounts: ana-x\n    warning: "one\n'
    "  - id: b\n    draft: drafts/b.md\n    at: 2026-11-25 09:30\n    accounts: ana-x\n    campaign: two\n"
    '     three"\n'
)


def test_a_text_that_looks_like_an_entry_is_none() -> None:
    assert [entry.id for entry in read(LOOKALIKE).entries] == ["a"]
    assert not chunks(LOOKALIKE).fit([one.line for one in read(LOOKALIKE).entries])
    with pytest.raises(ContentError, match=r"calendar\.yaml:8:14: this quote is never closed"):
        read_apart(chunks(LOOKALIKE))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("  - id: a\n    draft: b.md\n    at: 9:30\n    accounts: ana-x\n", "calendar.yaml:42:9: cannot read the time"),
        ("  - id: a\n    paused: 'x\n", "calendar.yaml:41:13: this quote is never closed"),
        ("  - id: a\n    at: \x07\n", "calendar.yaml:41:9: the character U\\+0007"),
        ("  - id: a\n    id: b\n", "calendar.yaml:41:5: 'id' stands here twice"),
        ("  - id: a\n    idd: b\n", "calendar.yaml:41:5: an entry has no key 'idd'"),
        ("  - id: a\n  - id: b\n", "calendar.yaml:40: these lines are not one entry"),
        ("  - id: a\n<<<<<<< ours\n", "calendar.yaml:41:1: a merge was left unfinished here"),
    ],
)
def test_a_mistake_in_a_chunk_is_told_with_its_place_in_the_file(entry: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        read_entry(entry, 40, NAME, read(HEAD), ACCOUNTS)


def test_a_slot_that_an_entry_names_is_looked_for_in_the_rest_of_the_file() -> None:
    entry = "- {id: a, draft: a.md, at: 2026-11-24 09:30, accounts: ana-x, slot: evening}\n"
    with pytest.raises(ContentError, match=r"calendar\.yaml:7:69: there is no slot 'evening'"):
        read_entry(entry, 7, NAME, read(HEAD), ACCOUNTS)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
@example(18)
def test_chunks_say_what_the_whole_file_says(seed: int) -> None:
    judge(laid_out(seed).text)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(4))
def test_the_chunks_of_twenty_thousand_calendars_say_what_the_files_say(block: int) -> None:
    fitting = sum(judge(laid_out(seed).text) for seed in range(block * 5_000, block * 5_000 + 5_000))
    assert fitting > 1_500


def judge(text: str) -> bool:
    """Whether a calendar has chunks, and they fit: joined they are its text, and each says what the whole says of its entry."""
    found, entries = chunks_of(text), read_or_nothing(text)
    if found is None:
        return False
    assert found.head + "".join(found.entries) + found.tail == text
    assert len(digests_of(found)) == len(found.entries)
    try:
        apart = read_apart(found)
    except ContentError:
        assert not found.fit([one.line for one in entries])
        return False
    assert apart == entries
    assert found.fit([one.line for one in entries])
    return True


def read_or_nothing(text: str) -> tuple[Entry, ...]:
    try:
        return read(text).entries
    except ContentError:
        return ()
