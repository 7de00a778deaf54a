"""Blocks of reStructuredText as those of Markdown: titles, directives, notes, literal blocks, tables.

What Markdown has no block for, or another one, becomes a passage of its own. Every line keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from contentkit.models import Passage, PassageKind
from contentkit.sources.containers import role_of
from contentkit.sources.inline import words_of
from contentkit.sources.restructured.tables import grid_rows, simple_rows

_RULE = re.compile(r"^([=\-~^\"'#*+.:`_<>!$%&,;?@|/\\])\1+[ \t]*$")
_EXPLICIT = re.compile(r"^([ \t]*)\.\.(?:[ \t]+(?P<rest>.*))?$")
_DIRECTIVE = re.compile(r"(?:\|(?P<substitute>[^|\n]{1,60})\| )?(?P<name>[\w:+-]{1,60})::(?:[ \t]+(?P<argument>.*))?$")
_TARGET = re.compile(r"_(?:`(?P<quoted>[^`\n]{1,100})`|(?P<name>[^:\n]{1,100})):(?:[ \t]+(?P<url>\S+))?[ \t]*$")
_NOTE = re.compile(r"\[(?:\d{1,4}|#[\w-]{0,40}|\*|[A-Z][\w-]{1,40})\](?:[ \t]+(?P<words>.*))?$")
_OPTION = re.compile(r"^[ \t]*:(?P<key>[\w-]{1,40}):(?:[ \t]+(?P<value>.*))?$")
_FIELD = re.compile(r"^:(?P<key>[^:\n`]{1,60}):[ \t]+(?=\S)")
_BULLET = re.compile(r"^[ \t]*(?:[-*+•]|\(?(?:\d{1,9}|#|[a-zA-Z])[.)])[ \t]+")
_GRID = re.compile(r"^\+(?:[-=]+\+)+[ \t]*$")
_SIMPLE = re.compile(r"^=+(?:[ \t]+=+)+[ \t]*$")
_CODE = frozenset({
    "code", "code-block", "doctest", "ipython", "jupyter-execute", "math", "parsed-literal", "prompt", "sourcecode",
    "testcode", "testoutput",
})  # fmt: skip
_SILENT = frozenset({
    "class", "default-role", "highlight", "literalinclude", "meta", "module", "currentmodule", "post", "update",
})  # fmt: skip


@dataclass(kw_only=True)
class Blocks:
    """Lines of Markdown, and what was found in them.

    ``asides`` are first and last line numbers; ``addresses`` and ``substitutes`` are by lower-case name; ``styles`` are those
    of the titles, the highest first; ``titles`` maps the line of a title to its first and last line with its rules.
    ``listed``: the paragraph at hand is an item's.
    """

    lines: list[str]
    passages: list[Passage] = field(default_factory=list)
    asides: list[tuple[int, int]] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    substitutes: dict[str, str] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    titles: dict[int, tuple[int, int]] = field(default_factory=dict)
    listed: bool = False

    def address(self, name: str) -> str:
        """Where a named reference leads; empty when it stays on the page."""
        return self.addresses.get(" ".join(name.lower().split()), "")

    def aside_lines(self) -> frozenset[int]:
        """The numbers of all lines of call-outs."""
        return frozenset(number for first, last in self.asides for number in range(first, last + 1))

    def take(self, kind: PassageKind, text: str, first: int, last: int) -> None:
        """Makes the lines with indexes ``first`` up to ``last`` a passage, if it says anything, and blank."""
        while last > first + 1 and not self.lines[last - 1].strip():
            last -= 1
        if text.strip():
            aside = kind == "footnote"
            self.passages.append(Passage(kind=kind, text=text, first=first + 1, last=last, aside=aside))
        self.blank(first, last)

    def blank(self, first: int, last: int) -> None:
        self.lines[first:last] = [""] * (last - first)


def as_markdown(lines: Sequence[str]) -> Blocks:
    """These lines of reStructuredText as blocks of Markdown."""
    blocks = Blocks(lines=[line.expandtabs(8) if line.startswith(("\t", " ")) else line for line in lines])
    index = 0
    while index < len(blocks.lines):
        index = next(after for read in _READERS if (after := read(blocks, index)) > index)
    return blocks


def _blank_line(blocks: Blocks, index: int) -> int:
    return index + (not blocks.lines[index].strip())


def _titled(blocks: Blocks, index: int) -> int:
    """A title between two rules, or above one."""
    lines = blocks.lines
    rule, title, under = (*lines[index : index + 3], "", "")[:3]
    over = bool(_RULE.match(rule)) and title.strip() and under.rstrip() == rule.rstrip() and not _RULE.match(title)
    if not over:
        rule, title, under = "", rule, title
        above = lines[index - 1].strip() if index else ""
        if above or title.startswith(" ") or not _RULE.match(under) or _RULE.match(title):
            return index
        if len(under.rstrip()) < min(4, len(title.rstrip())):
            return index
    style = ("over" if over else "") + under[0]
    if style not in blocks.styles:
        blocks.styles.append(style)
    level = min(6, blocks.styles.index(style) + 1)
    at = index + 1 if over else index
    blocks.blank(index, at + 2)
    blocks.lines[at] = "#" * level + " " + title.strip()
    blocks.titles[at + 1] = (index + 1, at + 2)
    return at + 2


def _rule(blocks: Blocks, index: int) -> int:
    if len(blocks.lines[index].strip()) < 4 or not _RULE.match(blocks.lines[index]):
        return index
    blocks.lines[index] = ""
    return index + 1


def _table(blocks: Blocks, index: int) -> int:
    line = blocks.lines[index]
    rows_of = grid_rows if _GRID.match(line) else simple_rows if _SIMPLE.match(line) else None
    if rows_of is None:
        return index
    last = next((at for at in range(index, len(blocks.lines)) if not blocks.lines[at].strip()), len(blocks.lines))
    if rows_of is simple_rows and last < len(blocks.lines):
        # A simple table ends with its last border; a blank line may stand within it.
        borders = [at for at in range(last, min(last + 200, len(blocks.lines))) if _SIMPLE.match(blocks.lines[at])]
        closed = sum(bool(_SIMPLE.match(row)) for row in blocks.lines[index:last]) > 2
        last = borders[0] + 1 if borders and not closed and not _SIMPLE.match(blocks.lines[last - 1]) else last
    rows = rows_of(blocks.lines[index:last])
    text = "\n".join(" | ".join(cell for cell in row) for row in rows if any(row))
    blocks.take("table", text, index, last)
    return last


def _explicit(blocks: Blocks, index: int) -> int:
    """What begins with two dots: a directive, a target, a note, or a comment."""
    match = _EXPLICIT.match(blocks.lines[index])
    if not match or (match["rest"] is None and not _indented(blocks, index, len(match[1]))):
        return index
    rest, last = (match["rest"] or "").strip(), _block_end(blocks, index, len(match[1]))
    directive, target, note = _DIRECTIVE.match(rest), _TARGET.match(rest), _NOTE.match(rest)
    if directive:
        return _directive(blocks, directive, index, last)
    if target:
        name = target["quoted"] or target["name"]
        url = target["url"] or ""
        blocks.addresses.setdefault(" ".join(name.lower().split()), url if "://" in url else "")
        last = index + 1
    elif note:
        content = "\n".join([note["words"] or "", *(line.strip() for line in blocks.lines[index + 1 : last])])
        blocks.take("footnote", words_of(content, index + 1, {}).text, index, last)
    blocks.blank(index, last)
    return last


def _indented(blocks: Blocks, index: int, margin: int) -> bool:
    return index + 1 < len(blocks.lines) and _margin(blocks.lines[index + 1]) > margin


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else -1


def _block_end(blocks: Blocks, index: int, margin: int) -> int:
    """The index behind the lines below ``index`` that are indented deeper than ``margin``, and blank ones between."""
    last = index + 1
    for at in range(index + 1, len(blocks.lines)):
        inner = _margin(blocks.lines[at])
        if 0 <= inner <= margin:
            break
        last = at + 1 if inner >= 0 else last
    return last


def _directive(blocks: Blocks, directive: re.Match[str], index: int, last: int) -> int:
    name, argument = directive["name"].lower(), (directive["argument"] or "").strip()
    role = "code" if name in _CODE else "silent" if name in _SILENT else role_of(name)
    if directive["substitute"]:
        blocks.substitutes[directive["substitute"].lower()] = argument if name == "replace" else ""
    content = index + 1
    while content < last and _OPTION.match(blocks.lines[content]):
        content += 1
    if role == "picture":
        _picture(blocks, argument, index, content)
    if role == "code":
        code = _dedented(blocks.lines[content:last])
        blocks.take("code", "\n".join(code).strip("\n"), index, last)
        return last
    if role == "silent" or name == "replace":
        blocks.blank(index, last)
        return last
    blocks.blank(index, content)
    # An admonition has a title, a note begins on the line of its name.
    blocks.lines[index] = argument if role == "aside" and name not in ("admonition", "topic", "sidebar") else ""
    blocks.lines[content:last] = _dedented(blocks.lines[content:last])
    if role != "open":
        blocks.asides.append((index + 1 + (role == "picture"), last))
    return index + 1


def _picture(blocks: Blocks, path: str, index: int, last: int) -> None:
    alt = [
        match["value"]
        for line in blocks.lines[index + 1 : last]
        if (match := _OPTION.match(line)) and match["key"] == "alt"
    ]
    if path:
        text = " ".join((alt[0] or "").split()) if alt else ""
        blocks.passages.append(Passage(kind="image", text=text, target=path, first=index + 1, last=last))


def _dedented(lines: Sequence[str]) -> list[str]:
    margin = min((_margin(line) for line in lines if line.strip()), default=0)
    return [line[margin:] for line in lines]


def _doctest(blocks: Blocks, index: int) -> int:
    if not blocks.lines[index].startswith(">>> "):
        return index
    last = next((at for at in range(index, len(blocks.lines)) if not blocks.lines[at].strip()), len(blocks.lines))
    blocks.take("code", "\n".join(blocks.lines[index:last]), index, last)
    return last


def _text(blocks: Blocks, index: int) -> int:
    """A line of a paragraph, list item or quotation; behind two colons, a literal block."""
    lines = blocks.lines
    line = lines[index]
    if line.rstrip().endswith("::"):
        start = next((at for at in range(index + 1, len(lines)) if lines[at].strip()), len(lines))
        margin = _margin(line)
        if start > index + 1 and start < len(lines) and _margin(lines[start]) > margin:
            last = _block_end(blocks, start - 1, margin)
            code = "\n".join(_dedented(lines[start:last])).strip("\n")
            blocks.take("code", code, start, last)
        said = line.rstrip()[:-2].rstrip()
        line = "" if not said else said if line.rstrip().endswith(" ::") else said + ":"
    if not line.startswith(" "):
        blocks.listed = bool(_BULLET.match(line) or _FIELD.match(line))
    lines[index] = _as_markdown_line(blocks, line, index)
    return index + 1


def _as_markdown_line(blocks: Blocks, line: str, index: int) -> str:
    above = blocks.lines[index - 1] if index else ""
    if line.startswith(" ") and not blocks.listed and (not above.strip() or above.startswith("> ")):
        # Indented text is a quotation; to Markdown it would be code.
        return "> " + line.strip()
    if line.startswith("| "):
        return line[2:]
    if line.startswith("#. "):
        return "1. " + line[3:]
    return _FIELD.sub(lambda match: f"- {match['key']}: ", line)


_READERS: tuple[Callable[[Blocks, int], int], ...] = (
    _blank_line,
    _table,
    _titled,
    _rule,
    _explicit,
    _doctest,
    _text,
)
