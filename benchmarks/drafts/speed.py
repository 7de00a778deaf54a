"""What a draft costs: CPU time after import, the median of five."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from benchmarks.drafts.texts import Text
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentkitError

_ROUNDS = 5


def seconds(text: Text) -> float:
    """CPU seconds of one draft of this text. Raises ContentError when there is none."""
    spent = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        # A value of its own each time: nothing that was worked out for the last one is known.
        ExtractiveDrafter().draft(replace(text.source), text.brief)
        spent.append(time.process_time() - began)
    return median(spent)


def timed(texts: Sequence[Text]) -> Iterator[str]:
    """One line a text: its words and the seconds of a draft."""
    yield "| text | words | CPU seconds |\n|---|---|---|"
    for text in texts:
        size = sum(len(passage.text.split()) for passage in text.source.passages)
        try:
            yield f"| {text.name} | {size:,} | {seconds(text):.3f} |"
        except ContentkitError as error:
            yield f"| {text.name} | {size:,} | {error.message} |"
