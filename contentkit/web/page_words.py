"""What a page says to somebody who reads it, and whether given words are among that. In linear time, whatever the page is.

Tags within a word do not part it, those of a block do. Scripts, styles, comments, attributes and what the page itself hides
are not read, nor is the title of the window: a page that is not there may have the right one.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from contentkit.patterns import regex
from contentkit.text import without_hidden
from contentkit.web import Fetched

# Of longer pages the beginning is read.
LONGEST = 1024 * 1024
# A page that repeats the words more often than this, and never as words of their own, is not searched to its end.
_MOST_PLACES = 10_000
_LONGEST_WORD = 200
_PAGES = ("", "text/html", "application/xhtml+xml")
# Encodings that pages are written in; Python knows others, some of them slow.
_ENCODING = regex(
    r"(?:us-)?ascii|utf-?(?:8|16(?:[lb]e)?)|(?:iso-?8859|windows|cp|koi8|euc|gb|big5|shift)[\w-]{0,12}", re.I
)
_DECLARED = regex(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})""", re.I)
_MARKUP = regex(r"<(?=[a-zA-Z/!?])")
_TAG = regex(r"<(/?)([a-zA-Z][^\s/>]*)")
_END_OR_QUOTE = regex(r"[>\"']")
# Until their end there is only text, and none that is read.
_UNREAD = frozenset({"script", "style", "title", "noscript", "iframe", "textarea", "noembed", "noframes"})
_EMPTY = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "source", "area", "base", "col", "embed", "track", "wbr"}
)
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
        "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_HIDDEN = regex(r"""(?<=\s)hidden(?=[\s=/>]|$)(?!\s*=\s*["']?until-found)|display\s*:\s*none""", re.I)
# After a number these make another one of it: 2.0 is not 2.0.1, and not 2.0-rc1.
_GOES_ON = regex(r"[.,]\d|[-_+.]?(?:a|alpha|b|beta|c|rc|pre|dev|preview|post)[-.]?\d*(?![^\W_])", re.I)
# Many write v2.0 for 2.0.
_VERSION = regex(r"(?:^|[\W_])[vV]$")
_LEADS_HERE = regex(r"\d[.,]$")


def words_of(page: Fetched) -> str:
    """What the page says; another kind of text than a page says all that stands in it."""
    text = page.body[:LONGEST].decode(_encoding(page), errors="replace")
    return visible_text(text) if page.content_type in _PAGES else text


def says(text: str, words: str) -> bool:
    """Whether these words stand in the text, letter by letter, and are not just a part of a longer word or number.

    Spaces and line ends are all one, hidden characters are none.
    """
    text, words = _plain(text), _plain(words)
    at = -1
    for _ in range(_MOST_PLACES):
        at = text.find(words, at + 1)
        if at < 0 or _is_whole(text, at, at + len(words)):
            return at >= 0
    return False


def _plain(text: str) -> str:
    return " ".join(map(_composed, without_hidden(text).split()))


def _composed(word: str) -> str:
    """The word in NFC. What is no word is left alone: thousands of accents on one letter take Python hours to put in order."""
    return word if word.isascii() or len(word) > _LONGEST_WORD else unicodedata.normalize("NFC", word)


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 2, 0) : start], text[end : end + 20]
    opens_with_number = text[start : start + 1].isdigit()
    if _joins(before[-1:], text[start : start + 1]) and not (opens_with_number and _VERSION.search(before)):
        return False
    if _joins(text[end - 1 : end], after[:1]) or (opens_with_number and _LEADS_HERE.search(before)):
        return False
    return not (text[end - 1 : end].isdigit() and _GOES_ON.match(after))


def _joins(first: str, second: str) -> bool:
    """Whether two characters side by side belong to one word: only in scripts that have spaces between words."""
    return all(one.isalnum() and (one < "\u0e00" or "\u1e00" <= one <= "\u1fff") for one in (first, second))


def _encoding(page: Fetched) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if page.body.startswith(mark):
            return name
    declared = _DECLARED.search(page.body[:2048]) if page.content_type in _PAGES else None
    for name in (page.charset, declared[1].decode() if declared else ""):
        if _ENCODING.fullmatch(name) and _is_known(name):
            return name
    return "utf-8"


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def visible_text(page: str) -> str:
    """The text of a page of HTML as its readers have it before them, without scripts and what it hides.

    Where a tag, a comment or something hidden does not end, the rest of the page is not read: browsers show nothing of it either,
    or what nobody wrote to be read.
    """
    pieces: list[str] = []
    at = 0
    while at < len(page):
        opening = _MARKUP.search(page, at)
        if opening is None:
            pieces.append(page[at:])
            break
        pieces.append(page[at : opening.start()])
        at, space = _past(page, opening.start())
        pieces.append(space)
    return " ".join(html.unescape("".join(pieces)).split())


def _past(page: str, at: int) -> tuple[int, str]:
    """Where the text goes on after the markup that begins here, and what it is for a reader: a space, or nothing."""
    if page.startswith("<!--", at):
        return _end_of(page, "-->", at + 4), ""
    tag = _TAG.match(page, at)
    if tag is None:
        return _end_of(page, ">", at), ""
    name, space = tag[2].lower(), "" if tag[2].lower() in _INLINE else " "
    end = _end_of_tag(page, tag.end())
    if tag[1] or name in _EMPTY or page.startswith("/>", end - 2):
        return end, space
    if name in _UNREAD:
        return _after_closing(page, name, end), space
    if name == "template" or _HIDDEN.search(page, tag.end(), end):
        return _after_element(page, name, end), space
    return end, space


def _end_of(page: str, mark: str, start: int) -> int:
    found = page.find(mark, start)
    return len(page) if found < 0 else found + len(mark)


def _end_of_tag(page: str, at: int) -> int:
    """Behind the ``>`` of a tag that is in no quotes."""
    while found := _END_OR_QUOTE.search(page, at):
        if found[0] == ">":
            return found.end()
        at = _end_of(page, found[0], found.end())
    return len(page)


def _after_closing(page: str, name: str, start: int) -> int:
    """Behind the end of an element in which there are no tags."""
    closing = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.I).search(page, start)
    return _end_of(page, ">", closing.end()) if closing else len(page)


def _after_element(page: str, name: str, start: int) -> int:
    """Behind the end of an element in which there may be others of its name."""
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.I).finditer(page, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return _end_of(page, ">", tag.end())
    return len(page)
