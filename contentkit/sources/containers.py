"""Blocks that dialects of Markdown add: MyST's directives, Quarto's cells, ``:::`` containers, ``!!!`` call-outs.

Their marks leave the lines, what they hold stays where it is; every line keeps its number. MDX's imports and exports, MyST's
targets and Obsidian's lines of tags are no text and leave too; what follows two dashes at the end signs a mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Literal

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.code_spans import fenced_blocks
from contentkit.values import dataclass

_DIRECTIVE = regex(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{(?P<name>[\w:.-]{1,60})[^}\n]*\}[ \t]*(?P<argument>[^\n]*)$")
_CONTAINER = regex(r"^[ \t]*:::+[ \t]*(?P<braces>\{?)(?P<name>[^\s}\[]{0,200})(?P<rest>.*)$")
_INDENTED_CALL_OUT = regex(r"^(?:!!!|\?\?\?\+?)[ \t]+\w+")
_OPTION = regex(r"^[ \t]*:[\w-]{1,40}:(?:[ \t]+(?P<value>.*))?$")
_CELL_OPTION = regex(r"^[ \t]*(?:#|//|%%)\|[ \t]?(?P<key>[\w-]{1,40}):[ \t]*(?P<value>.*)$")
_TARGET = regex(r"^\([^()\n]{1,200}\)=[ \t]*$")
_TAG_LINE = regex(r"^[ \t]*(?:#[^\W\d][\w/-]{0,60}[ \t]*){1,30}$")
_MODULE_LINE = regex(
    r"^(?:import[ \t]+(?:[\w{*][^\n]{0,300}[ \t]from[ \t]+)?[\"'][^\"'\n]{1,300}[\"'];?[ \t]*$"
    r"|import[ \t]+\{[ \t]*$|export[ \t]+(?:const|let|var|function|class|default|async)\b)"
)
_ASIDE = regex(
    r"\b(?:admonition|alert|aside|attention|callout|caution|danger|deprecated|details|dropdown|error|exercise|footer|hint|"
    r"important|info|margin|note|notice|seealso|sidebar|solution|spoiler|success|tip|todo|topic|version\w*|warn\w*)",
    re.IGNORECASE,
)
_OPEN = frozenset({
    "block", "card", "card-carousel", "container", "div", "epigraph", "grid", "grid-item", "grid-item-card", "highlights",
    "list-table", "only", "pull-quote", "rst-class", "tab-item", "tab-set", "table", "tabs",
})  # fmt: skip
_FIGURES = frozenset({"figure", "image", "subfigure"})
_SILENT = frozenset({
    "bibliography", "button-link", "button-ref", "contents", "footbibliography", "iframe", "include", "index", "raw",
    "tableofcontents", "toctree", "video", "youtube",
})  # fmt: skip
_LONGEST_SIGNATURE = 12
_DEEPEST = 8


@dataclass(kw_only=True)
class Contents:
    """Lines without containers; the first and last line number of each call-out; pictures and captions taken out."""

    lines: list[str]
    asides: list[tuple[int, int]] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def without_containers(lines: Sequence[str]) -> Contents:
    """These lines without the marks of containers."""
    found = Contents(lines=list(lines))
    for _ in range(_DEEPEST):
        # What a directive holds may be a directive.
        taken = [_open_directive(found, first, last) for first, last in fenced_blocks(found.lines)]
        if not any(taken):
            break
    code = {index for first, last in fenced_blocks(found.lines) for index in range(first, last)}
    _open_containers(found, [index for index in range(len(lines)) if index not in code])
    return found


def _open_directive(found: Contents, first: int, last: int) -> bool:
    """Takes the marks off fenced lines that are no code; whether they were none."""
    match = _DIRECTIVE.match(found.lines[first])
    if not match:
        return False
    name = match["name"].lower()
    role = role_of(name) if is_known(name) else "code"
    options = dict(_take_options(found, first + 1, last))
    opens = role in ("aside", "open", "picture")
    if role == "silent":
        found.lines[first:last] = [""] * (last - first)
    elif opens:
        _take_picture(found, name, match["argument"], options, (first, last))
        found.lines[first] = ""
        if last - 1 > first and not found.lines[last - 1].strip().strip("`~"):
            found.lines[last - 1] = ""
        if role != "open":
            found.asides.append((first + 1 + (role == "picture"), last))
    return opens or role == "silent"


def role_of(name: str) -> Literal["aside", "open", "picture", "silent"]:
    """What a directive of this name is: a call-out (also when nobody knows it), a frame around prose, a picture, no words."""
    if name in _SILENT:
        return "silent"
    if name in _FIGURES:
        return "picture"
    return "open" if name in _OPEN else "aside"


def is_known(name: str) -> bool:
    """Whether a directive of this name holds no code."""
    return name in _SILENT or name in _FIGURES or name in _OPEN or bool(_ASIDE.match(name))


def _take_options(found: Contents, start: int, last: int) -> Iterator[tuple[str, str]]:
    """The options at the top of a block, which leave its lines; a cell's captions become passages."""
    if start < last and found.lines[start].strip() == "---":
        end = next((index for index in range(start + 1, last) if found.lines[index].strip() == "---"), None)
        if end is not None:
            found.lines[start : end + 1] = [""] * (end + 1 - start)
            return
    for index in range(start, last):
        line = found.lines[index]
        option, cell = _OPTION.match(line), _CELL_OPTION.match(line)
        if cell and cell["key"].endswith(("-cap", "-alt", "title")):
            caption = cell["value"].strip().strip("\"'").strip()
            if caption:
                found.passages.append(
                    Passage(kind="paragraph", text=caption, first=index + 1, last=index + 1, aside=True)
                )
        elif option:
            yield line.split(":")[1].lower(), (option["value"] or "").strip()
        elif not cell:
            return
        found.lines[index] = ""


def _take_picture(found: Contents, name: str, path: str, options: dict[str, str], block: tuple[int, int]) -> None:
    if name in _FIGURES and path.strip():
        alt = " ".join(options.get("alt", "").split())
        first, last = block[0] + 1, block[1]
        while last > first and not found.lines[last - 1].strip():
            last -= 1
        found.passages.append(Passage(kind="image", text=alt, target=path.strip(), first=first, last=last))


def _open_containers(found: Contents, prose: Sequence[int]) -> None:
    """Takes the marks off ``:::`` and ``!!!``, and drops lines that are no text, in the lines with these indexes."""
    opened: list[tuple[bool, int]] = []
    indented = silent_until_blank = 0
    for index in prose:
        line = found.lines[index]
        if indented and (not line.strip() or line.startswith(("    ", "\t"))):
            found.lines[index] = line[4:] if line.startswith("    ") else line.lstrip("\t")
            found.asides.append((indented, index + 1))
            continue
        indented = 0
        silent_until_blank = silent_until_blank if line.strip() else 0
        if _INDENTED_CALL_OUT.match(line):
            found.lines[index], indented = "", index + 1
        elif line.lstrip().startswith(":::"):
            _colons(found, index, opened)
        elif _MODULE_LINE.match(line) or silent_until_blank:
            found.lines[index], silent_until_blank = "", 1
        elif line.rstrip() == "--" and len(found.lines) - index <= _LONGEST_SIGNATURE:
            found.lines[index] = ""
            found.asides.append((index + 1, len(found.lines)))
        elif _TARGET.match(line) or _TAG_LINE.match(line):
            found.lines[index] = ""


def _colons(found: Contents, index: int, opened: list[tuple[bool, int]]) -> None:
    match = _CONTAINER.match(found.lines[index])
    if not match or (match["name"] and len(match["rest"]) > 300):
        return
    words = match["name"] + (match["rest"] if match["braces"] else "")
    if words:
        name = words.partition("}")[0].lower()
        block = next((end for end in range(index + 1, len(found.lines)) if not _OPTION.match(found.lines[end])), index)
        options = dict(_take_options(found, index + 1, max(block, index + 1)))
        _take_picture(found, name, words.partition("}")[2], options, (index, index + 1))
        opened.append((name in _FIGURES or bool(_ASIDE.search(name)), index + 1))
    elif opened:
        aside, first = opened.pop()
        if aside:
            found.asides.append((first, index + 1))
    found.lines[index] = ""
