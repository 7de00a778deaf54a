"""The text format: which lines are reStructuredText, and their passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.kinds import kind_of
from contentkit.sources.manuscript import Span
from contentkit.sources.markdown import passages_of
from contentkit.sources.plain import as_aside
from contentkit.sources.restructured.blocks import Blocks
from contentkit.sources.restructured.inline import spoken
from contentkit.sources.restructured.reading import as_markdown

_NAMES = (".rst", ".rest")
_DIRECTIVE = regex(r"^\.\. (?:[\w-]{2,40}(?::[\w-]{1,40})?::(?:[ \t]|$)|\|[^|\n]{1,60}\| \w+::)")
_OTHER_MARKS = regex(
    r"^\.\. (?:_[^:\n]{1,80}:|\[[#\w*-]{1,40}\] )|(?<![\w`]):[a-z][\w:+-]{1,40}:`[^`\n]{1,200}`"
    r"|`[^`<>\n]{1,200} ?<[^<>\n]{1,300}>`__?"
)
_MARKDOWN = regex(r"^ {0,3}(?:#{1,6} |```|~~~~*\w)|\]\(https?:")
_LOOKED_AT = 2000


class _Restructured:
    name = "reStructuredText"

    def recognises(self, lines: Sequence[str], name: str) -> bool:
        """By its name; or by a directive or two other marks that only it has, where nothing is Markdown."""
        if name.lower().endswith(_NAMES):
            return True
        marks = 0
        for line in lines[:_LOOKED_AT]:
            if _MARKDOWN.search(line[:1000]):
                return False
            marks += 2 if _DIRECTIVE.match(line) else bool(_OTHER_MARKS.search(line[:1000]))
        return marks > 1

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:  # noqa: ARG002 - it has none
        return ()

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        blocks = as_markdown(front.body_of(lines))
        found = [*blocks.passages, *passages_of(spoken(blocks).split("\n"))]
        together = sorted(found, key=lambda passage: passage.first)
        asides = blocks.aside_lines()
        passages = [as_aside(passage) if passage.first in asides else _ruled(passage, blocks) for passage in together]
        return kind_of(front, frozenset(), name), passages


def _ruled(passage: Passage, blocks: Blocks) -> Passage:
    """A title with the rules around it, without which it is none."""
    first, last = blocks.titles.get(passage.first, (passage.first, passage.last))
    return replace(passage, first=first, last=last) if passage.kind == "heading" else passage


RESTRUCTURED = _Restructured()
