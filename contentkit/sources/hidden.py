"""Characters that a reader cannot see leave a text before anything else reads it, and it is said which they were.

A mark of what is off the record is then found whatever hides between its letters, and no drafter, check or terminal meets
what nobody saw when the text was read. Every line keeps its number. What a script or an emoji needs stays: joiners, the
direction marks of right-to-left text, the flags of England, Scotland and Wales.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from contentkit.patterns import regex
from contentkit.sources.manuscript import Manuscript
from contentkit.text import HIDDEN, TAG_FLAGS

# Space to people and to Python, but no line end to an editor, and no space to Markdown: form feeds, U+0085, U+2028.
_RARE_LINE_ENDS = regex("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# Whole sequences of a terminal: what they say is for it, not for a reader. A link's words (OSC 8) stand between two of
# them and stay. No alternative looks beyond where the next sequence begins, so that no soup of them is read twice.
_ESCAPES = regex(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b\]|\x9d(?=\d{1,4};))[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[PX^_][^\x1b\x9c\n]*(?:\x1b\\|\x9c)"
    r"|[\x90\x98\x9e\x9f][^\x1b\x90\x98\x9c\x9e\x9f\n]*(?:\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
_JOINERS = {0x200C: "zero-width non-joiner", 0x200D: "zero-width joiner"}
_SELECTORS = [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_NAMES = {
    **{code: name for code, name in HIDDEN.items() if code not in (0x2028, 0x2029)},
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "control character"),
    **_JOINERS,
    **dict.fromkeys(_SELECTORS, "variation selector"),
}
del _NAMES[0x09], _NAMES[0x0A]
_SUSPECTS = frozenset(map(chr, _NAMES))
_SUSPECT = regex("[" + "".join(map(re.escape, sorted(_SUSPECTS))) + "]")
# Scripts whose letters change their shape next to a joiner: Hebrew to Thaana and Arabic, India to Tibet, Burma, Khmer and
# Mongolian, Phags-pa, the Arabic letters of old encodings, Adlam.
_JOINED_SCRIPTS = regex(
    "[\u0590-\u109f\u1780-\u18af\u1b00-\u1c4f\ua840-\ua87f\ua8e0-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_BEHIND_EMOJI = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


def without_hidden(manuscript: Manuscript) -> Manuscript:
    """The same text without what nobody sees in it; ``removed`` tells of it in words."""
    text, found = seen_of(manuscript.text)
    return replace(manuscript, lines=tuple(text.split("\n")), removed=(*manuscript.removed, *counted(found)))


def may_hide(text: str) -> bool:
    """Whether anything in a text may have to leave it; cheap."""
    return not _is_plain(text) and (not _SUSPECTS.isdisjoint(text) or bool(_RARE_LINE_ENDS.search(text)))


def _is_plain(text: str) -> bool:
    """Whether there are but visible characters of ASCII, spaces, tabs and line feeds: four times as fast as a search."""
    return text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()


def seen_of(text: str) -> tuple[str, Counter[str]]:
    """What readers see of a text, and how often it holds what they do not see, by its name."""
    if _is_plain(text):
        return text, Counter()
    text = _RARE_LINE_ENDS.sub(" ", text)
    text, sequences = _ESCAPES.subn("", text)
    found = Counter({"terminal sequence": sequences} if sequences else {})
    return "\n".join([_seen(line, found) for line in text.split("\n")]), found


def counted(found: Counter[str]) -> tuple[str, ...]:
    """``3 zero-width spaces``: each name with its count."""
    return tuple(f"{count} {name}{'s' if count > 1 else ''}" for name, count in found.items())


def _seen(line: str, found: Counter[str]) -> str:
    """One line without what is hidden in it, which is counted in ``found``."""
    # Sixteen times as fast as a search for so many signs.
    if _SUSPECTS.isdisjoint(line):
        return line
    flags = [flag.span() for flag in TAG_FLAGS.finditer(line)]
    right_to_left = any(unicodedata.bidirectional(one) in ("R", "AL") for one in line if one > "\u0590")
    kept: list[str] = []
    end = 0
    for start, stop in [*flags, (len(line), len(line))]:
        _keep_seen(line[end:start], kept, found, right_to_left=right_to_left)
        kept.append(line[start:stop])
        end = stop
    return "".join(kept)


def _keep_seen(piece: str, kept: list[str], found: Counter[str], *, right_to_left: bool) -> None:
    end = 0
    for match in _SUSPECT.finditer(piece):
        one = match.group()
        if match.start() > end:
            kept.append(piece[end : match.start()])
        end = match.end()
        before = kept[-1][-1:] if kept else ""
        needed = one in _DIRECTION_MARKS if right_to_left and ord(one) not in _JOINERS else False
        if needed or _is_needed(one, before, piece[end : end + 1]):
            kept.append(one)
        else:
            found[_NAMES[ord(one)]] += 1
    kept.append(piece[end:])


def _is_needed(one: str, before: str, after: str) -> bool:
    """Whether a joiner or selector does something to its neighbours."""
    if ord(one) in _JOINERS:
        if _JOINED_SCRIPTS.match(before):
            return True
        return one == "\u200d" and after > "\u2000" and (before in _BEHIND_EMOJI or _is_symbol(before)) and before != ""
    if "\ufe00" <= one <= "\ufe0f":
        return before.isprintable() and not before.isspace() and before != "" and not _is_selector(before)
    return "\U000e0100" <= one <= "\U000e01ef" and unicodedata.category(before or " ") == "Lo"


def _is_symbol(one: str) -> bool:
    return unicodedata.category(one or " ") in ("So", "Sk")


def _is_selector(one: str) -> bool:
    return "\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef"
