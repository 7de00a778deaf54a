"""What doctor found: one line each, with what to do below it where something is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from contentkit.text import in_one_line
from contentkit.values import dataclass

if TYPE_CHECKING:
    from rich.table import Table

Level = Literal["ok", "warning", "error"]
_STYLES: dict[Level, str] = {"ok": "green", "warning": "yellow", "error": "bold red"}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at: how it is, what it is about, what was found, and what would mend it."""

    level: Level
    about: str
    what: str
    remedy: str = ""


def fine(about: str, what: str) -> Finding:
    return Finding(level="ok", about=about, what=what)


def warning(about: str, what: str, remedy: str) -> Finding:
    """Something that needs a person."""
    return Finding(level="warning", about=about, what=what, remedy=remedy)


def error(about: str, what: str, remedy: str) -> Finding:
    """Something that is broken."""
    return Finding(level="error", about=about, what=what, remedy=remedy)


def finding_cells(finding: Finding) -> tuple[str, ...]:
    """The cells of one line for a pipe."""
    return (finding.level, finding.about, in_one_line(finding.what), in_one_line(finding.remedy))


def findings_table(findings: Sequence[Finding]) -> Table:
    """The findings for a terminal; what to do stands below what was found."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", max_width=20)
    table.add_column(overflow="fold")
    for finding in findings:
        words = Text(in_one_line(finding.what))
        if finding.remedy:
            words.append(f"\n{in_one_line(finding.remedy)}", style="dim")
        table.add_row(Text(finding.level, style=_STYLES[finding.level]), Text(in_one_line(finding.about)), words)
    return table


def summary(findings: Sequence[Finding]) -> str:
    """``1 error, 2 warnings``, or that all is well."""
    counts = [(sum(one.level == level for one in findings), level) for level in ("error", "warning")]
    words = [f"{count} {level}{'' if count == 1 else 's'}" for count, level in counts if count]
    return ", ".join(words) or "All is well."
