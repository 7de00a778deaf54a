"""The files of a commit, read out of git's objects: nothing is checked out, and nothing of a branch's own is started.

Filters, conversions of line ends and drivers of differences that a branch may name in ``.gitattributes`` have no say here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess

from contentkit.cli.git import NoGit, ask_git, repository_of
from contentkit.errors import StateError, UsageError
from contentkit.files import NotPlain, plain_file
from contentkit.text import one_line
from contentkit.values import dataclass

# Larger than anything that a network takes; nothing that a project reads is.
LARGEST = 128 * 1024 * 1024
# So much is asked for in one go and held in memory.
_AT_ONCE = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_SHALLOW = "only a part of the history is here: give actions/checkout 'fetch-depth: 0', in GitLab CI set GIT_DEPTH to 0"


@dataclass(frozen=True, kw_only=True)
class Blob:
    """A file of a commit: the name of its content among git's objects, its bytes, and whether it is a symbolic link."""

    id: str
    size: int
    is_link: bool = False


def fork_of(root: Path, name: str) -> str:
    """The commit in which this branch and the one of this name parted. Raises UsageError, and StateError where git is no help."""
    said = one_line(name, 80)
    if name.startswith("-") or not name.strip():
        raise UsageError(f"'{said}' is no branch and no commit", hint="name what to compare with, as in origin/main")
    _require_repository(root)
    found = _asked(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", codes=(0, 1, 128)
    )
    if found.returncode:
        known = f"'{said}' is no branch and no commit that is here"
        raise UsageError(known, hint=_SHALLOW if _is_shallow(root) else f"git fetch origin; then {_remote(said)}")
    base = found.stdout.decode().strip()
    parted = _asked(root, "merge-base", base, "HEAD", codes=(0, 1, 128))
    if parted.returncode:
        unborn = _asked(root, "rev-parse", "--verify", "--quiet", "HEAD", codes=(0, 1, 128)).returncode
        hint = "commit first" if unborn else _SHALLOW if _is_shallow(root) else "name a branch that this one comes from"
        raise StateError(f"this branch has no commit in common with '{said}'", hint=hint)
    return parted.stdout.decode().split()[0]


def files_at(root: Path, commit: str) -> dict[str, Blob]:
    """The files of a commit below this folder, by their paths from it; none where it had no such folder.

    Names that could lead out of a folder are left out, and so are submodules, which are commits of their own.
    """
    top = _require_repository(root)
    within = root.resolve().relative_to(top.resolve()).as_posix()
    tree = _asked(
        root, "rev-parse", "--verify", "--quiet", f"{commit}:{'' if within == '.' else within}", codes=(0, 1, 128)
    )
    if tree.returncode:
        return {}
    listed = _asked(root, "ls-tree", "-r", "-z", "-l", "--full-tree", tree.stdout.decode().strip(), codes=(0,))
    return dict(_listed(listed.stdout))


def _listed(listing: bytes) -> Iterator[tuple[str, Blob]]:
    for line in listing.split(b"\0"):
        told, _, name = line.partition(b"\t")
        words = told.split()
        path = os.fsdecode(name)
        if len(words) == 4 and words[1] == b"blob" and words[3].isdigit() and is_plain(path):
            yield path, Blob(id=words[2].decode(), size=int(words[3]), is_link=words[0] == b"120000")


def is_plain(name: str) -> bool:
    """Whether a path stays below its folder and out of git's own: trees made by hand may hold any name."""
    return all(part not in ("", ".", "..") and part.lower() != ".git" for part in name.split("/"))


def write_files(root: Path, files: Mapping[str, Blob], folder: Path) -> None:
    """Writes these files below a folder, each under its path. What is too large is left out, and so are symbolic links."""
    wanted = {
        name: blob for name, blob in files.items() if not blob.is_link and blob.size <= LARGEST and is_plain(name)
    }
    for names in _portions(wanted):
        for name, data in zip(names, _contents(root, [wanted[name].id for name in names]), strict=True):
            path = folder / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            except OSError as error:
                why = f"{one_line(name, 200)}: cannot be copied: {error.strerror}"
                raise StateError(why, hint="make room in the folder for temporary files") from None


def _portions(files: Mapping[str, Blob]) -> Iterator[list[str]]:
    names: list[str] = []
    size = 0
    for name, blob in files.items():
        if names and size + blob.size > _AT_ONCE:
            yield names
            names, size = [], 0
        names.append(name)
        size += blob.size
    if names:
        yield names


def _contents(root: Path, ids: Collection[str]) -> Iterator[bytes]:
    """What these objects hold, in their order. Raises StateError for one that is not here."""
    told = _asked(root, "cat-file", "--batch", codes=(0,), given="".join(f"{one}\n" for one in ids).encode()).stdout
    at = 0
    for one in ids:
        end = told.index(b"\n", at)
        head = told[at:end].split()
        if len(head) != 3:
            raise StateError(
                f"git has no object {one}", hint="fetch it: a clone without all files (--filter) is no help here"
            )
        size = int(head[2])
        yield told[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def is_same(path: Path, blob: Blob) -> bool:
    """Whether a file holds just what git has of it. No link is followed; what cannot be read is another."""
    try:
        with plain_file(path) as (handle, known):
            return known.st_size == blob.size and _named(blob.id, known.st_size, _chunks(handle)) == blob.id
    except NotPlain:
        return False
    except OSError:
        return blob.is_link and path.is_symlink() and _is_same_link(path, blob)


def name_of(path: Path, like: str) -> str:
    """The name that git would give to what a file holds, made as ``like`` is; empty where it cannot be read."""
    try:
        with plain_file(path) as (handle, known):
            return _named(like, known.st_size, _chunks(handle))
    except OSError:
        return ""


def _is_same_link(path: Path, blob: Blob) -> bool:
    target = os.fsencode(path.readlink())
    return _named(blob.id, len(target), [target]) == blob.id


def _named(like: str, size: int, data: Iterable[bytes]) -> str:
    """The name that git gives to this content, made as long as ``like``."""
    # The names of objects, which are no secrets: git's own choice.
    made = hashlib.sha256() if len(like) == 64 else hashlib.sha1(usedforsecurity=False)
    made.update(b"blob %d\0" % size)
    for chunk in data:
        made.update(chunk)
    return made.hexdigest()


def _chunks(handle: int) -> Iterator[bytes]:
    while chunk := os.read(handle, _CHUNK):
        yield chunk


def _is_shallow(root: Path) -> bool:
    return _asked(root, "rev-parse", "--is-shallow-repository", codes=(0,)).stdout.strip() == b"true"


def _remote(name: str) -> str:
    return f"name it as git does, as in origin/{name}" if "/" not in name else "look at 'git branch --all'"


def _require_repository(root: Path) -> Path:
    """The folder with the repository. Raises UsageError outside of one."""
    top = repository_of(root.resolve())
    if top is None:
        raise UsageError("this project is in no git repository", hint="without --changed everything is checked")
    return top


def _asked(root: Path, *words: str, codes: Collection[int], given: bytes = b"") -> CompletedProcess[bytes]:
    """What git answers, asked where the repository is. Raises StateError for an end with another exit code."""
    try:
        told = ask_git(repository_of(root.resolve()) or root, *words, given=given)
    except NoGit as problem:
        raise StateError(f"git cannot be asked: {problem}", hint="install it, or run it there by hand") from None
    if told.returncode not in codes:
        why = one_line(told.stderr.decode(errors="replace"), 300) or f"it ends with {told.returncode}"
        raise StateError(f"git cannot be asked: {why}", hint="run 'git status' there, and mend what it says")
    return told
