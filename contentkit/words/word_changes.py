"""Two texts as one: what stayed, what was taken out and what was put in, word by word.

What looks alike is spelled, so that nothing is otherwise unseen: spaces by their names, letters by their numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal

from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.lookalikes import folded

# Words of alphabets, signs of scripts that part no words, marks, each kind of white space by itself.
_TOKEN = regex(r"[ \t]|\s|[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\u3040-\u30ff]|\w+|[^\w\s]")
# Beyond so many words that are otherwise nobody reads where, and finding out takes its time.
_MOST = 1000
_SPACES = {" ": "space", "\n": "line break", "\t": "tab"}
_MARKS = {"out": ("[-", "-]"), "in": ("{+", "+}")}


@dataclass(frozen=True)
class Piece:
    """Words in a row that stayed in a text, were taken out of it, or put in."""

    kind: Literal["stayed", "out", "in"]
    text: str


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in order; a change is what was taken out, and behind it what was put in instead."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = _changed(old[head : len(old) - tail], new[head : len(new) - tail])
    return tuple(
        _joined([Piece("stayed", "".join(old[:head])), *middle, Piece("stayed", "".join(old[len(old) - tail :]))])
    )


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > _MOST:
        yield from (Piece("out", "".join(old)), Piece("in", "".join(new)))
        return
    from difflib import SequenceMatcher

    for _, start, end, to, until in SequenceMatcher(None, old, new).get_opcodes():
        out, put = "".join(old[start:end]), "".join(new[to:until])
        yield from (Piece("stayed", out),) if out == put else (Piece("out", out), Piece("in", put))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same without empty ones. A single space between two changes is part of both: whole phrases read better."""
    pieces = [piece for piece in pieces if piece.text]
    index = 0
    while index < len(pieces):
        if pieces[index].kind == "stayed":
            yield pieces[index]
            index += 1
            continue
        sides = {"out": "", "in": ""}
        while index < len(pieces) and (pieces[index].kind != "stayed" or _is_between(pieces, index)):
            for side in sides:
                sides[side] += pieces[index].text if pieces[index].kind in (side, "stayed") else ""
            index += 1
        if sides["out"]:
            yield Piece("out", sides["out"])
        if sides["in"]:
            yield Piece("in", sides["in"])


def _is_between(pieces: Sequence[Piece], index: int) -> bool:
    return pieces[index].text == " " and index + 1 < len(pieces)


def marked(pieces: Sequence[Piece]) -> str:
    """The text with its changes as ``[-taken out-]{+put in+}``, to be read without colours, too."""
    return "".join(words for _, words in told(pieces))


def told(pieces: Sequence[Piece]) -> Iterator[tuple[Literal["stayed", "out", "in"], str]]:
    """Each piece as it is shown, with its kind: with its marks, and spelled where one cannot see what changed."""
    for index, piece in enumerate(pieces):
        if piece.kind == "stayed":
            yield piece.kind, piece.text
            continue
        begin, end = _MARKS[piece.kind]
        other = _other(pieces, index)
        shown = _spelled(piece.text) if not piece.text.strip() or _looks_like(piece.text, other) else piece.text
        yield piece.kind, f"{begin}{shown}{end}"


def _other(pieces: Sequence[Piece], index: int) -> str:
    """What stands in the place of a piece, or stood there; nothing where it was only taken out or put in."""
    place = index + 1 if pieces[index].kind == "out" else index - 1
    is_pair = 0 <= place < len(pieces) and {pieces[index].kind, pieces[place].kind} == {"out", "in"}
    return pieces[place].text if is_pair else ""


def _looks_like(one: str, other: str) -> bool:
    return bool(other) and _seen(one) == _seen(other)


def _seen(text: str) -> str:
    """What an eye has of a text: its letters without what they are made of, their case, their accents."""
    apart = unicodedata.normalize("NFD", text)
    case = "".join("A" if letter.isupper() else "a" for letter in apart if letter.isalpha())
    accents = "".join(mark for mark in apart if unicodedata.combining(mark))
    return "\0".join((" ".join(folded(text)[0].split()), case, accents))


def _spelled(text: str) -> str:
    if not text.strip():
        return ", ".join(_SPACES.get(space, _number(space)) for space in text)
    return "".join(sign if sign.isascii() and sign.isprintable() else _number(sign) for sign in text)


def _number(character: str) -> str:
    # As contentkit.text.printable has it.
    return f"\\u{{{ord(character):x}}}"
