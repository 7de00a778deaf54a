"""Text as terminals may show it, as readers split it. Pure functions, linear time."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from contentkit.patterns import regex

# Sentence ends are a stop and closing quotes, then space, then something that can open a sentence; CJK needs no space.
_SENTENCE_END = regex(r"(?<![.!?…])[.!?…؟۔।॥]+(?:[\"”“’')\]»]|[ \u00a0\u202f]»)*\s+|[。！？｡]+[」』”’）】》]*")
_BEFORE_A_SENTENCE = regex(r"(?:[\"“„‘‚'(\[¿¡]|«\s?|[\u2066-\u2068\u200e\u200f])*")
_SENTENCE_SIGNS = "@#$€£"
_ABBREVIATIONS = {
    "dr", "dra", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "vs", "etc", "gen", "sen", "rev", "hon", "ph.d",
    "eg", "ie", "e.g", "i.e", "cf", "al", "eds", "inc", "ltd", "co", "corp", "dept", "univ", "approx",
    "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "sra", "srta", "sres", "dña", "lic", "ing", "gral", "ud", "uds", "ee", "ee.uu", "aprox", "p.ej",
    "z", "z.b", "d.h", "u.a", "bzw", "ca", "nr", "mme", "mlle", "p.ex",
}  # fmt: skip
# Words of their own, and short for something only when a number follows: "no. 5", but "She said no. We left."
_ABBREVIATIONS_OF_NUMBERS = {"no", "nos", "fig", "figs", "vol", "p", "pp", "ed", "art", "mar", "núm", "pág", "págs"}
_INITIAL = regex(r"(?:^|[\s(\"“])[A-HJ-Z]$")
# German writes days as ordinals: "am 3. Oktober".
_DAY = regex(r"(?:^|\s)[0-3]?\d$")
_GERMAN_MONTH = regex(r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")

_SCHEMED_URL = regex(r"(?<![A-Za-z0-9@#$＠＃])(?:https?)://[^\s<>\"'()]+(?:\([^\s<>()]*\)[^\s<>\"'()]*)*", re.I)
_URL_TAIL = ".,;:!?…]}'\"”’"


def urls_in(text: str) -> list[tuple[int, int]]:
    """Where the http(s) links of a text stand, as (start, end); trailing punctuation is not part of a link."""
    spans: list[tuple[int, int]] = []
    if "://" not in text:
        return spans
    for match in _SCHEMED_URL.finditer(text):
        spans.append((match.start(), match.start() + len(match.group().rstrip(_URL_TAIL))))
    return spans


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph as (start, end) without surrounding space; abbreviations and initials do not end one."""
    spans = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        # No abbreviation is longer than this; looking no further back or ahead keeps the time linear.
        before = text[max(start, match.start() - 40) : match.start()]
        following = text[match.end() : match.end() + 20]
        is_spaced = match.group()[-1].isspace()
        if is_spaced and (not opens_sentence(following) or _is_abbreviated(before, match.group(), following)):
            continue
        spans.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    spans.append((start, len(text)))
    return [_trimmed(text, first, last) for first, last in spans if text[first:last].strip()]


def opens_sentence(text: str) -> bool:
    """Whether a sentence can start like this: a capital, a digit, a tag, a letter of a script that has no capitals."""
    opening = _BEFORE_A_SENTENCE.match(text)
    first = text[opening.end() : opening.end() + 1] if opening else ""
    return bool(first) and (first in _SENTENCE_SIGNS or unicodedata.category(first) in ("Lu", "Lt", "Lo", "Nd"))


def _is_abbreviated(before: str, stop: str, following: str) -> bool:
    if not stop.startswith(".") or stop.startswith(".."):
        return False
    words = before.split()
    if not words:
        return False
    last = words[-1].lstrip("(\"“„'‘[").lower()
    if last in _ABBREVIATIONS_OF_NUMBERS:
        return following[:1].isdigit()
    if _DAY.search(before) and _GERMAN_MONTH.match(following):
        return True
    return last in _ABBREVIATIONS or bool(_INITIAL.search(before))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


# What changes how a text is shown without being seen: the reader of a preview must not be deceived by it.
HIDDEN = {
    0x00AD: "soft hyphen",
    0x061C: "direction mark",
    0x180E: "invisible separator",
    0x200B: "zero-width space",
    0x2028: "line separator",
    0x2029: "paragraph separator",
    0x2060: "word joiner",
    0xFEFF: "byte order mark",
    # No characters at all: X refuses a text with one of them.
    **dict.fromkeys((0xFFFE, 0xFFFF), "noncharacter"),
    **dict.fromkeys((0x115F, 0x1160, 0x3164, 0xFFA0), "invisible letter"),
    **dict.fromkeys(range(0x2061, 0x2065), "invisible operator"),
    **dict.fromkeys(range(0x200E, 0x2010), "direction mark"),
    **dict.fromkeys(range(0x202A, 0x202F), "direction override"),
    **dict.fromkeys(range(0x2066, 0x206A), "direction isolate"),
    **dict.fromkeys(range(0x206A, 0x2070), "formatting character"),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), "annotation mark"),
    **dict.fromkeys(range(0xE0000, 0xE0080), "tag character"),
}
# The flags of England, Scotland, Wales and their like: a black flag, the region in tag characters, an end.
TAG_FLAGS = regex("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")


# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# All but what nearly every text is made of.
_NOT_PLAIN = regex(r"[^\n\t\x20-\x7e]")


def hidden_characters(text: str) -> list[str]:
    """Names of characters in the text that a reader cannot see (bidi controls, zero-width, tags outside of flags)."""
    found = []
    for character in dict.fromkeys(_NOT_PLAIN.findall(text if text.isascii() else TAG_FLAGS.sub("", text))):
        name = HIDDEN.get(ord(character))
        if name is None and unicodedata.category(character) == "Cc":
            name = "control character"
        if name:
            found.append(f"{name} U+{ord(character):04X}")
    return found


def without_hidden(text: str) -> str:
    """The text without the characters that ``hidden_characters`` names, and without halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    kept, end = [], 0
    for flag in TAG_FLAGS.finditer(text):
        kept += [*filter(_is_seen, text[end : flag.start()]), flag.group()]
        end = flag.end()
    return "".join((*kept, *filter(_is_seen, text[end:])))


def _is_seen(character: str) -> bool:
    hidden = ord(character) in HIDDEN or unicodedata.category(character) in ("Cc", "Cs")
    return character in "\n\t" or not hidden


def printable(text: str) -> str:
    """The text with control and hidden characters made visible, so that no text from outside can steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    shown, end = [], 0
    for flag in TAG_FLAGS.finditer(text):
        shown += [*map(_visible, text[end : flag.start()]), flag.group()]
        end = flag.end()
    return "".join((*shown, *map(_visible, text[end:])))


def _visible(character: str) -> str:
    return character if _is_seen(character) else f"\\u{{{ord(character):x}}}"


def in_one_line(text: str) -> str:
    """The printable text with its line ends made visible as well: a name of a file may hold them."""
    return printable(text).replace("\n", "\\u{a}")


def no_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula and calculate."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def one_line(text: str, width: int) -> str:
    """The text on one line of at most ``width`` characters, cut at a word with an ellipsis."""
    flat = " ".join(printable(text).split())
    if len(flat) <= width:
        return flat
    cut = flat[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:") + "…"


def excerpt(text: str, at: int, width: int) -> str:
    """At most ``width`` characters of a text on one line: what stands at this offset, with what is around it."""
    before, behind = (" ".join(printable(words).split()) for words in (text[:at], text[at:]))
    if len(before) + 1 + len(behind) <= width:
        return one_line(text, width)
    lead = max(width // 3, width - len(behind) - 2)
    if len(before) <= lead:
        return one_line(text, width)
    space = before.find(" ", len(before) - lead)
    kept = before[space + 1 :] if space >= 0 else before[-lead:]
    joint = " " if text[at - 1 : at].isspace() else ""
    return "…" + one_line(f"{kept}{joint}{text[at : at + 2 * width]}", width - 1)


def counted(number: int, noun: str, many: str = "") -> str:
    """``1 thread``, ``2 threads``; ``many`` where that is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def slug_of(title: str, *, longest: int = 60) -> str:
    """A file name for a title: lower-case ASCII letters, digits and hyphens; empty when nothing is left."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_title).strip("-")
    if len(slug) <= longest:
        return slug
    cut = slug[: longest + 1].rfind("-")
    return slug[: cut if cut > longest // 2 else longest].strip("-")


_MENTION_HOST = regex(r"(?<![=/\w])@([\w.-]+?)@[\w.-]*\w")
_URL_DRESS = regex(r"https?://(?:www\.)?([^\s<>\"]*?)/?(?=[\s<>\",;:!?)]|\.(?:\s|$)|$)", re.I)
# X shows a link that was written without a scheme with one, and then all of its dress goes.
_BARE_DRESS = regex(r"(?<![\w.@/-])www\.(?=\w)|(?<=\w)/(?=[\s<>\",;:!?)]|\.(?:\s|$)|$)", re.I)
_INVISIBLE = regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")


# Each part of a thread is compared with the same statuses.
@lru_cache(maxsize=512)
def normalised(text: str) -> str:
    """What two texts have in common when a network has passed one of them through its own formatting.

    NFC, one kind of space, no zero-width characters, ``@user@host`` as ``@user``, links (bare ones, too) without scheme,
    ``www.`` and trailing slash. Used to recognise a published status as ours; never to build one.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _MENTION_HOST.sub(r"@\1", text)
    text = _BARE_DRESS.sub("", _URL_DRESS.sub(r"\1", text))
    return " ".join(text.split())


_TYPOGRAPHY = (
    (regex("[\u2018\u2019\u201a\u201b\u2032]"), "'"),
    (regex("[\u201c\u201d\u201e\u201f\u2033]"), '"'),
    (regex("[\u2010-\u2015]|--+"), "-"),
    (regex("\u2026"), "..."),
)
_HASHTAG = regex(r"(?<![\w/&])#\w+")


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """What two texts have in common when a server has also set one of them in type, as blogs do: quotation marks and dashes of
    any kind, dots, hashtags in any case."""
    for kinds, plain in _TYPOGRAPHY:
        text = kinds.sub(plain, text)
    return _HASHTAG.sub(lambda tag: tag[0].casefold(), normalised(text))
