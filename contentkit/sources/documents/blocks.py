"""Blocks of Markdown one below the other, within quotations and list items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from contentkit.patterns import regex
from contentkit.values import dataclass

# Markdown's reader gives up on deeper nesting; what is deeper is read as if it stood there.
_DEEPEST = 8
_BACKTICKS = regex(r"`+")
_LINE_END = regex(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_LANGUAGE = regex(r"(?:^|[\s-])(?:language|lang|highlight-source|src)-([A-Za-z][\w+#-]{0,30})")


@dataclass(eq=False)
class List:
    """An open list: whether its items are numbered, and the number of the next."""

    ordered: bool
    number: int = 1


@dataclass(eq=False)
class Container:
    """A quotation, or an item of ``list``: what its first line begins with, what the others do, whether it has one yet."""

    first: str
    rest: str
    list: List | None = None
    used: bool = False


@dataclass
class Sheet:
    """The lines so far, and the containers that are open around the next block."""

    lines: list[str] = field(default_factory=list)
    open: list[Container] = field(default_factory=list)
    _above: tuple[Container, ...] = ()
    _is_item: bool = False

    def quote(self) -> Container | None:
        """Opens a quotation."""
        return self._opened(Container("> ", "> "))

    def item(self, of: List) -> Container | None:
        """Opens the next item of a list."""
        mark = f"{of.number}. " if of.ordered else "- "
        of.number += 1
        return self._opened(Container(mark, " " * len(mark), of))

    def _opened(self, container: Container) -> Container | None:
        if len(self.open) >= _DEEPEST:
            return None
        self.open.append(container)
        return container

    def close(self, container: Container | None) -> None:
        """Closes this container and what is open in it."""
        if container in self.open:
            del self.open[self.open.index(container) :]

    def close_items(self, of: List) -> None:
        """Closes the open item of this list."""
        self.close(next((container for container in self.open if container.list is of), None))

    def add(self, lines: Sequence[str]) -> None:
        """A paragraph, heading or table below what is there; items of one list stand close."""
        self._separate()
        first = "".join(one.rest if one.used else one.first for one in self.open)
        self._put([first + lines[0]], lines[1:])

    def add_code(self, lines: Sequence[str]) -> None:
        """Fenced code: always on lines of its own, so that everybody sees that the fence is one."""
        self._separate()
        if any(not one.used and one.list for one in self.open):
            first = "".join(one.rest if one.used else one.first for one in self.open)
            self._put([first.rstrip()], lines)
        else:
            self._put([], lines)

    def add_outside(self, lines: Sequence[str]) -> None:
        """A block that stands in no container, whatever is open."""
        kept, self.open = self.open, []
        self.add(lines)
        self.open = kept

    def _put(self, first: Sequence[str], others: Sequence[str]) -> None:
        rest = "".join(one.rest for one in self.open)
        self._is_item = any(not one.used and one.list for one in self.open)
        self.lines += [*first, *((rest + line) if line else rest.rstrip() for line in others)]
        for one in self.open:
            one.used = True
        self._above = tuple(self.open)

    def _separate(self) -> None:
        if not self.lines or self._is_close():
            return
        common = 0
        while common < min(len(self._above), len(self.open)) and self._above[common] is self.open[common]:
            common += 1
        self.lines.append("".join(one.rest for one in self.open[:common]).rstrip())

    def _is_close(self) -> bool:
        """Whether the next block is an item that follows an item's only paragraph in the same list, or begins one in it."""
        fresh = [one for one in self.open if not one.used]
        if not self._is_item or not fresh or fresh[0].list is None or len(fresh) > 1:
            return False
        above = self.open[: -len(fresh)]
        if list(self._above) == above:
            # The first item of a list within an item: a number other than 1 would be read as part of the words above.
            return bool(above) and (not fresh[0].list.ordered or fresh[0].first == "1. ")
        return list(self._above[: len(above)]) == above and any(one.list is fresh[0].list for one in self._above)


@dataclass
class Code:
    """Preformatted text while it is collected."""

    language: str = ""
    text: list[str] = field(default_factory=list)

    def fenced(self) -> list[str]:
        """The code between fences that it does not hold itself; nothing when it is blank."""
        lines = [line.rstrip().expandtabs(4) for line in _LINE_END.split("".join(self.text))]
        while lines and not lines[0]:
            lines.pop(0)
        while lines and not lines[-1]:
            lines.pop()
        fence = "`" * max(3, 1 + max((len(run) for line in lines for run in _BACKTICKS.findall(line)), default=0))
        return [f"{fence}{self.language}", *lines, fence] if lines else []


def language_in(classes: str) -> str:
    """The language of code with these classes, as highlighters write it; empty when none says."""
    match = _LANGUAGE.search(classes)
    return match[1] if match else ""


def table_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of these cells. Its first row is the head, for Markdown has no table without one."""
    width = max(len(row) for row in rows)
    head = [*rows[0], *[""] * (width - len(rows[0]))]
    return [_row(head), _row(["---"] * width), *(_row(row) for row in rows[1:])]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
