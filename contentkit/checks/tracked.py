"""What must not be in git, and is."""

from __future__ import annotations

from shlex import quote

from contentkit.models import Problem


def marks_in_git(name: str, line: int) -> Problem:
    """CK306: a file that git tracks holds words off the record; ``line`` is that of the first mark."""
    return Problem(
        check="CK306",
        severity="error",
        message="git tracks this file, and it holds words off the record: whoever has the repository can read them",
        place=f"{name}:{line}",
        remedy=f"git rm --cached {quote(name)}, move it to notes/raw/, ingest it there; or take the words out",
    )


def unreadable_in_git(name: str, why: str) -> Problem:
    """CK306: a file that git tracks speaks of what is off the record, and cannot be read to its end."""
    return Problem(
        check="CK306",
        severity="error",
        message=f"git tracks this file, it speaks of what is off the record, and it cannot be read: {why}",
        place=name,
        remedy=f"git rm --cached {quote(name)}; or mend it, so that its marks can be told",
    )


def unseen_in_git(name: str, why: str) -> Problem:
    """CK306: a document that git tracks may say anything."""
    return Problem(
        check="CK306",
        severity="warning",
        message=f"git tracks this document, and nobody can tell whether it holds words off the record: {why}",
        place=name,
        remedy=f"look into it; git rm --cached {quote(name)} if it does",
        holds=True,
    )
