"""What is signed when somebody approves or takes back an approval: one short statement in one form only.

It lies in ``approvals/<entry>/<principal>.json`` with its signature beside it. Nothing else of a pull request is believed.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal, get_args

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.stamps import moment_of, stamped
from contentkit.values import dataclass

What = Literal["approve", "revoke"]
FOLDER = "approvals"
LONGEST_STATEMENT = 4096
# ssh-keygen takes other characters, too. These are the same in every file system, and no pattern of its.
_PRINCIPAL = regex(r"[A-Za-z0-9_][A-Za-z0-9._+@-]{0,99}")
_ENTRY = regex(r"[a-z0-9][a-z0-9._-]{0,79}")
_DIGEST = regex(r"sha256:[0-9a-f]{64}")
_KEYS = {"what", "project", "entry", "digest", "by", "at", "version"}
SUFFIXES: dict[What, str] = {"approve": "", "revoke": ".revoked"}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """``by`` approves this digest of an entry, or takes back what was approved of it until ``at``; then there is no digest."""

    what: What
    project: str
    entry: str
    by: str
    at: datetime
    digest: str = ""


def is_principal(name: str) -> bool:
    """Whether somebody can sign under this name: as in ``ana@example.org``."""
    return bool(_PRINCIPAL.fullmatch(name)) and not name.endswith((".revoked", ".")) and ".." not in name


def file_of(what: What, entry: str, principal: str) -> str:
    """Where a statement lies, from the project's root. Raises ValueError for names that could lead elsewhere."""
    if not _ENTRY.fullmatch(entry) or not is_principal(principal):
        raise ValueError(entry, principal)
    return f"{FOLDER}/{entry}/{principal}{SUFFIXES[what]}.json"


def signature_of(file: str) -> str:
    """Where the signature of the statement in this file lies."""
    return f"{file.removesuffix('.json')}.sig"


def named(file: str) -> tuple[What, str] | None:
    """What the name of a file says that is in it, and who signed it; None for one that is no statement's."""
    stem = file.removesuffix(".json")
    if stem == file:
        return None
    what: What = "revoke" if stem.endswith(SUFFIXES["revoke"]) else "approve"
    principal = stem.removesuffix(SUFFIXES[what]) if SUFFIXES[what] else stem
    return (what, principal) if is_principal(principal) else None


def written(statement: Statement) -> bytes:
    """The one form of a statement: a line of JSON."""
    content = {
        "what": statement.what,
        "project": statement.project,
        "entry": statement.entry,
        "digest": statement.digest,
        "by": statement.by,
        "at": stamped(statement.at),
        "version": 1,
    }
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def read(data: bytes) -> Statement:
    """The statement that these bytes are. Raises ContentError, placeless, for anything that ``written`` would not write."""
    wrong = ContentError("is no statement of an approval", hint="have it signed again with 'contentkit approve'")
    if len(data) > LONGEST_STATEMENT:
        raise wrong
    try:
        content = json.loads(data)
        if (
            not isinstance(content, dict)
            or set(content) != _KEYS
            or not all(isinstance(content[key], str) for key in _KEYS - {"version"})
        ):
            raise wrong
        statement = Statement(
            what=content["what"],
            project=content["project"],
            entry=content["entry"],
            digest=content["digest"],
            by=content["by"],
            at=moment_of(content["at"]),
        )
        if statement.what not in get_args(What) or statement.at.tzinfo is None or written(statement) != data:
            raise wrong
    except (ValueError, RecursionError, OverflowError):
        raise wrong from None
    known = _ENTRY.fullmatch(statement.entry) and is_principal(statement.by)
    if not known or bool(_DIGEST.fullmatch(statement.digest)) != (statement.what == "approve"):
        raise wrong
    if statement.what == "revoke" and statement.digest:
        raise wrong
    return statement
