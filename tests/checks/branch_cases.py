"""Examples of what a branch does: the files of a project as it was cut from, and those that it changes."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from contentkit.cli.checking.changed import changes_of, touched_since
from contentkit.cli.project import Project
from contentkit.config import load_config

_CONFIG = """version = 1
project = "our-posts"

[accounts.ours]
platform = "console"

[accounts.theirs]
platform = "console"
"""
_DRAFT = "---\nversion: 1\nlanguage: en\nsources: [notes/call.md]\n---\nWe left the cloud.\n<!-- evidence: notes/call.md#L1 -->\n"
_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_RECEIPT = (
    '{"entry": "launch", "account": "ours", "part": 0, "parts": 1, "fingerprint": "", "remote_id": "1", '
    '"url": "https://social.example/@us/1", "at": "2026-11-03T09:30:00Z"}\n'
)
_PROJECT = {
    "contentkit.toml": _CONFIG,
    "people.yaml": "version: 1\npeople: {}\n",
    "notes/call.md": "We left the cloud.\n",
    "drafts/example.md": _DRAFT,
    "calendar.yaml": "version: 1\ntimezone: UTC\nentries: []\n",
}
# Stands for the digest of the one entry as the branch found it, or has it.
WAS, IS = "sha256:<was>", "sha256:<is>"


@dataclass(frozen=True, kw_only=True)
class Branch:
    """What lay in git beside or instead of the usual files, and what the branch writes; ``links`` lead from names to places."""

    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)

    def found_in(self, folder: Path) -> set[str]:
        """The ids of all that is found in the branch, which is made in this folder."""
        _write(folder, {**_PROJECT, **self.before})
        _fill(folder, WAS)
        for words in ("init --quiet", "add .", "commit --quiet --message=before"):
            identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
            environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
            subprocess.run(["git", *identity, *words.split()], cwd=folder, check=True, env=environment)
        _write(folder, self.after)
        for name, target in self.links.items():
            (folder / name).unlink()
            (folder / name).symlink_to(target)
        _fill(folder, IS)
        with touched_since(_project(folder), "HEAD") as touched:
            return {problem.check for problem in changes_of(touched, _NOW).checked.problems}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def _fill(folder: Path, mark: str) -> None:
    """Puts the digest of the first entry in the place of its mark."""
    path = folder / "calendar.yaml"
    words = path.read_text("utf-8")
    if mark in words:
        project = _project(folder)
        path.write_text(words.replace(mark, project.digest(project.calendar.entries[0])), "utf-8")


def _project(folder: Path) -> Project:
    return Project(folder, load_config(folder), {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")})


def entry(
    name: str = "launch", *, at: str = "2026-12-01 09:30", on: str = "ours", digest: str = "", clone: str = "c"
) -> str:
    """An entry of the calendar, approved where a digest is given."""
    approved = (
        f', approved: {{by: Ana, at: 2026-11-20T10:00:00Z, digest: "{digest}", clone: {clone}}}' if digest else ""
    )
    return f'{{id: {name}, draft: drafts/example.md, at: "{at}", accounts: [{on}]{approved}}}'


def calendar(*entries: str, more: str = "") -> dict[str, str]:
    """The calendar with these entries."""
    words = "".join(f"\n  - {one}" for one in entries) or " []"
    return {"calendar.yaml": f"version: 1\ntimezone: UTC\n{more}entries:{words}\n"}


_APPROVED = calendar(entry(digest=WAS))
_BLACKOUT = "blackout: [{from: 2026-12-24, to: 2026-12-27}]\n"
_LEVEL = '\n[checks.severity]\nCK321 = "{}"\n'
_MIRA = "version: 1\npeople:\n  mira: {{name: Mira Okafor, consent: {}}}\n"
_WAIVER = '\n<!-- waive: CK201 "2 days" by Ana: I was there -->\n'


def _people(consent: str) -> dict[str, str]:
    return {"people.yaml": _MIRA.format(consent)}


# The bad and the good one of each.
BRANCHES = {
    "CK401": (
        Branch(before=_APPROVED, after={"drafts/example.md": _DRAFT.replace("cloud.", "cloud at last.")}),
        Branch(before=_APPROVED, after={"drafts/other.md": _DRAFT}),
    ),
    "CK402": (
        Branch(before=calendar(entry()), after=calendar(entry(digest=f"sha256:{'0' * 64}"))),
        Branch(before=calendar(entry()), after=calendar(entry(digest=IS))),
    ),
    "CK403": (Branch(before=calendar(entry()), after=calendar(entry(digest=IS))), Branch(before=_APPROVED)),
    "CK404": (Branch(before=_APPROVED, after=calendar()), Branch(before=calendar(entry()), after=calendar())),
    "CK405": (
        Branch(before={**calendar(entry()), "receipts.jsonl": _RECEIPT}, after=calendar(entry("launch-2"))),
        Branch(before=calendar(entry()), after=calendar(entry("launch-2"))),
    ),
    "CK406": (
        Branch(after=calendar(entry(at="2026-12-24 09:30"), more=_BLACKOUT)),
        Branch(after=calendar(entry(at="2026-12-28 09:30"), more=_BLACKOUT)),
    ),
    "CK407": (
        Branch(before=calendar(entry()), after=calendar(entry(), entry("again", at="2026-12-02 09:30"))),
        Branch(before=calendar(entry()), after=calendar(entry(), entry("again", at="2026-12-02 09:30", on="theirs"))),
    ),
    "CK408": (
        Branch(before={"receipts.jsonl": ""}, after={"receipts.jsonl": _RECEIPT}),
        Branch(before={"receipts.jsonl": _RECEIPT}, after={"receipts.jsonl": _RECEIPT}),
    ),
    "CK409": (
        Branch(after={"contentkit.toml": _CONFIG + _LEVEL.format("off")}),
        Branch(after={"contentkit.toml": _CONFIG + _LEVEL.format("error")}),
    ),
    "CK410": (
        Branch(after={"drafts/example.md": _DRAFT.replace("cloud.", "cloud in 2 days.") + _WAIVER}),
        Branch(after={"drafts/example.md": _DRAFT.replace("cloud.", "cloud in 2 days.")}),
    ),
    "CK411": (
        Branch(links={"drafts/example.md": "/etc/hostname"}),
        Branch(links={"drafts/example.md": "../notes/call.md"}),
    ),
    "CK412": (
        Branch(before=_people("never"), after=_people("mention")),
        Branch(before=_people("mention"), after=_people("never")),
    ),
    "CK413": (
        Branch(after={"notes/call.md": "We left the cloud.\n\nIt took 2 days.\n"}),
        Branch(after={"notes/other.md": "It took 2 days.\n", "drafts/other.md": _DRAFT.replace("call.md", "other.md")}),
    ),
}
