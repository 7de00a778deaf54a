"""A file becomes a Source: decoded, redacted, undressed, and read by its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from contentkit.errors import ContentError
from contentkit.models import Passage, Source, SourceKind
from contentkit.sources import decoding
from contentkit.sources.dressing import undressed
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

_DESCRIPTION = ("description", "excerpt", "summary", "spoiler", "tldr")


def read_source(path: Path, name: str) -> Source:
    """The source in this file; ``name`` is how evidence refers to it. Raises ContentError."""
    return parse_source(decoding.bytes_of(path, name), name)


def parse_source(data: bytes, name: str) -> Source:
    """The source that these bytes of a Markdown or text file hold, without what is off the record.

    Raises ContentError when they are not UTF-8 text, when the front matter or a mark is broken, and when nothing is said.
    """
    record = redacted(decoding.lines_of(data, name), name)
    if not any(line.strip() for line in record.lines):
        raise _nothing_left(name)
    front = front_matter_of(record.lines, name)
    _refuse_switch(front, name)
    kind, said = _read(front, record.lines, name)
    if not said:
        raise _nothing_left(name) if record.spans else _says_nothing(name)
    link, site_path = addresses_of(front)
    top = next((passage.text for passage in said if passage.kind == "heading" and passage.level == 1), "")
    return Source(
        path=name,
        kind=kind,
        lines=record.lines,
        passages=(*_of_front_matter(front), *said),
        title=front.text("title") or top,
        description=front.text(*_DESCRIPTION),
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


def _read(front: FrontMatter, lines: Sequence[str], name: str) -> tuple[SourceKind, list[Passage]]:
    """The kind of a source and the passages of its body, in order."""
    body = undressed([""] * front.body + list(lines[front.body :]))
    speakers = speakers_among(body.lines)
    kind = kind_of(front, speakers, name)
    if kind == "transcript":
        passages = turns_of(body.lines, speakers)
    else:
        passages = passages_of(body.lines) if kind == "post" else passages_of_note(body.lines)
    together = sorted([*body.passages, *passages], key=lambda passage: passage.first)
    return kind, [replace(passage, aside=passage.aside or passage.first in body.asides) for passage in together]


def _nothing_left(name: str) -> ContentError:
    return ContentError(
        f"{name}: nothing on the record is left",
        hint="all of it is marked off the record, or a closing mark is missing",
    )


def _says_nothing(name: str) -> ContentError:
    return ContentError(f"{name}: says nothing", hint="write something, below the front matter if there is one")


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
    for keys in (("title",), _DESCRIPTION):
        key = next((key for key in keys if front.text(key) and key in front.places), "")
        if key:
            first, last = front.places[key]
            passages.append(Passage(kind="paragraph", text=front.text(key), first=first, last=last, aside=True))
    key, path, alt = image_of(front)
    if key in front.places:
        first, last = front.places[key]
        passages.append(Passage(kind="image", text=alt, target=path, first=first, last=last))
    return passages
