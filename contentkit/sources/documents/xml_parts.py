"""XML of a stranger, element by element: no document type, no entities, no depth, and none of it kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol
from xml.parsers import expat

from contentkit.errors import ContentError

# What comes before a local name; a document's own prefixes mean nothing.
PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://purl.oclc.org/ooxml/drawingml/main": "a:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:office": "o:",
}
_DEEPEST = 400
_MOST = 400_000


class Reader(Protocol):
    """Hears what is in a part. Names are local with the prefixes above; other namespaces' names begin with "?"."""

    def start(self, name: str, attributes: dict[str, str], /) -> None: ...
    def end(self, name: str, /) -> None: ...
    def text(self, words: str, /) -> None: ...


def read_xml(part: bytes, reader: Reader, name: str) -> None:
    """Tells the reader what is in a part of the document called ``name``. Raises ContentError for what is no sane XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    guard = _Guard(name, reader)
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = guard.refuse
    parser.EntityDeclHandler = guard.refuse
    parser.UnparsedEntityDeclHandler = guard.refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise ContentError(
            f"{name}: its XML is broken", hint="open it in the program that wrote it, and save it once more"
        ) from None


class _Guard:
    def __init__(self, name: str, reader: Reader) -> None:
        self.name = name
        self.reader = reader
        self.depth = self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > _DEEPEST or self.count > _MOST:
            self.refuse()
        self.reader.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.reader.end(_short(name))

    def refuse(self, *_declared: object) -> None:
        raise ContentError(
            f"{self.name}: its XML is made as no word processor makes it",
            hint="open it in the program that wrote it, and save it once more",
        )


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{PREFIXES.get(space, '?')}{local}" if space else local


class Relation(NamedTuple):
    """Where a part leads: the id it is named by, the last word of its type, its target."""

    id: str
    kind: str
    target: str


class _Relations:
    def __init__(self) -> None:
        self.found: list[Relation] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rel:Relationship":
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            self.found.append(Relation(attributes.get("Id", ""), kind, attributes.get("Target", "")))

    def end(self, _name: str) -> None:
        pass

    def text(self, _words: str) -> None:
        pass


def relations_in(part: bytes | None, name: str) -> Iterator[Relation]:
    """What a part is related to. Raises ContentError for what is no sane XML."""
    reader = _Relations()
    if part is not None:
        read_xml(part, reader, name)
    return iter(reader.found)


class _Words:
    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        # Words of two paragraphs are two.
        self.found += [" "] if name == "w:p" else []

    def end(self, _name: str) -> None:
        pass

    def text(self, words: str) -> None:
        self.found.append(words)


def words_in(part: bytes | None, name: str) -> str:
    """All words of a part. Raises ContentError for what is no sane XML."""
    reader = _Words()
    if part is not None:
        read_xml(part, reader, name)
    return "".join(reader.found)
