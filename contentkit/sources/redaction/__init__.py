"""Off the record: cut out before anything else sees a source. Embargoes: taken note of.

Marks, in any case, in any dress (emphasis, escapes, full width, look-alike letters), over lines and over what stands between
the cues of a transcript:

* ``[off the record] … [/off the record]``, ``[otr] … [/otr]``, ``[extraoficial] … [/extraoficial]``, over lines, nested;
* ``[off the record: …]`` up to its own closing bracket;
* ``OTR:``, ``Off the record:``, ``Extraoficial:``, and ``Off the record, …`` at the beginning of a sentence, up to the end of
  the paragraph, list item or turn; ``(off the record)`` the whole paragraph;
* a heading that has a mark, or a line of its own that says "Off the record": what stands below it, up to the next heading;
* a call-out with a mark in its title; a paragraph that opens ("--- off the record from here ---") up to one that closes;
* a line ``off_record: true``, in front matter or alone: the whole file;
* in transcripts and chats what people say (see ``spoken``);
* words that are struck out right beside any of these (see ``struck``).

Every doubt closes: an unclosed mark reaches to the end of the file, and a closing mark that closes nothing is an error,
because somebody mistyped the opening one. What speaks of "off the record" and is no mark is a doubt for a person to look at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import datetime

from contentkit.forbidden import Forbidden
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction import paragraphs
from contentkit.sources.redaction.brackets import bracket_spans, picture_spans
from contentkit.sources.redaction.embargoes import Embargo, embargo_doubts, embargoes_in
from contentkit.sources.redaction.endings import ending_spans, looking_back, tail_spans
from contentkit.sources.redaction.fields import to_their_fields, within_fields
from contentkit.sources.redaction.heads import with_heads
from contentkit.sources.redaction.no_marks import unmarked
from contentkit.sources.redaction.openers import opened_spans
from contentkit.sources.redaction.phrases import CONTINUED, DOUBTFUL, MENTION
from contentkit.sources.redaction.projection import Projection, projected
from contentkit.sources.redaction.spans import merged, without
from contentkit.sources.redaction.spoken import spoken_spans
from contentkit.sources.redaction.struck import struck_beside
from contentkit.sources.redaction.words import said_in
from contentkit.values import dataclass

__all__ = ["Redacted", "redacted"]


@dataclass(frozen=True, kw_only=True)
class Redacted:
    """What is on the record: the lines with their numbering, the count of spans cut out, and what nobody may repeat.

    ``lines`` are without any mark. ``copy`` are the lines that may be written to a file: they keep the marks of embargoes,
    so that reading the copy again gives the same. ``embargoes`` are (first line, last line, until). ``doubts`` are the
    numbers of lines that speak of "off the record" and are no mark, ``unclear`` of those of which something was cut, and more
    may have been meant.
    """

    lines: tuple[str, ...] = field(repr=False)
    copy: tuple[str, ...] = field(repr=False)
    spans: int
    forbidden: Forbidden
    embargoes: tuple[tuple[int, int, datetime], ...] = ()
    doubts: tuple[int, ...] = ()
    unclear: tuple[int, ...] = ()


def redacted(lines: Sequence[str], name: str, furniture: Sequence[Span] = (), turns: Sequence[int] = ()) -> Redacted:
    """The lines without what is off the record.

    ``furniture`` are spans within which nobody speaks (see formats), ``turns`` the offsets at which turns begin, and where
    one more would; none where nobody speaks. Raises ContentError when a closing mark has no opening one, and for an embargo
    without a clear time.
    """
    text = "\n".join(lines)
    plain = projected(text, furniture)
    found, unclear = _spans(unmarked(plain, text), lines, turns, name)
    struck, beside = struck_beside(text, found)
    unclear += [bisect_right(plain.starts, at) for at in beside]
    spans = merged(within_fields(merged([*found, *struck]), lines, plain.starts))
    cut = merged(with_heads(spans, lines, plain.starts, turns)) if turns else spans
    kept = without(text, cut)
    copy = kept.split("\n")
    rest = projected(kept, ()) if spans else plain
    embargoes = embargoes_in(kept, rest, copy, name)
    unclear += [rest.line(more.start()) for more in CONTINUED.finditer(rest.plain) if spans]
    left = without(kept, merged(mark for embargo in embargoes for mark in embargo.marks))
    return Redacted(
        unclear=tuple(sorted({*unclear})),
        lines=tuple(left.split("\n")),
        copy=tuple(copy),
        spans=len(spans),
        # What was also said on the record may be repeated.
        forbidden=Forbidden.of(said_in(text, merged([*spans, *cut]), sorted(furniture)), kept),
        embargoes=tuple(_lines_of(embargo, rest) for embargo in embargoes),
        # Without the mark of an embargo two halves of another may stand side by side.
        doubts=tuple(
            sorted(
                {
                    *unclear,
                    *_mentions(projected(left, ()) if embargoes else rest),
                    *embargo_doubts(rest, name, embargoes),
                }
            )
        ),
    )


def _mentions(rest: Projection) -> Iterator[int]:
    """The numbers of the lines that speak of what is off the record where nothing was cut."""
    for pattern in (MENTION, DOUBTFUL):
        yield from (rest.line(mention.start()) for mention in pattern.finditer(rest.plain))


def _spans(text: Projection, lines: Sequence[str], turns: Sequence[int], name: str) -> tuple[list[Span], list[int]]:
    """What is off the record, as spans of the original, and the numbers of the lines where more may have been meant.

    Marks that were said count as well as marks that were written.
    """
    if paragraphs.is_switched_off(text):
        return [(0, text.offsets[-1])], []
    bracketed = bracket_spans(text, turns, name)
    written = [text.back(*span) for span in bracketed]
    written += tail_spans(text, lines, bracketed)
    written += to_their_fields(paragraphs.colon_spans(text, lines, turns), lines, text.starts)
    written += paragraphs.section_spans(text, lines, turns)
    written += opened_spans(text, lines, turns)
    written += picture_spans(text, written)
    if not turns:
        above, unclear = looking_back(text, lines)
        written += [*paragraphs.parenthesis_spans(text, lines), *ending_spans(text, lines), *above]
        return merged(written), unclear
    spoken, unclear = spoken_spans(text, [text.at(turn) for turn in turns], merged(bracketed))
    return merged([*written, *(text.back(*span) for span in spoken)]), [text.line(at) for at in unclear]


def _lines_of(embargo: Embargo, text: Projection) -> tuple[int, int, datetime]:
    first, last = (text.line(text.at(offset)) for offset in embargo.span)
    return first, last, embargo.until
