"""CK330 and CK331: what somebody meant to come back to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex

_NOUNS = (
    "name|link|url|date|time|company|product|number|figure|quote|handle|title|topic|image|picture|photo|screenshot|city|"
    "version|price|email|project|event|hashtag|"
    "nombre|enlace|fecha|hora|empresa|producto|número|cifra|cita|título|tema|imagen|foto|ciudad|versión|precio|proyecto"
)
_TO_DO = (
    "insert|add|put|fill in|todo|tbd|tbc|tk|placeholder|insertar|inserta|añadir|añade|poner|pon|completar|pendiente"
)
_SURE_SIGNS = ("[", "<", "orem", "PLACEHOLDER", "TKTK", "TODO", "FIXME", "YOUR", "HERE")
_SURE = regex(
    # ``[name]``, ``[your company]``, ``[insert the figure here]``, ``<insert link>``
    rf"(?i:\[(?:(?:your|tu|su)\s+)?(?:{_NOUNS})(?:\s+(?:here|aquí))?\](?!\()"
    rf"|\[(?:{_TO_DO})\b[^\[\]\n]{{0,80}}\]|<(?:insert|insertar|add|añadir|todo|tbd|placeholder)\b[^<>\n]{{0,80}}>"
    r"|\blorem ipsum\b)|\bYOUR[_-][A-Z][A-Z_-]*|\b(?:INSERT|ADD|PUT)(?: [A-Z]+){1,3} HERE\b"
    r"|\bPLACEHOLDER\b|\bTKTK(?:TK)*\b|\b(?:TODO|FIXME)(?:\([\w@.-]{1,40}\))?:"
)
_THINGS = "users|people|downloads|stars|usuarios|personas|descargas"
_LABELS = "(?:tweet|post|toot|tuit|publicación)[ ]*\\d{1,2}|thread|hilo|here(?:'|’)?s (?:the|your|a) thread"
_WRITE = "write what belongs there, or take it out"
_DROP = "take it out: no reader needs it"
# What stands in a text that may have one, what it looks like, what to do about it.
_MAYBE = (
    ("TB", regex(r"\bTB[DC]\b"), _WRITE),
    # Not the comments of that name, nor an app or a list.
    ("TODO", regex(r"(?:^|\()TODO\b(?![:(]|[ ](?:apps?|lists?|comments?|items?)\b)|\bTODO[ ]*$", re.M), _WRITE),
    ("XX", regex(rf"(?<![\w.-])X{{2,}}(?=[ ]?(?:{_THINGS})\b|[ ]?[%€])"), _WRITE),
    ("???", regex(r"(?<![^\s(\[])\?{3,}(?![^\s)\].,;:])"), _WRITE),
    (
        "/n",
        regex(r"(?<![\w/])\d{1,2}/n(?![\w/])"),
        "take it out: contentkit numbers the parts itself, see numbering",
    ),
    (":", regex(rf"\A\s*(?:{_LABELS})[ ]?:(?=\s)", re.I), _DROP),
    (
        ":",
        regex(r"(?<!\w)(?:link|url|read more|source|details|enlace|leer más|más información|fuente):\s*\Z", re.I),
        "write what follows, or take it out",
    ),
    ("odel", regex(r"\bas an ai (?:language )?model\b|\bcomo modelo de lenguaje\b", re.I), _DROP),
)


def check_placeholders(prose: Prose) -> Iterator[Finding]:
    """Those that are surely one, and those that may be."""
    text = prose.uncoded
    sure = list(_SURE.finditer(text)) if any(sign in text for sign in _SURE_SIGNS) else []
    for match in sure:
        yield error("CK330", f"a placeholder was left: {match[0]}", words=match[0], at=match.start(), remedy=_WRITE)
    for sign, pattern, remedy in _MAYBE:
        found = pattern.search(text) if sign in text else None
        if not found or any(match.start() <= found.start() < match.end() for match in sure):
            continue
        words = found[0].strip(" (\n")
        at = found.start() + found[0].index(words)
        yield warning("CK331", f"this may have been left in: {words}", words=words, at=at, remedy=remedy)
