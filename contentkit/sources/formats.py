"""The formats a source may come in, and which one a file is in: by its content first, its name second.

A *converter* makes Markdown with front matter of bytes that are no text a person would read: Word, a notebook, a web
page. A *text format* reads lines that stand in the file itself, so that their numbers are the file's own.

To add one: write a module with a value that has these members, and name it in ``CONVERTERS`` or ``TEXT_FORMATS`` with the
endings of its files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, Protocol

from contentkit.models import Passage, SourceKind
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.manuscript import Manuscript, Span

Body = tuple[SourceKind, list[Passage]]


class Converter(Protocol):
    """Makes Markdown of a document. Whatever the bytes are, it answers or raises ContentError, within 2 s and 512 MiB."""

    name: str

    def recognises(self, data: bytes, name: str) -> bool:
        """Whether these bytes, of a file of this name, are such a document. Cheap: looks at the beginning."""
        ...

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        """The document as Markdown lines, what is known of it (title, date, author …) as YAML front matter above.

        Raises ContentError for what is broken, hostile or too large.
        """
        ...


class TextFormat(Protocol):
    """Reads lines that a person may have written or a program exported."""

    name: str

    def recognises(self, lines: Sequence[str], name: str) -> bool:
        """Whether lines of a file of this name are in this format; in doubt not."""
        ...

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        """The spans between which somebody's words go on: cue numbers, times, speakers' labels, tags.

        The search for marks of what is off the record looks through them: a mark may be torn by two cues.
        """
        ...

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        """The kind of the source and its passages, in order. The lines are redacted and keep their numbers.

        Lines of the front matter (the first ``front.body``) hold no passages. Raises ContentError.
        """
        ...


# Where each is, and how its files are called. Tried in this order, each imported when it is asked for. The last text
# format recognises every text.
CONVERTERS: Mapping[str, str] = {
    "contentkit.sources.documents.docx:DOCX": "docx docm dotx",
    "contentkit.sources.documents.notebook:NOTEBOOK": "ipynb",
    "contentkit.sources.transcripts.segment_files:SEGMENT_FILE": "json",
    "contentkit.sources.web_pages.releases:RELEASE": "json",
    "contentkit.sources.web_pages.feeds:FEED_FILE": "",
    "contentkit.sources.web_pages.page:PAGE": "htm html xhtml",
}
TRANSCRIPTS: Mapping[str, str] = {
    "contentkit.sources.transcripts.subtitles:WEBVTT": "vtt",
    "contentkit.sources.transcripts.subtitles:SUBRIP": "srt sbv",
    "contentkit.sources.transcripts.segments:SEGMENTS": "",
    "contentkit.sources.transcripts.segments:SEGMENT_TABLE": "tsv",
    "contentkit.sources.transcripts.labelled:MEET": "",
    "contentkit.sources.transcripts.labelled:GRANOLA": "",
    "contentkit.sources.transcripts.messages:MESSAGES": "log",
    "contentkit.sources.transcripts.headed:RECORDING": "",
    "contentkit.sources.transcripts.headed:HEADED_CHAT": "",
    "contentkit.sources.transcripts.timed:TIMED": "",
    "contentkit.sources.transcripts.segments:PLAYED": "",
    "contentkit.sources.transcripts.named:NAMED": "",
}
TEXT_FORMATS: Mapping[str, str] = {
    **TRANSCRIPTS,
    "contentkit.sources.minutes:MINUTES": "",
    "contentkit.sources.restructured.text:RESTRUCTURED": "rst rest",
    "contentkit.sources.plain:PLAIN": "markdown md mdown mdx qmd text txt",
}
# How files are called that may be sources, without the dot. Those of any program are read where somebody names them.
KINDS = frozenset(ending for endings in (*CONVERTERS.values(), *TEXT_FORMATS.values()) for ending in endings.split())
OF_ANY_PROGRAM = frozenset(("json", "log", "tsv"))


def converter_for(data: bytes, name: str) -> str:
    """Where the converter of these bytes is ("module:VALUE"); empty where they are text already."""
    return next((place for place in CONVERTERS if _loaded(place).recognises(data, name)), "")


def text_format_of(lines: Sequence[str], name: str) -> TextFormat:
    """The format of these lines."""
    for place in TEXT_FORMATS:
        text_format: TextFormat = _loaded(place)
        if text_format.recognises(lines, name):
            return text_format
    raise AssertionError("the last format recognises every text")


def is_transcript(text_format: TextFormat) -> bool:
    """Whether whatever is in this format was said by people, or written by them in a chat."""
    return any(_loaded(place) is text_format for place in TRANSCRIPTS)


def is_kind(name: str) -> bool:
    """Whether a file of this name may be a source."""
    return PurePosixPath(name).suffix.lower().removeprefix(".") in KINDS


def _loaded(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
