"""What changed since an approval, word by word: marked, so that it can be read without colours, and coloured besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from contentkit.manifests.differences import Difference, word_by_word
from contentkit.text import printable
from contentkit.words.word_changes import told

if TYPE_CHECKING:
    from rich.console import RenderableType

_STYLES = {"stayed": "", "out": "red", "in": "green"}


def terms_view(terms: Iterable[tuple[str, str]]) -> RenderableType:
    """What is approved beside the threads: each term with its name."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    lines = [Padding(Text(printable(f"{what}: {words}")), (0, 0, 0, 2)) for what, words in terms]
    return Group(Text("Approved with it:", style="bold"), *lines, Text())


def difference_view(difference: Difference, title: str) -> RenderableType:
    """Each change with its words then and now: ``[-taken out-]{+put in+}``."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    lines = [
        Text.assemble(*((printable(words), _STYLES[kind]) for kind, words in told(pieces)))
        for pieces in word_by_word(difference)
    ]
    return Group(Text(printable(title), style="bold"), *(Padding(line, (0, 0, 0, 2)) for line in lines), Text())


def difference_lines(difference: Difference, title: str) -> Iterator[str]:
    """The same in plain lines, none of them cut."""
    yield title
    for pieces in word_by_word(difference):
        words = "".join(words for _, words in told(pieces))
        yield from (f"  {line}" for line in words.split("\n"))
