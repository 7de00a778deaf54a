"""A report as Markdown: what came from outside is words, whatever it looks like, in every dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.patterns import regex
from contentkit.text import printable
from contentkit.views.report.blocks import Block, Cell, Content, Drawn, Items, Paragraph, Quoted, Section, Source, Table

# The first line tells a file of ours from any other.
MARKER = "<!-- contentkit report -->"
# Signs that mean something wherever they stand; a colon and a dot where an address could begin with them, or the name of a
# picture: not in 09:30.
_SIGNS = regex(r"([\\`*_{}\[\]<>#|~&$^=@]|!(?=\[)|:(?=\S)(?!(?<=\d:)\d\d(?![\w:+-]))|(?<=[wW])\.)")
# Signs that mean something at the beginning of a line: a list, a rule, a number of a list.
_BEGINNINGS = regex(r"^(-|\+(?!\d)|\d+(?=[.)](?:\s|$)))(.?)")
_ADDRESS = regex(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~/@%&=+?#-]*)?")


def markdown(content: Content) -> str:
    """The whole file."""
    blocks = [MARKER, f"# {escaped(content.title)}", escaped(content.about)]
    blocks += [one for section in content.sections for one in _section(section, 2)]
    return "\n\n".join((*blocks, "---", escaped(content.maker))) + "\n"


def escaped(words: str) -> str:
    """The words as they are, on one line: no sign of them means anything."""
    signs = _SIGNS.sub(r"\\\1", " ".join(printable(words).split()))
    return _BEGINNINGS.sub(_defused, signs)


def _defused(beginning: re.Match[str]) -> str:
    """A number's dot takes the backslash: before a digit it would be shown."""
    sign, after = beginning.groups()
    return f"{sign}\\{after}" if sign.isdigit() else f"\\{sign}{after}"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(section.title)}"
    for block in section.blocks:
        yield from _section(block, level + 1) if isinstance(block, Section) else _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield escaped(block.words)
    elif isinstance(block, Items):
        yield "\n".join(f"- {escaped(words)}" for words in block.words)
    elif isinstance(block, Table):
        yield _table(block)
    elif isinstance(block, Drawn):
        yield f"{escaped(block.chart.title)}: {escaped(block.chart.told)}"
        yield _table(block.table)
    elif isinstance(block, Quoted):
        yield from _quoted(block, level + 1)
    else:
        yield from _source(block)


def _table(table: Table) -> str:
    rule = "| " + " | ".join("---" if place == 0 else "---:" for place in range(len(table.headings))) + " |"
    heads = "| " + " | ".join(map(escaped, table.headings)) + " |"
    return "\n".join((heads, rule, *(f"| {' | '.join(map(_cell, row))} |" for row in table.rows)))


def _cell(cell: Cell) -> str:
    return escaped(f"{cell.words} ({cell.base})" if cell.base else cell.words)


def _quoted(quoted: Quoted, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(quoted.title)}"
    yield escaped(quoted.about)
    if quoted.text is None:
        yield escaped(quoted.why)
    else:
        # Two spaces at its end keep a line apart from the next one.
        yield "\n".join(f"> {escaped(line)}  " for line in quoted.text.strip("\n").split("\n"))
    if quoted.url:
        yield f"<{quoted.url}>" if _ADDRESS.fullmatch(quoted.url) else escaped(quoted.url)


def _source(source: Source) -> Iterator[str]:
    yield escaped(f"How this was counted: {source.rule}")
    if source.query:
        yield f"```sql\n{source.query}\n```"
