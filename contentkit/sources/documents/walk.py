"""A walk over the tags of a page: what is open, what is said, what nobody can see.

The open elements are a list, so that no depth is too deep, and each tag costs the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from contentkit.patterns import regex
from contentkit.sources.documents.blocks import Code, List, Sheet
from contentkit.sources.documents.phrases import Look, Run, is_silent, lines_of, paragraphs_in
from contentkit.sources.documents.tags import Tag
from contentkit.sources.hidden_elements import is_unseen
from contentkit.values import dataclass

# What is done when an element ends.
Leave = Callable[[], None]
Enter = Callable[["Walk", Tag], Leave | None]

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
# What is crossed out was not said; the rest is no text.
_STRUCK = frozenset(("del", "s", "strike"))
_DROPPED = _STRUCK | frozenset(
    "applet audio button canvas datalist dialog frameset head map math nav noscript object rp rt select "  # noqa: SIM905
    "svg template video".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "  # noqa: SIM905
    "form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)
# Elements whose end nobody writes: which open ones a tag ends, and behind which it does not look for them.
_ENDS = {
    "li": (frozenset(("li",)), frozenset(("dir", "menu", "ol", "ul", "table"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "tr": (frozenset(("tr", "td", "th")), frozenset(("table",))),
    "td": (frozenset(("td", "th")), frozenset(("table", "tr"))),
    "th": (frozenset(("td", "th")), frozenset(("table", "tr"))),
}
_FARTHEST = 50
_SPACE = regex(r"\s+")
_NUMBER = regex(r"\s*[+\-−]?\d{1,9}\s*")
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(eq=False)
class _Open:
    name: str
    leave: Leave | None = None


class Walk:
    """What has been read of a page. Links are resolved against ``address``; ``hidden`` counts elements nobody can see,
    ``struck`` is what is crossed out.

    While ``code`` is there, text is collected in it. While ``flat``, all words are one paragraph: those of a heading, a
    cell, a note, a caption. ``looks``, ``links`` and ``raised`` hold for the words that follow. ``notes`` maps the
    fragment that a reference to a footnote leads to to the note's number. ``code_spans``: code within words is marked.
    """

    def __init__(self, address: str, elements: Mapping[str, Enter], *, code_spans: bool) -> None:
        self.address = address
        self.code_spans = code_spans
        self.page = Sheet()
        self.hidden = 0
        self.struck: list[str] = []
        self.runs: list[Run] = []
        self.looks: list[Look] = []
        self.links: list[str] = []
        self.lists: list[List] = []
        self.raised = 0
        self.code: Code | None = None
        self.notes: dict[str, int] = {}
        self.in_note = False
        self.flat = False
        self.rows: list[list[list[Run]]] = []
        self.names: Counter[str] = Counter()
        self._elements = elements
        self._open: list[_Open] = []
        # How many elements were open when one began of which nothing is read; 0: all is read.
        self._unread = 0

    def text(self, words: str) -> None:
        """Words between two tags."""
        if self._unread:
            if self._open[self._unread - 1].name in _STRUCK:
                self.struck.append(words)
            return
        if self.code:
            self.code.text.append(words)
            return
        if self.raised and _NUMBER.fullmatch(words):
            words = words.translate(_SUPERSCRIPT)
        look: Look = self.looks[-1] if self.looks else "plain"
        self.runs.append(Run(_SPACE.sub(" ", words), look, self.links[-1] if self.links else ""))

    def open(self, tag: Tag) -> None:
        """A tag that opens an element, or stands alone."""
        if tag.name in _ENDS:
            self._end_open(*_ENDS[tag.name])
        elif tag.name in _BLOCKS and self._open and self._open[-1].name == "p":
            self.close("p")
        entry = None
        if tag.name not in _VOID:
            entry = _Open(tag.name)
            self._open.append(entry)
            self.names[tag.name] += 1
        if self._unread:
            return
        unseen = is_unseen(tag.attributes)
        if unseen or tag.name in _DROPPED:
            self.hidden += unseen and entry is not None
            self._unread = len(self._open) if entry else 0
            return
        if tag.name in _BLOCKS:
            self.flush()
        enter = self._elements.get(tag.name)
        leave = enter(self, tag) if enter else None
        if entry:
            entry.leave = leave or (self.flush if tag.name in _BLOCKS else None)

    def close(self, name: str) -> None:
        """A tag that closes an element: those within it end too."""
        while self.names[name]:
            entry = self._open.pop()
            self.names[entry.name] -= 1
            if len(self._open) < self._unread:
                self._unread = 0
            elif entry.leave and not self._unread:
                entry.leave()
            if entry.name == name:
                return

    def end(self) -> None:
        """The end of the page."""
        while self._open:
            self.close(self._open[-1].name)
        self.flush()

    def skip(self) -> None:
        """Nothing is read of the element that was just opened."""
        self._unread = len(self._open)

    def flush(self) -> None:
        """A block begins or ends here: what was said since the last one is a paragraph."""
        if self.code:
            self.code.text.append("\n")
        elif self.flat:
            self.runs.append(Run("\n"))
        else:
            runs, self.runs = self.runs, []
            for paragraph in paragraphs_in(runs):
                self.page.add(lines_of(paragraph))

    def flattened(self, keep: Callable[[list[Run]], None]) -> Leave:
        """Reads what the element holds as one paragraph, and hands it to ``keep`` in the end."""
        if self.flat or self.code:
            return self.flush
        self.flush()
        self.flat = True

        def leave() -> None:
            runs, self.runs = self.runs, []
            self.flat = False
            if not is_silent(runs):
                keep(runs)

        return leave

    def _end_open(self, names: frozenset[str], walls: frozenset[str]) -> None:
        """Ends the outermost of these elements that is open within the innermost wall."""
        found = ""
        for entry in reversed(self._open[-_FARTHEST:]):
            if entry.name in walls and (not found or entry.name not in names):
                break
            found = entry.name if entry.name in names else found
        if found:
            self.close(found)
