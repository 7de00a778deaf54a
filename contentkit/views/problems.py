"""Findings as a person reads them: where, how bad, what, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from contentkit.models import Problem
from contentkit.text import in_one_line, printable

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.text import Text

_STYLES = {"error": "bold red", "warning": "yellow", "information": "dim", "waived": "green"}
_MARKS = {
    "error": "bold underline red",
    "warning": "bold underline yellow",
    "information": "underline",
    "waived": "underline green",
}
# Where what is said of a line stands, below the words of it.
_INDENT = 7


def problems_view(problems: Sequence[Problem]) -> Group:
    """The findings by file and post: the line with the words marked, what is wrong with them, what would mend it."""
    from rich.console import Group

    ordered = sorted(problems, key=_by_place)
    blocks: list[RenderableType] = []
    for (path, post), group in groupby(ordered, key=lambda problem: (problem.where.path, problem.post)):
        blocks += [_heading(path, post), *_under_heading(list(group)), ""]
    return Group(*blocks[:-1])


def _by_place(problem: Problem) -> tuple[str, int, int, int]:
    spot = problem.where
    return spot.path, -1 if problem.post is None else problem.post, spot.line, spot.column


def _heading(path: str, post: int | None) -> Text:
    from rich.text import Text

    heading = Text(in_one_line(path), style="bold", overflow="fold")
    return heading if post is None else heading.append(f", post {post + 1}", style="not bold")


def _under_heading(problems: Sequence[Problem]) -> Iterator[RenderableType]:
    """Each piece of a line once, with what was found in it marked, and below it what was found."""
    from rich.padding import Padding

    for (line, _), group in groupby(problems, key=lambda one: (one.where.line, "".join(one.where.excerpt).rstrip())):
        found = list(group)
        if line:
            yield _piece(found)
        for problem in found:
            yield Padding(problem_text(problem), (0, 0, 0, _INDENT))


def problem_text(problem: Problem) -> Text:
    """How bad a finding is, what it is, and below it what would mend it."""
    from rich.text import Text

    level, advice = _told(problem)
    said = Text(f"{level} {problem.check}", style=_STYLES[level])
    said.append(f": {printable(problem.message)}", style="default" if level in ("error", "warning") else "dim")
    return said.append(f"\n→ {in_one_line(advice)}", style="dim") if advice else said


def _piece(found: Sequence[Problem]) -> Text:
    """``  14   All 250 teams had …``, with the words marked that something is wrong with."""
    from rich.text import Text

    spot = found[0].where
    text = Text(f"{spot.line:>{_INDENT - 3}}   ", no_wrap=True, overflow="ellipsis")
    text.stylize("dim")
    shown = "".join(spot.excerpt)
    text.append(in_one_line(shown))
    for problem in found:
        before, words, _ = map(in_one_line, problem.where.excerpt)
        start = _INDENT + len(before)
        text.stylize(_MARKS[_told(problem)[0]], start, start + len(words))
    return text


def problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """The same for a pipe, as compilers write it."""
    for problem in problems:
        level, advice = _told(problem)
        remedy = f" ({advice})" if advice else ""
        place = in_one_line(problem.place)
        yield " ".join(f"{place}{_column(problem)}: {level} {problem.check}: {problem.message}{remedy}".split())


def _told(problem: Problem) -> tuple[str, str]:
    """How bad it is, and what would mend it; of what was waived that, and who took it upon them."""
    if problem.waived:
        return "waived", f"{problem.waived.by}: {problem.waived.reason}"
    return problem.severity, problem.remedy


def _column(problem: Problem) -> str:
    """``:7``, where somebody has looked: editors take a reader there."""
    return f":{problem.where.column}" if problem.where.column else ""


def tally(problems: Sequence[Problem]) -> str:
    """``2 errors, 1 warning``. What is only information is no problem."""
    counts = [
        (sum(problem.severity == severity for problem in problems), severity) for severity in ("error", "warning")
    ]
    return (
        ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counts if count)
        or "no problems"
    )
