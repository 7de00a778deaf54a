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


@pytest.mark.parametrize(
    ("text", "name", "said", "removed"),
    [
        ("We&#8203; gr&ZeroWidthSpace;ew.", "call.md", ["We grew."], "2 escaped zero-width spaces"),
        ("We gr&zwj;ew &zwnj; a lot.", "call.md", ["We grew a lot."],
         "1 escaped zero-width joiner, 1 escaped zero-width non-joiner"),
        ("We &#x202e;grew.\n\n&#8203;", "call.md", ["We grew."], "1 escaped direction override, 1 escaped zero-width space"),
        ("# Gr&shy;owth\n\nWe grew.", "call.md", ["Growth", "We grew."], "1 escaped soft hyphen"),
        ("<pre>a&#8203;  b</pre>\n\nWe grew.", "call.md", ["a  b", "We grew."], "1 escaped zero-width space"),
        ("| a&#8203; | b |\n|---|---|\n| c | d&#8203; |", "call.md", ["a | b\nc | d"], "2 escaped zero-width spaces"),
        ('![We&#8203; grew](a.png)\n\n<img src="a&#8203;.png" alt="b&#8203;c">', "call.md", ["We grew", "bc"],
         "3 escaped zero-width spaces"),
        ("[gr&#8203;ew](https://a.example/)\n", "call.md", ["grew"], "1 escaped zero-width space"),
        ('---\ntitle: "We\\u200b grew\\e[2J"\n---\nHi there.', "call.md", ["We grew", "Hi there."],
         "1 escaped terminal sequence, 1 escaped zero-width space"),
        ('+++\ntitle = "We\\u200b grew"\n+++\nHi there.', "call.md", ["We grew", "Hi there."], "1 escaped zero-width space"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A&#8203;na>We gr&lrm;ew.", "call.vtt", ["We grew."], "1 escaped direction mark"),
        ("We&#8203;\u200b grew.", "call.md", ["We grew."], "1 zero-width space, 1 escaped zero-width space"),
    ],
)  # fmt: skip
def test_what_nobody_sees_leaves_when_its_letters_were_read(
    text: str, name: str, said: list[str], removed: str
) -> None:
    source = parse_source(text.encode(), name)

    assert [passage.text for passage in source.passages] == said
    assert ", ".join(source.removed) == removed


def test_no_name_link_or_tag_of_a_source_hides_anything() -> None:
    front = (
        '---\ntitle: "A\\u200b"\nauthor: "B\\u200bo"\ntags: ["x\\u200by"]\n'
        'image: {src: "a\\u200b.png", alt: "b\\u200bc"}\n---\n'
    )
    source = read(
        front + "**A&#8203;na:** [he&#8203;re](<https://a.example/?q=\\&>) we are.\n\n**Bob:** Yes.\n\n**Ana:** No."
    )

    assert (source.title, source.author, source.tags) == ("A", "Bo", ("xy",))
    assert not hidden_characters(repr(source))


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


ESCAPES = [
    *"ab *`[]()|<>\n",
    "&#8203;",
    "&zwj;",
    "&#x202e;",
    "&#27;[2J",
    "&#10;",
    "# ",
    "![x](",
    "\u0915",
    "\U0001f468",
    "<b>",
    "</b>",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ESCAPES), max_size=40))
def test_nothing_hidden_comes_out_of_escapes(soup: list[str]) -> None:
    try:
        source = read("a" + "".join(soup))
    except ContentError:
        return

    shown = [
        text
        for passage in source.passages
        for text in (passage.text, passage.target, *(one.text for one in passage.links))
    ]
    assert {name.split(" U+")[0] for text in shown for name in hidden_characters(text)} <= set()
    assert not [text for text in shown if "\x1b" in text]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_what_was_read_once_hides_nothing_the_second_time(text: str) -> None:
    try:
        source = read("a" + text)
    except ContentError:
        return

    assert read("\n".join(source.lines)).removed == ()
