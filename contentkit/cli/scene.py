"""What the standing of every entry rests on, read once for a whole listing: a draft is not rendered for each of its accounts."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from contentkit.cli.approving.standing import Standing
    from contentkit.cli.elsewhere import OtherJournal
    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry
    from contentkit.publishing.amendments import Amendment
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, Thread
    from contentkit.publishing.receipts import Receipt
    from contentkit.publishing.records import AccountState, Approval
    from contentkit.publishing.surroundings import Inspection
    from contentkit.settings.approval_rules import ApprovalPolicy


@dataclass(frozen=True)
class Scene:
    """The project and its journal (None where this machine has none) at one moment. Raises ContentError for unreadable files.

    Where the calendar has only some of its entries, ``only`` names those that it is about, gone ones among them.
    """

    project: Project
    journal: Journal | None
    now: datetime
    only: frozenset[str] | None = None

    @cached_property
    def entries(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.project.calendar.entries}

    @cached_property
    def threads(self) -> dict[tuple[str, str], Thread]:
        """The living threads of the journal, by entry and account."""
        if self.journal is None:
            return {}
        journal, only = self.journal, self.only
        found = journal.threads.living() if only is None else [one for name in only for one in journal.threads.of(name)]
        return {(thread.entry, thread.account): thread for thread in found}

    @cached_property
    def receipts(self) -> dict[tuple[str, str], list[Receipt]]:
        """The receipts of what is out of each entry on each account."""
        from contentkit.publishing.receipts import out_by

        found: dict[tuple[str, str], list[Receipt]] = {}
        for (entry, account, _), receipt in out_by(self.project.receipts).items():
            found.setdefault((entry, account), []).append(receipt)
        return found

    @cached_property
    def taken_down(self) -> Mapping[tuple[str, str], int]:
        """How many parts of each entry on each account were taken down, by the receipts."""
        from contentkit.publishing.receipts import ever_out, out_by

        gone = ever_out(self.project.receipts).keys() - out_by(self.project.receipts).keys()
        return Counter((entry, account) for entry, account, _ in gone)

    @cached_property
    def age(self) -> str:
        """How old the newest receipt is, in words."""
        from contentkit.cli.elsewhere import as_of

        return as_of(self.project.receipts, self.now)

    @cached_property
    def other(self) -> OtherJournal | None:
        from contentkit.cli.elsewhere import other_journal

        return other_journal(self.project, self.journal)

    @cached_property
    def stopped(self) -> str:
        """Why publishing is stopped; empty when it is not."""
        from contentkit.publishing.facts import Fact

        return self.journal.known(Fact.STOPPED) if self.journal else ""

    @cached_property
    def last_run(self) -> datetime | None:
        """When a run last came here."""
        from contentkit.cli.alerting.heartbeat import last_run

        return last_run(self.project.state)

    @property
    def asked_for_last_run(self) -> bool:
        """Whether anything that was told of it rests on when a run last came."""
        return "last_run" in vars(self)

    def draft(self, path: str) -> Draft | None:
        """The draft at this path; None where it cannot be read, which is for others to say."""
        from contentkit.errors import ContentkitError

        if path not in self._drafts:
            try:
                self._drafts[path] = self.project.draft(path)
            except ContentkitError:
                self._drafts[path] = None
        return self._drafts[path]

    def founder(self, path: str) -> str:
        """In whose name the draft at this path speaks; empty where it does not say."""
        draft = self.draft(path)
        return draft.founder if draft else ""

    def stale(self, path: str) -> str:
        """What to say of a draft whose sources changed since; empty where they did not."""
        from contentkit.cli.ingesting.stale import why_stale_draft

        if path not in self._stale:
            draft = self.draft(path)
            self._stale[path] = why_stale_draft(self.project, draft) if draft else ""
        return self._stale[path]

    def approval(self, number: int) -> Approval:
        """The approval with this id, of which each thread of its entry has the same."""
        assert self.journal is not None
        if number not in self._approvals:
            self._approvals[number] = self.journal.approvals.numbered(number)
        return self._approvals[number]

    def account(self, name: str) -> AccountState:
        """What the journal knows of an account."""
        assert self.journal is not None
        if name not in self._accounts:
            self._accounts[name] = self.journal.accounts.known(name)
        return self._accounts[name]

    def changes(self, thread: Thread) -> Sequence[Amendment]:
        """What is decided about parts of a thread that are out, and not settled."""
        return self._changes.get((thread.entry, thread.account), ())

    @cached_property
    def _changes(self) -> dict[tuple[str, str], list[Amendment]]:
        found: dict[tuple[str, str], list[Amendment]] = {}
        for one in self.journal.amendments.open() if self.journal else ():
            found.setdefault((one.entry, one.account), []).append(one)
        return found

    @cached_property
    def ended(self) -> Sequence[Publication]:
        """Every part that was out and was taken down."""
        return self.journal.history.ended() if self.journal else ()

    def void(self, thread: Thread) -> str:
        """Why a thread's approval does not hold for the files as they are; empty when it does.

        An approval that holds on one account holds on all of its accounts: nothing is rendered again for the next.
        """
        from contentkit.cli.approving.holding import why_void

        assert self.journal is not None
        approval = thread.approval
        if approval in self._holding:
            return ""
        why = why_void(self.project, self.journal, thread, self._seen(thread))
        if not why:
            self._holding.add(approval)
        return why

    @cached_property
    def policy(self) -> ApprovalPolicy:
        """Whose approval counts on this machine."""
        from contentkit.cli.approving.policies import policy_of

        return policy_of(self.project)

    def standing(self, entry: Entry) -> Standing:
        """Whether an entry, as its files stand, is approved here, and by whom."""
        from contentkit.cli.approving.standing import standing_of

        return standing_of(self.project, self.journal, entry, self.policy)

    def lacking(self, entry: Entry) -> tuple[str, ...]:
        """Who has still to approve an entry by this machine's rules; empty where they ask for nobody by name."""
        from contentkit.cli.approving.standing import matter_of
        from contentkit.errors import ContentkitError

        if not self.policy.rules:
            return ()
        try:
            if self.journal and self.journal.approvals.latest(entry.id):
                return self.standing(entry).lacking
            return self.policy.lacking(matter_of(self.project, entry), ())
        except ContentkitError:
            return ()

    def approvers(self, entry: Entry) -> list[str]:
        """Those whom people.yaml names as approvers of the draft's founder, as they are called."""
        from contentkit.errors import ContentkitError

        founder = self.founder(entry.draft)
        try:
            people = self.project.people
        except ContentkitError:
            return []
        settings = people[founder].founder if founder in people else None
        return [people[key].display if key in people else key for key in (settings.approvers if settings else ())]

    def problem(self, thread: Thread) -> str:
        """Why nobody can tell whether a thread is as it was approved: a file of it cannot be read; empty where it can."""
        return self._seen(thread).problem

    def difference(self, thread: Thread) -> tuple[str, ...]:
        """Line by line what renders differently than was approved, though nobody edited it."""
        from contentkit.cli.approving.holding import difference_lines

        return tuple(difference_lines(self.project, thread, self.approval(thread.approval), self._seen(thread)))

    def _seen(self, thread: Thread) -> Inspection:
        """A thread's entry as the files have it, looked at once for each approval."""
        from contentkit.cli.approving.holding import inspect

        if thread.approval not in self._inspected:
            self._inspected[thread.approval] = inspect(self.project, thread.entry, self.approval(thread.approval))
        return self._inspected[thread.approval]

    @cached_property
    def _inspected(self) -> dict[int, Inspection]:
        return {}

    def looked_for(self) -> Iterator[Path]:
        """The files that the answers so far rest on, be they there or not, as far as they are named here."""
        from contentkit.people import PEOPLE_NAME
        from contentkit.places import HOME_NAME
        from contentkit.publishing.identity import EPOCH_NAME
        from contentkit.publishing.receipts import RECEIPTS_NAME
        from contentkit.publishing.schema import JOURNAL_NAME, MOVED_NAME
        from contentkit.whereabouts import CONFIDENTIAL_NAME

        root, state = self.project.root, self.project.state
        yield from (root / PEOPLE_NAME, root / RECEIPTS_NAME, state / JOURNAL_NAME, state / f"{JOURNAL_NAME}-journal")
        yield from (state / EPOCH_NAME, state / MOVED_NAME, state / HOME_NAME, root / CONFIDENTIAL_NAME)
        # Of those that are gone it is only seen that they are.
        yield from vars(self.project).get("raw_files", {}).values()
        for path, draft in self._drafts.items():
            yield root / path
            if draft:
                names = {*draft.all_sources, *(media.path for post in draft.posts for media in post.media)}
                yield from (root / name for name in names)
                # A folder that a link took the place of may lead to the same files, where they may not be read.
                yield from {folder for name in names for folder in (root / name).parents if root in folder.parents}

    @cached_property
    def _drafts(self) -> dict[str, Draft | None]:
        return {}

    @cached_property
    def _stale(self) -> dict[str, str]:
        return {}

    @cached_property
    def _approvals(self) -> dict[int, Approval]:
        return {}

    @cached_property
    def _accounts(self) -> dict[str, AccountState]:
        return {}

    @cached_property
    def _holding(self) -> set[int]:
        return set()
