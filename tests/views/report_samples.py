"""Reports to look at: of made-up figures, and of some with words that mean no good."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from contentkit.stats.periods import Period
from contentkit.stats.reports import report
from contentkit.store.database import open_database
from contentkit.views.report.blocks import Content
from contentkit.views.report.content import content_of
from tests.reports.made import Made, fill

NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30), zone=ZoneInfo("America/Mexico_City"))
SAMPLE = Made(seed=1, threads=60)
# Words of archives and of people: none of them may be anything but words.
HOSTILE = (
    "</title></svg><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&amp; \u202e <!-- -->",
    "$\\frac{1}{0}$ $x^2$", "[click](javascript:alert(1))", "`code` **bold** | cell | ~~gone~~", "# heading", "1. item",
    "- item", "> quote", "---", "<javascript:alert(1)>", "![pixel](https://tracker.example/x.png)", "漢字 עברית 🎉",
    "&#x3c;b&#x3e;", "a\\", "www.example.org", "x@example.org", "```sql", "=1+1", "\x1b[31mred",
)  # fmt: skip


def content_in(folder: Path, made: Made = SAMPLE) -> Content:
    """What a report of these figures says. The folder is used once."""
    with closing(open_database(folder)) as database:
        fill(database.conn, made)
        if made.words is HOSTILE:
            _poison(database.conn.execute)
        return content_of(report(database, "grebe", NOVEMBER), "contentkit 0")


def _poison(execute: object) -> None:
    assert callable(execute)
    for column in ("campaign", "slot", "founder", "drafter", "language"):
        execute(f"UPDATE entries SET {column} = title || '{column}' WHERE {column} IS NOT NULL")
    execute("UPDATE published_parts SET url = 'javascript:alert(1)//' || url WHERE part = 0")
    execute(
        "INSERT INTO account_snapshots (account, taken_at, followers) VALUES ('</g><script>', '2026-11-03T00:00:00Z', 3)"
    )
    execute(
        "INSERT INTO account_snapshots (account, taken_at, followers) VALUES ('</g><script>', '2026-11-09T00:00:00Z', 5)"
    )
