"""Answers of models, kept so that the same request need not be paid for twice, and gives the same draft again.

They hold words of drafts, which rest on what is on the record: nothing else can have been sent. Still they are kept out of the
project, in the user's own cache folder, for its owner only, and for a week.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from contentkit.errors import StateError
from contentkit.files import plain_file
from contentkit.values import dataclass

_WEEK = 7 * 24 * 3600
_LONGEST = 1_000_000
_MOST_LOOKED_AT = 2000
_NAME = "*.json"
_VERSION = 1


@dataclass(frozen=True)
class Answers:
    """The answers in this folder. Whatever is wrong with one of them, it is none."""

    folder: Path

    def of(self, server: str, request: Mapping[str, Any]) -> str | None:
        """What this server answered to exactly this request less than a week ago; None where that is not known."""
        try:
            with plain_file(self._path(server, request)) as (handle, known):
                if _too_old(known.st_mtime) or known.st_uid != os.getuid() or stat.S_IMODE(known.st_mode) & 0o077:
                    return None
                data = os.read(handle, _LONGEST + 1)
            kept = json.loads(data) if len(data) <= _LONGEST else {}
            answer = kept["answer"] if kept["version"] == _VERSION else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return answer if isinstance(answer, str) else None

    def keep(self, server: str, request: Mapping[str, Any], answer: str) -> None:
        """Keeps an answer. Where it cannot be written, there is none to be found later, and that is all."""
        path = self._path(server, request)
        with suppress(OSError):
            self._sweep()
            path.unlink(missing_ok=True)
            # Never through a link that somebody put there meanwhile; half a file is a damaged one, and so none.
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(json.dumps({"version": _VERSION, "answer": answer}).encode())

    def _path(self, server: str, request: Mapping[str, Any]) -> Path:
        whole = json.dumps({"server": server, "request": request}, sort_keys=True)
        return self.folder / f"{hashlib.sha256(whole.encode()).hexdigest()}.json"

    def _sweep(self) -> None:
        """Takes away what is too old."""
        for path, _ in zip(self.folder.glob(_NAME), range(_MOST_LOOKED_AT), strict=False):
            with suppress(OSError):
                if _too_old(path.lstat().st_mtime):
                    path.unlink()


def answers_folder(cache: Path, project: Path) -> Path:
    """The folder for answers below the user's cache folder: made for its owner only.

    Raises StateError for one that others can change or read, that is a link, or that lies in the project.
    """
    folder = cache / "contentkit" / "answers"
    hint = "set XDG_CACHE_HOME to a folder of yours, or keep no answers: --no-cache"
    if folder.resolve().is_relative_to(project.resolve()):
        raise StateError(f"{folder}: lies in the project, where answers of a model do not belong", hint=hint)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        known, above = folder.lstat(), folder.parent.lstat()
    except OSError as error:
        raise StateError(f"{folder}: cannot be used: {error.strerror}", hint=hint) from None
    if not stat.S_ISDIR(known.st_mode) or known.st_uid != os.getuid() or stat.S_IMODE(known.st_mode) & 0o077:
        raise StateError(f"{folder}: is not a folder for you alone", hint=f"close it: chmod 700; or {hint}")
    # Whoever may write there can put another folder in the place of this one.
    if not stat.S_ISDIR(above.st_mode) or above.st_uid != os.getuid() or stat.S_IMODE(above.st_mode) & 0o022:
        raise StateError(f"{folder.parent}: others can change it", hint=f"close it: chmod 700; or {hint}")
    return folder


def _too_old(changed: float) -> bool:
    return abs(time.time() - changed) > _WEEK
