"""The measures of many threads as a table, and as JSON with all that was flagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import mean
from typing import Any

from benchmarks.drafts.makers import threads_of
from benchmarks.drafts.measures import Measures, measured
from benchmarks.drafts.texts import Text
from benchmarks.drafts.words import top_terms
from contentkit.drafting import Drafter
from contentkit.errors import ContentkitError

_TERMS = 25
# Of each column: its head, and whether it is summed up or averaged.
_COLUMNS = {
    "posts": ("posts", sum),
    "over_limit": ("over", sum),
    "without_evidence": ("no evid.", sum),
    "markup": ("markup", sum),
    "shared_sentences": ("twice", sum),
    "dangling": ("dangling", mean),
    "unended": ("unended", mean),
    "coverage": ("coverage", mean),
    "redundancy": ("redund.", mean),
    "used": ("used", mean),
    "evidence": ("evidence", mean),
    "distance": ("distance", mean),
    "purity": ("purity", mean),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one maker made of one text."""

    text: str
    group: str
    maker: str
    measures: Measures


def rows_of(texts: Sequence[Text], drafter: Drafter | None = None) -> tuple[list[Row], list[str]]:
    """A row for each text and maker; and the texts of which we make nothing, a line each."""
    bodies = [" ".join(passage.text for passage in text.own_passages()) for text in texts]
    rows, failed = [], []
    for text, telling in zip(texts, top_terms(bodies, _TERMS), strict=True):
        try:
            threads = threads_of(text, drafter)
        except ContentkitError as error:
            failed.append(f"{text.name}: {error.message}")
            continue
        rows += [
            Row(text=text.name, group=text.group, maker=maker, measures=measured(thread, text, telling))
            for maker, thread in threads.items()
        ]
    return rows, failed


def table(rows: Sequence[Row]) -> Iterator[str]:
    """One line a group and maker, as Markdown: counts are summed over the texts, shares are averaged over them."""
    yield "| group | maker | texts | " + " | ".join(head for head, _ in _COLUMNS.values()) + " |"
    yield "|---" * (len(_COLUMNS) + 3) + "|"
    for group in dict.fromkeys(row.group for row in rows):
        for maker in dict.fromkeys(row.maker for row in rows):
            of = [row.measures for row in rows if row.group == group and row.maker == maker]
            if of:
                yield f"| {group} | {maker} | {len(of)} | " + " | ".join(_cells(of)) + " |"


def _cells(measures: Sequence[Measures]) -> Iterator[str]:
    for name, (_, summed) in _COLUMNS.items():
        values = [value for one in measures if (value := getattr(one, name)) is not None]
        yield "–" if not values else str(sum(values)) if summed is sum else f"{mean(values):.2f}"


def as_json(rows: Sequence[Row], failed: Sequence[str], unread: Sequence[str]) -> Mapping[str, Any]:
    """All rows with what leans on something before it, in its own words."""
    return {"rows": [asdict(row) for row in rows], "not drafted": list(failed), "not read": list(unread)}
