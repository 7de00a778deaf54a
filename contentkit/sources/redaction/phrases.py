"""The words that mark what is off the record, as patterns over a projection: lower case, plain letters, one kind of dash."""

from __future__ import annotations

import re

# Emphasis and escapes may stand around a mark, quotation marks and line ends within it.
DRESS = r"[\s*_~`\\]{0,8}"
_GAP = r"[\s*_~`>|\\-]{1,12}"
_OFF = rf"off{_GAP}(?:the{_GAP})?record"
_SPANISH = rf"extra[\s-]?oficial(?:mente)?|fuera{_GAP}de{_GAP}(?:registro|grabacion|microfono|actas?)"
_SHORT = r"otr|o\.t\.r\.?"

# What people say, and what they also write.
SAID = rf"(?:{_OFF}|{_SPANISH})"
WRITTEN = rf"(?:{_OFF}|{_SHORT}|{_SPANISH})"
# What may be meant for a mark and is none: mistyped, or only spoken of.
MENTION = re.compile(
    rf"(?<!\w)(?:of{{1,2}}[\W_]{{0,6}}the[\W_]{{0,6}}records?(?=[\W_]{{0,3}}[\])])|off[\W_]{{0,6}}(?:the[\W_]{{0,6}})?records?"
    rf"|{_SHORT}|{_SPANISH})(?!\w)"
)
