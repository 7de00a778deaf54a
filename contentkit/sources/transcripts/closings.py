"""What a program writes below the last turn: ``Meeting ended after 00:50:32``. It is nobody's words."""

from __future__ import annotations

import re

from contentkit.patterns import regex
from contentkit.sources.transcripts.clocks import ELAPSED

# Headings, bullets, emphasis and the escapes and anchors of Google's Markdown.
DRESS = r"[ \t]{0,3}(?:#{1,6}[ \t]+|[-*+][ \t]+)?[*_]{0,3}"
UNDRESS = r"[*_]{0,3}[ \t]*(?:\{#[^{}]{0,60}\})?[ \t]*"
_CLOSING = regex(
    rf"{DRESS}(?:(?:transcription|meeting) ended after {ELAPSED}.{{0,20}}"
    r"|this editable transcript was computer generated.{0,200}"
    r"|people can also change the text after it was created\.?)" + UNDRESS,
    re.IGNORECASE,
)


def is_closing(line: str) -> bool:
    """Whether a program wrote this line when the call was over."""
    return bool(_CLOSING.fullmatch(line[:300]))
