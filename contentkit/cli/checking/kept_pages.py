"""What pages answered, kept for a day in the user's cache folder: asking again costs others something, too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast, get_args

from contentkit.checks.liveness import Fate, PageFate
from contentkit.errors import ContentkitError
from contentkit.files import make_private_file, plain_bytes, replace_file
from contentkit.places import cache_folder, make_private_folder
from contentkit.stamps import moment_of, stamped

_FRESH = timedelta(days=1)
# What somebody may have mended since is asked again each time.
_KEPT = ("there", "moved", "closed")
_MOST = 20_000
_LARGEST = 32 * 1024 * 1024


class KeptPages:
    """The answers of one project's links, read once. A file that cannot be read is none; one that cannot be written is not."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, dict[str, Any]] = _read(path)
        self._has_changed = False

    def fresh(self, address: str, now: datetime) -> PageFate | None:
        """What it answered within the last day; None where nobody knows."""
        known = self._known.get(_key(address))
        try:
            if not isinstance(known, dict) or known["fate"] not in get_args(Fate):
                return None
            age = now - moment_of(known["asked"])
            page = PageFate(fate=cast(Fate, known["fate"]), leads=str(known.get("leads", "")))
        except (KeyError, TypeError, ValueError):
            return None
        return page if timedelta(0) <= age < _FRESH else None

    def keep(self, address: str, page: PageFate, now: datetime) -> None:
        """Notes an answer that holds for a while."""
        if page.fate in _KEPT:
            self._known[_key(address)] = {"asked": stamped(now), "fate": page.fate, "leads": page.leads}
            self._has_changed = True

    def write(self) -> None:
        """Writes the newest answers, for their owner only; where it cannot be done, they are asked again the next time."""
        if not self._has_changed:
            return
        newest = sorted(self._known.items(), key=lambda one: str(one[1].get("asked", "")))[-_MOST:]
        try:
            make_private_folder(self._path.parent)
            make_private_file(self._path)
            replace_file(self._path, json.dumps(dict(newest)).encode(), None)
        except (ContentkitError, OSError):
            return


def kept_pages(root: Path, environment: Mapping[str, str]) -> KeptPages:
    """Those of the project at this root."""
    name = hashlib.sha256(str(root.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    return KeptPages(cache_folder(environment) / "contentkit" / "links" / f"{name}.json")


def _key(address: str) -> str:
    """Drafts that are not out yet link to pages that nobody should read about in a cache."""
    return hashlib.sha256(address.encode(errors="surrogateescape")).hexdigest()


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        read = json.loads(plain_bytes(path, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: one for key, one in read.items() if isinstance(one, dict)} if isinstance(read, dict) else {}
