"""Inline marks of reStructuredText as Markdown has them: roles, links, references to notes, substitutions."""

from __future__ import annotations

import re

from contentkit.patterns import regex
from contentkit.sources.restructured.blocks import Blocks
from contentkit.sources.site_marks import role_words

# A literal comes first: nothing within it is a mark. No alternative crosses another backtick.
_MARK = regex(
    r"``[^`\n]{0,1000}``"
    r"|:(?P<role>[a-zA-Z][\w:+.-]{0,40}):`(?P<words>[^`]{1,500})`"
    r"|`(?P<text>[^`<>]{0,500})<(?P<url>[^<>`\s]{1,500})>`__?"
    r"|`(?P<named>[^`]{1,300})`__?(?!\w)"
    r"|[ \t]?\[(?:\d{1,4}|#[\w-]{0,40}|\*|[A-Z][\w-]{1,40})\]_(?!\w)"
    r"|\|(?P<substitute>[^|\s][^|\n]{0,60})\|_{0,2}"
    r"|(?<![\w`/:.])(?P<word>[A-Za-z0-9](?:[\w.-]{0,60}[A-Za-z0-9])?)_{1,2}(?!\w|[/.]\w)"
    r"|\\[ \n]"
)
_BLANK = regex(r"\n[ \t]*\n")


def spoken(blocks: Blocks) -> str:
    """The text of these blocks with Markdown's marks; every line keeps its number."""

    def markdown(match: re.Match[str]) -> str:
        # No mark goes on in another block.
        if _BLANK.search(match[0]):
            return match[0]
        if match["role"]:
            return _on_as_many_lines(role_words(match["role"], match["words"]), match[0].count("\n"))
        if match["url"]:
            return _link(match["text"] or match["url"], match["url"])
        if match["named"]:
            return _link(match["named"], blocks.address(match["named"]))
        if match["word"]:
            address = blocks.address(match["word"])
            return _link(match["word"], address) if address else match[0]
        if match["substitute"]:
            return blocks.substitutes.get(match["substitute"].lower(), match[0])
        if match[0].startswith("``"):
            return match[0]
        return "\n" * match[0].count("\n")

    return _MARK.sub(markdown, "\n".join(blocks.lines))


def _on_as_many_lines(words: str, ends: int) -> str:
    """The words over this many line ends, so that those behind keep their lines."""
    missing = ends - words.count("\n")
    words = words.replace(" ", "\n", max(0, missing))
    return words + "\n" * (ends - words.count("\n"))


def _link(words: str, address: str) -> str:
    words = _on_as_many_lines(words.strip(), words.count("\n"))
    return f"[{words}](<{address}>)" if address and not re.search(r"[\[\]<>]", words + address) else words
