"""What the drafts of ``project`` give on each of its accounts. It may change only together with ``RENDITION_VERSION``.

To make it anew: raise the version in contentkit/renditions.py, then run ``python -m tests.renditions.golden``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from contentkit.cli.project import Project
from contentkit.config import load_config
from contentkit.renditions import RENDITION_VERSION

FOLDER = Path(__file__).parent
THREADS = FOLDER / "threads.json"
_TOLD = ("post", "text", "length", "visibility", "torn", "media")


def threads() -> dict[str, Any]:
    """Every thread by its draft and account, as JSON has it."""
    root = FOLDER / "project"
    project = Project(root, load_config(root), {})
    found: dict[str, Any] = {"rendition": RENDITION_VERSION}
    for path in project.drafts():
        draft = project.draft(path)
        for name in project.config.accounts:
            rendition = project.rendition(draft, None, project.account(name))
            parts = [{key: asdict(part)[key] for key in _TOLD} for part in rendition.parts]
            for part in parts:
                part["media"] = [[media["path"], media["alt"]] for media in part["media"]]
            found[f"{draft.slug} on {name}"] = {
                "visibility": rendition.visibility,
                "warning": rendition.warning,
                "language": rendition.language,
                "parts": parts,
            }
    return found


def main() -> None:
    now, before = threads(), json.loads(THREADS.read_text("utf-8")) if THREADS.exists() else {}
    if before.get("rendition") == RENDITION_VERSION and now != before:
        sys.exit("the same files give other threads: raise RENDITION_VERSION in contentkit/renditions.py first")
    THREADS.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
