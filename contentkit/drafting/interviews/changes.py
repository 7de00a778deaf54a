"""What a post leaves out of what was said: told from its text and its evidence, so that it holds after an edit, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from contentkit.models import Evidence, Source
from contentkit.patterns import regex
from contentkit.values import dataclass

_WORD = regex(r"\S+")
_ENDS = regex(r"[.!?…][\"”’)]*$")
_LETTERS = regex(r"[^\w]+")
# Of longer lines than so many words nothing is told: nobody reads such a comparison, and it takes its time.
_MOST_WORDS = 3000


@dataclass(frozen=True)
class Piece:
    """Some words in a row: of the source and the post (kept), of the source only (left out), of the post only (put in)."""

    kind: Literal["kept", "left out", "put in"]
    text: str


def changes_of(source: Source, text: str, evidence: Sequence[Evidence]) -> tuple[Piece, ...]:
    """The words of a post beside those that it rests on, in order, from the sentence of its first word to that of its last.

    What was said before and behind these sentences is not told. Empty where nothing was changed, where the
    evidence is of another source, and where nothing of it is in the post. Letters' case and punctuation are not compared.
    """
    said = [word for one in evidence if one.source == source.path for word in _said(source, one)]
    written = _WORD.findall(_without_label(source, text))
    if not said or not written or len(said) > _MOST_WORDS or len(written) > _MOST_WORDS:
        return ()
    matcher = SequenceMatcher(None, [_key(word) for word in said], [_key(word) for word in written], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return ()
    pieces = tuple(_pieces(said, written, [(block.a, block.b, block.size) for block in blocks]))
    return pieces if any(piece.kind != "kept" for piece in pieces) else ()


def _pieces(said: Sequence[str], written: Sequence[str], blocks: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    here, there = _start(said, blocks[0][0]), 0
    for first, place, size in blocks:
        if first > here:
            yield Piece("left out", " ".join(said[here:first]))
        if place > there:
            yield Piece("put in", " ".join(written[there:place]))
        yield Piece("kept", " ".join(written[place : place + size]))
        here, there = first + size, place + size
    if there < len(written):
        yield Piece("put in", " ".join(written[there:]))
    if cut := said[here : _end(said, here)]:
        yield Piece("left out", " ".join(cut))


def _start(said: Sequence[str], place: int) -> int:
    """Where the sentence begins that this word stands in."""
    while place > 0 and not _ENDS.search(said[place - 1]):
        place -= 1
    return place


def _end(said: Sequence[str], place: int) -> int:
    """Where the sentence ends that the word before this place stands in."""
    while 0 < place < len(said) and not _ENDS.search(said[place - 1]):
        place += 1
    return place


def _said(source: Source, evidence: Evidence) -> Iterator[str]:
    for passage in source.passages:
        if passage.touches(evidence.first, evidence.last):
            yield from _WORD.findall(passage.text)


def _without_label(source: Source, text: str) -> str:
    """The text without the ``Ben Ray:`` above a question of his, and the ``Ana Ruiz:`` before the first answer."""
    return "\n\n".join(_unlabelled(source, part) for part in text.split("\n\n"))


def _unlabelled(source: Source, paragraph: str) -> str:
    who, colon, words = paragraph.partition(":")
    return words if colon and who in source.speakers else paragraph


def _key(word: str) -> str:
    """What of a word is compared; a dash is itself."""
    return _LETTERS.sub("", word).casefold() or word
