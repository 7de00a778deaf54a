"""What is previewed: an entry or a draft with its threads, its version, and whether somebody approved just that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.cli.costs import cost_on
from contentkit.cli.drafting.whereto import accounts_of
from contentkit.cli.project import Project, drafts_named
from contentkit.errors import ContentError, StateError, UsageError
from contentkit.media import MediaFile, load_each
from contentkit.models import Draft, Entry, Rendition
from contentkit.strict_yaml import nearest
from contentkit.values import dataclass
from contentkit.views.pictures import Pictures
from contentkit.views.threads import Preview

if TYPE_CHECKING:
    from contentkit.clock import Clock

_NOT_APPROVED = "not approved yet"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A draft, alone or as an entry has it, with its thread on each account that was asked for."""

    draft: Draft
    entry: Entry | None
    pictures: Pictures
    previews: tuple[Preview, ...]

    @property
    def name(self) -> str:
        return self.entry.id if self.entry else self.draft.slug


def subject_named(project: Project, name: str, account: str) -> Subject:
    """The entry or draft of this name on its accounts, or on one. Raises UsageError that says what there is instead."""
    draft, entry = _draft_and_entry(project, name)
    renditions = [
        project.rendition(draft, entry, project.account(one)) for one in _accounts(project, draft, entry, account)
    ]
    pictures = load_each((media.path for post in draft.posts for media in post.media), project.root)
    previews = (preview_of(project, rendition, draft, entry, pictures) for rendition in renditions)
    return Subject(draft=draft, entry=entry, pictures=pictures, previews=tuple(previews))


def _draft_and_entry(project: Project, name: str) -> tuple[Draft, Entry | None]:
    """What this names: an entry with its draft, or a draft alone. Raises UsageError that names the nearest of both."""
    if name.endswith(".md"):
        return drafts_named(project, [name])[0], None
    entries = {entry.id: entry for entry in project.calendar.entries}
    if name in entries:
        return project.draft_of(entries[name]), entries[name]
    try:
        return drafts_named(project, [name])[0], None
    except UsageError as error:
        known = [*entries, *(Path(path).stem for path in project.drafts())]
        hint = nearest(name, known) if known else error.hint
        raise UsageError(f"there is no entry and no draft '{name}'", hint=hint) from None


def _accounts(project: Project, draft: Draft, entry: Entry | None, account: str) -> list[str]:
    """The accounts to show. Raises UsageError for one that the entry does not go to: what it would look like there is not it."""
    if entry is None:
        return [account] if account else list(accounts_of(project, draft.founder) or project.config.accounts)
    if account and project.account(account).name not in entry.accounts:
        raise UsageError(
            f"{entry.id} does not go to {account}, but to {', '.join(entry.accounts)}",
            hint=f"to see it there all the same: contentkit preview {entry.draft} --account {account}",
        )
    return [account] if account else list(entry.accounts)


def preview_of(
    project: Project, rendition: Rendition, draft: Draft, entry: Entry | None, pictures: Pictures
) -> Preview:
    """One thread with what is shown of it."""
    return Preview(
        rendition=rendition,
        posts=draft.posts,
        platform=project.platform(rendition.account),
        entry=entry,
        pictures=pictures,
        cost=cost_on(project, rendition),
    )


def digest_of(project: Project, subject: Subject) -> str:
    """What an approval of the entry is bound to; of a draft alone, what is shown. Empty where a picture cannot be sent."""
    from contentkit.manifests import digest
    from contentkit.renditions import frozen

    def of_picture(path: str) -> str:
        # Of the very bytes that the page shows.
        picture = subject.pictures[path]
        if not isinstance(picture, MediaFile):
            raise picture
        return picture.digest

    try:
        if subject.entry:
            renditions = project.renditions(subject.draft, subject.entry)
            return digest(project.bound(subject.entry, subject.draft, [frozen(one, of_picture) for one in renditions]))
        return _digest_of_words([frozen(preview.rendition, of_picture) for preview in subject.previews])
    except ContentError:
        return ""


def _digest_of_words(renditions: Sequence[Rendition]) -> str:
    """Of the words and pictures of these threads: nothing else of a draft without an entry is known."""
    words = [
        [one.account.name, one.warning, [[part.text, [[m.digest, m.alt] for m in part.media]] for part in one.parts]]
        for one in renditions
    ]
    return "sha256:" + hashlib.sha256(json.dumps(words, ensure_ascii=False).encode(errors="surrogatepass")).hexdigest()


def approval_of(project: Project, entry: Entry | None, digest: str, clock: Clock) -> str:
    """Who approved just this, by this machine's journal; what the calendar says of another machine's is told as that.

    The publisher's journal knows better: whoever sends a pull request may write a name into the calendar.
    """
    from contentkit.calendar.times import show_time
    from contentkit.cli.approving.holding import is_genuine
    from contentkit.cli.elsewhere import other_journal
    from contentkit.cli.journal import journal_if_any

    if entry is None:
        return _NOT_APPROVED
    try:
        with journal_if_any(project, clock) as journal:
            given = journal.approvals.latest(entry.id) if journal else None
            is_publishers = other_journal(project, journal) is None
    except StateError:
        # Why, 'queue' and 'doctor' say: these words go to others, and the reason names folders of this machine.
        return "cannot be known here: this machine's journal cannot be read"
    if given and is_genuine(project, given):
        if given.digest == digest:
            return f"approved by {given.by}, {show_time(given.at.astimezone(entry.at.tzinfo))}"
        return f"not approved as it is now: changed since {given.by} approved it"
    if entry.approved and is_publishers:
        return f"not approved here; the calendar says that {entry.approved.by} did"
    if entry.approved and entry.approved.digest == digest:
        return f"approved by {entry.approved.by}, as the calendar says"
    return _NOT_APPROVED
