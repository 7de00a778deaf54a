"""A file becomes a Source: decoded, redacted, undressed, and read by its kind."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path

from contentkit.errors import ContentError
from contentkit.models import Passage, Source, SourceKind
from contentkit.sources import decoding
from contentkit.sources.dressing import Undressed, undressed
from contentkit.sources.front_matter import (
    FrontMatter,
    addresses_of,
    authors_of,
    front_matter_of,
    image_of,
    tags_of,
    written_on,
)
from contentkit.sources.kinds import kind_of
from contentkit.sources.labels import speakers_among
from contentkit.sources.markdown import passages_of, passages_of_note
from contentkit.sources.redaction import redacted
from contentkit.sources.transcript import turns_of


def read_source(path: Path, name: str) -> Source:
    """The source in this file; ``name`` is how evidence refers to it. Raises ContentError."""
    return parse_source(decoding.bytes_of(path, name), name)


def parse_source(data: bytes, name: str) -> Source:
    """The source that these bytes of a Markdown or text file hold, without what is off the record.

    Raises ContentError when they are not UTF-8 text, when the front matter or a mark is broken, and when nothing is left.
    """
    record = redacted(decoding.lines_of(data, name), name)
    if not any(line.strip() for line in record.lines):
        raise _nothing_left(name)
    front = front_matter_of(record.lines, name)
    _refuse_switch(front, name)
    body = undressed([""] * front.body + list(record.lines[front.body :]))
    speakers = speakers_among(body.lines)
    kind = kind_of(front, speakers, name)
    passages = (*_of_front_matter(front), *_in_order(_read(kind, body.lines, speakers), body))
    if record.spans and not any(passage.first > front.body for passage in passages):
        raise _nothing_left(name)
    link, site_path = addresses_of(front)
    top = next((passage.text for passage in passages if passage.kind == "heading" and passage.level == 1), "")
    return Source(
        path=name,
        kind=kind,
        lines=record.lines,
        passages=passages,
        title=front.text("title") or top,
        description=front.text("description", "excerpt", "summary", "spoiler", "tldr"),
        author=authors_of(front),
        written=written_on(front, name),
        language=front.text("language", "lang", "locale"),
        link=link,
        site_path=site_path,
        tags=tags_of(front),
        redactions=record.spans,
    )


def off_record_shingles(data: bytes, name: str = "source") -> frozenset[str]:
    """The hashes of what is off the record in these bytes and not said on the record too (see ``contentkit.shingles``).

    Raises ContentError as ``parse_source`` does for bytes that are no text.
    """
    return redacted(decoding.lines_of(data, name), name).shingles


def _read(kind: SourceKind, lines: Sequence[str], speakers: Set[str]) -> list[Passage]:
    if kind == "transcript":
        return turns_of(lines, speakers)
    return passages_of(lines) if kind == "post" else passages_of_note(lines)


def _nothing_left(name: str) -> ContentError:
    return ContentError(
        f"{name}: nothing on the record is left",
        hint="all of it is marked off the record, or a closing mark is missing",
    )


def _refuse_switch(front: FrontMatter, name: str) -> None:
    """``off_record`` with a value that is neither true nor false: in doubt, nothing is read."""
    for key in ("off_record", "off-record", "off_the_record"):
        value = str(front.values.get(key, "")).strip().lower()
        if value in ("true", "yes", "on", "1"):
            raise _nothing_left(name)
        if value not in ("", "false", "no", "off", "0"):
            line = front.places.get(key, (1, 1))[0]
            raise ContentError(f"{name}:{line}: {key} must be true or false", hint="nothing was read")


def _of_front_matter(front: FrontMatter) -> list[Passage]:
    """What the front matter says of a post, as asides with the lines to quote it by, and its picture."""
    passages = []
    for keys in (("title",), ("description", "excerpt", "summary", "spoiler", "tldr")):
        key = next((key for key in keys if front.text(key) and key in front.places), "")
        if key:
            first, last = front.places[key]
            passages.append(Passage(kind="paragraph", text=front.text(key), first=first, last=last, aside=True))
    key, path, alt = image_of(front)
    if key in front.places:
        first, last = front.places[key]
        passages.append(Passage(kind="image", text=alt, target=path, first=first, last=last))
    return passages


def _in_order(read: Sequence[Passage], body: Undressed) -> list[Passage]:
    together = sorted([*body.passages, *read], key=lambda passage: passage.first)
    return [
        replace(passage, aside=True) if passage.first in body.asides and not passage.aside else passage
        for passage in together
    ]
