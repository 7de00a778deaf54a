"""The switch in a front matter that takes a whole file off the record: its names, and what it may say.

What is neither clearly true nor clearly false is refused, because whoever wrote it meant something by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.front_matter import FrontMatter
from contentkit.words.lookalikes import folded

_KEY = r"off[_ -]?(?:the[_ -]?)?record|o\.?t\.?r\.?|extra[_ -]?oficial"
_ON, _OFF = "true|yes|on|y|1|si", "false|no|off|n|0"
# As patterns over a projection (see ``redaction.projection``): a line that switches, and what behind a key does not.
SWITCHED_ON = regex(
    rf"^[ \t{{]*[\"']?(?:{_KEY})[\"']?[ \t]*[:=][ \t]*[\"']?(?:{_ON})\b[\"']?[ \t,}}]*(?:#.*)?$", re.MULTILINE
)
# Behind "# " stands a comment; "#layoffs" may be what is off the record.
SWITCHED_OFF = rf"[ \t]*[\"']?(?:{_OFF})[\"']?[ \t,}}]*(?:[ \t]#(?:[ \t].*)?)?$"
_FENCES = ("---", "+++")
_LINE = regex(rf"[ \t{{,\"'?-]{{0,20}}(?P<key>{_KEY})[\"']?[ \t]*[:=](?P<value>.*)")
_COMMENT = regex(r"(?:^|[ \t])#.*$")


def refuse_unclear_switch(lines: Sequence[str], name: str) -> None:
    """Raises ContentError with file:line where a fenced front matter has the switch, and it says neither yes nor no.

    To be asked before anything is cut: ``otr: maybe`` looks like a mark that ends with its paragraph.
    """
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    fence = lines[first].rstrip() if first < len(lines) else ""
    if fence not in _FENCES:
        return
    for number, line in enumerate(lines[first + 1 :], first + 2):
        if line.rstrip() in (fence, "..."):
            return
        if match := _LINE.match(folded(line)[0]):
            _refuse(match["key"], _COMMENT.sub("", match["value"]).strip(" \t\"',}"), f"{name}:{number}")


def refuse_switched(front: FrontMatter, name: str) -> None:
    """As ``refuse_unclear_switch``, for a switch that only shows once the front matter was read: its name has escapes.

    Raises ContentError where the file is off the record as well.
    """
    for key, value in front.values.items():
        if re.fullmatch(_KEY, folded(key)[0]):
            answer = folded(str(value).strip())[0]
            if re.fullmatch(_ON, answer):
                raise nothing_left(name)
            _refuse(key, answer, f"{name}:{front.places.get(key, (1, 1))[0]}")


def nothing_left(name: str) -> ContentError:
    """That all of a file is off the record."""
    return ContentError(
        f"{name}: nothing on the record is left",
        hint="all of it is marked off the record, or a closing mark is missing; a heading that only speaks of it may "
        "stand in the front matter instead, as 'title: …'",
    )


def _refuse(key: str, answer: str, place: str) -> None:
    if not re.fullmatch(f"{_ON}|{_OFF}", answer):
        raise ContentError(f"{place}: {key} must be true or false", hint="nothing was read")
