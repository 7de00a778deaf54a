"""What an edit of a calendar touched, read alone, says what all of it says; and where it cannot, it says so."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.calendar.edited import Edit, Known, edit_of, known_of
from contentkit.calendar.entries import Calendar, parse_calendar
from contentkit.errors import ContentError
from contentkit.models import Lateness
from tests.calendar.layouts import laid_out

NAME, ACCOUNTS = "calendar.yaml", ("ana-mastodon", "ana-x")
HEAD = "version: 1\ntimezone: Europe/Madrid\n# The plan.\nentries:\n"
TAIL = "gap: 2h\n"
# What an editor may put anywhere, and what would turn the meaning of all that follows.
_PIECES = (
    "x", " ", "\n", "\n\n", "#", " # why", "'", '"', "{", "]", ":", ": ", "- ", "\n  - ", "\n- ", "\n...\n", "\n---\n",
    "\n%YAML 1.2\n",
    "\ngap: 3h\n", "|", ">\n", "é", "\r", "\r\n", "\t", "\0", "&a", "*a", "~", "    paused: true\n", "    after: e1\n", "e1",
    "    warning: |\n      two\n      lines\n", '    warning: "a\n  - id: e9\n    b"\n', "- id: new\n",
    "  - {id: new, draft: drafts/a.md, at: 2026-12-01 09:30, accounts: ana-x}\n",
)  # fmt: skip


def entry(name: str, *, at: str = "2026-11-24 09:30", more: str = "") -> str:
    return f"  - id: {name}\n    draft: drafts/{name}.md\n    at: {at}\n    accounts: [ana-x]\n{more}"


def calendar(*entries: str, head: str = HEAD, tail: str = TAIL) -> str:
    return head + "".join(entries) + tail


def read(text: str) -> Calendar:
    return parse_calendar(text, NAME, ACCOUNTS)


def known(text: str) -> Known:
    found = known_of(read(text))
    assert found is not None
    return found


def edited(old: str, new: str) -> Edit | None:
    return edit_of(known(old), new.encode(), NAME, ACCOUNTS, Lateness())


MANY = [entry(f"e{number}") for number in range(9)]


def judge(old: str, new: str) -> bool:
    """Whether what was touched could be told; then the whole file says the same of it, and as before of all else."""
    try:
        before = read(old)
    except ContentError:
        return False
    found = known_of(before)
    edit = edit_of(found, new.encode(errors="surrogatepass"), NAME, ACCOUNTS, Lateness()) if found else None
    if edit is None:
        return False
    after = read(new)
    touched = {one.id for one in edit.calendar.entries}
    assert edit.known == known_of(after)
    assert edit.calendar.entries == tuple(one for one in after.entries if one.id in touched)
    assert {**vars(edit.calendar), "entries": 0, "text": 0} == {**vars(after), "entries": 0, "text": 0}
    said = {one.id: {**vars(one), "line": 0} for one in before.entries if one.id not in edit.gone}
    assert said == {one.id: {**vars(one), "line": 0} for one in after.entries if one.id not in touched}
    return True


def mutated(text: str, random: Random) -> str:
    """The text after some edit: a word for another, lines more or less; or anything."""
    if random.random() < 0.5:
        lines = text.split("\n")
        at = random.randrange(len(lines))
        count = random.choice((0, 0, 1, 4))
        lines[at : at + count] = random.choice(([], ["    campaign: née"], ["  # Then:", ""], lines[at : at + 4] * 2))
        return "\n".join(lines).replace("e3", random.choice(("e3", "e33")), 2)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice((0, 0, 1, 1, 5, 60, 200)))
        text = text[:start] + random.choice((*_PIECES, "", "", text[start:end] * 2)) + text[end:]
    return text


def by_chance(seed: int) -> bool:
    random = Random(f"edited {seed}")
    if seed % 2:
        old = laid_out(seed).text[:20_000]
    else:
        more = ("", "", "    paused: true\n", "    warning: née\n", "\n  # Then:\n")
        old = calendar(*(entry(f"e{number}", more=random.choice(more)) for number in range(random.randint(1, 8))))
        old = random.choice((old, old.replace("\n  ", "\n"), old.replace("\n", "\r\n"), "\ufeff" + old))
    return judge(old, mutated(old, random))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1_000_000))
def test_whatever_is_edited_what_is_read_alone_is_what_all_of_it_says(seed: int) -> None:
    by_chance(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(4))
def test_what_is_read_alone_after_very_many_edits(block: int) -> None:
    told = sum(by_chance(seed) for seed in range(block * 10_000, block * 10_000 + 10_000))
    assert told > 800


@pytest.mark.parametrize(
    ("new", "touched", "gone"),
    [
        (calendar(*MANY[:4], entry("e4", more="    paused: true\n"), *MANY[5:]), {"e4"}, {"e4"}),
        (calendar(*MANY[:4], *MANY[5:]), {"e5"}, {"e4", "e5"}),
        (calendar(*MANY[:8]), {"e7"}, {"e7", "e8"}),
        (calendar(*MANY, entry("e9")), {"e8", "e9"}, {"e8"}),
        (calendar(*MANY[:4], entry("other"), *MANY[5:]), {"other"}, {"e4"}),
        (calendar(*MANY[:2], MANY[3], MANY[2], *MANY[4:]), {"e2", "e3"}, {"e2", "e3"}),
        (calendar(*MANY[:8], entry("e8", more="    # Why?\n")), {"e8"}, {"e8"}),
    ],
)
def test_few_entries_are_read_for_it(new: str, touched: set[str], gone: set[str]) -> None:
    edit = edited(calendar(*MANY), new)
    assert edit is not None
    assert judge(calendar(*MANY), new)
    assert touched <= {one.id for one in edit.calendar.entries}
    assert gone <= set(edit.gone)
    assert len(edit.calendar.entries) <= 3


@pytest.mark.parametrize(
    "new",
    [
        calendar(*MANY, head=HEAD.replace("Madrid", "London")),
        calendar(*MANY, tail="gap: 3h\n"),
        calendar(*MANY[:4], entry("e1"), *MANY[5:]),
        calendar(*MANY[:4], entry("e4", more="    after: e1\n"), *MANY[5:]),
        calendar(*MANY[:4], entry("e4", at="soon"), *MANY[5:]),
        calendar(*MANY[:4], entry("e4", more="    slot: mornings\n"), *MANY[5:]),
        calendar(*MANY[:4], entry("e4", more='    warning: "\n'), *MANY[5:]),
        calendar(*MANY[:4], entry("e4", more="...\n"), *MANY[5:]),
        calendar(*MANY[:4], entry("e4", more="slots: {}\n"), *MANY[5:]),
        "",
    ],
)
def test_what_only_the_whole_file_tells_is_left_to_it(new: str) -> None:
    assert edited(calendar(*MANY), new) is None


def test_what_others_wait_for_is_left_to_the_whole_file() -> None:
    old = calendar(*MANY[:8], entry("e8", more="    after: e4\n"))
    assert edited(old, old.replace("drafts/e4", "drafts/other")) is None
    assert edited(old, old.replace("drafts/e3", "drafts/other")) is not None


def test_a_rewritten_calendar_is_read_whole() -> None:
    many = [entry(f"e{number}") for number in range(300)]
    new = calendar(many[0], *(one.replace("09:30", "10:30") for one in many[1:-1]), many[-1])
    assert edited(calendar(*many), new) is None
