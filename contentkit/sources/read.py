"""A file becomes a Source: decoded, redacted, undressed, and read by its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from contentkit.errors import ContentError
from contentkit.files import content_of
from contentkit.forbidden import Forbidden
from contentkit.models import Passage, Source
from contentkit.sources import decoding
from contentkit.sources.confined import converted
from contentkit.sources.copies import origin_in
from contentkit.sources.embargoed import embargoed
from contentkit.sources.escaped import seen_front, seen_passages
from contentkit.sources.formats import TextFormat, converter_for, is_transcript, text_format_of
from contentkit.sources.front_matter import FrontMatter, front_matter_of
from contentkit.sources.hidden import counted, without_hidden
from contentkit.sources.inline import words_of
from contentkit.sources.manuscript import Manuscript
from contentkit.sources.particulars import (
    DESCRIPTION,
    LANGUAGE,
    TITLE,
    addresses_of,
    authors_of,
    image_of,
    tags_of,
    written_on,
)
from contentkit.sources.redaction import Redacted, redacted
from contentkit.sources.redaction.turns import turns_in
from contentkit.sources.switches import nothing_left, refuse_switched, refuse_unclear_switch
from contentkit.sources.transcripts.rolling import undoubled
from contentkit.sources.unseen import without_unseen
from contentkit.values import dataclass

_MOST_PASSES = 4


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A source, and what has to be known of it while it is read.

    ``copy`` are the lines as a copy of them has to hold them (see ``sources.copies``). ``in_place`` says that none is
    needed before a post may point at them: the file is text, and nothing in it is off the record. ``forbidden`` is what was
    cut out, for comparing only. ``silent_from`` is the number of the line from which on nothing is on the record, to the
    end (perhaps nobody closed the mark); 0 where the last line is on the record. ``unclear`` are the numbers of the lines
    where more may have been meant than was cut.
    """

    source: Source
    copy: tuple[str, ...]
    in_place: bool
    forbidden: Forbidden
    silent_from: int = 0
    unclear: tuple[int, ...] = ()


def read_source(path: Path, name: str) -> Source:
    """The source in this file; ``name`` is how evidence refers to it. Raises ContentError."""
    return parse_source(content_of(path, name), name)


def parse_source(data: bytes, name: str) -> Source:
    """The source that these bytes hold, in any format we know, without what is off the record.

    Raises ContentError when they are in no such format, when the front matter or a mark is broken, and when nothing is said.
    """
    return reading_of(data, name).source


def off_record(data: bytes, name: str = "source") -> Forbidden:
    """What is off the record in these bytes and not said on the record too. Raises ContentError for what is no text."""
    return _record(_manuscript(data, name), name)[1].forbidden


def first_mark(data: bytes, name: str) -> int:
    """The number of the first line (of a document: as Markdown) with words off the record; 0 where there are none.

    Raises ContentError for what cannot be read, and for a mark that is broken.
    """
    manuscript = _manuscript(data, name)
    _, record = _record(manuscript, name)
    if not record.spans:
        return 0
    pairs = zip(manuscript.lines, record.copy, strict=True)
    return next((number for number, (before, after) in enumerate(pairs, 1) if before != after), 1)


def on_record(data: bytes, name: str) -> tuple[str, ...]:
    """The lines of a source, as evidence counts them; cheaper than the source, whose passages are not looked for.

    Raises ContentError as ``parse_source`` does, but for what only its passages would tell.
    """
    text_format, record = _record(_manuscript(data, name), name)
    return _seen(origin_in(record.lines)[1], text_format)[0]


def _seen(lines: tuple[str, ...], text_format: TextFormat) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines as readers see them, and what they do not see.

    Only Markdown has a page beside its text. Marks of what is off the record may stand in a comment: they were read.
    """
    return without_unseen(lines) if text_format.name == "text" else (lines, ())


def reading_of(data: bytes, name: str) -> Reading:
    """As ``parse_source``, with the lines of the copy that has to be written, and what was cut out."""
    manuscript = _manuscript(data, name)
    text_format, record = _record(manuscript, name)
    origin, lines = origin_in(record.lines)
    if not any(line.strip() for line in lines):
        raise nothing_left(name)
    lines, unseen = _seen(lines, text_format)
    escaped: Counter[str] = Counter()
    front = seen_front(front_matter_of(lines, name), escaped)
    refuse_switched(front, name)
    kind, spoken = text_format.body(lines, front, name)
    said = seen_passages(spoken, escaped)
    if not said:
        raise nothing_left(name) if record.spans else _says_nothing(name)
    link, site_path = addresses_of(front)
    top = next((passage.text for passage in said if passage.kind == "heading" and passage.level == 1), "")
    source = Source(
        path=name,
        kind=kind,
        lines=lines,
        passages=tuple(embargoed([*_of_front_matter(front), *said], record.embargoes)),
        title=unescape(front.text(*TITLE)) or top,
        description=_plain(front.text(*DESCRIPTION)),
        author=authors_of(front),
        written=written_on(front, name),
        language=front.text(*LANGUAGE),
        link=link,
        site_path=site_path,
        tags=tags_of(front),
        redactions=record.spans,
        origin=origin,
        doubts=tuple(sorted({*record.doubts, *record.unclear, *(origin.unclear if origin else ())})),
        format=text_format.name,
        removed=(*manuscript.removed, *unseen, *counted(escaped)),
    )
    in_place = not (manuscript.converted or record.spans)
    silent = _silent_from(manuscript.lines, record.copy)
    return Reading(
        source=source,
        copy=record.copy,
        in_place=in_place,
        forbidden=record.forbidden,
        silent_from=silent,
        unclear=record.unclear,
    )


def _manuscript(data: bytes, name: str) -> Manuscript:
    """What the file says, before anything off the record is cut out. Raises ContentError when it is more than can be read."""
    converter = converter_for(data, name)
    found = converted(converter, data, name) if converter else decoding.manuscript_of(data, name)
    manuscript = without_hidden(found)
    if not manuscript.converted:
        manuscript = replace(manuscript, lines=undoubled(manuscript.lines))
    decoding.refuse_long(manuscript, name)
    return manuscript


def _record(manuscript: Manuscript, name: str) -> tuple[TextFormat, Redacted]:
    """What is on the record. What is left is searched again: two halves of a mark may have stood around another.

    Raises ContentError where a mark or an embargo is broken.
    """
    lines, spans, forbidden = manuscript.lines, 0, Forbidden()
    unclear: set[int] = set()
    refuse_unclear_switch(lines, name)
    for _ in range(_MOST_PASSES):
        text_format = text_format_of(lines, name)
        furniture = text_format.furniture(lines)
        turns = turns_in(lines, furniture, transcript=is_transcript(text_format))
        record = redacted(lines, name, furniture, turns)
        forbidden |= record.forbidden
        spans += record.spans
        unclear.update(record.unclear)
        if not record.spans:
            return text_format, replace(record, spans=spans, forbidden=forbidden, unclear=tuple(sorted(unclear)))
        lines = record.copy
    raise ContentError(
        f"{name}: marks of what is off the record stand within each other",
        hint="write [off the record] before and [/off the record] behind all of it; nothing was read",
    )


def _silent_from(before: Sequence[str], after: Sequence[str]) -> int:
    """The first line of the stretch at the end of which nothing is left; 0 where the last line is."""
    first = 0
    for number in range(len(before), 0, -1):
        if after[number - 1].strip():
            # The rest of a line on which the stretch began may be left.
            return number if first and after[number - 1] != before[number - 1] else first
        if before[number - 1].strip():
            first = number
    return first


def _says_nothing(name: str) -> ContentError:
    return ContentError(f"{name}: says nothing", hint="write something, below the front matter if there is one")


def _plain(description: str) -> str:
    """A description without its Markdown: generators render it, and it may become a post."""
    return words_of(description, 1, {}).text


def _of_front_matter(front: FrontMatter) -> list[Passage]:
    """What the front matter says of a post, as asides with the lines to quote it by, and its picture."""
    passages = []
    for keys in (TITLE[:1], DESCRIPTION):
        key = next((key for key in keys if front.text(key) and key in front.places), "")
        if key:
            first, last = front.places[key]
            text = _plain(front.text(key)) if keys == DESCRIPTION else front.text(key)
            passages.append(Passage(kind="paragraph", text=text, first=first, last=last, aside=True))
    key, path, alt = image_of(front)
    if key in front.places:
        first, last = front.places[key]
        passages.append(Passage(kind="image", text=alt, target=path, first=first, last=last))
    return passages
