import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.sources import off_record, parse_source
from contentkit.text import hidden_characters


def read(text: str) -> Source:
    return parse_source(text.encode(), "notes/call.md")


@pytest.mark.parametrize(
    ("text", "seen", "removed"),
    [
        ("We\u200b gr\u200bew.", "We grew.", "2 zero-width spaces"),
        ("We gr\u00adew.", "We grew.", "1 soft hyphen"),
        ("We\u2060 grew\ufeff.", "We grew.", "1 word joiner, 1 byte order mark"),
        ("We \u202eworg\u202c grew.", "We worg grew.", "2 direction overrides"),
        ("We \u2066grew\u2069.", "We grew.", "2 direction isolates"),
        ("We\U000e0073\U000e0065\U000e006c\U000e006c grew.", "We grew.", "4 tag characters"),
        ("We\u200c grew\u200d.", "We grew.", "1 zero-width non-joiner, 1 zero-width joiner"),
        ("We grew\u200e.", "We grew.", "1 direction mark"),
        (
            "We \x07grew by a half, and then by a half again.\x7f",
            "We grew by a half, and then by a half again.",
            "2 control characters",
        ),
        ("We\ufe01\U000e0123\U000e0124 grew.", "We\ufe01 grew.", "2 variation selectors"),
        ("We \x1b[1;31mgrew\x1b[0m.\x1b[2J", "We grew.", "3 terminal sequences"),
        ("We \x1b]8;;https://evil.example\x1b\\grew\x1b]8;;\x07.", "We grew.", "2 terminal sequences"),
        ("We \x1b]52;c;c2VjcmV0\x07grew.", "We grew.", "1 terminal sequence"),
        ("We \x9b2Jgrew\x9d52;c;YQ\x9c.", "We grew.", "2 terminal sequences"),
        ("We \x1bP1$r0m\x1b\\grew.", "We grew.", "1 terminal sequence"),
        ("We grew.\x1b]0;never ends", "We grew.", "1 terminal sequence"),
    ],
)
def test_what_nobody_sees_is_left_out_and_told(text: str, seen: str, removed: str) -> None:
    source = read(text)

    assert source.lines == (seen,)
    assert ", ".join(source.removed) == removed


@pytest.mark.parametrize(
    "text",
    [
        "👩‍💻 and ❤️‍🔥 and 🏳️‍🌈 and 👩🏽‍🚀",
        "می‌خواهم",
        "क्‍ष and ක්‍ර",
        "שלום\u200f (Hebrew)\u200e",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 1️⃣",
        "葛\U000e0100城",
        "Tab\there",
        "don’t — “so”…",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    source = read(text)

    assert (source.lines, source.removed) == ((text,), ())


@pytest.mark.parametrize("rare", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_rare_line_ends_are_spaces_so_that_lines_keep_their_numbers(rare: str) -> None:
    source = read(f"We{rare}grew by a half.\nA lot.")

    assert source.lines == ("We grew by a half.", "A lot.")
    assert source.removed == ()


def test_a_mark_is_found_whatever_hides_between_its_letters() -> None:
    text = "We grew. [o\u200btr] Bob\u00ad leaves us\x1b[0m in May [/o\U000e0041tr] A lot."
    source = read(text)

    assert source.lines == ("We grew.  A lot.",)
    assert off_record(text.encode()).leaks_in("I hear Bob leaves us in May")


SOUP = [
    *"ab 👋\n\x0c", *"\u200d\u200c\u200e\u202e\ufe0f", "\u0627", "\u0915",
    *"\x1b\x9b\x9d[];8\x07\\", *"\U0001f3f4\U000e0067\U000e007f",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SOUP)))
def test_nothing_hidden_is_left_and_lines_keep_their_number(soup: list[str]) -> None:
    text = "a" + "".join(soup)
    try:
        source = read(text)
    except ContentError:
        return

    assert len(source.lines) == text.count("\n") + 1
    kept = {name.split(" U+")[0] for line in source.lines for name in hidden_characters(line)}
    assert kept <= {"direction mark"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_what_was_read_once_hides_nothing_the_second_time(text: str) -> None:
    try:
        source = read("a" + text)
    except ContentError:
        return

    assert read("\n".join(source.lines)).removed == ()
