"""What doctor looks at in git: what must not be in it, what must, and what looks like a secret."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from contentkit.cli.git import NoGit, ask_git, repository_of
from contentkit.cli.project import Project
from contentkit.cli.tracked import tracked_with_marks
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.errors import ContentkitError
from contentkit.models import Account
from contentkit.patterns import regex
from contentkit.publishing.receipts import RECEIPTS_NAME
from contentkit.secrets.credentials import SECRETS_NAME, secret
from contentkit.store.database import DATABASE_FILES
from contentkit.text import one_line
from contentkit.views.doctor import Finding, error, fine, warning

_PRIVATE = {
    SECRETS_NAME: "renew every secret in it",
    ".env": "renew every secret in it",
    CONFIDENTIAL_NAME: "write it into .gitignore; the names that were pushed are known",
}
_MOST_FILES, _LARGEST = 5000, 1024 * 1024
_SHORTEST_SECRET = 8
_LOOKS_SECRET = regex(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bsk-[A-Za-z0-9_-]{20,}|\bgh[opsu]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}"
    rb"|\bAKIA[0-9A-Z]{16}\b|\bxox[abpr]-[A-Za-z0-9-]{20,}"
    rb"|^[ \t]*[\"']?(?:\w*_)?(?:token|api_key|api_secret|access_secret|client_secret|password)[\"']?[ \t]*[=:][ \t]*"
    rb"[\"']?[A-Za-z0-9_/+.=-]{24,}[\"']?[ \t]*,?\r?$",
    re.M | re.I,
)


def look_at_git(project: Project) -> Iterator[Finding]:
    """What git has of the project, asked with commands that change nothing."""
    root = project.root
    try:
        inside = ask_git(root, "rev-parse", "--is-inside-work-tree")
        if b"not a git repository" in inside.stderr:
            yield fine("git", "the project is not in git: nothing keeps what it was yesterday")
            return
        if inside.returncode:
            raise NoGit(one_line(inside.stderr.decode(errors="replace"), 200))
        tracked = [os.fsdecode(name) for name in ask_git(root, "ls-files", "-z").stdout.split(b"\0") if name]
        wrong = [*_about_names(root, tracked), *_about_content(project, tracked[:_MOST_FILES]), *_about_marks(project)]
    except NoGit as problem:
        if repository_of(root) is None:
            yield fine("git", f"not looked at: {problem}")
        else:
            yield warning("git", f"not looked at: {problem}", "see what 'git status' says there")
        return
    if len(tracked) > _MOST_FILES:
        wrong.append(fine("git", f"secrets were looked for in the first {_MOST_FILES} files only"))
    yield from wrong or [
        fine("git", "holds no database; no file looks like a secret or holds words off the record, as they stand")
    ]


def _about_names(root: Path, tracked: list[str]) -> Iterator[Finding]:
    # SQLite keeps rows in the two files beside the database while somebody looks into it.
    if held := [name for name in DATABASE_FILES if name in tracked]:
        yield warning(
            "git",
            f"{_listed(held)} in git",
            f"git rm --cached {' '.join(held)}, and ignore {'it' if len(held) == 1 else 'them'}",
        )
    elif open_to_git := [name for name in DATABASE_FILES if not _is_ignored(root, name)]:
        yield warning(
            "git",
            f"git does not ignore {', '.join(open_to_git)}",
            f"write into .gitignore, each on a line of its own: {' '.join(open_to_git)}",
        )
    for name, remedy in _PRIVATE.items():
        if name in tracked:
            yield error("git", f"{name} is in git", f"git rm --cached {name}, and {remedy}")
        elif (root / name).exists() and not _is_ignored(root, name):
            yield warning("git", f"git does not ignore {name}", f"write {name} into .gitignore, or move it away")
    if RECEIPTS_NAME not in tracked and _is_ignored(root, RECEIPTS_NAME):
        yield warning(
            "git",
            f"git ignores {RECEIPTS_NAME}: no other machine learns what was published",
            f"take {RECEIPTS_NAME} out of .gitignore",
        )


def _listed(names: list[str]) -> str:
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"


def _about_content(project: Project, tracked: list[str]) -> Iterator[Finding]:
    """Files with a secret of ours, and lines that look like one. What stands there is never repeated."""
    ours = list(_own_secrets(project))
    for name in tracked:
        content = _text_of(project.root / name)
        for account, value in ours:
            if value in content:
                hint = f"take it out, and renew it: contentkit accounts add {account}"
                yield error("git", f"{name}: holds a secret of account '{account}'", hint)
        if found := _LOOKS_SECRET.search(content):
            line = content.count(b"\n", 0, found.start()) + 1
            yield warning("git", f"{name}:{line}: looks like a secret", "take it out and renew it, if it is one")


def _about_marks(project: Project) -> Iterator[Finding]:
    """Files with words off the record, as ``check`` finds them. Raises StateError where git does not tell."""
    for problem in tracked_with_marks(project):
        # The list of confidential names was told of with what else is private.
        if problem.check == "CK306":
            told = error if problem.severity == "error" else warning
            yield told("git", f"{problem.place}: {problem.message}", problem.remedy)


def _own_secrets(project: Project) -> Iterator[tuple[str, bytes]]:
    for account in project.config.accounts.values():
        for value in _secrets_found(project, account):
            if len(value) >= _SHORTEST_SECRET:
                yield account.name, value.encode()


def _secrets_found(project: Project, account: Account) -> list[str]:
    """The account's secrets that are on this machine."""
    try:
        return [
            secret(account.name, name, settings=project.settings, environment=project.environment)
            for name, place in project.secret_places(account).items()
            if place
        ]
    except ContentkitError:
        return []  # the accounts' own lines say so


def _text_of(path: Path) -> bytes:
    """What a plain file of bearable size holds; nothing of a picture, a link or a folder."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            return b""
        content = path.read_bytes()
    except OSError:
        return b""
    return b"" if b"\0" in content[:1024] else content


def _is_ignored(root: Path, name: str) -> bool:
    return ask_git(root, "check-ignore", "--quiet", "--no-index", "--", name).returncode == 0
