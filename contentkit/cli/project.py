"""The project a command works in: its files, its place on this machine, and how they come together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contentkit.calendar.entries import Calendar, load_calendar
from contentkit.config import CALENDAR_NAME, CONFIG_NAME, Config, find_root, load_config, load_people
from contentkit.drafts import read_draft
from contentkit.errors import ContentError, UsageError
from contentkit.models import Account, Draft, Entry, Person, Rendition, Source
from contentkit.places import settings_folder, state_folder
from contentkit.platforms import load_platform
from contentkit.renditions import digest, manifest, render
from contentkit.strict_yaml import nearest


@dataclass(frozen=True)
class Project:
    """A folder with ``contentkit.toml``. Files are read when asked for, and once."""

    root: Path
    config: Config
    environment: Mapping[str, str]

    @property
    def state(self) -> Path:
        """This project's private folder on this machine; not created here."""
        return state_folder(self.config.project, self.environment)

    @property
    def settings(self) -> Path:
        """The user's own settings folder."""
        return settings_folder(self.environment)

    @cached_property
    def people(self) -> dict[str, Person]:
        return load_people(self.root)

    @cached_property
    def calendar(self) -> Calendar:
        return load_calendar(self.root / CALENDAR_NAME, CALENDAR_NAME, self.config.accounts)

    def name_of(self, path: Path) -> str:
        """How a file is named in this project's files: relative to the root, with forward slashes."""
        return Path(os.path.relpath(path, self.root)).as_posix()

    def draft(self, path: str) -> Draft:
        """The draft at this path from the root. Raises ContentError."""
        return read_draft(self.root / path, self.root)

    def draft_of(self, entry: Entry) -> Draft:
        """The draft of an entry. Raises ContentError that names the entry's line when it is missing."""
        if not (self.root / entry.draft).is_file():
            drafts = sorted(self.name_of(path) for path in (self.root / "drafts").glob("*.md"))
            place = f"{CALENDAR_NAME}:{entry.line}"
            raise ContentError(f"{place}: entry '{entry.id}': no draft {entry.draft}", hint=nearest(entry.draft, drafts))
        return self.draft(entry.draft)

    def sources_of(self, draft: Draft) -> dict[str, Source]:
        """The sources that the draft and its evidence name and that can be read here; a missing one is left out."""
        from contentkit.sources import read_source

        named = {*draft.sources, *(evidence.source for post in draft.posts for evidence in post.evidence)}
        return {name: read_source(self.root / name, name) for name in sorted(named) if (self.root / name).is_file()}

    def account(self, name: str) -> Account:
        """The account of this name. Raises ContentError that names the nearest one."""
        if name not in self.config.accounts:
            raise ContentError(f"{CONFIG_NAME}: no account '{name}'", hint=nearest(name, self.config.accounts))
        return self.config.accounts[name]

    def rendition(self, draft: Draft, entry: Entry | None, account: Account) -> Rendition:
        """The exact thread of this draft on this account."""
        platform = load_platform(account)

        def count(text: str, warning: str) -> int:
            return platform.length(text, warning, account.limits)

        return render(draft, entry, account, self.people, count)

    def renditions(self, draft: Draft, entry: Entry) -> list[Rendition]:
        """The exact threads of an entry, one for each of its accounts."""
        return [self.rendition(draft, entry, self.account(name)) for name in entry.accounts]

    def manifest(self, entry: Entry) -> str:
        """Everything that an approval of this entry, as the files have it now, is bound to."""
        draft = self.draft_of(entry)
        return manifest(entry, draft, self.renditions(draft, entry), self.root)

    def digest(self, entry: Entry) -> str:
        return digest(self.manifest(entry))


def open_project() -> Project:
    """The project at or above the current folder. Raises UsageError where there is none."""
    root = find_root(Path.cwd())
    if root is None:
        raise UsageError("no contentkit.toml here or in a folder above", hint="start a project with 'contentkit init'")
    return Project(root, load_config(root), os.environ)


def project_or_none() -> Project | None:
    """The project at or above the current folder, if there is one."""
    return open_project() if find_root(Path.cwd()) else None


def drafts_named(project: Project, names: Iterable[str]) -> list[Draft]:
    """Drafts by path from here, by path from the root or by slug. Raises UsageError for a name that is none of them."""
    return [project.draft(_draft_path(project, name)) for name in names]


def _draft_path(project: Project, name: str) -> str:
    if name.endswith(".md"):
        for path in (Path.cwd() / name, project.root / name):
            if path.is_file():
                return project.name_of(path.resolve() if path.resolve().is_relative_to(project.root) else path)
    elif (project.root / "drafts" / f"{name}.md").is_file():
        return f"drafts/{name}.md"
    known = [path.stem for path in (project.root / "drafts").glob("*.md")]
    raise UsageError(f"no draft '{name}'", hint=nearest(Path(name).stem, known))


def entries_named(project: Project, names: Iterable[str]) -> list[Entry]:
    """Entries by id. Raises ContentError that names the nearest one."""
    return [project.calendar.entry(name) for name in names]
