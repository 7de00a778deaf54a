"""What begins with two dots in reStructuredText: directives, targets, notes and comments."""

from __future__ import annotations

import re

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.containers import role_of
from contentkit.sources.inline import words_of
from contentkit.sources.restructured.blocks import Blocks, block_end, dedented, margin_of

_EXPLICIT = regex(r"^([ \t]*)\.\.(?:[ \t]+(?P<rest>.*))?$")
_DIRECTIVE = regex(r"(?:\|(?P<substitute>[^|\n]{1,60})\| )?(?P<name>[\w:+-]{1,60})::(?:[ \t]+(?P<argument>.*))?$")
_TARGET = regex(r"_(?:`(?P<quoted>[^`\n]{1,100})`|(?P<name>[^:\n]{1,100})):(?:[ \t]+(?P<url>\S+))?[ \t]*$")
_NOTE = regex(r"\[(?:\d{1,4}|#[\w-]{0,40}|\*|[A-Z][\w-]{1,40})\](?:[ \t]+(?P<words>.*))?$")
_OPTION = regex(r"^[ \t]*:(?P<key>[\w-]{1,40}):(?:[ \t]+(?P<value>.*))?$")
_CODE = frozenset({
    "code", "code-block", "doctest", "ipython", "jupyter-execute", "math", "parsed-literal", "prompt", "sourcecode",
    "testcode", "testoutput",
})  # fmt: skip
_SILENT = frozenset({
    "class", "default-role", "highlight", "literalinclude", "meta", "module", "currentmodule", "post", "update",
})  # fmt: skip


def explicit(blocks: Blocks, index: int) -> int:
    """What begins with two dots: a directive, a target, a note, or a comment."""
    match = _EXPLICIT.match(blocks.lines[index])
    if not match or (match["rest"] is None and not _indented(blocks, index, len(match[1]))):
        return index
    rest, last = (match["rest"] or "").strip(), block_end(blocks, index, len(match[1]))
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
    return index + 1 < len(blocks.lines) and margin_of(blocks.lines[index + 1]) > margin


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
        code = dedented(blocks.lines[content:last])
        blocks.take("code", "\n".join(code).strip("\n"), index, last)
        return last
    if role == "silent" or name == "replace":
        blocks.blank(index, last)
        return last
    blocks.blank(index, content)
    # An admonition has a title, a note begins on the line of its name.
    blocks.lines[index] = argument if role == "aside" and name not in ("admonition", "topic", "sidebar") else ""
    blocks.lines[content:last] = dedented(blocks.lines[content:last])
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
