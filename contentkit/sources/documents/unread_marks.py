"""Marks of what is off the record where nobody reads: in comments, code, tags, in what is hidden, deleted or crossed out.

They cannot be followed, because what they stand around is no text there. So nothing is read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.redaction.phrases import MENTION
from contentkit.words.lookalikes import folded

_COMMENT = regex(r"<!--(.{1,200}?)-->", re.DOTALL)
# Longer ones only speak of records, as those of a page's makers do.
_LONGEST_MARK = 60
_OFF = frozenset(("", "0", "false", "none", "no", "off", "[]", "{}"))
_MOST_DEPTH = 8


def refuse_unread_marks(texts: Iterable[str], name: str) -> None:
    """Raises ContentError when one of these texts, which are left out, marks something as off the record."""
    if any(map(has_mark, texts)):
        raise ContentError(
            f"{name}: marks something as off the record in a place that is not read: code, a comment, a tag, hidden text, "
            "what was deleted or crossed out",
            hint="write [off the record] before and [/off the record] behind the words themselves, or take the mark out; "
            "nothing was read",
        )


def has_mark(text: str) -> bool:
    """Whether a text says that something is off the record."""
    return bool(MENTION.search(folded(text)[0]))


def marks_in_comments(html: str) -> Iterator[str]:
    """The comments of a page that are no more than a mark."""
    return (match[1] for match in _COMMENT.finditer(html) if len(match[1].strip()) <= _LONGEST_MARK)


def marks_in_classes(classes: Iterable[str]) -> Iterator[str]:
    """The classes that are nothing but a mark: ``off-the-record``, and not ``column-off-the-record``."""
    return (word for each in classes for word in each.split() if MENTION.fullmatch(folded(word)[0]))


def switches_in(value: object, depth: int = 0) -> Iterator[str]:
    """The words and the keys of metadata, but for keys that are switched off: ``"off_record": false`` marks nothing."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and depth < _MOST_DEPTH:
        for key, given in value.items():
            if str(given).lower() not in _OFF:
                yield str(key)
                yield from switches_in(given, depth + 1)
    elif isinstance(value, list) and depth < _MOST_DEPTH:
        for given in value:
            yield from switches_in(given, depth + 1)
