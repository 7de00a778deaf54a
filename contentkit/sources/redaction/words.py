"""What a span says, without the words that mark it: what nobody may repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.phrases import BRACKETED, DRESS, SPOKEN
from contentkit.sources.redaction.projection import projected
from contentkit.sources.redaction.spans import outside
from contentkit.words.common_words import is_common
from contentkit.words.lookalikes import folded

_LEADING_UP = (
    "so|ok|okay|well|yes|yeah|and|but|can|could|should|let|lets|let's|us|we|we're|were|i|i'm|go|going|be|this|that"
    "|that's|is|it|it's|was"
    "|now|just|all|from|here|on|strictly|keep|back|again|everything|esto|eso|es|fue|a|partir|de|aqui|ahora|bueno|vamos"
)
_TRAILING_OFF = (
    r"from\W{1,3}here|from\W{1,3}now|by\W{1,3}the\W{1,3}way|now|on|again|please|okay|ok|so"
    r"|a\W{1,3}partir\W{1,3}de|aqui|ahora"
)
_MARK = regex(
    rf"(?<!\w)(?:(?:{_LEADING_UP})\W{{1,3}}){{0,6}}(?:\\?\[{DRESS}/?{DRESS})?(?:(?:back"
    rf"|again)\s{{1,3}}on\s{{1,3}}(?:the\s{{1,3}})?record|{SPOKEN}|{BRACKETED}|\(otr\))(?!\w)"
    rf"(?:\W{{1,3}}(?:{_TRAILING_OFF})(?!\w)){{0,6}}"
)
_WORD = regex(r"[^\W_]+")
_FEWEST = 3


def said_in(text: str, spans: Sequence[Span], furniture: Sequence[Span]) -> Iterator[str]:
    """What these spans of a text say, between the marks and without the furniture.

    "Between us" and "so" are not worth keeping where the same span says more.
    """
    for span in spans:
        whole = " ".join(text[start:end] for start, end in outside([span], _within(furniture, span)))
        pieces = list(_between_marks(whole))
        if any(len(_WORD.findall(piece)) >= _FEWEST for piece in pieces):
            pieces = [piece for piece in pieces if not _says_little(piece)]
        yield from pieces


def _within(furniture: Sequence[Span], span: Span) -> list[Span]:
    return [each for each in furniture if each[0] < span[1] and span[0] < each[1]]


def _between_marks(text: str) -> Iterator[str]:
    plain = projected(text, ())
    end = 0
    for mark in _MARK.finditer(plain.plain):
        yield text[plain.offsets[end] : plain.offsets[mark.start()]]
        end = mark.end()
    yield text[plain.offsets[end] :]


def _says_little(piece: str) -> bool:
    words = _WORD.findall(folded(piece)[0])
    return len(words) < _FEWEST and all(map(is_common, words))
