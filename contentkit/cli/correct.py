"""``contentkit correct``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.amending.deciding import Decision
    from contentkit.cli.approving.giving import Candidate
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.outcomes import Outcome
    from contentkit.views.corrections import Remedy


def command(
    name: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry of which something is out.")],
    account: Annotated[str, typer.Option(metavar="NAME", help="Change only what is out on this account.")] = "",
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Where a part cannot be edited: delete it and what follows it, and post anew."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done; do nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who approves; the name that git has when left out.")] = "",
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why, for the journal.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; with --yes or --dry-run.")] = False,
) -> None:
    """Correct what is out: edit its draft, then say so here.

    Shows word by word what reads otherwise than what is out, asks, approves it, and changes it at once. On Mastodon a part is
    edited where it stands, and readers can see that it was. Where that cannot be, as on X, it shows what else can be done and
    what that costs, and exits 4.

    \b
    contentkit correct launch
    contentkit correct launch --account ours-x --replace --reason "a wrong figure"
    """
    from contentkit.cli.amending.asking import refuse_unasked
    from contentkit.cli.amending.deciding import Decision
    from contentkit.cli.amending.telling import show_remedies
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.main import DONE
    from contentkit.cli.person import name_of_person
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock

    project, clock = open_project(), SystemClock()
    refuse_unasked(f"correct {name}", answered=yes or dry_run, as_json=as_json)
    candidate = _candidate(project, clock, name, account)
    refuse_at_desk(project, clock, "what is out is corrected")
    remedies = _remedies(project, clock, candidate, account, replace=replace)
    if not as_json:
        show_remedies(project, candidate, remedies)
    person = by.strip() or name_of_person(project.root)
    decision = Decision(candidate=candidate, remedies=remedies, person=person, reason=reason.strip())
    if dry_run or not decision.changed:
        _tell_plan(project, decision, as_json=as_json)
        raise typer.Exit(DONE if dry_run else _exit_code(decision, (), ()))
    raise typer.Exit(_decide(project, clock, decision, asked=not yes, as_json=as_json))


def _candidate(project: Project, clock: Clock, name: str, account: str) -> Candidate:
    """The entry as it was read once; its problems are said."""
    from contentkit.cli.approving.giving import candidate_of
    from contentkit.cli.output import say
    from contentkit.errors import UsageError
    from contentkit.models import counted
    from contentkit.views.problems import problem_lines

    entry = project.calendar.entry(name)
    if account and account not in entry.accounts:
        raise UsageError(f"{name} is not for '{account}'", hint=f"it is for {', '.join(entry.accounts)}")
    candidate = candidate_of(project, entry, clock.now())
    say(*problem_lines(counted(candidate.problems)))
    return candidate


def _remedies(
    project: Project, clock: Clock, candidate: Candidate, account: str, *, replace: bool
) -> tuple[Remedy, ...]:
    """What becomes of each thread of which something is out. Raises UsageError where nothing is, NeedsPerson in doubt."""
    from contentkit.cli.amending.deciding import refuse_doubtful, refuse_taken_down
    from contentkit.cli.amending.remedies import corrections_of, hint_where_not_out, remedy_for
    from contentkit.cli.journal import journal_if_any
    from contentkit.errors import UsageError

    name = candidate.entry.id
    with journal_if_any(project, clock) as journal:
        corrections = corrections_of(journal, name, candidate.renditions) if journal else ()
        if not any(account in ("", one.thread.account) for one in corrections):
            where = f" on {account}" if account else ""
            raise UsageError(f"{name}: nothing of it is out{where}", hint=hint_where_not_out(project, candidate.entry))
        assert journal is not None
        refuse_doubtful(journal, [one.thread for one in corrections])
        refuse_taken_down(journal, corrections)
    return tuple(
        remedy_for(project, candidate.entry, one, wanted=account in ("", one.thread.account), anew=replace)
        for one in corrections
    )


def _tell_plan(project: Project, decision: Decision, *, as_json: bool) -> None:
    from contentkit.cli.output import show_json, show_lines

    if as_json:
        show_json(_plain(project, decision, (), ()))
    elif not any(one.correction.differs or one.correction.added for one in decision.remedies):
        show_lines(f"{decision.candidate.entry.id}: what is out reads as the draft does; there is nothing to correct.")


def _decide(project: Project, clock: Clock, decision: Decision, *, asked: bool, as_json: bool) -> int:
    """Decides what was shown, and does it at once. Returns the exit code."""
    from contentkit.cli.amending.carrying_out import carry_out
    from contentkit.cli.amending.deciding import decide, refuse_unapproved
    from contentkit.cli.amending.telling import tell_open
    from contentkit.cli.approving.policies import policy_of
    from contentkit.cli.journal import journal_for_decision, journal_if_any
    from contentkit.cli.output import say
    from contentkit.cli.runs import mark_told

    name, policy, signals = decision.candidate.entry.id, policy_of(project), list[int]()
    with journal_if_any(project, clock) as journal:
        refuse_unapproved(project, journal, decision.candidate, policy)
        if asked and journal:
            _ask(project, journal, decision)
    outcomes: Sequence[Outcome] = ()
    with journal_for_decision(project, clock) as journal:
        lacking = decide(project, journal, decision, policy, clock.now())
        if not lacking:
            outcomes = carry_out(project, journal, clock, name, signals)
        _tell(project, decision, lacking, outcomes, as_json=as_json)
        mark_told(journal, outcomes)
        tell_open(project, journal, name)
    if decision.left:
        say(f"{name} stays as it is on {', '.join(decision.left)}: choose what to do there.")
    return _exit_code(decision, outcomes, signals)


def _ask(project: Project, journal: Journal, decision: Decision) -> None:
    from contentkit.cli.amending.asking import ask
    from contentkit.cli.amending.telling import show_terms_beside

    show_terms_beside(project, journal, decision.candidate)
    name = decision.candidate.entry.id
    ask(f"Correct {name} on {', '.join(decision.changed)}: exactly so?", name)


def _tell(
    project: Project, decision: Decision, lacking: Sequence[str], outcomes: Sequence[Outcome], *, as_json: bool
) -> None:
    from contentkit.cli.output import show_json, show_sentences
    from contentkit.cli.runs import tell

    name = decision.candidate.entry.id
    if as_json:
        show_json(_plain(project, decision, lacking, outcomes))
    elif lacking:
        still = f"still to approve: {'; and '.join(lacking)}"
        show_sentences(f"{name}: approved by {decision.person}; {still}. Nothing is changed yet.")
    else:
        tell(outcomes, as_json=False)


def _plain(
    project: Project, decision: Decision, lacking: Sequence[str], outcomes: Sequence[Outcome]
) -> dict[str, object]:
    from contentkit.cli.amending.telling import plain

    return {
        "entry": decision.candidate.entry.id,
        "accounts": plain(project, decision.candidate, decision.remedies),
        "lacking": lacking,
        "outcomes": outcomes,
    }


def _exit_code(decision: Decision, outcomes: Sequence[Outcome], signals: Sequence[int]) -> int:
    """A person is needed as long as something that reads otherwise is only told."""
    from contentkit.cli.main import DONE, PERSON_NEEDED
    from contentkit.cli.runs import exit_code

    return exit_code(outcomes, signals) or (PERSON_NEEDED if decision.left else DONE)
