"""CK301: characters that nobody sees, and that deceive whoever reads the file or the post."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import Finding, error
from contentkit.published import Place, Wording
from contentkit.text import hidden_characters, printable


def check_hidden(wording: Wording) -> Iterator[Finding]:
    """One finding for each kind of them in these words."""
    for start, end, name in wording.found(_hidden_in):
        yield error(
            "CK301",
            f"a character that readers cannot see in the {wording.where}: {name}",
            words=printable(wording.text[start:end]),
            at=0 if wording.line else start,
            line=wording.line,
            remedy="delete it; retype the word if you cannot find it",
        )


def _hidden_in(text: str) -> Iterator[Place]:
    for name in hidden_characters(text):
        at = text.find(chr(int(name.rpartition("U+")[2], 16)))
        yield at, at + 1, name
