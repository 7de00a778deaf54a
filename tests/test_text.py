"""Text as terminals may show it, as readers split it."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.counters.characters import REFUSED
from contentkit.text import (
    excerpt,
    folded,
    hidden_characters,
    normalised,
    one_line,
    printable,
    sentences,
    slug_of,
    urls_in,
)

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://example.org.", ["https://example.org"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://en.example.org/wiki/A_(b), too", ["https://en.example.org/wiki/A_(b)"]),
        ("“https://example.org/a?b=c&d#e”!", ["https://example.org/a?b=c&d#e"]),
        ("<https://a.org>https://b.org", ["https://a.org", "https://b.org"]),
        ("no link: example.org, mailto:a@example.org", []),
    ],
)
def test_links_end_where_a_reader_would_end_them(text: str, links: list[str]) -> None:
    assert [text[start:end] for start, end in urls_in(text)] == links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("  One.  Two.  ", ["One.", "Two."]),
        ("Dr. Ana Pérez wrote it. Mr. Ortiz read it.", ["Dr. Ana Pérez wrote it.", "Mr. Ortiz read it."]),
        (
            "It works, e.g. Monday's run. See fig. 3 and no. 5.",
            ["It works, e.g. Monday's run.", "See fig. 3 and no. 5."],
        ),
        ("She said no. We left.", ["She said no.", "We left."]),
        ("J. R. R. Tolkien wrote. So do I. We agree.", ["J. R. R. Tolkien wrote.", "So do I.", "We agree."]),
        ("He said “Yes.” Then he left.", ["He said “Yes.”", "Then he left."]),
        ("It costs $5.50. 20 people paid.", ["It costs $5.50.", "20 people paid."]),
        ("Version 2.0 is out at example.org. Read it.", ["Version 2.0 is out at example.org.", "Read it."]),
        ("We ship setup.py. and more", ["We ship setup.py. and more"]),
        ("¿Funciona? ¡Sí! Lo probó la Sra. Díaz.", ["¿Funciona?", "¡Sí!", "Lo probó la Sra. Díaz."]),
        ("Es geht. Übrigens auch so. Ärger gibt es nicht.", ["Es geht.", "Übrigens auch so.", "Ärger gibt es nicht."]),
        ("Это работает. Проверено. Ναι. Όχι.", ["Это работает.", "Проверено.", "Ναι.", "Όχι."]),
        ("我们发布了。今天！「好。」他说。", ["我们发布了。", "今天！", "「好。」", "他说。"]),
        ("Wait... What?! Yes", ["Wait...", "What?!", "Yes"]),
        ("Škoda fährt. Łódź liegt dort.", ["Škoda fährt.", "Łódź liegt dort."]),
        ("Am 3. Oktober, z. B. Montag. Es sind 3. Danach?", ["Am 3. Oktober, z. B. Montag.", "Es sind 3.", "Danach?"]),
        ("„Ja.“ Er ging. « Oui. » Il part.", ["„Ja.“", "Er ging.", "« Oui. »", "Il part."]),
        ("هل جربتم؟ نعم. شكرا.", ["هل جربتم؟", "نعم.", "شكرا."]),
        ("یہ چلتا ہے۔ ہاں۔ ٹھیک", ["یہ چلتا ہے۔", "ہاں۔", "ٹھیک"]),
        ("यह चलता है। हाँ। ठीक", ["यह चलता है।", "हाँ।", "ठीक"]),
        ("זה עובד. תודה.", ["זה עובד.", "תודה."]),
        ("출시했습니다. 감사합니다.", ["출시했습니다.", "감사합니다."]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_paragraph_is_split_into_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.lists(st.sampled_from(["One", "Dr", ".", "!", " ", "“", "”", "no", "。", "\n", "A", "5", "…"])).map("".join))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    spans = sentences(text)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Ünïcödé 你好 👩‍🔬 ✈️", "Ünïcödé 你好 👩‍🔬 ✈️"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[2J\x1b]0;title\x07", "\\u{1b}[2J\\u{1b}]0;title\\u{7}"),
        ("\x9b31m", "\\u{9b}31m"),
        ("\x90\x9d\x85", "\\u{90}\\u{9d}\\u{85}"),
        ("safe\rEVIL", "safe\\u{d}EVIL"),
        ("a\x08\x7f\x00", "a\\u{8}\\u{7f}\\u{0}"),
        ("\u202eevil\u202c \u2066x\u2069", "\\u{202e}evil\\u{202c} \\u{2066}x\\u{2069}"),
        ("a\u200bb\u00adc\ufeff", "a\\u{200b}b\\u{ad}c\\u{feff}"),
        ("a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"),
        (SCOTLAND, SCOTLAND),
        ("a\U000e0041\U000e0042", "a\\u{e0041}\\u{e0042}"),
        ("\U0001f3f4\U000e0041", "\U0001f3f4\\u{e0041}"),
        ("\udce9", "\\u{dce9}"),
    ],
)
def test_text_from_outside_cannot_steer_a_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_printable_hides_or_steers(text: str) -> None:
    shown = printable(text)
    assert hidden_characters(shown) == []
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown if character not in "\n\t")
    assert printable(shown) == shown


def test_hidden_characters_are_named_once_each() -> None:
    assert hidden_characters("a\u200b\u200bb\u202ec\x1b") == [
        "zero-width space U+200B",
        "direction override U+202E",
        "control character U+001B",
    ]
    assert hidden_characters(f"👩‍🔬 {SCOTLAND} ✈️\n\tplain") == []
    assert hidden_characters("a\U000e0041") == ["tag character U+E0041"]


def test_whatever_x_refuses_a_text_for_is_a_hidden_character() -> None:
    assert hidden_characters(REFUSED) == ["noncharacter U+FFFE", "byte order mark U+FEFF", "noncharacter U+FFFF"]
    assert printable(REFUSED).isascii()


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("short", 10, "short"),
        ("two\n  lines", 20, "two lines"),
        ("one two three four", 10, "one two…"),
        ("one, two three", 6, "one…"),
        ("incomprehensibilities", 10, "incompreh…"),
        ("a\x1b[2J", 20, "a\\u{1b}[2J"),
        ("exactly ten", 11, "exactly ten"),
    ],
)
def test_a_text_fits_on_one_line(text: str, width: int, line: str) -> None:
    assert one_line(text, width) == line


@given(st.text(), st.integers(2, 80))
def test_one_line_is_one_line_and_not_wider(text: str, width: int) -> None:
    line = one_line(text, width)
    assert len(line) <= width
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("TimeGPT-2: what's new?", "timegpt-2-what-s-new"),
        ("Año nuevo, ¡código!", "ano-nuevo-codigo"),
        ("你好", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_title_becomes_a_file_name(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text())
def test_a_slug_is_always_safe_as_a_file_name(title: str) -> None:
    slug = slug_of(title)
    assert len(slug) <= 60
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Hello  world\n", "Hello world"),
        ("caf\u00e9", "cafe\u0301"),
        ("See https://www.example.org/", "See example.org"),
        ("See https://example.org/a/, please.", "See example.org/a, please."),
        ("https://example.org. Next", "example.org. Next"),
        ("www.example.org/a", "http://www.example.org/a"),
        ("example.org/, please", "http://example.org/, please"),
        ("@ana@example.org wrote", "@ana wrote"),
        ("✈\ufe0f off", "✈ off"),
        ("a\u00a0b\u2003c", "a b c"),
        ("a\u200bb\u00ad", "ab"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_what_a_network_changes_does_not_hide_that_a_text_is_ours(ours: str, theirs: str) -> None:
    assert normalised(ours) == normalised(theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "ab"),
        ("Up 60%", "Up 6%"),
        ("https://a.org/1", "https://a.org/2"),
        ("@ana hi", "@bob hi"),
        ("Yes.", "Yes"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize(
    "text",
    [
        "." * 20_000,
        ". " * 20_000,
        "Dr. A" * 10_000,
        "Dr. " * 20_000,
        "https://" + "(" * 20_000,
        "https://a.org/" + "(a" * 10_000,
        "https://a.org/" + "!a" * 10_000,
        "https://a.org/" + "." * 20_000 + "\u200b",
        "@a" * 20_000,
        "@" + "a." * 20_000,
        "@" + "a-" * 10_000 + "@" + "b." * 10_000 + "@",
        "\u202e" * 20_000,
        SCOTLAND[:-1] * 3_000,
        "e\u0301" * 10_000,
    ],
)
def test_no_text_makes_it_slow(text: str) -> None:
    started = time.process_time()
    sentences(text)
    printable(text)
    hidden_characters(text)
    normalised(text)
    # Milliseconds each where time is linear; minutes where it is not.
    assert time.process_time() - started < 3


@pytest.mark.parametrize("words", ["We met", "it may well", "they said."])
def test_an_excerpt_shows_what_it_is_about(words: str) -> None:
    said = "We met often, and after all of the arguments that were had it may well open in June, as far as we know, they said."
    shown = excerpt(said, said.index(words), 60)
    assert words in shown
    assert len(shown) <= 60


@given(st.text(max_size=300), st.integers(0, 300), st.integers(20, 90))
def test_an_excerpt_is_never_longer_than_asked_for(said: str, at: int, width: int) -> None:
    assert len(excerpt(said, at, width)) <= width


def test_an_excerpt_of_what_is_short_enough_is_all_of_it() -> None:
    assert excerpt("It may open.", 3, 60) == "It may open."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ('We said "it\'s done".', "We said \u201cit\u2019s done\u201d."),
        ("one -- two - three", "one \u2013 two \u2010 three"),
        ("Wait...", "Wait\u2026"),
        ("For #OpenSource and #\u00c9t\u00e9", "For #opensource and #\u00e9t\u00e9"),
    ],
)
def test_words_that_a_server_set_in_type_are_the_same(ours: str, theirs: str) -> None:
    assert folded(ours) == folded(theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [("We did", "we did"), ("a - b", "a b"), ("Wait.", "Wait..."), ("C# and F", "c# and F"), ("#a b", "#ab")],
)
def test_other_words_stay_other_words_in_type(one: str, other: str) -> None:
    assert folded(one) != folded(other)
