"""The encoding of a page is what it says, in the order in which browsers believe it, and never a guess."""

from __future__ import annotations

import pytest

from contentkit.errors import ContentError
from contentkit.sources.web_pages.encoding import text_of, with_charset


def meta(encoding: str) -> bytes:
    return f"<!doctype html><meta charset={encoding}><p>".encode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("Canción".encode(), "Canción"),
        (b"\xef\xbb\xbf" + meta("koi8-r") + "Canción".encode(), "Canción"),
        ("Canción".encode("utf-16"), "Canción"),
        (meta("iso-8859-1") + b"\x93Canci\xf3n\x94", "“Canción”"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>" + "Слово".encode("cp1251"), "Слово"),
        (b"<?xml version='1.0' encoding='euc-jp'?>" + "発表".encode("euc-jp"), "発表"),
        (meta("utf-16") + "Canción".encode(), "Canción"),
    ],
)  # fmt: skip
def test_the_text_is_in_the_encoding_that_it_says(data: bytes, says: str) -> None:
    text, unread = text_of(data, "a.html")

    assert text.endswith(says)
    assert unread == ()


def test_the_servers_word_counts_more_than_the_pages_and_less_than_a_mark() -> None:
    assert text_of(with_charset(meta("utf-8") + b"Canci\xf3n", "ISO-8859-1", "a"), "a")[0].endswith("Canción")
    assert text_of(with_charset(b"\xef\xbb\xbfCanci\xc3\xb3n", "ISO-8859-1", "a"), "a")[0] == "Canción"


@pytest.mark.parametrize(
    "label", ["x-klingon", "utf-7", "punycode", "unicode_escape", "base64", "rot13", "idna", "undefined"]
)
def test_an_encoding_that_is_none_for_texts_is_refused(label: str) -> None:
    with pytest.raises(ContentError, match="unknown encoding") as caught:
        text_of(meta(label), "a.html")
    with pytest.raises(ContentError, match="unknown encoding"):
        with_charset(b"x", label, "a.html")

    assert caught.value.hint


def test_a_slip_is_shown_and_told() -> None:
    text, unread = text_of(b"We grew. " * 300 + b"\xff", "a.html")

    assert text.endswith("\ufffd")
    assert unread == ("1 unreadable byte, shown as \ufffd",)


def test_another_encoding_than_it_says_is_refused() -> None:
    with pytest.raises(ContentError, match="is not in utf-8, as it says"):
        text_of("¿Qué pasó? Él dijo que sí. ".encode("latin-1") * 50, "a.html")
