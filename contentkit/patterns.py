"""Regular expressions that are compiled when they are first looked for, and not when their module is loaded.

To compile one takes longer than to search a page for it, and a command uses few of those that the modules it loads know.
"""

from __future__ import annotations

__all__ = ["regex"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import compile as regex
    from typing import Any
else:

    def regex(pattern: str | bytes, flags: int = 0) -> Uncompiled:
        """What ``re.compile`` gives, for a constant of a module; a fault in the pattern is told at its first use."""
        return Uncompiled(pattern, flags)


class Uncompiled:
    """A pattern that has whatever the compiled one has, from the first time that it is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._how = flags

    def __getattr__(self, name: str) -> Any:
        # Only what is not there yet is asked for here: each method of the compiled pattern once.
        if name.startswith("_") and name != "_compiled":
            raise AttributeError(name)
        import re

        found = re.compile(self.pattern, self._how) if name == "_compiled" else getattr(self._compiled, name)
        setattr(self, name, found)
        return found

    def __repr__(self) -> str:
        return f"regex({self.pattern!r}, {self._how!r})"
