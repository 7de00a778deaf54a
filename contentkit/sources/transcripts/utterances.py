"""What somebody says without a pause of the program that wrote it down: a cue, a paragraph of a turn, a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from contentkit.models import Link, Passage
from contentkit.sources.manuscript import Span
from contentkit.text import urls_in
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words that stand together: from character ``start`` up to ``end`` of the line with index ``row``."""

    row: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """Who says it (empty: nobody knows), in which pieces, and when, in seconds from the beginning where that is told.

    ``aside`` is what was not said to everybody: a direct message. ``after_cut``: what stood before it was cut out.
    """

    speaker: str
    pieces: tuple[Piece, ...]
    begins: float | None = None
    ends: float | None = None
    aside: bool = False
    after_cut: bool = False

    @property
    def text(self) -> str:
        """The words on one line."""
        joined = [self.pieces[0].text] if self.pieces else []
        for before, piece in pairwise(self.pieces):
            # A tag within a word does not split it.
            joined += [piece.text] if before.row == piece.row else [" ", piece.text]
        return " ".join("".join(joined).split())


def whole_line(row: int, line: str, start: int = 0) -> Piece:
    """The words of a line from character ``start`` on, without the space around them."""
    text = line[start:].strip()
    first = line.index(text, start) if text else start
    return Piece(row=row, start=first, end=first + len(text), text=text)


def passage_of(utterances: Sequence[Utterance]) -> Passage:
    """One passage of utterances that belong together, from the first line with words to the last."""
    pieces = [piece for utterance in utterances for piece in utterance.pieces]
    speaker = utterances[0].speaker
    return Passage(
        kind="turn" if speaker else "paragraph",
        text=" ".join(utterance.text for utterance in utterances),
        first=pieces[0].row + 1,
        last=pieces[-1].row + 1,
        speaker=speaker,
        links=tuple(_links(pieces)),
        aside=utterances[0].aside,
    )


def _links(pieces: Sequence[Piece]) -> Iterator[Link]:
    for piece in pieces:
        for start, end in urls_in(piece.text) if "://" in piece.text else ():
            yield Link(text=piece.text[start:end], url=piece.text[start:end], line=piece.row + 1)


def between(lines: Sequence[str], utterances: Sequence[Utterance]) -> list[Span]:
    """Where the words of one person are interrupted by furniture, as offsets into the lines joined by line feeds.

    Between two people nothing is furniture: a label that ends somebody's turn has to be seen.
    """
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    spoken = [(utterance.speaker, piece) for utterance in utterances for piece in utterance.pieces]
    spans = []
    for (speaker, before), (following, piece) in pairwise(spoken):
        start, end = starts[before.row] + before.end, starts[piece.row] + piece.start
        if speaker == following and start < end:
            spans.append((start, end))
    return spans
