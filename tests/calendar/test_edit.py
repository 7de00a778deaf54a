"""Edits of the calendar change what they mean to, and not one character more."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.calendar.edit import add_entry, remove_entry, remove_key, set_key
from contentkit.calendar.entries import parse_calendar
from contentkit.errors import ContentError
from contentkit.models import Entry, Lateness

ACCOUNTS = ("ana-mastodon", "ana-x")
NEW = {"id": "new", "draft": "drafts/new.md", "at": "2026-11-24 12:00", "accounts": ["ana-x"]}
BLOCK = """\
version: 1
timezone: Europe/Madrid   # where Ana lives
entries:
  # The launch.
  - id: launch            # stable
    draft: drafts/launch.md
    at: 2026-11-24 09:30
    accounts: [ana-mastodon, ana-x]	# tab before, trailing spaces after   
    approved:   # a copy
      by: founder
      at: 2026-11-22T18:04:00Z
      digest: "sha256:9f2c"
    # ask Ana

  - id:   later
    draft: 'drafts/later.md'
    at: "2026-11-25 09:30"
    accounts:
    - ana-x

# The end.
"""  # noqa: W291
HEAD = "version: 1\ntimezone: Europe/Madrid\nentries:\n"
ONE = "  - id: e{0}\n    draft: drafts/a.md\n    at: 2026-11-{1:02} 09:30\n    accounts: [ana-x]\n"
FLOW = """\
version: 1
timezone: Europe/Madrid
entries:
- {id: launch, draft: drafts/launch.md, at: 2026-11-24 09:30, accounts: [ana-x]}  # stable
- {id: later, draft: drafts/later.md,
   at: 2026-11-25 09:30,  # a Wednesday
   accounts: [ana-x], paused: true}
"""
LISTED = """\
version: 1
timezone: Europe/Madrid
entries: [
  {id: launch, draft: drafts/launch.md, at: 2026-11-24 09:30, accounts: [ana-x]},  # stable
  {id: later, draft: drafts/later.md, at: 2026-11-25 09:30, accounts: [ana-x], paused: true}  # later
]
"""


def entries(text: str) -> tuple[Entry, ...]:
    return parse_calendar(text, "calendar.yaml", ACCOUNTS).entries


def changed(before: str, after: str) -> list[str]:
    """The lines that went and came, as a diff shows them."""
    diff = difflib.unified_diff(before.splitlines(True), after.splitlines(True), n=0)
    return [f"{line[0]} {line[1:]}" for line in list(diff)[2:] if line[0] in "+-"]


def test_an_entry_is_added_in_its_place_by_time_in_the_style_of_its_neighbours() -> None:
    assert changed(BLOCK, add_entry(BLOCK, "calendar.yaml", NEW)) == [
        "+   - id: new\n",
        "+     draft: drafts/new.md\n",
        "+     at: 2026-11-24 12:00\n",
        "+     accounts: [ana-x]\n",
        "+ \n",
    ]


def test_an_added_entry_leaves_comments_with_the_entries_they_belong_to() -> None:
    after = add_entry(BLOCK, "calendar.yaml", NEW)
    assert "    # ask Ana\n\n  - id: new\n" in after
    first = add_entry(BLOCK, "calendar.yaml", NEW | {"at": "2026-11-23 09:30"})
    assert "    accounts: [ana-x]\n\n  # The launch.\n  - id: launch" in first
    last = add_entry(BLOCK, "calendar.yaml", NEW | {"at": "2026-11-26 09:30"})
    assert last.endswith("    - ana-x\n\n  - id: new\n" + last.partition("  - id: new\n")[2])
    assert last.endswith("    accounts: [ana-x]\n\n# The end.\n")


@pytest.mark.parametrize(
    ("at", "ids"),
    [
        ("2026-11-20 09:30", ["new", "launch", "later"]),
        ("2026-11-24 09:30", ["launch", "new", "later"]),
        ("2026-11-24 09:30+02:00", ["new", "launch", "later"]),
        ("2026-11-30 09:30", ["launch", "later", "new"]),
    ],
)
@pytest.mark.parametrize("text", [BLOCK, FLOW, LISTED])
def test_entries_in_time_order_stay_in_time_order(text: str, at: str, ids: list[str]) -> None:
    after = add_entry(text, "calendar.yaml", NEW | {"at": at})
    assert [entry.id for entry in entries(after)] == ids
    assert next(entry for entry in entries(after) if entry.id == "new").accounts == ("ana-x",)


def test_where_the_newest_stands_first_a_new_one_stands_among_the_newer() -> None:
    text = BLOCK.replace("2026-11-24 09:30", "2026-12-24 09:30")
    assert [entry.id for entry in entries(add_entry(text, "calendar.yaml", NEW))] == ["launch", "later", "new"]
    later = add_entry(text, "calendar.yaml", NEW | {"at": "2026-12-01 09:30"})
    assert [entry.id for entry in entries(later)] == ["launch", "new", "later"]


@pytest.mark.parametrize(
    ("days", "ids"),
    [
        # The first was moved far ahead; the last was moved back; both; all equal.
        ([28, 10, 20], ["e0", "e1", "new", "e2"]),
        ([10, 20, 5], ["e0", "new", "e1", "e2"]),
        ([28, 10, 20, 5], ["e0", "e1", "new", "e2", "e3"]),
        ([15, 15, 15], ["e0", "e1", "e2", "new"]),
    ],
)
def test_an_entry_that_was_moved_does_not_keep_others_from_their_places(days: list[int], ids: list[str]) -> None:
    text = HEAD + "".join(ONE.format(number, day) for number, day in enumerate(days))
    after = add_entry(text, "calendar.yaml", NEW | {"at": "2026-11-15 09:30"})
    assert [entry.id for entry in entries(after)] == ids


def test_an_entry_in_braces_gets_a_neighbour_in_braces() -> None:
    assert changed(FLOW, add_entry(FLOW, "calendar.yaml", NEW)) == [
        "+ - {id: new, draft: drafts/new.md, at: 2026-11-24 12:00, accounts: [ana-x]}\n"
    ]


def test_a_list_in_brackets_stays_one() -> None:
    assert changed(LISTED, add_entry(LISTED, "calendar.yaml", NEW)) == [
        "+   {id: new, draft: drafts/new.md, at: 2026-11-24 12:00, accounts: [ana-x]},\n"
    ]
    after = add_entry(LISTED, "calendar.yaml", NEW | {"at": "2026-11-30 12:00"})
    assert after.endswith(
        "paused: true},  # later\n  {id: new, draft: drafts/new.md, at: 2026-11-30 12:00, accounts: [ana-x]}\n]\n"
    )
    one_line = 'version: 1\ntimezone: UTC\nentries: [{id: a, draft: a.md, at: "2026-11-01 09:30", accounts: [ana-x]}]'
    assert add_entry(one_line, "calendar.yaml", NEW) == one_line[:-1] + (
        ", {id: new, draft: drafts/new.md, at: 2026-11-24 12:00, accounts: [ana-x]}]"
    )


ITEM = "  - id: new\n    draft: drafts/new.md\n    at: 2026-11-24 12:00\n    accounts: [ana-x]\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("version: 1\ntimezone: UTC\n", "version: 1\ntimezone: UTC\nentries:\n" + ITEM),
        ("version: 1\ntimezone: UTC", "version: 1\ntimezone: UTC\nentries:\n" + ITEM[:-1]),
        (
            "version: 1\ntimezone: UTC\n\n# none yet\n\n",
            "version: 1\ntimezone: UTC\n\n# none yet\nentries:\n" + ITEM + "\n",
        ),
        ("version: 1\ntimezone: UTC\nentries: []\n", "version: 1\ntimezone: UTC\nentries:\n" + ITEM),
        ("version: 1\ntimezone: UTC\nentries: []  # none\n", "version: 1\ntimezone: UTC\nentries:  # none\n" + ITEM),
        ("version: 1\ntimezone: UTC\nentries:", "version: 1\ntimezone: UTC\nentries:\n" + ITEM[:-1]),
        ("version: 1\nentries: ~\ntimezone: UTC\n", "version: 1\nentries:\n" + ITEM + "timezone: UTC\n"),
        ("version: 1\nentries: []\ntimezone: UTC\n", "version: 1\nentries:\n" + ITEM + "timezone: UTC\n"),
        (
            "\ufeffversion: 1\r\ntimezone: UTC\r\nentries:\r\n# x\r\n",
            "\ufeffversion: 1\r\ntimezone: UTC\r\nentries:\r\n" + ITEM.replace("\n", "\r\n") + "# x\r\n",
        ),
        (
            "version: 1\ntimezone: UTC\nblackout:\n- {from: 2026-12-24, to: 2026-12-26}\nentries:\n",
            "version: 1\ntimezone: UTC\nblackout:\n- {from: 2026-12-24, to: 2026-12-26}\nentries:\n" + dedent(ITEM),
        ),
        (
            "version: 1\ntimezone: UTC\nentries: [\n]\n",
            "version: 1\ntimezone: UTC\nentries: [\n"
            "{id: new, draft: drafts/new.md, at: 2026-11-24 12:00, accounts: [ana-x]}]\n",
        ),
    ],
)
def test_a_first_entry_finds_its_place(before: str, after: str) -> None:
    assert add_entry(before, "calendar.yaml", NEW) == after


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "null",
            "~",
            "true",
            "no",
            "9:30",
            "a: b",
            "a #b",
            "#a",
            "- a",
            "[a]",
            "a, b",
            "'",
            '"',
            "\\",
            " a ",
            "a\nb",
        ),
        *(
            "\u2028",
            "@a",
            "é",
            "👨\u200d👩\u200d👧",
            "\x1b[2J",
            "!!x",
            "&a",
            "*a",
            "a:",
            "%",
            "`",
            "|",
            ">",
            "?",
            "...",
            "\ufeff",
        ),
    ],
)
@pytest.mark.parametrize("text", [BLOCK, FLOW])
def test_every_text_reads_back_as_it_was_written(text: str, value: str) -> None:
    after = add_entry(text, "calendar.yaml", NEW | {"warning": value})
    assert next(entry for entry in entries(after) if entry.id == "new").warning == value


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_reads_back_as_it_was_written(value: str) -> None:
    for text in (BLOCK, FLOW):
        after = add_entry(text, "calendar.yaml", NEW | {"warning": value, "campaign": value})
        entry = next(entry for entry in entries(after) if entry.id == "new")
        assert (entry.warning, entry.campaign) == (value, value)


def test_an_id_that_exists_is_not_added_again() -> None:
    with pytest.raises(ContentError, match=r"^calendar.yaml:5:5: there is an entry 'launch' already$"):
        add_entry(BLOCK, "calendar.yaml", NEW | {"id": "launch"})


def test_a_key_is_replaced_and_the_comment_behind_it_stays() -> None:
    assert changed(BLOCK, set_key(BLOCK, "calendar.yaml", "launch", "accounts", "[ana-x]")) == [
        "-     accounts: [ana-mastodon, ana-x]\t# tab before, trailing spaces after   \n",
        "+     accounts: [ana-x]\t# tab before, trailing spaces after   \n",
    ]
    assert changed(FLOW, set_key(FLOW, "calendar.yaml", "later", "at", "2026-11-26 09:30")) == [
        "-    at: 2026-11-25 09:30,  # a Wednesday\n",
        "+    at: 2026-11-26 09:30,  # a Wednesday\n",
    ]


def test_a_nested_value_becomes_one_line_and_its_comment_stays() -> None:
    value = '{by: ana, at: 2026-11-23T08:00:00Z, digest: "sha256:aaaa"}'
    assert changed(BLOCK, set_key(BLOCK, "calendar.yaml", "launch", "approved", value)) == [
        "-     approved:   # a copy\n",
        "-       by: founder\n",
        "-       at: 2026-11-22T18:04:00Z\n",
        '-       digest: "sha256:9f2c"\n',
        f"+     approved: {value}   # a copy\n",
    ]
    assert changed(BLOCK, set_key(BLOCK, "calendar.yaml", "later", "accounts", "ana-x")) == [
        "-     accounts:\n",
        "-     - ana-x\n",
        "+     accounts: ana-x\n",
    ]


def test_a_missing_key_is_added_to_its_entry() -> None:
    assert changed(BLOCK, set_key(BLOCK, "calendar.yaml", "launch", "paused", "true")) == ["+     paused: true\n"]
    assert "# stable\n    paused: true\n    draft:" in set_key(BLOCK, "calendar.yaml", "launch", "paused", "true")
    assert "09:30\n    late: hold\n    accounts:" in set_key(BLOCK, "calendar.yaml", "launch", "late", "hold")
    assert changed(BLOCK, set_key(BLOCK, "calendar.yaml", "later", "paused", "true")) == ["+     paused: true\n"]
    assert "paused: true, late: hold}\n" in set_key(FLOW, "calendar.yaml", "later", "late", "hold")


def test_a_key_of_an_entry_in_braces_with_a_line_for_each_key_gets_a_line() -> None:
    text = LISTED.replace("accounts: [ana-x]},", "\n   accounts: [ana-x]\n  },")
    assert changed(text, set_key(text, "calendar.yaml", "launch", "late", "hold")) == [
        "-    accounts: [ana-x]\n",
        "+    accounts: [ana-x],\n",
        "+    late: hold\n",
    ]


def test_an_empty_key_is_filled() -> None:
    text = BLOCK.replace("    # ask Ana\n", "    campaign:   # which\n")
    assert changed(text, set_key(text, "calendar.yaml", "launch", "campaign", "autumn")) == [
        "-     campaign:   # which\n",
        "+     campaign: autumn   # which\n",
    ]


def test_a_key_in_braces_may_have_neither_value_nor_colon() -> None:
    text = HEAD + "  - {paused, id: a, draft: drafts/a.md, at: 2026-11-24 09:30, accounts: [ana-x], late}\n"
    assert "- {paused: true, id: a" in set_key(text, "calendar.yaml", "a", "paused", "true")
    assert "late: hold}" in set_key(text, "calendar.yaml", "a", "late", "hold")
    assert "late, slot: x}" in set_key(text, "calendar.yaml", "a", "slot", "x")
    assert "- {id: a" in remove_key(text, "calendar.yaml", "a", "paused")


def test_the_only_entry_goes_with_the_comma_behind_it() -> None:
    text = HEAD.replace(
        "entries:\n", "entries: [{id: a, draft: drafts/a.md, at: 2026-11-24 09:30, accounts: [ana-x]},]\n"
    )
    assert remove_entry(text, "calendar.yaml", "a") == HEAD.replace("entries:\n", "entries: []\n")


def test_a_key_is_removed_with_its_lines() -> None:
    assert changed(BLOCK, remove_key(BLOCK, "calendar.yaml", "launch", "approved")) == [
        "-     approved:   # a copy\n",
        "-       by: founder\n",
        "-       at: 2026-11-22T18:04:00Z\n",
        '-       digest: "sha256:9f2c"\n',
    ]
    assert remove_key(FLOW, "calendar.yaml", "later", "paused").endswith("accounts: [ana-x]}\n")
    text = FLOW.replace("{id: launch,", "{paused: true, id: launch,")
    assert remove_key(text, "calendar.yaml", "launch", "paused") == FLOW


def test_the_first_key_of_an_entry_is_removed_and_the_dash_stays() -> None:
    text = BLOCK.replace("  - id:   later", "  - paused: true  # wait\n    id:   later")
    assert remove_key(text, "calendar.yaml", "later", "paused") == BLOCK


def test_a_key_that_is_not_there_is_removed_already() -> None:
    assert remove_key(BLOCK, "calendar.yaml", "launch", "paused") == BLOCK


def test_an_entry_is_removed_with_its_lines() -> None:
    assert changed(FLOW, remove_entry(FLOW, "calendar.yaml", "launch")) == [
        "- - {id: launch, draft: drafts/launch.md, at: 2026-11-24 09:30, accounts: [ana-x]}  # stable\n"
    ]
    assert remove_entry(BLOCK, "calendar.yaml", "later").endswith("    # ask Ana\n\n\n# The end.\n")
    assert "  # The launch.\n\n  - id:   later\n" in remove_entry(BLOCK, "calendar.yaml", "launch")
    assert "# stable\n]\n" in remove_entry(LISTED, "calendar.yaml", "later")
    assert "[\n  {id: later" in remove_entry(LISTED, "calendar.yaml", "launch")
    assert entries(remove_entry(remove_entry(LISTED, "calendar.yaml", "launch"), "calendar.yaml", "later")) == ()


@pytest.mark.parametrize(
    "edit",
    [
        lambda: set_key(BLOCK, "calendar.yaml", "lunch", "paused", "true"),
        lambda: remove_key(BLOCK, "calendar.yaml", "lunch", "paused"),
        lambda: remove_entry(BLOCK, "calendar.yaml", "lunch"),
    ],
)
def test_an_unknown_entry_names_the_nearest(edit: Callable[[], str]) -> None:
    with pytest.raises(ContentError, match="no entry 'lunch'") as caught:
        edit()
    assert caught.value.hint == "did you mean 'launch'?"


@pytest.mark.parametrize("value", ["a: b", "[a", "x\n    late: hold", "&a x", "*a", "!!str x"])
def test_a_value_that_would_mean_something_else_is_refused(value: str) -> None:
    for text in (BLOCK, FLOW):
        with pytest.raises(ContentError):
            set_key(text, "calendar.yaml", "launch", "campaign", value)


def test_a_value_that_braces_would_cut_is_refused_there() -> None:
    with pytest.raises(ContentError, match="cannot be edited safely") as caught:
        set_key(FLOW, "calendar.yaml", "launch", "campaign", "spring, summer")
    assert caught.value.hint == "set 'campaign: spring, summer' of the entry 'launch' by hand"
    assert "campaign: spring, summer\n" in set_key(BLOCK, "calendar.yaml", "launch", "campaign", "spring, summer")


def test_a_layout_nobody_thought_of_is_refused_and_not_broken() -> None:
    odd = "version: 1\ntimezone: UTC\n? entries\n: - id: a\n    draft: a.md\n    at: 2026-11-24 09:30\n    accounts: [ana-x]\n"
    assert entries(odd)[0].id == "a"
    with pytest.raises(ContentError, match="cannot be edited safely"):
        remove_entry(odd, "calendar.yaml", "a")


# Calendars as people write them: any mixture of styles, comments, blank lines, line ends.
_COMMENT = st.sampled_from(["", "  # why", " #\ttab", "   ", "  # - id: x"])
_ABOVE = st.sampled_from(["", "", "\n", "  # Above.\n", "# Left.\n\n", "      # Deep.\n"])


@st.composite
def calendars(draw: st.DrawFn) -> str:
    indent = draw(st.sampled_from(["", "  ", "    "]))
    times = draw(st.lists(st.integers(10, 28), max_size=4))
    lines = ["version: 1" + draw(_COMMENT), "timezone: Europe/Madrid", "entries:" + draw(_COMMENT)]
    for number, day in enumerate(sorted(times) if draw(st.booleans()) else times):
        lines += draw(_ABOVE).splitlines()
        lines += draw(_entry_lines(f"e{number}", day, indent))
    lines += draw(_ABOVE).splitlines()
    if draw(st.booleans()):
        lines.append("blackout: []")
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    # A block of lines that ends with the file ends with a line end only if the file does: adding one would change it.
    end = draw(st.sampled_from([newline, newline * 2] + [""] * (lines[-1].strip() != "lines")))
    return draw(st.sampled_from(["", "\ufeff"])) + newline.join(lines) + end


@st.composite
def _entry_lines(draw: st.DrawFn, entry_id: str, day: int, indent: str) -> list[str]:
    accounts = draw(st.sampled_from(["[ana-x]", "ana-x", "[ana-mastodon, 'ana-x']", "block"]))
    values = {"id": entry_id, "draft": "drafts/a.md", "at": f"2026-11-{day} 09:30", "accounts": accounts}
    if draw(st.booleans()):
        values["paused"] = "true"
    if draw(st.booleans()):
        values["warning"] = draw(st.sampled_from(['"a # b"', "'it''s'", "plain words", "block", ""]))
    pairs = draw(st.permutations(list(values.items())))
    if draw(st.booleans()):
        values = {key: value.replace("block", "ana-x") for key, value in pairs}
        parts = [f"{key}: {value}" for key, value in values.items()]
        if draw(st.booleans()):
            return [f"{indent}- {{{', '.join(parts)}}}" + draw(_COMMENT)]
        inner = [f"{indent}   {part}," + draw(_COMMENT) for part in parts[1:-1]]
        return [f"{indent}- {{{parts[0]},", *inner, f"{indent}   {parts[-1]}}}" + draw(_COMMENT)]
    lines: list[str] = []
    for key, value in pairs:
        if value == "block" and key == "accounts":
            lines += [f"{key}:" + draw(_COMMENT), "- ana-x" + draw(_COMMENT)]
        elif value == "block":
            lines += [f"{key}: |", "  two", "  lines"]
        else:
            lines.append(f"{key}: {value}" + draw(_COMMENT))
    return [f"{indent}- {lines[0]}", *(f"{indent}  {line}" for line in lines[1:])]


def without_place(found: tuple[Entry, ...]) -> list[Entry]:
    return [replace(entry, line=0) for entry in found]


def survives(before: str, after: str, *, gone: int = 0) -> None:
    """Every line of ``before`` stands in ``after``, in order, but for at most ``gone`` of them."""
    old, new = before.splitlines(True), after.splitlines(True)
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert len(old) - sum(block.size for block in blocks) <= gone


@given(calendars(), st.integers(9, 29))
def test_adding_adds_and_touches_nothing_else(text: str, day: int) -> None:
    before = entries(text)
    after = add_entry(text, "calendar.yaml", NEW | {"at": f"2026-11-{day:02} 12:00"})
    found = entries(after)
    assert without_place(tuple(entry for entry in found if entry.id != "new")) == without_place(before)
    times = [entry.at for entry in before]
    if times == sorted(times):
        assert [entry.at for entry in found] == sorted(entry.at for entry in found)
    # Without a line end, the last line gets one when something follows it.
    survives(text, after, gone=0 if text.endswith("\n") else 1)
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)


_CHANGES: dict[tuple[str, str], dict[str, Any]] = {
    ("paused", "false"): {"paused": False, "pause_reason": ""},
    ("at", "2026-12-01 10:00"): {
        "at": datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/Madrid")),
        "wall": "2026-12-01T10:00:00",
    },
    ("late", "hold"): {"late": Lateness(policy="hold")},
    ("accounts", "[ana-x]"): {"accounts": ("ana-x",)},
    ("warning", '"x"'): {"warning": "x"},
}


@given(calendars(), st.data(), st.sampled_from(sorted(_CHANGES)))
def test_setting_a_key_sets_it_and_touches_no_other_line(
    text: str, data: st.DataObject, change: tuple[str, str]
) -> None:
    before = entries(text)
    if not before:
        return
    chosen = data.draw(st.sampled_from(before))
    after = set_key(text, "calendar.yaml", chosen.id, *change)
    meant = tuple(replace(old, **_CHANGES[change]) if old == chosen else old for old in before)
    assert without_place(entries(after)) == without_place(meant)
    survives(text, after, gone=3)


@given(calendars(), st.data())
def test_removing_a_key_removes_it_alone(text: str, data: st.DataObject) -> None:
    before = entries(text)
    if not before:
        return
    chosen = data.draw(st.sampled_from(before))
    after = remove_key(text, "calendar.yaml", chosen.id, "paused")
    assert [entry.paused for entry in entries(after)] == [old.paused and old != chosen for old in before]
    assert [entry.warning for entry in entries(after)] == [old.warning for old in before]
    survives(text, after, gone=2 if chosen.paused else 0)


@given(calendars(), st.data())
def test_removing_an_entry_removes_it_alone(text: str, data: st.DataObject) -> None:
    before = entries(text)
    if not before:
        return
    chosen = data.draw(st.sampled_from(before))
    after = remove_entry(text, "calendar.yaml", chosen.id)
    assert without_place(entries(after)) == without_place(tuple(entry for entry in before if entry != chosen))
    remaining = after.splitlines()
    assert all(line in text.splitlines() for line in remaining)
    # Comments that are indented into the entry go with it; those of the file stay.
    assert remaining.count("# Left.") == text.splitlines().count("# Left.")


@given(calendars(), st.integers(9, 29))
def test_adding_and_removing_again_gives_the_same_meaning(text: str, day: int) -> None:
    after = remove_entry(add_entry(text, "c", NEW | {"at": f"2026-11-{day:02} 12:00"}), "c", "new")
    assert without_place(entries(after)) == without_place(entries(text))
