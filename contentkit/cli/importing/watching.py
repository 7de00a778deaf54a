"""What a person sees while much is read: a line that moves on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

One = TypeVar("One")
# So many are done before anybody asks how long it takes.
_A_FEW = 2


@contextmanager
def shown(words: str) -> Iterator[None]:
    """Says on the terminal what is done within, as long as it lasts."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True, markup=False, highlight=False, emoji=False).status(escape(words)):
        yield


def with_bar(ones: Sequence[One]) -> Iterable[One]:
    """One after the other; with a bar on the terminal when there are more than a few."""
    if len(ones) <= _A_FEW or not sys.stderr.isatty():
        return ones
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    return track(ones, "Storing figures", console=console, transient=True)
