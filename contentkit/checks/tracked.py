"""What must not be in git, and is."""

from __future__ import annotations

from shlex import quote

from contentkit.models import Problem


def marks_in_git(name: str, line: int) -> Problem:
    """CK306: a file that git tracks holds words off the record; ``line`` is that of the first mark, 0 where nobody can say."""
    return Problem(
        check="CK306",
        severity="error",
        message="git tracks this file, and it holds words off the record: whoever has the repository can read them",
        place=f"{name}:{line}" if line else name,
        remedy=f"git rm --cached {quote(name)}, move it to notes/raw/, ingest it there; or take the words out",
    )
