"""``contentkit approve``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Draft, Entry, Rendition
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Thread
    from contentkit.publishing.records import Approval


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """An entry that nothing stands in the way of, as it was read once: what is shown is what is approved."""

    entry: Entry
    draft: Draft
    renditions: tuple[Rendition, ...]


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Entries of the calendar.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who approves; git's user.name when left out.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Approve entries: exactly these words, at this time, on these accounts.

    Shows the exact threads, asks, and seals the approval in this machine's journal. Any later change of text, picture,
    account or time voids it. The line that appears in calendar.yaml is a copy to read: written by hand, it posts nothing.

    \b
    contentkit approve launch
    contentkit approve launch changelog --by "Ana Torres" --yes
    """
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import journal_for_decision
    from contentkit.cli.person import can_be_asked, name_of_person
    from contentkit.cli.project import entries_named, open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError

    project, clock = open_project(), SystemClock()
    signed = "approvals signed at a desk ('signed') are planned; "
    refuse_at_desk(project, clock, "approvals are given", besides=signed)
    candidates = [_checked(project, entry, clock.now()) for entry in entries_named(project, names)]
    if not yes and not can_be_asked():
        raise UsageError(
            "an approval needs somebody to ask", hint="look at 'contentkit preview', then approve with --yes"
        )
    person = by.strip() or name_of_person(project.root)
    for candidate in candidates:
        _tell_repeats(project, candidate, clock)
        _tell_receipts(project, candidate, clock)
        _tell_money(project, candidate, clock)
        if not yes:
            _ask(project, candidate)
        with journal_for_decision(project, clock) as journal:
            _approve(project, journal, candidate, person, clock.now())


def _checked(project: Project, entry: Entry, now: datetime) -> _Candidate:
    """The entry with its threads, if nothing stands in the way of an approval."""
    from contentkit.calendar.times import distance, show_time
    from contentkit.cli.check import problems_of
    from contentkit.cli.output import say
    from contentkit.config import CALENDAR_NAME
    from contentkit.errors import ContentError, NeedsPerson
    from contentkit.models import counted, in_the_way
    from contentkit.views.problems import problem_lines, tally

    place = f"{CALENDAR_NAME}:{entry.line}: entry '{entry.id}'"
    for key, wanted in (("when", entry.when is not None), ("late: next slot", entry.late.policy == "next slot")):
        if wanted:
            raise ContentError(
                f"{place}: this version cannot act on '{key}' yet", hint="take it out, and approve again"
            )
    if now - entry.at > _latest(entry):
        was_due = f"was due {show_time(entry.at)}, {distance(entry.at, now)}"
        raise ContentError(f"{place}: {was_due}", hint="move it to a time to come, and approve again")
    draft = project.draft_of(entry)
    problems = problems_of(project, draft, entry)
    say(*problem_lines(counted(problems)))
    if in_the_way(problems):
        hint = "mend what stands in the way, or waive it by name in the draft"
        raise NeedsPerson(f"{place}: not approved: {tally(problems)}", hint=hint)
    return _Candidate(entry=entry, draft=draft, renditions=tuple(project.frozen_renditions(draft, entry)))


def _latest(entry: Entry) -> timedelta:
    """How late an entry may be and still go out: what is later would only be held."""
    from contentkit.publishing.timing import LATE_AFTER

    return LATE_AFTER if entry.late.policy == "hold" else entry.late.within


def _tell_repeats(project: Project, candidate: _Candidate, clock: Clock) -> None:
    """A post may be repeated on purpose, but nobody should do it unawares."""
    from contentkit.calendar.times import distance, show_time
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say

    with journal_if_any(project, clock) as journal:
        for rendition in candidate.renditions if journal else ():
            for part in rendition.parts:
                account = rendition.account.name
                before = journal and journal.sent_before(account, part.text, apart_from=candidate.entry.id)
                if before:
                    when = distance(before.changed_at, clock.now())
                    say(f"{candidate.entry.id} on {account}: published already as {before.entry}, {when}: {before.url}")
                    if project.platform(rendition.account).refuses_repeats:
                        say(f"{candidate.entry.id} on {account}: this network may refuse the same words again")
                    break
            for twin in _planned_twins(journal, candidate.entry, rendition) if journal else ():
                at = show_time(twin.due.astimezone(candidate.entry.at.tzinfo))
                say(f"{candidate.entry.id} on {twin.account}: the same words are planned as {twin.entry}, at {at}")


def _planned_twins(journal: Journal, entry: Entry, rendition: Rendition) -> Iterator[Thread]:
    """Threads of other entries on this account that are to publish some of these words, too."""
    from contentkit.publishing.publications import State, fingerprint

    words = {fingerprint(part.text) for part in rendition.parts if part.text.strip()}
    for thread in journal.open_threads():
        planned = {row.fingerprint for row in thread.rows if row.state is not State.SENT}
        if thread.account == rendition.account.name and thread.entry != entry.id and planned & words:
            yield thread


def _tell_receipts(project: Project, candidate: _Candidate, clock: Clock) -> None:
    """What is not sent because receipts say that it is out: they come with a pull request as any file does."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say
    from contentkit.publishing.receipts import RECEIPTS_NAME, read_receipts
    from contentkit.text import one_line

    receipts = read_receipts(project.root)
    with journal_if_any(project, clock) as journal:
        for rendition in candidate.renditions:
            account, count = rendition.account.name, len(rendition.parts)
            known = journal.remote_ids(account) if journal else set()
            told = [receipts.get((candidate.entry.id, account, part)) for part in range(count)]
            strange = [one for one in told if one and one.remote_id not in known]
            if strange:
                first = one_line(strange[0].url or strange[0].remote_id, 200)
                where = f"{candidate.entry.id} on {account}"
                say(f"{where}: {len(strange)} of {count} parts are out already, says {RECEIPTS_NAME}: {first}")


def _tell_money(project: Project, candidate: _Candidate, clock: Clock) -> None:
    """What cannot be paid is not sent: nobody should learn it at the minute it is due."""
    from contentkit.cli.costs import why_beyond
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say

    with journal_if_any(project, clock) as journal:
        for rendition in candidate.renditions:
            if why := why_beyond(project, journal, candidate.entry, rendition):
                say(f"{candidate.entry.id} on {rendition.account.name}: {why}")


def _ask(project: Project, candidate: _Candidate) -> None:
    from contentkit.cli.preview import show_rendition
    from contentkit.errors import NeedsPerson

    for rendition in candidate.renditions:
        show_rendition(project, rendition, candidate.draft, candidate.entry)
    if not typer.confirm(f"Approve {candidate.entry.id}: exactly this?", err=True):
        raise NeedsPerson(f"{candidate.entry.id}: not approved", hint="edit the draft, and approve again")


def _approve(project: Project, journal: Journal, candidate: _Candidate, person: str, now: datetime) -> None:
    from contentkit.calendar.times import show_time
    from contentkit.cli.output import say, show_sentences
    from contentkit.publishing.planning import planned_parts

    entry = candidate.entry
    planned = planned_parts(project.root, journal, entry.id, candidate.renditions)
    approval, before = _sealed(project, candidate, person, now), journal.latest_approval(entry.id)
    if before and before.digest == approval.digest and before.by != person:
        say(f"{entry.id}: {before.by} had approved just this; the approval of {person} replaces that")
    journal.approve(project.config.project, approval, entry.at, planned)
    _write_copy(project, approval)
    count = sum(part.sent is None for part in planned)
    where = ", ".join(rendition.account.name for rendition in candidate.renditions)
    parts = f"{count} part{'' if count == 1 else 's'}"
    told = f"{entry.id}: approved by {person}: {parts} on {where} at {show_time(entry.at)}"
    show_sentences(told, f"  {approval.digest}")


def _sealed(project: Project, candidate: _Candidate, person: str, now: datetime) -> Approval:
    from contentkit.manifests import digest, manifest, with_origin
    from contentkit.publishing.records import Approval
    from contentkit.publishing.seal import seal

    words = manifest(candidate.entry, candidate.draft, candidate.renditions)
    words = with_origin(words, candidate.entry, candidate.draft)
    # The journal keeps milliseconds; the seal is over what it keeps.
    at = now.replace(microsecond=now.microsecond // 1000 * 1000)
    sealed = seal(project.state, entry=candidate.entry.id, digest=digest(words), manifest=words, by=person, at=at)
    return Approval(
        id=0,
        entry=candidate.entry.id,
        digest=digest(words),
        manifest=words,
        by=person,
        at=at,
        trust="local",
        seal=sealed,
    )


def _write_copy(project: Project, approval: Approval) -> None:
    """The readable copy in the calendar. Nobody may take it for the approval itself, so failing to write it is only told."""
    from contentkit.calendar.edit import set_key
    from contentkit.cli.output import say
    from contentkit.config import CALENDAR_NAME
    from contentkit.errors import ContentkitError
    from contentkit.files import decoded, read_bytes, replace_file
    from contentkit.places import clone_id
    from contentkit.stamps import stamped
    from contentkit.strict_yaml import flow_scalar

    path = project.root / CALENDAR_NAME
    stamp = stamped(approval.at)
    digest, clone = f'"{approval.digest}"', f'"{clone_id(project.root)}"'
    copy = f"{{by: {flow_scalar(approval.by)}, at: {stamp}, digest: {digest}, clone: {clone}}}"
    try:
        before = read_bytes(path, CALENDAR_NAME)
        after = set_key(decoded(before, CALENDAR_NAME), CALENDAR_NAME, approval.entry, "approved", copy)
        replace_file(path, after.encode(), before)
    except ContentkitError as error:
        say(f"The approval holds, but its copy was not written: {error.message}")
