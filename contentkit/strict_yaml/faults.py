"""What libyaml says of text that it cannot read, told as a person would: what is wrong, where, what to do."""

from __future__ import annotations

import re
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.text import printable

_CONFLICT = regex(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_INDENT = "write it as deep as the keys above, or quote a text that holds quotes, brackets or braces"
# What libyaml says, to what is wrong, to what to do; at the place where it noticed, or where it began to read that piece.
_NOTICED = {
    "mapping values are not allowed in this context": (
        "a second ':' where one value stands",
        "quote a text that holds ': ', or write the line as deep as the ones above",
    ),
    "did not find expected key": ("this does not go on from what stands before it", _INDENT),
    "did not find expected '-' indicator": ("this does not go on from what stands before it", _INDENT),
    "did not find expected comment or line break": (
        "a text cannot begin with '|' or '>' and go on",
        "put it in quotes",
    ),
    "did not find expected <document start>": (
        "text behind the end of the document",
        "remove the line of dots above, or what follows it",
    ),
    "found incompatible YAML document": (
        "this is a YAML of another version",
        "remove the line that begins with '%YAML'",
    ),
}
_BEGUN = {
    "could not find expected ':'": ("this line says no key", "write 'key: value', with a space behind the colon"),
    "found unexpected end of stream": ("this quote is never closed", "close it, or take it away"),
    "did not find expected ',' or ']'": ("this list is never closed, or lacks a comma", "close it with ']'"),
    "did not find expected ',' or '}'": ("these braces are never closed, or lack a comma", "close them with '}'"),
}

# What begins with '&', '*' or '!' and is none of what YAML means by these.
_SIGNS = ("while scanning an anchor", "while scanning an alias", "while scanning a tag", "while parsing a tag")


def unreadable(error: Any, text: str, path: str, line: int = 1) -> ContentError:
    """The error for what libyaml could not read in ``text``, which is the text that it was given and begins at this line."""
    if conflict := _CONFLICT.search(text):
        line += text.count("\n", 0, conflict.start())
        return ContentError(
            f"{path}:{line}:1: a merge was left unfinished here",
            hint="keep the lines of one side, or of both, and remove those of '<', '=' and '>'; then 'git add' the file",
        )
    problem, noticed, begun = str(error.problem), error.problem_mark, error.context_mark
    if problem in _BEGUN and begun:
        return _told(path, line, begun, *_BEGUN[problem])
    if problem in _NOTICED and noticed:
        return _told(path, line, noticed, *_NOTICED[problem])
    if problem == "found character that cannot start any token" and noticed:
        return _strange_start(path, line, noticed, text)
    if begun and error.context in _SIGNS:
        return _strange_start(path, line, begun, text)
    words = " ".join(str(part) for part in (error.context, error.problem) if part)
    return _told(path, line, noticed or begun, words, "YAML could not be read from here on")


def _strange_start(path: str, line: int, mark: Any, text: str) -> ContentError:
    sign = text[mark.index : mark.index + 1]
    if sign == "\t":
        return _told(path, line, mark, "a tab where spaces belong", "indent with spaces: YAML knows no tabs")
    return _told(path, line, mark, f"a text cannot begin with '{printable(sign)}'", "put it in quotes")


def _told(path: str, line: int, mark: Any, words: str, hint: str) -> ContentError:
    place = f"{path}:{line + mark.line}:{mark.column + 1}" if mark else path
    return ContentError(f"{place}: {words}", hint=hint)
