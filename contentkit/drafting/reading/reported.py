"""How a note gives somebody's very words: behind "she said:", or in quotation marks."""

from __future__ import annotations

import re

from contentkit.models import Source
from contentkit.patterns import regex

# "She said: the hardest part was …", "quote for the thread maybe: I never wanted …": what follows are somebody's words.
# Behind a name, or "a customer said:", they may be anybody's, and are no words of the founder.
_ATTRIBUTED = regex(
    r"^(?:(?:s?he|ella|él) )?(?:said|says|told (?:me|us)|dijo|dice|cuenta)\s*:\s+|^(?:quote|cita)\b[^:.!?]{0,40}:\s+",
    re.I,
)
# Nothing but a quotation.
_IN_MARKS = regex(r'^(?:"[^"]+"|“[^“”]+”|«[^«»]+»)[.!?…]?$')
_LETTER = regex(
    r"(?:from|de|von|to|para|subject|asunto|message-id): |.{0,200}\b(?:wrote|writes|escribió|schrieb|a écrit)\s?:\s*$",
    re.I,
)

# "Ana Ruiz, a baker, wrote to us:" names who is quoted below.
_NAMED = regex(
    r"(?P<who>\b[A-ZÀ-Þ][a-zà-ÿ'’-]{1,30}(?: [A-ZÀ-Þ][a-zà-ÿ'’-]{1,30}){1,3})(?:,[^,.:;!?]{1,60},)? "
    r"(?:said|says|wrote|writes|told|put|dijo|dice|escribió|escribe|contó|cuenta)\b[^.:!?]{0,60}:$"
)
_LONGEST_LEAD = 400


def is_led_to(source: Source, index: int) -> bool:
    """Whether a paragraph stands right before a quotation: what it says of it decides whose words they are."""
    return index > 0 and source.passages[index - 1].kind in ("paragraph", "turn")


def named_before(text: str) -> str:
    """Who is quoted behind a paragraph that ends with "Ana Ruiz wrote:"; empty where nobody is named."""
    named = _NAMED.search(text[-_LONGEST_LEAD:])
    return named["who"] if named else ""


def is_reported(source: Source, index: int) -> bool:
    """Whether a paragraph or an item of a note is nothing but somebody's words."""
    text = source.passages[index].text
    return source.kind == "note" and bool(is_attributed(text) or _IN_MARKS.match(text))


def is_attributed(text: str) -> bool:
    """Whether it begins by saying that somebody's words follow."""
    return bool(_ATTRIBUTED.match(text))


def unattributed(text: str) -> str:
    """The words without the "she said:" before them."""
    return _ATTRIBUTED.sub("", text, count=1)


def capitalised(text: str) -> str:
    """The text beginning with a capital, also within its quotation marks."""
    at = len(text) - len(text.lstrip("\"“'‘«"))
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def is_letter(source: Source) -> bool:
    """Whether it is a mail, in which ``>`` gives what somebody else wrote before."""
    return any(_LETTER.match(line) for line in source.lines)
