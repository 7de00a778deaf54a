"""Whose SSH keys count on this machine: ``allowed_signers``, a file that no pull request reaches."""

from __future__ import annotations

import re
from pathlib import Path

from contentkit.cli.git import repository_of
from contentkit.errors import ContentError, StateError
from contentkit.files import decoded, lies_below
from contentkit.patterns import regex
from contentkit.settings.approval_rules import ApprovalPolicy
from contentkit.settings.machine import MACHINE_NAME, own_bytes
from contentkit.text import one_line
from contentkit.values import dataclass

_KEY_TYPE = regex(r"(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+")
_HOW = "write lines such as: ana@example.org ssh-ed25519 AAAA…"


@dataclass(frozen=True, kw_only=True)
class Signers:
    """The files of ssh-keygen's as they were read once, and who is named in them."""

    path: Path
    allowed: bytes
    principals: frozenset[str]
    revoked: bytes = b""


def load_signers(policy: ApprovalPolicy, root: Path) -> Signers:
    """Whose keys count for the project in this folder.

    Raises StateError for files that others could have written or that lie inside of the project, ContentError with their line.
    """
    path = policy.allowed_signers
    allowed = _outside(path, root)
    if allowed is None:
        raise StateError(f"{path}: there is no such file: nobody's signature counts here", hint=_HOW)
    revoked = _outside(policy.revoked_keys, root) if policy.revoked_keys else b""
    if revoked is None:
        raise StateError(
            f"{policy.revoked_keys}: there is no such file", hint=f"make it, or take it out of {MACHINE_NAME}"
        )
    return Signers(path=path, allowed=allowed, principals=_principals(allowed, path), revoked=revoked)


def _outside(path: Path, root: Path) -> bytes | None:
    """The bytes of a file of this machine's own; None where there is none."""
    if lies_below(path, repository_of(root) or root) or lies_below(path, root):
        raise StateError(
            f"{path}: lies inside of the project, where a pull request could change it", hint="move it out of there"
        )
    return own_bytes(path)


def _principals(allowed: bytes, path: Path) -> frozenset[str]:
    """The names in the file. Raises ContentError for patterns and for certificates: each key is one known person's."""
    names = set()
    for number, line in enumerate(decoded(allowed, str(path)).split("\n"), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        principals, rest = [*words.split(None, 1), ""][:2]
        options, key_type = _options_and_type(rest.strip())
        if not key_type:
            raise ContentError(f"{path}:{number}: no key can be read there", hint=_HOW)
        if re.search(r'[*?!"\\]', principals):
            shown = one_line(principals, 60)
            raise ContentError(f"{path}:{number}: '{shown}' is no one person", hint=f"name each; {_HOW}")
        if "cert-authority" in options.lower() or "-cert-" in key_type:
            hint = "name the key itself: who else an authority vouches for is not known here"
            raise ContentError(f"{path}:{number}: certificates do not count", hint=hint)
        names.update(principals.split(","))
    return frozenset(names)


def _options_and_type(rest: str) -> tuple[str, str]:
    """The options before a key, and its type; nothing for the latter where there is none. Options may quote spaces."""
    if key_type := _type_before_key(rest):
        return "", key_type
    quoted = False
    for place, character in enumerate(rest):
        quoted ^= character == '"'
        if character in " \t" and not quoted:
            return rest[:place], _type_before_key(rest[place:])
    return rest, ""


def _type_before_key(words: str) -> str:
    first, key = (*words.split(None, 1), "", "")[:2]
    return first if key and _KEY_TYPE.fullmatch(first) else ""
