"""``contentkit approve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from contentkit.cli.approving.giving import Candidate, Given
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Entry


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Entries of the calendar.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who approves; the name that git has when left out.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    key: Annotated[
        str,
        typer.Option(metavar="FILE", help="Sign with this SSH key; where signing is set up, git's own when left out."),
    ] = "",
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Take the approval back, for good, before the first part is out.")
    ] = False,
    reason: Annotated[str, typer.Option(metavar="WORDS", help="With --revoke: why, for the journal.")] = "",
) -> None:
    """Approve entries: exactly these words, at this time, on these accounts.

    Shows the exact threads, asks, and seals the approval in this machine's journal. Any later change of text, picture,
    account or time voids it. The line that appears in calendar.yaml is a copy to read: written by hand, it posts nothing.
    With --key, and where this machine asks for signatures, signs the approval instead, for git to carry.

    \b
    contentkit approve launch
    contentkit approve launch changelog --by "Ana Torres" --yes
    contentkit approve launch --revoke --reason "the date is not final"
    """
    from contentkit.cli.approving.policies import policy_of
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError

    if reason and not revoke:
        raise UsageError("--reason says why an approval is taken back", hint="use it with --revoke")
    project, clock = open_project(), SystemClock()
    signs = bool(key) or policy_of(project).trust == "signed"
    if revoke and signs:
        _revoke_signed(project, clock, names, by, key, reason)
    elif revoke:
        _revoke(project, clock, names, by, reason)
    elif signs:
        _sign(project, clock, names, by, key, yes=yes)
    else:
        _approve(project, clock, names, by, yes=yes)


def _approve(project: Project, clock: Clock, names: Sequence[str], by: str, *, yes: bool) -> None:
    """Gives the approvals on this machine, in its journal."""
    from contentkit.cli.approving.giving import give, refuse_other_trust
    from contentkit.cli.approving.policies import policy_of
    from contentkit.cli.approving.telling import told_before
    from contentkit.cli.conditions import told_of_page
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import journal_for_decision
    from contentkit.cli.output import say
    from contentkit.cli.person import name_of_person
    from contentkit.cli.project import entries_named, with_kept_answers
    from contentkit.cli.unsayable import look_ahead

    refuse_other_trust(policy_of(project))
    refuse_at_desk(
        project, clock, "approvals are given", besides="or sign it here, with --key, if that machine goes by 'signed'; "
    )
    project = with_kept_answers(project)
    candidates = [_checked(project, entry, clock.now()) for entry in entries_named(project, names)]
    _refuse_nobody(yes=yes)
    person = by.strip() or name_of_person(project.root)
    for candidate in candidates:
        say(*told_before(project, candidate, clock), *told_of_page(project, candidate.entry))
        if not yes:
            _ask(project, candidate, clock)
        with journal_for_decision(project, clock) as journal:
            given = give(project, journal, candidate, person, clock.now())
        look_ahead(project, candidate.entry, given.digest)
        _tell(given)
    project.cited.keep()


def _sign(project: Project, clock: Clock, names: Sequence[str], by: str, key: str, *, yes: bool) -> None:
    """Signs the approvals, for the machine that publishes."""
    from contentkit.cli.approving.giving import accounts_begun
    from contentkit.cli.approving.signing import name_for_signing, sign_approval
    from contentkit.cli.approving.telling import told_before
    from contentkit.cli.conditions import told_of_page
    from contentkit.cli.output import say, show_sentences
    from contentkit.cli.project import entries_named
    from contentkit.manifests import digest

    candidates = [_checked(project, entry, clock.now()) for entry in entries_named(project, names)]
    _refuse_nobody(yes=yes)
    person = by.strip() or name_for_signing(project.root)
    for candidate in candidates:
        say(*told_before(project, candidate, clock), *told_of_page(project, candidate.entry))
        if not yes:
            _ask(project, candidate, clock)
        # Of what was shown: the files may have been edited before the answer.
        shown = digest(project.bound(candidate.entry, candidate.draft, candidate.renditions))
        signed = sign_approval(project, candidate.entry.id, shown, person, key, clock.now())
        show_sentences(f"{candidate.entry.id}: signed by {person}: {' and '.join(signed.files)}", f"  {shown}")
    say("Nothing is planned yet. Commit these files and push them: the machine that publishes counts them.")
    for candidate in candidates:
        if accounts_begun(project, candidate.entry):
            name = candidate.entry.id
            say(
                f"{name} is out already: what is otherwise now goes there by 'contentkit correct {name}', on that machine."
            )


def _revoke(project: Project, clock: Clock, names: Sequence[str], by: str, reason: str) -> None:
    from contentkit.cli.approving.taking_back import take_back
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import journal_for_decision
    from contentkit.cli.output import say, show_sentences
    from contentkit.cli.person import name_of_person

    refuse_at_desk(project, clock, "approvals are revoked")
    person = by.strip() or name_of_person(project.root)
    for name in dict.fromkeys(names):
        with journal_for_decision(project, clock) as journal:
            done = take_back(project, journal, name, person, reason.strip(), clock.now())
        if done.uncopied:
            say(f"It is revoked, but its copy still stands in the calendar: {done.uncopied}")
        parts = f"{done.parts} part{'' if done.parts == 1 else 's'}"
        show_sentences(f"{name}: approval revoked by {person}: {parts} will not be sent")


def _revoke_signed(project: Project, clock: Clock, names: Sequence[str], by: str, key: str, reason: str) -> None:
    """Where approvals are signed: on the machine that publishes at once, elsewhere by a signed word that git carries there."""
    from contentkit.cli.approving.signing import name_for_signing, sign_revocation
    from contentkit.cli.elsewhere import is_desk, other_journal
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say, show_sentences

    with journal_if_any(project, clock) as journal:
        here = journal is not None and journal.approvals.exist() and not is_desk(other_journal(project, journal))
    if here and not key:
        _revoke(project, clock, names, by, reason)
        return
    person = by.strip() or name_for_signing(project.root)
    for name in dict.fromkeys(names):
        project.calendar.entry(name)
        signed = sign_revocation(project, name, person, key, clock.now())
        show_sentences(f"{name}: revocation signed by {person}: {' and '.join(signed.files)}")
    say("Nothing is revoked yet. Commit these files and push them: the machine that publishes takes it back then.")


def _refuse_nobody(*, yes: bool) -> None:
    from contentkit.cli.person import can_be_asked
    from contentkit.errors import UsageError

    if not yes and not can_be_asked():
        raise UsageError(
            "an approval needs somebody to ask", hint="look at 'contentkit preview', then approve with --yes"
        )


def _checked(project: Project, entry: Entry, now: datetime) -> Candidate:
    """The entry with its threads, if nothing stands in the way of an approval; its problems are said."""
    from contentkit.cli.approving.giving import candidate_of, refuse_problems
    from contentkit.cli.output import say
    from contentkit.models import counted
    from contentkit.views.problems import problem_lines

    candidate = candidate_of(project, entry, now)
    say(*problem_lines(counted(candidate.problems)))
    refuse_problems(candidate)
    return candidate


def _ask(project: Project, candidate: Candidate, clock: Clock) -> None:
    from contentkit.cli.approving.showing import show_terms
    from contentkit.cli.preview import show_rendition
    from contentkit.errors import NeedsPerson

    for rendition in candidate.renditions:
        show_rendition(project, rendition, candidate.draft, candidate.entry)
    show_terms(project, candidate, clock)
    if not typer.confirm(f"Approve {candidate.entry.id}: exactly this?", err=True):
        raise NeedsPerson(f"{candidate.entry.id}: not approved", hint="edit the draft, and approve again")


def _tell(given: Given) -> None:
    from contentkit.calendar.times import show_time
    from contentkit.cli.output import say, show_sentences

    name = given.entry.id
    if given.replaces:
        say(f"{name}: {given.replaces} had approved just this; the approval of {given.by} replaces that")
    if given.uncopied:
        say(f"The approval holds, but its copy was not written: {given.uncopied}")
    if given.lacking:
        told = (
            f"{name}: approved by {given.by}; still to approve: {'; and '.join(given.lacking)}. Nothing is planned yet."
        )
        show_sentences(told, f"  {given.digest}")
        return
    parts = f"{given.parts} part{'' if given.parts == 1 else 's'}"
    where = ", ".join(given.accounts)
    told = f"{name}: approved by {given.by}: {parts} on {where} at {show_time(given.entry.at)}"
    show_sentences(told, f"  {given.digest}")
