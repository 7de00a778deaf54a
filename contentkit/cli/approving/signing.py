"""Approving with an SSH key: a statement and its signature, which git carries to the machine that publishes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from contentkit.cli.approving import statements
from contentkit.cli.approving.ssh import sign
from contentkit.cli.approving.statements import Statement, What
from contentkit.cli.person import setting_of_git
from contentkit.cli.project import Project
from contentkit.errors import ContentError, StateError, UsageError
from contentkit.files import create_file, plain_bytes, replace_file
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What was signed, and the two files that git has to carry, by their paths from the root."""

    statement: Statement
    files: tuple[str, str]


def sign_approval(project: Project, entry_id: str, digest: str, by: str, key: str, now: datetime) -> Signed:
    """Signs the approval of this digest of an entry. Raises UsageError for a name, NeedsPerson for a key that cannot sign."""
    return _signed(project, "approve", entry_id, digest, by, key, now)


def sign_revocation(project: Project, entry_id: str, by: str, key: str, now: datetime) -> Signed:
    """Signs that whatever was approved of an entry until now is taken back."""
    return _signed(project, "revoke", entry_id, "", by, key, now)


def _signed(project: Project, what: What, entry_id: str, digest: str, by: str, key: str, now: datetime) -> Signed:
    if not statements.is_principal(by):
        raise UsageError(f"nobody can sign as '{by}'", hint="name yourself as in allowed_signers: --by ana@example.org")
    at = max(now, _after_the_last(project, entry_id, by)).replace(microsecond=0)
    statement = Statement(what=what, project=project.config.project, entry=entry_id, by=by, at=at, digest=digest)
    words = statements.written(statement)
    signature = sign(words, key or key_of_git(project.root))
    name = statements.file_of(what, entry_id, by)
    files = (name, statements.signature_of(name))
    for file, content in zip(files, (words, signature), strict=True):
        _write(project.root, file, content)
    return Signed(statement=statement, files=files)


def _after_the_last(project: Project, entry_id: str, by: str) -> datetime:
    """A second after the newest statement of this person about the entry: statements count by their seconds."""
    newest = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    for what in statements.SUFFIXES:
        with suppress(OSError, ContentError):
            data = plain_bytes(project.root / statements.file_of(what, entry_id, by), statements.LONGEST_STATEMENT + 1)
            newest = max(newest, statements.read(data).at + timedelta(seconds=1))
    return newest


def _write(root: Path, name: str, content: bytes) -> None:
    path, folder = root / name, root
    for step in Path(name).parent.parts:
        folder /= step
        if folder.is_symlink():
            raise StateError(f"{folder}: is a link", hint="make it a folder of the project")
        folder.mkdir(exist_ok=True)
    if path.is_symlink():
        raise StateError(f"{path}: is a link", hint="take it away")
    write: Callable[[], None] = (
        (lambda: replace_file(path, content, None)) if path.exists() else (lambda: create_file(path, content))
    )
    write()


def name_for_signing(root: Path) -> str:
    """The address under which git knows who sits here, as ``allowed_signers`` usually names people; empty where it has none."""
    return setting_of_git(root, "user.email")


def key_of_git(root: Path) -> str:
    """The SSH key that git signs with. Raises UsageError where it has none."""
    key = setting_of_git(root, "user.signingkey")
    if not key or (not key.startswith(("key::", "ssh-")) and "/" not in key and not key.endswith(".pub")):
        raise UsageError("git names no SSH key to sign with", hint="name yours: --key ~/.ssh/id_ed25519.pub")
    return key
