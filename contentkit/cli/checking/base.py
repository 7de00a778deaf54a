"""The project as the branch found it: the files of the commit that it was cut from, in a folder of their own for a while."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path

from contentkit.cli.history import Blob, files_at, fork_of, is_plain, is_same, write_files
from contentkit.cli.large_files import LONGEST_POINTER, points_at
from contentkit.cli.project import Project
from contentkit.config import CALENDAR_NAME, CONFIG_NAME, load_config
from contentkit.errors import ContentError
from contentkit.people import PEOPLE_NAME
from contentkit.publishing.receipts import RECEIPTS_NAME
from contentkit.values import dataclass

_SETTINGS = (CONFIG_NAME, PEOPLE_NAME, CALENDAR_NAME, RECEIPTS_NAME)
_DRAFTS = "drafts/"


@dataclass(frozen=True, kw_only=True)
class Files:
    """All files that a commit has below ``root``, and a folder for as many of them as are asked for."""

    root: Path
    known: Mapping[str, Blob]
    folder: Path
    _here: set[str] = field(default_factory=set, repr=False)

    def bring(self, names: Iterable[str]) -> None:
        """Makes these lie in the folder, those of them that there were. Raises StateError."""
        wanted = {name: self.known[name] for name in names if name in self.known and name not in self._here}
        write_files(self.root, wanted, self.folder)
        self._here.update(wanted)
        for name, blob in wanted.items():
            if blob.size <= LONGEST_POINTER and points_at(self.folder / name, self.root / name):
                shutil.copyfile(self.root / name, self.folder / name)

    def differs(self, name: str) -> bool:
        """Whether this file is another here than there, or is on one side only."""
        blob = self.known.get(name)
        if blob is None:
            return is_plain(name) and os.path.lexists(self.root / name)
        if is_same(self.root / name, blob):
            return False
        if blob.size > LONGEST_POINTER:
            return True
        # Of a large file git may have a pointer only: what it points at was brought in its place, where that lies here.
        self.bring([name])
        there = self.folder / name
        return is_same(there, blob) or not there.is_file()


@dataclass(frozen=True, kw_only=True)
class Base:
    """What a branch changes: ``name`` as it was asked for, the ``commit``, and the project there.

    ``project`` lies in a folder that is gone soon, with as much as was brought of its files; None where there was none yet, or
    none that could be read, which ``trouble`` says.
    """

    name: str
    commit: str
    files: Files
    project: Project | None = None
    trouble: str = ""


@contextmanager
def base_of(project: Project, name: str) -> Iterator[Base]:
    """What this project's branch was cut from. Raises UsageError for a name that there is not, StateError as git does."""
    commit = fork_of(project.root, name)
    with tempfile.TemporaryDirectory(prefix="contentkit-", ignore_cleanup_errors=True) as folder:
        known = files_at(project.root, commit)
        files = Files(root=project.root, known=known, folder=Path(folder).resolve())
        files.bring([*_SETTINGS, *(path for path in known if path.startswith(_DRAFTS) and path.endswith(".md"))])
        there, trouble = _project_there(project, files)
        if there:
            files.bring(entry.draft for entry in there.calendar.entries)
        yield Base(name=name, commit=commit, files=files, project=there, trouble=trouble)


def _project_there(project: Project, files: Files) -> tuple[Project | None, str]:
    """The project that these files were, or why there is none. What never lies in git is the same for both."""
    if CONFIG_NAME not in files.known:
        return None, ""
    try:
        there = Project(files.folder, load_config(files.folder), project.environment)
        vars(there).update(tracked=frozenset(files.known), confidential=project.confidential)
        _ = there.calendar, there.people
    except ContentError as error:
        return None, error.message
    return there, ""
