"""The copy in ``notes/`` that evidence points at, where the original is no text, is private, or lies elsewhere.

It holds what is on the record, line for line, and one line more at its end: where it came from, when it was read, and
how many spans were cut out of it, with a hash of the lines above; and at which lines it is unclear whether that was enough.
That line is no part of the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from contentkit.models import Origin, quotation_hash
from contentkit.patterns import regex
from contentkit.stamps import stamped
from contentkit.text import printable

_NOTE = regex(
    r"(?:NOTE )?<!-- contentkit: copy(?: of (?P<place>\S{1,4000}))?, read (?P<read>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
    r"(?:, (?P<cut>\d{1,6}) cut)?(?:, unclear at (?P<unclear>\d{1,7}(?: \d{1,7}){0,99}))?(?:, sha:(?P<sha>[0-9a-f]{8}))? -->"
)
_MOST_UNCLEAR = 100


def copied(lines: Sequence[str], origin: Origin) -> bytes:
    """The copy of these lines as a file."""
    # To WebVTT a comment is a block of its own, and begins with NOTE.
    mark = "NOTE " if lines and lines[0].startswith("WEBVTT") else ""
    body = _body(lines)
    return "\n".join([*body, "", mark + _note(origin, quotation_hash("\n".join(body))), ""]).encode()


def _body(lines: Sequence[str]) -> Sequence[str]:
    """The lines without empty ones at their end."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _note(origin: Origin, sha: str) -> str:
    # Neither the end of a comment nor a line end may stand in an address.
    place = "".join(f"%{ord(one):02X}" if one in "<>%\"'" or one.isspace() else one for one in printable(origin.place))
    cut = f", {origin.cut} cut" if origin.cut else ""
    of = f" of {place.replace('--', '-%2D')}" if place else ""
    unclear = f", unclear at {' '.join(map(str, origin.unclear[:_MOST_UNCLEAR]))}" if origin.unclear else ""
    return f"<!-- contentkit: copy{of}, read {stamped(origin.read)}{cut}{unclear}, sha:{sha} -->"


def origin_in(lines: Sequence[str]) -> tuple[Origin | None, tuple[str, ...]]:
    """What the last line of a copy says of it, and the lines without that one; of other texts None and all lines."""
    last = len(_body(lines)) - 1
    match = _NOTE.fullmatch(lines[last].strip()) if last >= 0 else None
    if not match:
        return None, tuple(lines)
    try:
        read = datetime.strptime(match["read"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None, tuple(lines)
    place = re.sub(r"%([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), match["place"] or "")
    unclear = tuple(map(int, (match["unclear"] or "").split()))
    return Origin(place=place, read=read, cut=int(match["cut"] or 0), unclear=unclear), tuple(lines[:last])


def is_untouched(lines: Sequence[str]) -> bool:
    """Whether this is a copy, and nobody has edited it since it was written."""
    whole = _body(lines)
    return bool(whole) and is_made_of(whole, whole[:-1])


def is_made_of(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Whether this is a copy that was written of these other lines; it may have been edited since."""
    whole = _body(lines)
    match = _NOTE.fullmatch(whole[-1].strip()) if whole else None
    return match is not None and match["sha"] == quotation_hash("\n".join(_body(others)))


def says_the_same(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two texts are the same but for empty lines at their end."""
    return list(_body(lines)) == list(_body(others))
