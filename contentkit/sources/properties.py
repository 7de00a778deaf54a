"""Lines of ``Key: value`` above a text that are no words of it: the head of a mail, the properties of an export.

Known are the headers of a mail, the head of MultiMarkdown (``Title: …``), the properties that Notion writes below the title
of a page, the fields of reStructuredText (``:date: …``) and Nikola's comments (``.. title: …``). In doubt it is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from contentkit.patterns import regex

_FIELD = regex(r"^(?P<key>[^\W\d_][\w ./-]{0,30}?)[ \t]*:(?:[ \t]+(?P<value>\S.*))?$")
_DOCINFO = regex(r"^:(?P<key>[^\W\d_][\w -]{0,30}):(?:[ \t]+(?P<value>\S.*))?$")
_NIKOLA = regex(r"^\.\. (?P<key>[a-z]\w{0,30}):(?:[ \t]+(?P<value>\S.*))?$")
_TITLE = regex(r"^# +\S")
_UNDERLINE = regex(r"^([=\-~^\"'#*+.:`])\1{2,}[ \t]*$")
_ENGLISH = {"de": "from", "para": "to", "asunto": "subject", "fecha": "date", "enviado": "sent", "cc": "cc"}
_OF_A_MAIL = frozenset({
    "from", "to", "cc", "bcc", "subject", "date", "sent", "reply-to", "message-id", "importance", "attachments",
    "list-id", "in-reply-to", "references", "mime-version", "content-type", "content-transfer-encoding",
})  # fmt: skip
_OF_A_POST = frozenset({
    "title", "subtitle", "author", "authors", "date", "modified", "updated", "tags", "category", "categories", "slug",
    "summary", "description", "lang", "language", "status", "keywords", "link", "type", "canonical_url", "url",
    "template", "image", "save_as", "layout", "permalink", "comments", "cover", "excerpt", "toc", "thumbnail", "id",
})  # fmt: skip
_OF_A_PAGE = frozenset({
    "assign", "assignee", "attendees", "author", "category", "created", "created by", "created time", "date",
    "event time", "files & media", "last edited", "last edited by", "last edited time", "owner", "participants",
    "priority", "project", "publish date", "published", "status", "summary", "tags", "type", "updated", "url",
})  # fmt: skip
_OF_AN_EXPORT = frozenset({"created", "created by", "created time", "last edited", "last edited time"})

_Found = dict[str, Any]


def properties_in(lines: Sequence[str], first: int) -> _Found:
    """``values``, ``places`` and ``body`` of a front matter, as far as there are such lines; ``first`` is not blank."""
    return (
        _mail(lines, first)
        or _multimarkdown(lines, first)
        or _below_title(lines, first)
        or _fields_of(lines, first, _NIKOLA, {"title", "date"})
        or _docinfo(lines, first)
        or {}
    )


def _mail(lines: Sequence[str], first: int) -> _Found:
    found = _block(lines, first, _FIELD)
    keys = set(found.get("values", ()))
    is_mail = len(keys) > 1 and keys <= _OF_A_MAIL and "from" in keys and keys & {"subject", "to", "date", "sent"}
    return found if is_mail else {}


def _multimarkdown(lines: Sequence[str], first: int) -> _Found:
    found = _block(lines, first, _FIELD)
    keys = set(found.get("values", ()))
    return found if len(keys) > 1 and keys <= _OF_A_POST and "title" in keys else {}


def _below_title(lines: Sequence[str], first: int) -> _Found:
    if first >= len(lines) or not _TITLE.match(lines[first]):
        return {}
    start = next((index for index in range(first + 1, len(lines)) if lines[index].strip()), len(lines))
    found = _block(lines, start, _FIELD)
    keys = set(found.get("values", ()))
    if keys and keys <= _OF_A_PAGE and (len(keys) > 1 or keys & _OF_AN_EXPORT):
        return {"values": found["values"], "places": found["places"]}
    return {}


def _docinfo(lines: Sequence[str], first: int) -> _Found:
    """Fields at the top, or below the title."""
    for start in (first, *_behind_title(lines, first)):
        found = _fields_of(lines, start, _DOCINFO, _OF_A_POST)
        if found:
            return {"values": found["values"], "places": found["places"]}
    return {}


def _behind_title(lines: Sequence[str], first: int) -> list[int]:
    """The index of the first words behind an underlined title."""
    for index in range(first + 1, min(first + 3, len(lines))):
        if _UNDERLINE.match(lines[index]) and lines[index - 1].strip():
            return [next((at for at in range(index + 1, len(lines)) if lines[at].strip()), len(lines))]
    return []


def _fields_of(lines: Sequence[str], start: int, form: re.Pattern[str], telling: frozenset[str] | set[str]) -> _Found:
    found = _block(lines, start, form)
    return found if set(found.get("values", ())) & telling else {}


def _block(lines: Sequence[str], start: int, form: re.Pattern[str]) -> _Found:
    """The fields from ``start`` to the next blank line, or a rule, as Hexo's posts have had; nothing unless all of these
    lines are fields or go on with one."""
    values: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    key = ""
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.strip() or (values and line.rstrip() == "---"):
            return {"values": values, "places": places, "body": index + bool(line.strip())}
        match = form.match(line[:2000])
        if match:
            key = match["key"].lower()
            key = _ENGLISH.get(key, key)
            if key in values:
                return {}
            values[key], places[key] = (match["value"] or "").strip(), (index + 1, index + 1)
        elif key and line[0] in " \t":
            values[key], places[key] = f"{values[key]} {line.strip()}", (places[key][0], index + 1)
        else:
            return {}
    return {}
