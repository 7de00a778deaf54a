"""CK302, CK320 and CK323: markup, which networks show letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.manners.prose import FENCED, Prose
from contentkit.patterns import regex

_TAGS = (
    "a|abbr|aside|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|"
    "picture|pre|s|script|section|small|source|span|strong|style|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video"
)
_LEFTOVERS = (
    ("a Markdown image", "![", regex(r"!\[[^\[\]\n]*\]\([^()\n]*\)")),
    ("a Markdown link", "]", regex(r"(?<!!)\[[^\[\]\n]+\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")),
    (
        "a shortcode",
        "{",
        regex(r"\{\{[<%][^\n]{0,300}?[%>]\}\}|\{%[^\n]{0,300}?%\}|\{\{[^{}\n]{1,300}\}\}"),
    ),
    ("an attribute list", "{", regex(r"\{:[^{}\n]*\}|\{[.#][\w-]+[^{}\n]*\}")),
    ("an HTML tag", "<", regex(rf"</?(?:{_TAGS})(?:\s[^<>\n]*)?/?>", re.I)),
    (
        "an HTML entity",
        "&",
        regex(r"&(?:nbsp|amp|lt|gt|quot|apos|mdash|ndash|hellip|[lr][sd]quo|#\d{1,7}|#x[\da-f]{1,6});", re.I),
    ),
)
_EMPHASIS = regex(r"(?<![\w*])\*\*(?=\S)[^*\n]+(?<=\S)\*\*(?![\w*])|(?<![\w_])__(?=\S)[^_\n]+(?<=\S)__(?![\w_])")


def check_leftovers(prose: Prose) -> Iterator[Finding]:
    """What somebody's editor would have turned into something else. Of what stands in code only the fence itself counts."""
    text = prose.uncoded
    for name, sign, pattern in _LEFTOVERS:
        for match in pattern.finditer(text) if sign in text else ():
            message = f"{name} would be published letter for letter: {match[0]}"
            yield error("CK302", message, words=match[0], at=match.start(), remedy="write it as plain text")
    for match in _EMPHASIS.finditer(text) if "**" in text or "__" in text else ():
        message = f"the marks around {match[0]} would be published letter for letter"
        yield warning("CK323", message, words=match[0], at=match.start(), remedy="take the marks off")
    if fence := FENCED.search(prose.text):
        remedy = "show the code as a picture, or link to it"
        yield warning("CK320", "networks do not render code fences", words=fence[1], at=fence.start(), remedy=remedy)
