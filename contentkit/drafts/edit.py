"""Edits of a draft that change only the characters they must: what people wrote around them stays byte for byte.

A sheet is a draft's file as it stands, cut into its front matter and its blocks, one for each post. Each edit gives a new block
and is read back: where it does not say what was meant (a layout nobody thought of), ContentError says what to do by hand.
Nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from contentkit.drafts import body_of
from contentkit.drafts.notes import format_note, notes_of, read_evidence
from contentkit.drafts.posts import RULE, Layout, format_post, format_text, read_layouts
from contentkit.errors import ContentError
from contentkit.models import Alternative, Evidence, Post, Waiver
from contentkit.patterns import regex
from contentkit.values import dataclass

_BOM = "\ufeff"
# One of several pieces of evidence in a comment.
_EVIDENCE = regex(r"[^\s;](?:[^;\r\n]*[^\s;])?")
_END = regex(r"\r\n|\n|\r")
_LINE = regex(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(frozen=True, kw_only=True)
class Note:
    """A comment of a block: what kind of note it is, where its first line begins, and where it stands from its ``<!--`` to
    behind its ``-->``."""

    kind: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Block:
    """One post as it stands: the line of dashes before it (empty for the first), its lines with their ends, and what they say.

    ``rows`` is where each line with text begins and ends. The post is empty where only notes stand. Offsets are those of ``raw``.
    """

    rule: str
    raw: str
    post: Post
    path: str
    rows: tuple[tuple[int, int], ...]
    notes: tuple[Note, ...]

    @property
    def is_post(self) -> bool:
        """Whether ``parse_draft`` makes a post of it."""
        return bool(self.post.text or self.post.media)

    @property
    def end(self) -> str:
        """How its lines end."""
        match = _END.search(self.raw)
        return match[0] if match else "\n"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A draft's file: all up to the end of its front matter, and its blocks."""

    head: str
    blocks: tuple[Block, ...]
    path: str

    @property
    def text(self) -> str:
        return self.head + "".join(block.rule + block.raw for block in self.blocks)

    def place_of(self, number: int) -> int:
        """The place of the block that holds the post of this number, the first being 1. Raises IndexError."""
        return [place for place, block in enumerate(self.blocks) if block.is_post][number - 1]

    def with_block(self, place: int, block: Block) -> Sheet:
        return replace(self, blocks=(*self.blocks[:place], block, *self.blocks[place + 1 :]))


def sheet_of(text: str, path: str) -> Sheet:
    """The sheet of a draft's text, with its line ends as they are. Raises ContentError as ``parse_draft`` does."""
    body = text.removeprefix(_BOM)
    rows = _LINE.findall(body) or [""]
    lines = [row.rstrip("\r\n") for row in rows]
    start = body_of(lines, path)
    blocks = []
    behind = start
    for post, layout in read_layouts(lines, start, path):
        rule = "".join(rows[behind : layout.first - 1])
        blocks.append(_placed(post, layout, rows[layout.first - 1 : layout.last], path, rule))
        behind = layout.last
    return Sheet(head=text[: len(text) - len(body)] + "".join(rows[:start]), blocks=tuple(blocks), path=path)


def with_words(block: Block, text: str, evidence: Sequence[Evidence]) -> Block:
    """The block with other words and the evidence of those. Comments, pictures and all other notes stay. Raises ContentError."""
    begin, stop = _stretch(block)
    inside = [note for note in block.notes if begin <= note.start < stop]
    kept = [(note.start, note.end) for note in inside if note.kind != "evidence"]
    kept += _pictures(block, begin, stop, inside)
    lines = [format_text(text), *(block.raw[start:last].rstrip() for start, last in sorted(kept))]
    edits = []
    if tuple(evidence) != block.post.evidence or any(note.kind == "evidence" for note in inside):
        outside = [note for note in block.notes if not begin <= note.start < stop and note.kind == "evidence"]
        notes = [format_note(f"evidence: {one}") for one in evidence]
        lines[1:1] = [] if outside else notes
        new = "".join(_lines(notes, block.end))
        edits += [(*_whole(block.raw, note), "" if place else new) for place, note in enumerate(outside)]
    words = "".join(_lines(lines, block.end))
    if block.raw and stop == len(block.raw) and not block.raw.endswith(("\n", "\r")):
        words = words.removesuffix(block.end)  # a file without a last line end gets none
    edits.append((begin, stop, words))
    return _read_back(block, _edited(block.raw, edits), replace(block.post, text=text, evidence=tuple(evidence)))


def pointing(block: Block, moved: Mapping[Evidence, Evidence]) -> Block:
    """The block with other evidence in the place of some that it has; all else stays as it is written. Raises ContentError."""
    edits = []
    for note in (note for note in block.notes if note.kind == "evidence"):
        for piece in _EVIDENCE.finditer(block.raw, block.raw.index(":", note.start) + 1, note.end - 3):
            [old] = read_evidence(piece[0])
            edits += [(*piece.span(), str(moved[old]))] if old in moved else []
    evidence = tuple(moved.get(one, one) for one in block.post.evidence)
    return _read_back(block, _edited(block.raw, edits), replace(block.post, evidence=evidence))


def with_alternatives(block: Block, offered: Iterable[Alternative]) -> Block:
    """The block with these alternatives behind those that it has. Raises ContentError."""
    offered = tuple(offered)
    made = _with_notes(block, Post(text="", alternatives=offered))
    return _read_back(block, made, replace(block.post, alternatives=(*block.post.alternatives, *offered)))


def with_waiver(block: Block, waiver: Waiver) -> Block:
    """The block with this waiver behind all that it has. Raises ContentError for one that no comment can hold."""
    made = _with_notes(block, Post(text="", waivers=(waiver,)))
    return _read_back(block, made, replace(block.post, waivers=(*block.post.waivers, waiver)))


def _with_notes(block: Block, noted: Post) -> str:
    """The block with the notes of another post behind all that it has."""
    end = block.end
    at = len(block.raw.rstrip())
    at = min(len(block.raw), _line_end(block.raw, at)) if block.raw[:at] else 0
    gap = "" if block.raw[:at].endswith(("\n", "\r")) or not at else end
    notes = [format_note(note) for note in notes_of(noted)]
    return block.raw[:at] + gap + "".join(_lines(notes, end)) + block.raw[at:]


def without_alternatives(block: Block, gone: Iterable[int]) -> Block:
    """The block without the alternatives at these places, the first being 0. Raises ContentError."""
    gone = frozenset(gone)
    notes = [note for note in block.notes if note.kind == "alternative"]
    edits = [(*_whole(block.raw, note), "") for place, note in enumerate(notes) if place in gone]
    left = tuple(one for place, one in enumerate(block.post.alternatives) if place not in gone)
    return _read_back(block, _edited(block.raw, edits), replace(block.post, alternatives=left))


def new_block(post: Post, path: str, end: str) -> Block:
    """The block of a post that is not in the file yet. Raises ContentError for what no draft could hold."""
    return _block(format_post(post, path).replace("\n", end) + end, path)


def arranged(sheet: Sheet, blocks: Sequence[Block]) -> Sheet:
    """The sheet with these blocks in this order, with a line of dashes and empty lines between two of them."""
    end = next((block.end for block in sheet.blocks if block.raw), "\n")
    placed = []
    for place, block in enumerate(blocks):
        raw, rule = block.raw, block.rule.rstrip("\r\n") + end if block.rule else f"{RULE}{end}"
        is_last = place == len(blocks) - 1
        if place and raw.strip() and not raw.startswith(("\n", "\r")):
            raw = end + raw
        if not is_last and raw and not raw.endswith(("\n", "\r")):
            # A last line of spaces alone is a gap, too, but dashes behind it would be words of the post.
            raw += end
        if not is_last and raw.strip() and not _ends_with_gap(raw):
            raw += end
        placed.append(replace(block, rule=rule if place else "", raw=raw))
    return replace(sheet, blocks=tuple(placed))


def _block(raw: str, path: str, rule: str = "") -> Block:
    """A block by itself; the lines in its errors are those of the block."""
    rows = _LINE.findall(raw)
    [(post, layout), *others] = read_layouts([row.rstrip("\r\n") for row in rows], 0, path)
    if others:
        raise ContentError(f"{path}: a line of three dashes stands within the post", hint="edit the draft by hand")
    return _placed(post, layout, rows, path, rule)


def _placed(post: Post, layout: Layout, rows: Sequence[str], path: str, rule: str) -> Block:
    """``rows`` are the lines of the layout, with their ends."""
    offsets = [0, *accumulate(map(len, rows))]

    def at(line: int, column: int = 0) -> int:
        return offsets[line - layout.first] + column

    return Block(
        rule=rule,
        raw="".join(rows),
        post=post,
        path=path,
        rows=tuple((at(line), at(line + 1)) for line in layout.text),
        notes=tuple(
            Note(kind=note.kind, line=at(note.first), start=at(note.first, note.start), end=at(note.last, note.end))
            for note in layout.notes
        ),
    )


def _stretch(block: Block) -> tuple[int, int]:
    """Where the text begins and ends, to the end of a comment that begins beside it; where it would begin if there is none."""
    if not block.rows:
        at = len(block.raw) - len(block.raw.lstrip())
        return at, at
    begin, stop = block.rows[0][0], block.rows[-1][1]
    return begin, max([stop, *(_line_end(block.raw, note.end) for note in block.notes if begin <= note.start < stop)])


def _pictures(block: Block, begin: int, stop: int, inside: Sequence[Note]) -> Iterator[tuple[int, int]]:
    """The lines between these offsets with something on them that is neither text nor within a comment."""
    texts, notes = {start for start, _ in block.rows}, list(inside)[::-1]
    at = covered = begin
    for row in _LINE.findall(block.raw[begin:stop]):
        while notes and notes[-1].line <= at:
            covered = max(covered, notes.pop().end)
        if row.strip() and at not in texts and at >= covered:
            yield at, at + len(row)
        at += len(row)


def _whole(raw: str, note: Note) -> tuple[int, int]:
    """Where a comment stands, with its lines where nothing else stands on them."""
    end = _line_end(raw, note.end)
    is_alone = not raw[note.line : note.start].strip() and not raw[note.end : end].strip()
    return (note.line, end) if is_alone else (note.start, note.end)


def _line_end(raw: str, at: int) -> int:
    """Behind the end of the line that this offset is on."""
    match = _END.search(raw, at)
    return match.end() if match else len(raw)


def _lines(texts: Iterable[str], end: str) -> Iterator[str]:
    return (text.replace("\n", end) + end for text in texts)


def _edited(raw: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with each of these stretches replaced; none of them overlaps another."""
    pieces, at = [], 0
    for start, end, words in sorted(edits):
        pieces += [raw[at:start], words]
        at = end
    return "".join((*pieces, raw[at:]))


def _ends_with_gap(raw: str) -> bool:
    return not _LINE.findall(raw)[-1].strip()


def _read_back(block: Block, raw: str, wanted: Post) -> Block:
    """The block that this makes. Raises ContentError where it says something else than is wanted."""
    # A line of dashes at the very end of a file may have no line end.
    rule = block.rule if not block.rule or block.rule.endswith(("\n", "\r")) else block.rule + block.end
    try:
        made = _block(raw, block.path, rule)
    except ContentError:
        made = block
    said = [words for _, words in made.post.comments] == [words for _, words in wanted.comments]
    if not said or replace(made.post, line=0) != replace(wanted, line=0):
        place = f"{block.path}:{block.post.line}"
        raise ContentError(f"{place}: the post is laid out in a way that cannot be edited", hint="write it by hand")
    return made
