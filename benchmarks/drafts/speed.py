"""What a draft costs: CPU time after import, the median of five."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median

from benchmarks.drafts.texts import Text
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentkitError

_ROUNDS = 5


def seconds(text: Text) -> float:
    """CPU seconds of the first draft that a process makes, so that nothing is remembered from the one before."""
    return median(_first_draft(text) for _ in range(_ROUNDS))


def timed(texts: Sequence[Text]) -> Iterator[str]:
    """One line a text: its words and the seconds of a draft (or of finding that there is none)."""
    yield "| text | words | CPU seconds |\n|---|---|---|"
    for text in texts:
        size = sum(len(passage.text.split()) for passage in text.source.passages)
        yield f"| {text.name} | {size:,} | {seconds(text):.3f} |"


def _first_draft(text: Text) -> float:
    context = get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_draft, args=(text, there))
    process.start()
    spent: float = here.recv()
    process.join()
    return spent


def _draft(text: Text, there: Connection) -> None:
    began = time.process_time()
    with suppress(ContentkitError):
        ExtractiveDrafter().draft(text.source, text.brief)
    there.send(time.process_time() - began)
