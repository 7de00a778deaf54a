"""What may not go out whatever the source says: hidden characters, leftover markup, what was off the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.links import hashtags_in, without_addresses
from contentkit.checks.pictures import check_pictures
from contentkit.media import Picture
from contentkit.models import Draft, Post
from contentkit.published import Place, Wording
from contentkit.text import hidden_characters, printable

_MOST_HASHTAGS = 3
_SHOUTED_WORDS = 5
_SHORTEST_SHOUT = 20

_FENCED = re.compile(r"^[ ]{0,3}(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^[ ]{0,3}\1[ \t]*$|\Z)", re.M | re.S)
_INLINE_CODE = re.compile(r"`[^`\n]+`")
_TAGS = (
    "a|abbr|aside|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|"
    "picture|pre|s|script|section|small|source|span|strong|style|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video"
)
_LEFTOVERS = (
    ("a Markdown image", re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")),
    ("a Markdown link", re.compile(r"(?<!!)\[[^\[\]\n]+\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")),
    ("a shortcode", re.compile(r"\{\{[<%][^\n]{0,300}?[%>]\}\}|\{%[^\n]{0,300}?%\}|\{\{[^{}\n]{1,300}\}\}")),
    ("an attribute list", re.compile(r"\{:[^{}\n]*\}|\{[.#][\w-]+[^{}\n]*\}")),
    ("an HTML tag", re.compile(rf"</?(?:{_TAGS})(?:\s[^<>\n]*)?/?>", re.I)),
    (
        "an HTML entity",
        re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|mdash|ndash|hellip|[lr][sd]quo|#\d{1,7}|#x[\da-f]{1,6});", re.I),
    ),
)
_EMPHASIS = re.compile(r"(?<![\w*])\*\*(?=\S)[^*\n]+(?<=\S)\*\*(?![\w*])|(?<![\w_])__(?=\S)[^_\n]+(?<=\S)__(?![\w_])")


def check_policy(post: Post, draft: Draft, pictures: Mapping[str, Picture]) -> Iterator[Finding]:
    """CK302 to CK324, without the lengths, which depend on an account."""
    yield from _check_leftovers(post)
    yield from check_pictures(post, draft, pictures)
    yield from _check_manners(post)


def check_hidden(wording: Wording) -> Iterator[Finding]:
    """CK301."""
    for start, end, name in wording.found(_hidden_in):
        yield error(
            "CK301",
            f"a character that readers cannot see in the {wording.where}: {name}",
            words=printable(wording.text[start:end]),
            at=0 if wording.line else start,
            line=wording.line,
            remedy="delete it; retype the word if you cannot find it",
        )


def _hidden_in(text: str) -> Iterator[Place]:
    for name in hidden_characters(text):
        at = text.find(chr(int(name.rpartition("U+")[2], 16)))
        yield at, at + 1, name


def _check_leftovers(post: Post) -> Iterator[Finding]:
    prose = _INLINE_CODE.sub(_blank, _FENCED.sub(_blank, post.text))
    for name, pattern in _LEFTOVERS:
        for match in pattern.finditer(prose):
            message = f"{name} would be published letter for letter: {match[0]}"
            yield error("CK302", message, words=match[0], at=match.start(), remedy="write it as plain text")
    for match in _EMPHASIS.finditer(prose):
        message = f"the marks around {match[0]} would be published letter for letter"
        yield warning("CK323", message, words=match[0], at=match.start(), remedy="take the marks off")


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _check_manners(post: Post) -> Iterator[Finding]:
    fence = _FENCED.search(post.text)
    if fence:
        remedy = "show the code as a picture, or link to it"
        yield warning("CK320", "networks do not render code fences", words=fence[1], at=fence.start(), remedy=remedy)
    tags = hashtags_in(post.text)
    if len(tags) > _MOST_HASHTAGS:
        message = f"{len(tags)} hashtags in one post, screen readers read each of them out"
        yield warning(
            "CK321", message, words=tags[-1].words, at=tags[-1].start, remedy=f"keep at most {_MOST_HASHTAGS}"
        )
    yield from _check_shouting(without_addresses(post.text))


def _check_shouting(text: str) -> Iterator[Finding]:
    run: list[re.Match[str]] = []
    for word in (*re.finditer(r"[^\W\d_]+", text), None):
        if word and (word[0].isupper() or (run and len(word[0]) == 1)):
            run.append(word)
            continue
        shouted = text[run[0].start() : run[-1].end()] if run else ""
        if len(run) >= _SHOUTED_WORDS and len(shouted) >= _SHORTEST_SHOUT:
            yield warning(
                "CK322",
                "a run of capitals reads as shouting",
                words=shouted,
                at=run[0].start(),
                remedy="write it in lower case",
            )
        run = []
