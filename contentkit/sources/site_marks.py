"""What site generators add to Markdown: shortcodes (Hugo), Liquid (Jekyll), attribute lists (kramdown), footnote marks.

Each function reads the mark at one offset of a page; it answers with what to cut, or None when the mark is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.inline import words_of
from contentkit.sources.page import Cut, Page
from contentkit.sources.raw_html import SUPERSCRIPT, attributes_of

_LONGEST_CODE = 4000
_ATTRIBUTE_LIST = regex(r"\{::?/?[^{}\n]{0,300}\}")
# Of the themes Minimal Mistakes and Chirpy, and Bootstrap's: the paragraph is a call-out.
_NOTICE = regex(r"\.(?:alert|callout|notice|prompt)(?!\w)")
_CLASSES = regex(r"\{[.#][^{}\n]{0,200}\}")
_VARIABLE = regex(r"\{\{-?\s{0,5}\w[\w-]{0,60}(?:\.|\s?\|)[^{}\n]{0,200}\}\}")
# Zola's: {{ youtube(id="abc") }}
_FUNCTION = regex(r"\{\{-?\s{0,5}(?P<inner>\w[\w:-]{0,60}\((?:\w+\s?=[^{}]{1,400})?\))\s{0,5}-?\}\}")
_COMMENT = regex(r"\{#[ \t\n][^{}]{0,2000}[ \t\n]#\}")
# Pandoc's: [words]{.class}
_SPAN = regex(r"\[(?P<words>[^\[\]\n]{1,300})\]\{[.#][^{}\n]{0,200}\}")
# HackMD's: [name=Ana] [time=Tue, Mar 4, 2025 2:30 PM] [color=#907bf7]
_SIGNED = regex(r"\[(?P<key>name|time|color)=(?P<value>[^\[\]\n]{0,80})\]")
# WordPress's, as its exporters leave them: [caption width="300"], [embed]https://…[/embed], [vc_row]
_BLOCK = regex(
    r"\[(?P<closes>/?)(?P<name>caption|gallery|embed|gist|audio|video|playlist|youtube|vimeo|soundcloud|spotify|instagram"
    r"|tweet|contact-form(?:-7)?|wpvideo|jetpack[\w-]{1,40}|(?:vc|et_pb|fusion|su)_\w{1,40})(?: [^\[\]\n]{0,1000})?/?\]"
    r"(?!\(|:|\[(?!/?(?:vc|et_pb|fusion|su)_))"
)
_EMBEDDED = frozenset(
    {"audio", "embed", "gist", "playlist", "soundcloud", "spotify", "tweet", "video", "vimeo", "youtube"}
)
_FOOTNOTE = regex(r"\[\^[^\]\s]{1,60}\](?P<defines>:)?")
_ROLE = regex(r"\{(?P<name>[a-zA-Z][\w:+.-]{0,40})\}`(?P<words>[^`\n]{1,500})`")
_TITLED = regex(r"(?P<title>[^<>]{1,400}[^<>\s])\s{0,5}<[^<>]{1,400}>")
_PROSE_ROLES = frozenset({
    "abbr", "any", "dfn", "doc", "download", "emphasis", "guilabel", "menuselection", "numref", "ref", "sub",
    "subscript", "sup", "superscript", "strong", "term", "title-reference", "u",
})  # fmt: skip
_CITATION = regex(
    r"\[(?:[^\[\]@\n]{0,60}[\s-])?-?@[\w:./-]{0,80}(?:\d{4}|(?<=fig-)|(?<=tbl-))[^\[\]\n]{0,300}\](?![(\[])"
)
_REFERENCE = regex(r"@(?:(?:fig|tbl|sec|eq|lst)-[\w-]{1,60}|[a-z][\w-]{1,40}(?:19|20)\d\d[a-z]?)\b(?!@)")
# A link behind a caret is a link: a note is not followed by an address.
_INLINE_NOTE = regex(r"\^\[(?P<words>(?:[^\[\]\n]|\n(?![ \t]*\n)){1,1000})\](?!\()")
_SMALL = regex(r"(?P<mark>[~^])(?P<words>[A-Za-z0-9+-]{1,6})(?P=mark)")
_EMBED = regex(r"!\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<alt>[^\[\]\n]{0,300}))?\]\]")
_PICTURE = regex(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)(?:#.*)?$", re.IGNORECASE)
_SIZE = regex(r"\s*\d{1,5}(?:x\d{1,5})?\s*")
_BLOCK_ID = regex(r"[ \t]\^[A-Za-z0-9-]{2,40}[ \t]*$", re.MULTILINE)
# Hexo's: {% post_link another-post 'Another post' %}
_POST_LINK = regex(r"post_link\s+\S{1,200}\s+[\"'](?P<words>[^\"']{1,200})[\"'].{0,20}")
# What is typed or set smaller stands in the mark; a sentence lacks nothing without the others.
_TYPED = frozenset({"kbd", "key", "sub", "sup"})
_WORDLESS = frozenset({
    "anchor", "bi", "br", "citation", "cite", "emoji", "fa", "fas", "fab", "fn", "footnote", "icon", "iconify", "line_break",
    "linebreak", "marginnote", "ref", "sidenote", "sidenotes", "svg",
})  # fmt: skip
_NEAR = 300
_GOES_ON = regex(r"[^\W_][,’'\"”)]?[ \t]$")
_FOLLOWS = regex(r"[ \t]?[,;.!?](?:\s|$)|[ \t]{1,2}[a-zß-ÿ(]")
_TOOLTIPS = frozenset({"abbr", "extlink", "glossary_tooltip", "link", "term", "tooltip"})
_CODE = regex(r"\s{0,5}(?P<closes>/?)\s{0,5}(?P<name>[\w./-]{1,80})(?P<rest>.*)", re.DOTALL)
_ASIDES = frozenset({
    "admonition", "alert", "aside", "box", "button", "callout", "caution", "cta", "danger", "details", "disclaimer",
    "expand", "hint", "important", "info", "infobox", "information", "message", "newsletter", "note", "notes",
    "notice", "panel", "sidebar", "sidenote", "spoiler", "subscribe", "success", "tip", "warn", "warning",
})  # fmt: skip
_FIGURES = frozenset({
    "figure", "figure.html", "image", "image.html", "img", "imgproc", "include", "lightbox", "picture",
    "resize_image",
})  # fmt: skip
_SOURCES = ("src", "image_path", "url", "file", "path")


def site_mark(page: Page, start: int, opener: str) -> Cut | None:
    """What to cut at a site generator's mark that begins with ``opener``."""
    return _READERS[opener](page, start)


def _braces(page: Page, start: int) -> Cut | None:
    kind = page.text[start + 2 : start + 3]
    if kind not in ("<", "%"):
        function = _FUNCTION.match(page.text, start)
        if function:
            _note(page, function["inner"].replace("(", " ", 1).removesuffix(")"), start)
        variable = function or _VARIABLE.match(page.text, start)
        gap = variable and not function and _leaves_gap(page, start, variable.end(), "")
        return (variable.end(), "") if variable and not gap else None
    end = page.find(">}}" if kind == "<" else "%}}", start)
    if not start < end < start + _LONGEST_CODE:
        return None
    inner = page.text[start + 3 : end]
    said = _said_by(inner)
    if not said and _leaves_gap(page, start, end + 3, inner):
        return None
    _note(page, inner, start)
    return end + 3, said


def _said_by(inner: str) -> str:
    """What a shortcode within a sentence says: the words of a link, of a term with an explanation."""
    code = _CODE.match(inner)
    if code and code["name"].lower() in _TYPED:
        return code["rest"].strip(" \"'")
    if not code or code["name"].lower() not in _TOOLTIPS:
        return ""
    given = attributes_of(code["rest"])
    return given.get("text") or given.get("term_id", "").replace("-", " ")


def _leaves_gap(page: Page, start: int, end: int, inner: str) -> bool:
    """Whether a sentence would lack words: the mark says something, in the middle of it, that only the site knows.

    It stays, and no draft takes a sentence with a mark.
    """
    above = page.text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    below = page.text[end : min(end + _NEAR, page.end_of_line(end))]
    code = _CODE.match(inner)
    if code and (code["closes"] or code["name"].lower() in _WORDLESS or f"/{code['name']}" in below.replace(" ", "")):
        return False
    return bool(_GOES_ON.search(above) and _FOLLOWS.match(below))


def _liquid(page: Page, start: int) -> Cut | None:
    end = page.find("%}", start)
    if not start < end < start + _LONGEST_CODE:
        return None
    inner = page.text[start + 2 : end].strip("- ")
    _note(page, "/" + inner[3:] if inner.startswith("end") else inner, start)
    link = _POST_LINK.fullmatch(inner)
    return end + 2, link["words"] if link else ""


def _note(page: Page, inner: str, start: int) -> None:
    """What a shortcode or Liquid tag stands for: a picture, or the begin or end of a call-out."""
    code = _CODE.match(inner)
    if not code:
        return
    name = code["name"].lower()
    if code["closes"]:
        page.close(name, start)
    elif name in _FIGURES:
        given = attributes_of(code["rest"])
        src = next((given[key] for key in _SOURCES if given.get(key)), "")
        page.picture(src, given.get("alt", ""), start, start + len(inner))
    elif name in _ASIDES and page.starts_line(start) and not inner.rstrip().endswith("/"):
        page.open(name, start, aside=True)


def _attribute_list(page: Page, start: int) -> Cut | None:
    match = _ATTRIBUTE_LIST.match(page.text, start)
    if not match:
        return None
    inner = match.group()
    # In prose, ``{:ok, value}`` is Elixir.
    starts_line = page.starts_line(start)
    if starts_line and _NOTICE.search(inner):
        page.asides.append(page.paragraph_at(page.line(start)))
    is_list = starts_line or any(mark in inner for mark in ".#=") or inner.startswith("{::")
    return (match.end(), "") if is_list else None


def _classes(page: Page, start: int) -> Cut | None:
    comment = _COMMENT.match(page.text, start)
    if comment:
        return comment.end(), ""
    match = _CLASSES.match(page.text, start)
    whole_line = match and page.starts_line(start) and match.end() == page.end_of_line(start)
    if match and (whole_line or (match.end() == page.end_of_line(start) and _captioned(page, start))):
        return match.end(), ""
    heading = page.lines[page.line(start) - 1].lstrip().startswith("#")
    behind_mark = page.text[max(0, start - 1) : start] in (")", "]", "`", "*")
    return (match.end(), "") if match and (heading or behind_mark) else None


def _captioned(page: Page, start: int) -> bool:
    """Whether Quarto refers to this line by what stands at its end: the caption of a table, a formula."""
    line = page.lines[page.line(start) - 1]
    return line.startswith(("- ", "$$")) and page.text.startswith(("{#tbl-", "{#eq-", "{#fig-", "{#lst-"), start)


def _footnote(page: Page, start: int) -> Cut | None:
    match = _FOOTNOTE.match(page.text, start)
    if not match:
        return None
    if not match["defines"] or not page.starts_line(start):
        return match.end() - bool(match["defines"]), ""
    page.footnotes.append(page.line(start))
    return match.end(), ""


def _role(page: Page, start: int) -> Cut | None:
    """A role of MyST: its words, as code where it names some; nothing where it only cites."""
    match = _ROLE.match(page.text, start)
    if not match:
        return None
    return match.end(), role_words(match["name"], match["words"])


def role_words(name: str, words: str) -> str:
    """What a role of MyST or reStructuredText says, in Markdown; nothing where it only cites."""
    if "cite" in name.lower():
        return ""
    titled = _TITLED.fullmatch(words)
    words = titled["title"] if titled else words.lstrip("~!")
    name = name.lower()
    if name in ("sup", "superscript"):
        return words.translate(SUPERSCRIPT)
    if name in ("pep", "rfc"):
        return f"{name.upper()} {words}"
    return words if name in _PROSE_ROLES else f"`{words}`"


def _citation(page: Page, start: int) -> Cut | None:
    """A citation; or Pandoc's and HackMD's brackets, whose words stay."""
    if span := _SPAN.match(page.text, start):
        return span.end(), span["words"]
    if block := _BLOCK.match(page.text, start):
        return _wordpress(page, block)
    if signed := _SIGNED.match(page.text, start):
        return signed.end(), f"({signed['value']})" if signed["key"] == "name" else ""
    match = _CITATION.match(page.text, start)
    return (match.end(), "") if match else None


def _wordpress(page: Page, block: re.Match[str]) -> Cut:
    """A shortcode of WordPress; of what is embedded its address goes, too, and captions are asides."""
    name = block["name"].lower()
    if name in _EMBEDDED and not block["closes"]:
        closed = page.find(f"[/{name}]", block.end())
        if 0 <= closed - block.end() < _LONGEST_CODE:
            return closed + len(name) + 3, ""
    if name == "caption" and block["closes"]:
        page.close(name, block.start())
    elif name == "caption":
        page.open(name, block.start(), aside=True)
    return block.end(), ""


def _reference(page: Page, start: int) -> Cut | None:
    """What Quarto numbers (``@fig-errors``) and whom it cites (``@knuth2001``): no mention of anybody."""
    match = _REFERENCE.match(page.text, start)
    return (start + 1, "") if match else None


def _embed(page: Page, start: int) -> Cut | None:
    """What Obsidian shows in place: a picture, or another note, whose words are not in this one."""
    match = _EMBED.match(page.text, start)
    if not match:
        return None
    if _PICTURE.search(match["target"]):
        alt = match["alt"] or ""
        page.picture(match["target"].strip(), "" if _SIZE.fullmatch(alt) else alt, start, match.end())
    return match.end(), ""


def _inline_note(page: Page, start: int) -> Cut | None:
    """Pandoc's note in the middle of a sentence: ^[It began in May.]"""
    match = _INLINE_NOTE.match(page.text, start)
    if not match:
        return None
    words = words_of(match["words"], page.line(start), {})
    first, last = page.line(start), page.line(match.end() - 1)
    page.passages.append(
        Passage(kind="footnote", text=words.text, first=first, last=last, links=words.links, aside=True)
    )
    return match.end(), ""


def _small(page: Page, start: int) -> Cut | None:
    """Pandoc's letters below and above the line: H~2~O, 2^10^."""
    match = _SMALL.match(page.text, start)
    if not match or not page.text[max(0, start - 1) : start].isalnum():
        return None
    return match.end(), match["words"].translate(SUPERSCRIPT) if match["mark"] == "^" else match["words"]


def _block_id(page: Page, start: int) -> Cut | None:
    match = _BLOCK_ID.match(page.text, start)
    return (match.end(), "") if match else None


_READERS: dict[str, Callable[[Page, int], Cut | None]] = {
    "{{": _braces,
    "{%": _liquid,
    "{:": _attribute_list,
    "{.": _classes,
    "{#": _classes,
    "[^": _footnote,
    "{": _role,
    "[": _citation,
    "@": _reference,
    "![[": _embed,
    " ^": _block_id,
    "^[": _inline_note,
    "^": _small,
    "~": _small,
}
