"""What site generators and HTML add to Markdown is taken off, line by line, before Markdown is read.

Shortcodes (Hugo), Liquid (Jekyll), attribute lists (kramdown), footnote marks, comments and HTML tags leave the text;
pictures, embedded posts, code and tables in HTML become passages of their own; call-outs become asides.
Every line keeps its number: what is taken off leaves its line ends behind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from contentkit.models import Passage, PassageKind
from contentkit.sources.code_spans import code_regions
from contentkit.sources.raw_html import Tag, anchors_in, attributes_of, plain_words, tag_at, without_tags

_OPENER = re.compile(r"\\<|<|\{\{|\{%|\{::?|\{[.#]|\[\^")
_ATTRIBUTE_LIST = re.compile(r"\{::?/?[^{}\n]{0,300}\}")
_CLASSES = re.compile(r"[ \t]*\{[.#][^{}\n]{0,200}\}")
_VARIABLE = re.compile(r"\{\{-?\s{0,5}\w[\w-]{0,60}(?:\.|\s?\|)[^{}\n]{0,200}\}\}")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\](?P<defines>:)?")
_SHORTCODE = re.compile(r"\s*(?P<closes>/?)\s*(?P<name>[\w./-]{1,80})(?P<rest>.*)", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"^[ \t]*\{[{%][<%]?-?[ \t]*(?P<ends>end|/[ \t]*)?highlight\b[ \t]*(?P<language>\w*)[^{}\n]*\}[ \t]*$"
)
_LONGEST_CODE = 4000
_ASIDES = frozenset(
    """admonition alert aside box button callout caution cta danger details disclaimer expand expandable gdocs hint important info infobox
    information message note notes notice panel sidebar sidenote spoiler success tip warn warning newsletter subscribe""".split()
)
_FIGURES = frozenset("figure img image picture include imgproc lightbox resize_image figure.html image.html".split())
_ASIDE_CLASS = re.compile(
    r"\b(?:notice|note|admonition|callout|alert|warning|tip|info|infobox|hint|caution|sidebar|cta|banner)", re.I
)
_EMBED_CLASS = re.compile(r"tweet|instagram|mastodon|bluesky|tiktok|embed", re.I)
_DROPPED = frozenset(
    "script style iframe svg video audio object noscript template math select del s strike figcaption".split()
)
_CONTAINERS = frozenset("div section aside details article center".split())
_BREAKS = frozenset(
    "br p li ul ol dl dt dd div section tr td th table hr header footer details summary article aside center".split()
)
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(frozen=True, kw_only=True)
class Undressed:
    """Plain Markdown lines, which of them are asides, and the passages that were taken out."""

    lines: tuple[str, ...]
    asides: frozenset[int]
    passages: tuple[Passage, ...]


def undressed(lines: Sequence[str]) -> Undressed:
    """These lines as plain Markdown."""
    fenced = [
        _HIGHLIGHT.sub(lambda match: "```" + ("" if match["ends"] else match["language"]), line) for line in lines
    ]
    return _Undressing(fenced).result()


@dataclass
class _Open:
    name: str
    aside: bool
    line: int


class _Undressing:
    """One pass over the text, from opener to opener; what is cut and what it leaves is decided by one method each."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.text = "\n".join(lines)
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self.code = code_regions(lines)
        self.passages: list[Passage] = []
        self.asides: list[tuple[int, int]] = []
        self.open: list[_Open] = []
        self.absent: set[str] = set()

    def result(self) -> Undressed:
        pieces, end, code = [], 0, iter([*self.code, (len(self.text), len(self.text))])
        region = next(code)
        match = _OPENER.search(self.text)
        while match:
            start = match.start()
            while region[1] <= start and region[0] < len(self.text):
                region = next(code)
            if region[0] <= start < region[1]:
                match = _OPENER.search(self.text, region[1])
                continue
            cut = self._cut(start, match.group())
            if cut and cut[0] > start:
                stop, left = cut
                lost = self.text.count("\n", start, stop) - left.count("\n")
                pieces += [self.text[end:start], left, "\n" * lost]
                end = stop
            match = _OPENER.search(self.text, max(end, start + len(match.group())))
        text = "".join([*pieces, self.text[end:]])
        marked = frozenset(line for first, last in _outermost(self.asides) for line in range(first, last + 1))
        return Undressed(lines=tuple(text.split("\n")), asides=marked, passages=tuple(self.passages))

    def _cut(self, start: int, opener: str) -> tuple[int, str] | None:
        """Where what starts here ends, and what is left in its place; None when it is text."""
        if opener == "<":
            return self._comment(start) if self.text.startswith("<!--", start) else self._html(start)
        cuts: dict[str, Callable[[int], tuple[int, str] | None]] = {
            "{{": self._shortcode,
            "{%": self._liquid,
            "{:": self._attribute_list,
            "{::": self._attribute_list,
            "{.": self._classes,
            "{#": self._classes,
            "[^": self._footnote,
        }
        return cuts[opener](start) if opener in cuts else None

    def _line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def _starts_line(self, offset: int) -> bool:
        return not self.text[self.starts[self._line(offset) - 1] : offset].strip()

    def _find(self, needle: str, start: int) -> int:
        """Like ``str.find``, but what was once not found is not looked for again."""
        if needle in self.absent:
            return -1
        found = self.text.find(needle, start)
        if found < 0:
            self.absent.add(needle)
        return found

    def _comment(self, start: int) -> tuple[int, str]:
        end = self._find("-->", start)
        return (len(self.text) if end < 0 else end + 3), ""

    def _shortcode(self, start: int) -> tuple[int, str] | None:
        kind = self.text[start + 2 : start + 3]
        if kind not in ("<", "%"):
            match = _VARIABLE.match(self.text, start)
            return (match.end(), "") if match else None
        closer = ">}}" if kind == "<" else "%}}"
        end = self.text.find(closer, start, start + _LONGEST_CODE)
        if end < 0:
            return None
        self._site_code(self.text[start + 3 : end], start)
        return end + 3, ""

    def _liquid(self, start: int) -> tuple[int, str] | None:
        end = self.text.find("%}", start, start + _LONGEST_CODE)
        if end < 0:
            return None
        inner = self.text[start + 2 : end].strip("- ")
        if inner == "comment":
            stop = self._find("endcomment", end)
            close = self.text.find("%}", stop, stop + 20) if stop >= 0 else -1
            return (close + 2 if close >= 0 else len(self.text)), ""
        self._site_code("/" + inner[3:] if inner.startswith("end") else inner, start)
        return end + 2, ""

    def _site_code(self, inner: str, start: int) -> None:
        """Notes what a shortcode or Liquid tag stands for: a picture, or the begin or end of a call-out."""
        match = _SHORTCODE.match(inner)
        if not match:
            return
        name = match["name"].lower()
        if match["closes"]:
            self._close(name, start)
        elif name in _FIGURES:
            given = attributes_of(match["rest"])
            src = next((given[key] for key in ("src", "image_path", "url", "file", "path") if key in given), "")
            if src:
                self._picture(src, given.get("alt", ""), start, start + len(inner))
        elif name in _ASIDES and self._starts_line(start) and not inner.rstrip().endswith("/"):
            self.open.append(_Open(name, aside=True, line=self._line(start)))

    def _close(self, name: str, offset: int) -> None:
        for index in range(len(self.open) - 1, max(-1, len(self.open) - 50), -1):
            if self.open[index].name == name:
                if self.open[index].aside:
                    self.asides.append((self.open[index].line, self._line(offset)))
                del self.open[index:]
                return

    def _picture(self, src: str, alt: str, start: int, end: int) -> None:
        first, last = self._line(start), self._line(end)
        self.passages.append(Passage(kind="image", text=" ".join(alt.split()), target=src, first=first, last=last))

    def _attribute_list(self, start: int) -> tuple[int, str] | None:
        match = _ATTRIBUTE_LIST.match(self.text, start)
        if not match:
            return None
        inner = match.group()
        # In prose, ``{:ok, value}`` is Elixir.
        if any(mark in inner for mark in ".#=") or inner.startswith("{::") or self._starts_line(start):
            return match.end(), ""
        return None

    def _classes(self, start: int) -> tuple[int, str] | None:
        match = _CLASSES.match(self.text, start)
        line = self.lines[self._line(start) - 1]
        if match and (line.lstrip().startswith("#") or self.text[max(0, start - 1) : start] in (")", "]", "`", "*")):
            return match.end(), ""
        return None

    def _footnote(self, start: int) -> tuple[int, str] | None:
        match = _FOOTNOTE.match(self.text, start)
        if not match:
            return None
        if match["defines"] and self._starts_line(start):
            end = self._find("\n\n", start)
            self.asides.append((self._line(start), self._line(end if end >= 0 else len(self.text))))
            return match.end(), ""
        return match.end() - bool(match["defines"]), ""

    def _html(self, start: int) -> tuple[int, str] | None:
        tag = tag_at(self.text, start)
        if tag is None:
            return None
        if tag.name in _CONTAINERS:
            self._container(tag, start)
        if not tag.closes:
            inner = self._element(tag, start)
            if inner:
                return inner
        if tag.name == "img":
            self._picture(tag.attributes.get("src", ""), tag.attributes.get("alt", ""), start, tag.end)
        return tag.end, self._left_by(tag, start)

    def _left_by(self, tag: Tag, start: int) -> str:
        if not tag.closes and self._starts_line(start):
            if tag.name == "li":
                return "- "
            if len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1] in "123456":
                return "#" * int(tag.name[1]) + " "
        return " " if tag.name in _BREAKS and not self._starts_line(start) else ""

    def _container(self, tag: Tag, start: int) -> None:
        if tag.closes:
            self._close(tag.name, start)
            return
        aside = tag.name in ("aside", "details") or bool(_ASIDE_CLASS.search(tag.attributes.get("class", "")))
        self.open.append(_Open(tag.name, aside=aside, line=self._line(start)))

    def _element(self, tag: Tag, start: int) -> tuple[int, str] | None:
        """What is taken out or translated together with all it holds."""
        translate = {
            "a": self._anchor, "pre": self._preformatted, "table": self._table, "blockquote": self._quotation,
            "code": self._code, "sup": self._superscript,
        }.get(tag.name)  # fmt: skip
        if translate is None and tag.name not in _DROPPED:
            return None
        end = self._end_of(tag)
        if end is None:
            return None
        inner = self.text[tag.end : end[0]]
        return end[1], translate(tag, inner, start) if translate else ""

    def _end_of(self, tag: Tag) -> tuple[int, int] | None:
        """The start and end of the tag that closes this one."""
        for needle in (f"</{tag.name}", f"</{tag.name.upper()}"):
            found = self._find(needle, tag.end)
            closing = tag_at(self.text, found) if found >= 0 else None
            if closing:
                return found, closing.end
        return None

    def _anchor(self, tag: Tag, inner: str, start: int) -> str:
        for offset in (match.start() for match in re.finditer(r"<img\b", inner, re.IGNORECASE)):
            image = tag_at(inner, offset)
            if image:
                self._picture(
                    image.attributes.get("src", ""), image.attributes.get("alt", ""), start, start + len(inner)
                )
        words, url = without_tags(inner), tag.attributes.get("href", "")
        if not words.strip() or not url or "<" in url or "\n" in url or re.search(r"\n\s*\n|[\[\]]", words):
            return words if words.strip() else ""
        return f"[{words}](<{url}>)"

    def _code(self, tag: Tag, inner: str, start: int) -> str:
        words = without_tags(inner)
        return words if "`" in words or not words.strip() or "\n" in words else f"`{words}`"

    def _superscript(self, tag: Tag, inner: str, start: int) -> str:
        if "<a" in inner:
            return ""
        return without_tags(inner).translate(_SUPERSCRIPT)

    def _preformatted(self, tag: Tag, inner: str, start: int) -> str:
        import html

        self._take("code", html.unescape(without_tags(inner)).strip("\n"), tag, inner, start)
        return ""

    def _table(self, tag: Tag, inner: str, start: int) -> str:
        rows = (
            re.split(r"</t[dh]\s?>", row, flags=re.IGNORECASE)
            for row in re.split(r"</tr\s?>", inner, flags=re.IGNORECASE)
        )
        cells = ([plain_words(cell) for cell in row] for row in rows)
        self._take("table", "\n".join(" | ".join(filter(None, row)) for row in cells if any(row)), tag, inner, start)
        return ""

    def _quotation(self, tag: Tag, inner: str, start: int) -> str:
        aside = bool(_EMBED_CLASS.search(tag.attributes.get("class", "")))
        self._take("quotation", plain_words(inner), tag, inner, start, aside=aside)
        return ""

    def _take(self, kind: PassageKind, text: str, tag: Tag, inner: str, start: int, *, aside: bool = False) -> None:
        if not text.strip():
            return
        first, last = self._line(start), self._line(tag.end + len(inner))
        links = anchors_in(inner, self._line(tag.end))
        self.passages.append(Passage(kind=kind, text=text, first=first, last=last, links=links, aside=aside))


def _outermost(regions: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The regions merged, so that no line is counted twice."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(regions):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
