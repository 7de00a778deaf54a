"""What has the words of a mark and is none: a link to "Off the Record", a podcast of that name, OTR for "over the road".

Nothing is cut by these. They are doubts all the same, for whoever reads the lines to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.phrases import WRITTEN
from contentkit.sources.redaction.projection import Projection

_ADDRESS = r"\((?=<?(?:[a-z]{2,9}:|[/#.]|[\w-]{1,60}[./]))[^\s()]{1,2000}[^()\n]{0,200}\)"
_ROAD = r"(?:over|off|on)[ -]the[ -](?:road|run|rocks|ridge)"
_NO_MARK = regex(
    rf"(?<!!)\[[\s*_~`]{{0,4}}(?P<link>{WRITTEN})[\s*_~`]{{0,4}}\]{_ADDRESS}"
    rf"|(?<!\w)(?P<before>otr)\W{{1,4}}(?:stands for |means |is short for )?{_ROAD}"
    rf"|{_ROAD}\W{{1,3}}(?P<behind>otr)(?!\w)"
    r"|(?P<protocol>off[ -]the[ -]record) (?:messaging|protocol|encryption)(?: \((?P<short>otr)\))?"
    r"|(?:needle|stylus|tonearm|dust|fingerprints|sticker)(?: right| straight)? (?P<vinyl>off the record)"
    r"|(?<!\w)(?:la|las|el|los|una?|unas|unos|sus?|fuentes?) \w{3,20} (?P<adjective>extra[ -]?oficial)"
)
# A name is written like one, near to what bears such names.
_TITLE = regex(r"Off[ -][Tt]he[ -]Record")
_BEARERS = regex(
    r"\b(?:podcasts?|episodes?|newsletters?|albums?|documentar(?:y|ies)|webinars?|talk show|radio show|tv show|our show"
    r"|episodios?|boletin|documental)\b"
)
_NEAR = 80


def unmarked(text: Projection, original: str) -> Projection:
    """The text with other letters in the place of the words that are no marks."""
    spans = sorted([*_patterns(text), *_names(text, original)])
    if not spans:
        return text
    pieces, end = [], 0
    for start, stop in spans:
        if start >= end:
            pieces += [text.plain[end:start], "x" * (stop - start)]
            end = stop
    return replace(text, plain="".join([*pieces, text.plain[end:]]))


def _patterns(text: Projection) -> Iterator[Span]:
    for match in _NO_MARK.finditer(text.plain):
        yield from (match.span(group) for group, words in match.groupdict().items() if words)


def _names(text: Projection, original: str) -> Iterator[Span]:
    if not _BEARERS.search(text.plain):
        return
    for title in _TITLE.finditer(original):
        start, end = text.at(title.start()), text.at(title.end())
        if _BEARERS.search(text.plain, max(0, start - _NEAR), end + _NEAR):
            yield start, end
