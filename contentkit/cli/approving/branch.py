"""Approved by merging: what lies here counts as long as it is, byte for byte, what the protected branch has.

Git is asked for objects of one commit and for nothing else: no hook, no filter, no setting that came with the repository, no
replaced object and no network. The working tree is compared here, whatever git's index believes of it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.calendar.entries import parse_calendar
from contentkit.cli.approving.standing import Heard, why_revoked
from contentkit.cli.git import NoGit, repository_of, run_git
from contentkit.cli.project import Project
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.errors import ContentkitError
from contentkit.files import plain_bytes, text_of
from contentkit.people import PEOPLE_NAME
from contentkit.settings.approval_rules import ApprovalPolicy
from contentkit.text import one_line
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.records import Revocation
    from contentkit.publishing.surroundings import Inspection

_PLAIN_FILES = ("100644", "100755")
_SWITCHES = ("--no-pager", "--no-replace-objects", "--literal-pathspecs", "-c", "core.fsmonitor=false",
             "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit")  # fmt: skip
_KEPT = ("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR")
_SET = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_GRAFT_FILE": "/dev/null", "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1", "GIT_TERMINAL_PROMPT": "0"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The protected branch as this machine has pulled it: one commit of the repository at ``top``.

    A commit does not change: what every entry is compared with is read once. By the folder of the project.
    """

    top: Path
    branch: str
    commit: str
    calendars: dict[Path, tuple[Entry, ...]] = field(default_factory=dict, compare=False, repr=False)
    settings: dict[Path, dict[str, bytes]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """How people call it: ``origin/main at 3f9a61c2d0``."""
        return f"{self.branch} at {self.commit[:10]}"


def merged(root: Path, branch: str) -> Merged:
    """The branch of the remote, never one of the same name made here. Raises NoGit with why there is none."""
    top = repository_of(root)
    if top is None:
        raise NoGit("the project is in no git repository")
    there = Merged(top=top.resolve(), branch=branch, commit="")
    told = _git(there, "rev-parse", "--verify", "--quiet", "--end-of-options", f"refs/remotes/{branch}^{{commit}}")
    commit = told.stdout.decode(errors="replace").strip()
    if told.returncode or not commit:
        raise NoGit(f"this machine has no {branch}: git fetch")
    return _at(there.top, branch, commit)


@lru_cache(maxsize=4)
def _at(top: Path, branch: str, commit: str) -> Merged:
    return Merged(top=top, branch=branch, commit=commit)


def heard_on_branch(
    project: Project,
    journal: Journal | None,
    policy: ApprovalPolicy,
    entry: Entry,
    digest: str,
    revoked: Sequence[Revocation],
) -> list[Heard]:
    """What the branch says of an entry: one approval, by whoever merged it, which nobody here can know."""
    try:
        there = merged(project.root, policy.branch)
    except NoGit as problem:
        return [Heard(by=policy.branch, at=None, trust="branch", why=str(problem))]
    # Merged again, the same is still what was taken back, whenever this machine had approved it.
    given = {one.id for one in journal.approvals.of(entry.id) if one.digest == digest} if journal else set()
    back = next((one for one in revoked if one.digest == digest or any(id_ <= one.upto for id_ in given)), None)
    if back:
        why = f"{why_revoked(back)}; change the entry to approve it again"
    else:
        why = why_not_merged(project, there, entry) or ("paused" if entry.paused else "")
    return [Heard(by=there.name, at=None, trust="branch", digest=digest, why=why)]


def off_branch(project: Project, policy: ApprovalPolicy, seen: Inspection) -> Inspection:
    """The same entry, with a problem where it is not what the branch has: it may be mended in a minute."""
    if policy.trust != "branch" or seen.entry is None or seen.problem or seen.entry.paused:
        return seen
    try:
        why = why_not_merged(project, merged(project.root, policy.branch), seen.entry)
    except (NoGit, ContentkitError) as problem:
        why = str(problem)
    return replace(seen, digest="", problem=why) if why else seen


def why_not_merged(project: Project, there: Merged, entry: Entry) -> str:
    """Why an entry is not as the branch has it, draft, pictures, people and settings included; empty when it is.

    Never with the commit: the branch moves with each receipt, and nobody wants to be told again.
    """
    try:
        draft = project.draft_of(entry)
        pictures = {media.path for post in draft.posts for media in post.media}
        names = [entry.draft, *sorted(pictures)]
        known = {**_settings(there, project.root), **_contents(there, project.root, names)}
        for name in (CONFIG_NAME, PEOPLE_NAME, *names):
            if why := _why_different(project.root, name, known.get(name)):
                return f"{name} {why} {there.branch}"
        theirs = next((one for one in _entries(there, project) if one.id == entry.id), None)
    except (NoGit, ContentkitError) as problem:
        return str(problem)
    if theirs is None:
        return f"the entry is not on {there.branch}"
    same = replace(theirs, line=0) == replace(entry, line=0)
    return "" if same else f"the entry differs from {there.branch}"


def _settings(there: Merged, root: Path) -> dict[str, bytes]:
    """The files that every entry rests on, as the branch has them. Raises NoGit."""
    if root not in there.settings:
        there.settings[root] = _contents(there, root, [CALENDAR_NAME, CONFIG_NAME, PEOPLE_NAME])
    return there.settings[root]


def _entries(there: Merged, project: Project) -> tuple[Entry, ...]:
    """The entries of the calendar on the branch. Raises NoGit, ContentError."""
    if project.root not in there.calendars:
        content = _settings(there, project.root).get(CALENDAR_NAME)
        if content is None:
            raise NoGit(f"{CALENDAR_NAME} is not on {there.branch}")
        text = text_of(content, f"{CALENDAR_NAME} on {there.name}")
        config = project.config
        there.calendars[project.root] = parse_calendar(text, CALENDAR_NAME, config.accounts, config.late).entries
    return there.calendars[project.root]


def _why_different(root: Path, name: str, theirs: bytes | None) -> str:
    """What keeps a file of the working tree from being theirs; empty when nothing does."""
    path = root
    try:
        for step in Path(name).parts:
            path /= step
            if stat.S_ISLNK(os.lstat(path).st_mode):
                return "is a link here, not as on"
        ours = plain_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return "" if theirs is None else "is missing here, not on"
    except OSError:
        return "cannot be read here, to compare it with"
    if theirs is None:
        return "is not on"
    return "" if ours == theirs else "differs from"


def _contents(there: Merged, root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes of those of these files that are plain files on the branch, by the names they have here. Raises NoGit."""
    below = root.resolve().relative_to(there.top)
    paths = {(below / name).as_posix(): name for name in names}
    listed = _git(there, "ls-tree", "-z", "--full-tree", there.commit, "--", *paths)
    if listed.returncode:
        raise NoGit(one_line(listed.stderr.decode(errors="replace"), 200))
    found = {}
    for line in listed.stdout.split(b"\0"):
        about, _, path = line.partition(b"\t")
        mode, kind, identity = [*about.decode().split(" "), "", "", ""][:3]
        name = paths.get(os.fsdecode(path))
        if name and kind == "blob" and mode in _PLAIN_FILES:
            found[name] = _blob(there, identity)
    return found


def _blob(there: Merged, identity: str) -> bytes:
    """The bytes of this name: what they are called is what they hash to, whatever lies in the store. Raises NoGit."""
    told = _git(there, "cat-file", "blob", identity)
    content = told.stdout
    algorithm = hashlib.sha256 if len(identity) == 64 else hashlib.sha1  # git's own name for it
    if told.returncode or algorithm(b"blob %d\0" % len(content) + content).hexdigest() != identity:
        raise NoGit(f"git's object {identity[:10]} of {there.name} is missing or damaged")
    return content


def _git(there: Merged, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers about the repository of this very folder; a repository within the tree is none of ours. Raises NoGit."""
    environment = {name: value for name, value in os.environ.items() if name in _KEPT}
    place = (f"--git-dir={there.top / '.git'}", f"--work-tree={there.top}")
    return run_git(there.top, [*_SWITCHES, *place, *words], {**environment, **_SET})
