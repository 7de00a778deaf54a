"""Posts beside what they rest on: the words that both have marked, and what became of the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from contentkit.checks.beside import Beside, Cited, Said
from contentkit.models import Problem
from contentkit.text import counted, in_one_line, one_line, printable
from contentkit.values import dataclass
from contentkit.words.shared_words import Span

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text

# Of evidence that points at a whole book, nobody reads more than this beside a post.
_MOST_PASSAGES = 12
_LONGEST_TEXT = 1500
_BEFORE_SHARED = 200
_LONGEST_SENTENCE = 70

Style = Literal["", "heading", "place", "shared", "alone", "good", "doubtful", "bad", "aside"]
Piece = tuple[str, Style]
_RICH = {
    "": "",
    "heading": "bold",
    "place": "cyan",
    "shared": "bold underline",
    "alone": "dim italic",
    "good": "green",
    "doubtful": "yellow",
    "bad": "bold red",
    "aside": "dim",
}
# What marks words where there are no colours and no fonts.
_SIGNS = {"shared": ("_", "_"), "alone": ("~", "~")}
_SEVERITIES: dict[str, Style] = {"error": "bad", "warning": "doubtful", "information": "aside"}

LEGEND = "Underlined: a post and its source both say it. Dim, in italics: only the post does."
LEGEND_OF_SIGNS = "_so_: a post and its source both say it. ~so~: only the post does."


@dataclass(frozen=True)
class Row:
    """Some text that begins on a line of its own: how far it is indented, and its pieces."""

    indent: int
    pieces: tuple[Piece, ...]


def evidence_rows(posts: Sequence[Beside]) -> Iterator[Row]:
    """Every post with what it rests on, an empty row between two of them."""
    for place, post in enumerate(posts):
        if place:
            yield Row(0, ())
        yield Row(0, ((f"Post {post.number}", "heading"), (f" · line {post.line}" if post.line else "", "aside")))
        yield Row(2, tuple(_marked(post.text, post.alone, "alone")))
        yield from cited_rows(post)


def cited_rows(post: Beside) -> Iterator[Row]:
    """What one post rests on, what stands elsewhere, what the checks say of that."""
    if not post.cited:
        yield Row(2, (("rests on nothing", "aside"),))
    for cited in post.cited:
        yield Row(2, tuple(_heading(cited)))
        for said in cited.said[:_MOST_PASSAGES]:
            yield Row(4, tuple(_said(said, cited)))
        if more := len(cited.said) - _MOST_PASSAGES:
            yield from [Row(4, ((f"… and {counted(more, 'more passage')}", "aside"),))] if more > 0 else []
    for one in post.verbatim:
        sentence = one_line(post.text[one.start : one.end], _LONGEST_SENTENCE)
        yield Row(
            2,
            (
                (f"“{sentence}” stands in the source, too: add ", "aside"),
                (f"<!-- evidence: {in_one_line(str(one.evidence))} -->", ""),
            ),
        )
    for problem in post.found:
        yield from _problem(problem)


def evidence_view(posts: Sequence[Beside]) -> Group:
    """For a terminal with fonts."""
    return _view(evidence_rows(posts))


def evidence_lines(posts: Sequence[Beside]) -> Iterator[str]:
    """For a pipe, and for terminals without colours: signs around the words."""
    return _lines(evidence_rows(posts))


def cited_view(post: Beside) -> Group:
    """What one post rests on, to stand below it, as ``evidence_view`` shows it."""
    return _view(cited_rows(post))


def cited_lines(post: Beside) -> Iterator[str]:
    """What one post rests on, as ``evidence_lines`` has it."""
    return (line.removeprefix("  ") for line in _lines(cited_rows(post)))


def _view(rows: Iterable[Row]) -> Group:
    from rich.console import Group
    from rich.padding import Padding

    return Group(*(Padding(_text(row), (0, 0, 0, row.indent)) for row in rows))


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Rows in plain lines, with signs around the words that are marked."""
    for row in rows:
        for line in "".join(_signed(words, style) for words, style in row.pieces).split("\n"):
            yield f"{' ' * row.indent}{line}".rstrip()


def has_marks(posts: Sequence[Beside]) -> bool:
    """Whether anything is marked, so that a legend is worth its line."""
    return any(post.alone or any(said.shared for cited in post.cited for said in cited.said) for post in posts)


def _text(row: Row) -> Text:
    from rich.text import Text

    text = Text(overflow="fold")
    for words, style in row.pieces:
        text.append(words, style=_RICH[style])
    return text


def _signed(words: str, style: Style) -> str:
    before, after = _SIGNS.get(style, ("", ""))
    return f"{before}{words}{after}" if words else ""


def _heading(cited: Cited) -> Iterator[Piece]:
    yield in_one_line(cited.evidence.place), "place"
    yield " · ", "aside"
    yield _state(cited)
    speakers = dict.fromkeys(one.speaker for one in cited.said if one.speaker)
    if speakers:
        yield " · ", "aside"
        yield in_one_line(", ".join(speakers)), ""


def _state(cited: Cited) -> Piece:
    """What became of the lines, in words."""
    match cited.state:
        case "holds" if cited.evidence.sha:
            return "holds", "good"
        case "holds":
            return "there (no sha to tell changes by)", "aside"
        case "moved":
            assert cited.now is not None
            return f"moved to {cited.now.place.rpartition('#')[2]}", "doubtful"
    where = "; its words stand in several places now" if cited.several else ""
    if cited.state == "changed":
        return f"changed since{where}; now it says", "bad"
    return f"gone: nothing is there{where}", "bad"


def _said(said: Said, cited: Cited) -> Iterator[Piece]:
    """One passage; who says it, where several do."""
    several = len({one.speaker for one in cited.said}) > 1
    if several and said.speaker:
        yield f"{in_one_line(said.speaker)}: ", ""
    start, end = _excerpt(said)
    yield ("" if said.opens and not start else "… "), "aside"
    spans = [(max(a, start) - start, min(b, end) - start) for a, b in said.shared if a < end and start < b]
    yield from _marked(said.text[start:end], spans, "shared")
    yield ("" if said.closes and end == len(said.text) else " …"), "aside"


def _excerpt(said: Said) -> tuple[int, int]:
    """As much of a long passage as is shown: from a little before the first words that the post has."""
    if len(said.text) <= _LONGEST_TEXT:
        return 0, len(said.text)
    first = said.shared[0][0] if said.shared else 0
    start = max(0, first - _BEFORE_SHARED)
    return start, min(len(said.text), start + _LONGEST_TEXT)


def _problem(problem: Problem) -> Iterator[Row]:
    style = _SEVERITIES[problem.severity]
    yield Row(2, ((f"{problem.severity} {problem.check}", style), (f": {in_one_line(problem.message)}", "")))
    if problem.remedy:
        yield Row(4, ((f"→ {in_one_line(problem.remedy)}", "aside"),))


def _marked(text: str, spans: Sequence[Span], style: Style) -> Iterator[Piece]:
    """The whole text, printable, cut into what is marked and what stands between."""
    end = 0
    for start, stop in spans:
        yield printable(text[end:start]), ""
        yield printable(text[start:stop]), style
        end = stop
    yield printable(text[end:]), ""
