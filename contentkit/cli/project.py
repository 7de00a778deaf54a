"""The project a command works in: its files, its place on this machine, and how they come together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contentkit.config import CALENDAR_NAME, CONFIG_NAME, Config, find_root, load_config
from contentkit.errors import ContentError, StateError, UsageError
from contentkit.files import content_of, lies_below, lies_in_git
from contentkit.manifests import FORM, FORMS, Terms, digest, manifest, with_origin
from contentkit.places import settings_folder, state_folder
from contentkit.renditions import Manner, frozen, render
from contentkit.secrets.credentials import place_of_secret, refuse_other_server, secret, variable_of
from contentkit.stamps import latest_of
from contentkit.strict_yaml import nearest
from contentkit.values import dataclass
from contentkit.whereabouts import CONFIDENTIAL_NAME

# In the state folder: what sources said of what was approved, and nothing of what they say.
ANSWERS_NAME = "answers.json"

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.calendar.entries import Calendar
    from contentkit.checks import Opinion, PageFate, Records, SaidBefore
    from contentkit.cli.cited import Cited, Content
    from contentkit.cli.ingesting.comparing import Elsewhere, OffRecord
    from contentkit.cli.remembered import Remembered
    from contentkit.confidential import Confidential
    from contentkit.media.digests import Digests
    from contentkit.models import Account, Draft, Entry, Evidence, Person, Rendition, Source
    from contentkit.platforms import Connection, Platform
    from contentkit.publishing.receipts import Receipt
    from contentkit.settings.machine import Machine
    from contentkit.sources import Reading


def _digests() -> Digests:
    from contentkit.media.digests import Digests

    return Digests()


def _remembered() -> Remembered:
    from contentkit.cli.remembered import Remembered

    return Remembered()


def _cited() -> Cited:
    from contentkit.cli.cited import Cited

    return Cited()


@dataclass(frozen=True)
class Project:
    """A folder with ``contentkit.toml``. Files are read when asked for, and once.

    ``pages`` is what became of those that its drafts link to, ``opinions`` what a model doubts in a draft, by its path; nothing
    where nobody asked. ``read_calendar`` is how the calendar is read where that is not ``remembered.calendar``.
    """

    root: Path
    config: Config
    environment: Mapping[str, str]
    digests: Digests = field(default_factory=_digests, repr=False, compare=False)
    remembered: Remembered = field(default_factory=_remembered, repr=False, compare=False)
    cited: Cited = field(default_factory=_cited, repr=False, compare=False)
    pages: Mapping[str, PageFate] = field(default_factory=dict, repr=False, compare=False)
    opinions: Mapping[str, Sequence[Opinion]] = field(default_factory=dict, repr=False, compare=False)
    read_calendar: Callable[..., Calendar] | None = field(default=None, repr=False, compare=False)

    @property
    def state(self) -> Path:
        """This project's private folder on this machine; not created here."""
        return state_folder(self.config.project, self.environment)

    @property
    def settings(self) -> Path:
        """The user's own settings folder."""
        return settings_folder(self.environment)

    @cached_property
    def machine(self) -> Machine:
        """What this machine's user decided. Raises ContentError and StateError as ``machine_of`` does."""
        from contentkit.cli.approving.policies import machine_of

        return machine_of(self)

    @cached_property
    def people(self) -> dict[str, Person]:
        return self.remembered.people(self.root, self.config.accounts)

    @cached_property
    def calendar(self) -> Calendar:
        read = self.read_calendar or self.remembered.calendar
        return read(self.root / CALENDAR_NAME, CALENDAR_NAME, self.config.accounts, self.config.late)

    @cached_property
    def receipts(self) -> Sequence[Receipt]:
        """Every receipt as the file was when first asked for; of years there are many. Raises ContentError."""
        from contentkit.publishing.receipts import all_receipts

        return all_receipts(self.root)

    @cached_property
    def platform_names(self) -> list[str]:
        """The platforms that are installed here."""
        from contentkit.platforms.loading import platform_names

        return platform_names()

    @cached_property
    def records(self) -> Records:
        """What the sources of drafts that were checked so far say, as the checks compare it."""
        from contentkit.checks import Records

        return Records()

    @cached_property
    def said(self) -> SaidBefore:
        """What was published, is queued or is drafted here, as the checks compare it."""
        from contentkit.cli.checking.said_before import said_before

        return said_before(self)

    def platform(self, account: Account) -> Platform:
        """The network of an account. Raises ContentError when it is not installed."""
        platforms = self.remembered.platforms
        if account.platform not in platforms:
            from contentkit.platforms.loading import load_platform

            platforms[account.platform] = load_platform(account)
        return platforms[account.platform]

    def as_it_is_now(self) -> Project:
        """The same project with nothing read yet: its files may have been edited since. Raises ContentError for its settings."""
        config = self.remembered.settings(self.root) if self.config.project else self.config
        return replace(self, config=config)

    def name_of(self, path: Path) -> str:
        """How a file is named in this project's files: relative to the root, with forward slashes."""
        path = Path(os.path.abspath(path))  # noqa: PTH100 - a link is called by its own name
        if not path.is_relative_to(self.root) and path.resolve().is_relative_to(self.root):
            path = path.resolve()  # the way to the project leads over a link
        return Path(os.path.relpath(path, self.root)).as_posix()

    def drafts(self) -> list[str]:
        """The paths of all drafts, from the root."""
        return sorted(self.name_of(path) for path in (self.root / "drafts").glob("*.md"))

    def draft(self, path: str) -> Draft:
        """The draft at this path from the root. Raises ContentError."""
        return self.remembered.draft(self.root / path, self.root)

    def draft_of(self, entry: Entry) -> Draft:
        """The draft of an entry. Raises ContentError that names the entry's line when it is missing."""
        if not (self.root / entry.draft).exists():
            place = f"{CALENDAR_NAME}:{entry.line}: entry '{entry.id}'"
            raise ContentError(f"{place}: there is no draft {entry.draft}", hint=nearest(entry.draft, self.drafts()))
        return self.draft(entry.draft)

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {}

    def reading(self, name: str) -> Reading:
        """The source at this path from the root, and what is off the record in it; read once. Raises ContentError."""
        if name not in self._readings:
            self._readings[name] = self.remembered.reading_of(self.content(name).data, name)
        return self._readings[name]

    def read(self, name: str) -> Source:
        """The source at this path from the root: the one way in which commands come to one. Raises ContentError."""
        return self.confidential.veiled(self.reading(name).source)

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of this source that evidence points at, when nothing else of it is wanted. Raises ContentError."""
        from contentkit.sources import on_record

        if name in self._readings:
            return self._readings[name].source.lines
        return on_record(self.content(name).data, name)

    def still_says(self, name: str, evidence: Sequence[Evidence]) -> tuple[bool, ...]:
        """Of each of this evidence, whether the source at this path says it. Raises ContentError."""
        return self.cited.holds(self.content(name), evidence, lambda: self.lines(name))

    def embargo_on(self, draft: Draft) -> datetime | None:
        """The latest embargo on the lines that a draft cites; None where there is none, or none of their sources is here.

        Raises ContentError.
        """
        if os.path.lexists(self.root / CONFIDENTIAL_NAME):
            _ = self.confidential  # without the names no source is read, whatever is remembered of it
        cited: dict[str, list[Evidence]] = {}
        for one in (evidence for post in draft.posts for evidence in post.evidence):
            cited.setdefault(one.source, []).append(one)
        here = [name for name in sorted(cited) if (self.root / name).is_file()]
        found = [self.cited.embargo(self.content(name), cited[name], partial(self.read, name)) for name in here]
        return latest_of(until for until in found if until)

    @cached_property
    def _contents(self) -> dict[str, Content]:
        return {}

    def content(self, name: str) -> Content:
        """What the source at this path from the root holds; read once. Raises ContentError."""
        from contentkit.cli.cited import Content

        if name not in self._contents:
            self._contents[name] = Content(name, content_of(self._source_file(name), name))
        return self._contents[name]

    def _source_file(self, name: str) -> Path:
        """Where the source of this name lies. Raises ContentError outside of the project.

        Names and links come with git: whoever may send a draft could else have any file of this machine quoted.
        """
        path = self.root / name
        if not lies_below(path, self.root):
            raise ContentError(
                f"{name}: lies outside of the project", hint="ingest the file itself: that writes a copy into notes/"
            )
        # A CI server may keep a token in .git/config, and whoever opens a pull request writes what is quoted there.
        if lies_in_git(path):
            raise ContentError(f"{name}: lies among git's own files", hint="name a note or a post")
        return path

    @cached_property
    def confidential(self) -> Confidential:
        """The names that nobody may publish. Raises ContentError."""
        from contentkit.confidential import load_confidential

        return load_confidential(self.root)

    @cached_property
    def raw_files(self) -> dict[str, Path]:
        """Copy to raw file, as this machine knows them; none where the list of them cannot be read."""
        from contentkit.cli.ingesting.raw_files import raw_files

        try:
            return raw_files(self.state) if self.config.project else {}
        except StateError:
            return {}  # copies with words cut out cannot be compared then, which is told

    @cached_property
    def raw_changes(self) -> dict[str, str]:
        """Copy to when its raw file was last changed when it was read; none where that is not known."""
        from contentkit.cli.ingesting.raw_files import raw_changes

        return raw_changes(self.state) if self.raw_files else {}

    @cached_property
    def _off_record(self) -> dict[str, OffRecord]:
        return {}

    def off_record(self, name: str) -> OffRecord:
        """What was said off the record in the source at this path, held in memory for comparing and kept nowhere.

        Of a copy, the raw file is read again for it. Raises ContentError for the source itself.
        """
        from contentkit.cli.ingesting.comparing import off_record_of

        if name not in self._off_record:
            self._off_record[name] = off_record_of(
                self.reading(name), self.raw_files.get(name), self.raw_changes.get(name), self.remembered
            )
        return self._off_record[name]

    @cached_property
    def _elsewhere(self) -> dict[frozenset[Path], Elsewhere]:
        return {}

    def off_record_elsewhere(self, names: Iterable[str]) -> Elsewhere:
        """What was said off the record in the raw files of which none of these sources is the copy."""
        from contentkit.cli.ingesting.comparing import off_record_elsewhere

        others = frozenset(self.raw_files.values()) - {self.raw_files.get(name) for name in names}
        if others not in self._elsewhere:
            self._elsewhere[others] = off_record_elsewhere(others, self.remembered)
        return self._elsewhere[others]

    @cached_property
    def tracked(self) -> frozenset[str]:
        """The files of the project that git tracks, by their paths from the root."""
        from contentkit.cli.git import tracked_files

        return frozenset(tracked_files(self.root))

    def sources_of(self, draft: Draft) -> dict[str, Source]:
        """The sources that the draft and its evidence name and that are here; a missing one is left out."""
        return {name: self.read(name) for name in sorted(draft.all_sources) if (self.root / name).is_file()}

    def account(self, name: str) -> Account:
        """The account of this name. Raises ContentError that names the nearest one."""
        if name not in self.config.accounts:
            raise ContentError(f"{CONFIG_NAME}: no account '{name}'", hint=nearest(name, self.config.accounts))
        account = self.config.accounts[name]
        return account.where_usual(self.platform(account).limits)

    def reached(self, account: Account) -> Account:
        """The account as it is connected from this machine: through the proxy that its user names, if any. Raises as
        ``machine_of``."""
        return replace(account, proxy=self.machine.proxy)

    def connected(self, account: Account, secrets: Mapping[str, str], folder: Path) -> Connection:
        """A connection; ``folder`` is a private one of this machine. Raises ContentError when the account lacks something."""
        return self.platform(account).connect(self.reached(account), secrets, folder)

    def secrets(self, account: Account) -> dict[str, str]:
        """The secrets that the account's network needs.

        Raises StateError when one is missing, when another account would find it, too, and when what ``secrets.toml``
        keeps was given for another server: contentkit.toml comes with git, and nobody's token may follow it elsewhere.
        """
        self._refuse_shared(account)
        refuse_other_server(account, self.settings)
        return {
            name: secret(account.name, name, settings=self.settings, environment=self.environment)
            for name in self.platform(account).secrets
        }

    def _refuse_shared(self, account: Account) -> None:
        """The ``access_token`` of ``ours`` would stand in the same variable as the ``token`` of ``ours-access``."""
        mine = self._variables(account)
        stem = variable_of(account.name, "")
        for other in self.config.accounts.values():
            theirs = variable_of(other.name, "")
            if other.name == account.name or not (stem.startswith(theirs) or theirs.startswith(stem)):
                continue
            if mine & self._variables(other):
                raise StateError(
                    f"the accounts '{other.name}' and '{account.name}' would take their secrets from the same variables",
                    hint="give one of them another name in contentkit.toml",
                )

    def _variables(self, account: Account) -> set[str]:
        try:
            return {variable_of(account.name, name) for name in self.platform(account).secrets}
        except ContentError:
            return set()  # told when that account is used

    def secret_places(self, account: Account) -> dict[str, str | None]:
        """Where each secret of the account is; None where it is missing. Raises StateError where that cannot be known."""
        return {
            name: place_of_secret(account.name, name, settings=self.settings, environment=self.environment)
            for name in self.platform(account).secrets
        }

    def rendition(self, draft: Draft, entry: Entry | None, account: Account) -> Rendition:
        """The exact thread of this draft on this account."""
        return render(draft, entry, account, self.people, self.manner(account))

    def manner(self, account: Account) -> Manner:
        """How threads are written for this account: what its settings say, else what is usual on its network."""
        platform = self.platform(account)
        return Manner(
            count=lambda text, warning: platform.length(text, warning, account.limits),
            links=platform.links,
            mentions=account.mentions or platform.mentions,
            split=account.split or platform.split,
            numbering=account.numbering or "none",
            replies=account.replies or platform.replies,
            tags=self.config.link_tags,
            language=self.config.language,
        )

    def lacking(self, rendition: Rendition) -> str:
        """What the thread asks for and its network does not have, in words; empty when there is nothing."""
        platform = self.platform(rendition.account)
        asked = dict.fromkeys(part.visibility for part in rendition.parts) or {rendition.visibility: None}
        return next((lacking for one in asked if (lacking := platform.lacks(one, rendition.warning))), "")

    def renditions(self, draft: Draft, entry: Entry) -> list[Rendition]:
        """The exact threads of an entry, one for each of its accounts."""
        return [self.rendition(draft, entry, self.account(name)) for name in entry.accounts]

    def frozen_renditions(self, draft: Draft, entry: Entry) -> list[Rendition]:
        """The exact threads of an entry with the digests of their pictures: what an approval is bound to.

        Raises ContentError for a picture that cannot be sent.
        """

        def digest_of(path: str) -> str:
            return self.digests.of(path, self.root)

        return [frozen(one, digest_of) for one in self.renditions(draft, entry)]

    def terms(self, entry: Entry, draft: Draft) -> Terms:
        """What an approval is bound to that stands in other files than the entry and its draft. Raises ContentError."""
        from contentkit.cli.approving.terms import slots_for

        return Terms(
            project=self.config.project,
            slots=slots_for(self.calendar, entry),
            embargo=self.embargo_on(draft),
        )

    def bound(self, entry: Entry, draft: Draft, renditions: Sequence[Rendition], form: int = FORM) -> str:
        """Everything that an approval of these threads, which are frozen, would be bound to, with where it came from."""
        words = manifest(entry, draft, renditions, self.terms(entry, draft), form)
        return with_origin(words, entry, draft)

    def manifest(self, entry: Entry, form: int = FORM) -> str:
        """Everything that an approval of this entry, as the files have it, would be bound to, with where it came from."""
        draft = self.draft_of(entry)
        return self.bound(entry, draft, self.frozen_renditions(draft, entry), form)

    def digest(self, entry: Entry) -> str:
        """The digest of everything that an approval of this entry, as the files have it, would be bound to."""
        return digest(self.manifest(entry))

    def digests_of(self, entry: Entry) -> tuple[str, ...]:
        """The digest of an entry as the files have it, in each form in which it may have been approved."""
        return tuple(digest(self.manifest(entry, form)) for form in FORMS)


def open_project() -> Project:
    """The project at or above the current folder. Raises UsageError where there is none."""
    root = find_root(Path.cwd())
    if root is None:
        raise UsageError("no contentkit.toml here or in a folder above", hint="start a project with 'contentkit init'")
    return Project(root, load_config(root), os.environ)


def with_kept_answers(project: Project) -> Project:
    """The same project, which keeps what its sources said in its state folder: between approving and publishing, and between runs
    that publish."""
    from contentkit.cli.cited import Cited

    return replace(project, cited=Cited(project.state / ANSWERS_NAME))


def open_listed() -> Project:
    """As ``open_project``, for listings: a long calendar need not be read again as long as not one byte of it has changed."""
    from contentkit.cli.cited import Cited
    from contentkit.places import cache_folder, clone_id

    project = open_project()
    try:
        kept = cache_folder(project.environment) / "contentkit"
    except StateError:
        return project
    name = f"{clone_id(project.root)}.json"

    def read_calendar(*about: Any) -> Calendar:
        from contentkit.calendar.kept import load_kept_calendar

        return load_kept_calendar(kept / "calendars" / name, *about)

    return replace(project, read_calendar=read_calendar, cited=Cited(kept / "cited" / name))


def project_or_folder() -> Project:
    """The project at or above the current folder, else this folder as a project without settings and without a name."""
    root = find_root(Path.cwd())
    return Project(root, load_config(root), os.environ) if root else Project(Path.cwd(), Config(project=""), os.environ)


def drafts_named(project: Project, names: Iterable[str]) -> list[Draft]:
    """Drafts by path from here, by path from the root or by slug. Raises UsageError for a name that is none of them."""
    return [project.draft(_draft_path(project, name)) for name in names]


def _draft_path(project: Project, name: str) -> str:
    candidates = [Path.cwd() / name, project.root / name] if name.endswith(".md") else []
    for path in (*candidates, project.root / "drafts" / f"{name}.md"):
        if path.is_file():
            return project.name_of(path)
    known = project.drafts() if "/" in name else [Path(path).stem for path in project.drafts()]
    raise UsageError(
        f"there is no draft '{name}'", hint=nearest(name, known) if known else "contentkit draft makes one"
    )


def entries_named(project: Project, names: Iterable[str]) -> list[Entry]:
    """Entries by id, each once. Raises ContentError that names the nearest one."""
    return [project.calendar.entry(name) for name in dict.fromkeys(names)]
