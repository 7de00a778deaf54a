"""``contentkit resolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.cli.resolving.changes import HeldChanges
    from contentkit.cli.resolving.deciding import Decision
    from contentkit.clock import Clock


def command(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry whose post is held.")],
    account: Annotated[
        str, typer.Option(metavar="NAME", help="The account; may be left out when it is held on one only.")
    ] = "",
    published: Annotated[
        str, typer.Option(metavar="URL", help="It is published: this is its address. The thread goes on after it.")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="It is not published: send it. The thread goes on.")] = False,
    not_sent: Annotated[
        bool,
        typer.Option("--not-sent", help="It certainly is not published: send nothing, let other words be approved."),
    ] = False,
    skip: Annotated[
        bool, typer.Option("--skip", help="Do not send it, nor what comes after it in its thread.")
    ] = False,
    edited: Annotated[
        bool,
        typer.Option("--edited", help="With --published: take it although its words or pictures differ from ours."),
    ] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; git's user.name when left out.")] = "",
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why, for the journal.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print what is known as JSON; decide nothing.")] = False,
) -> None:
    """Decide what nobody can know: published, again, not sent, or skip.

    A held post waits for a person. Without a decision, everything that is known of it is shown: its words, each attempt with
    what the network answered, what stands on the account at its place now, and what each decision would do; on a terminal
    you are asked then. Look at the account with your own eyes first: after --again a second copy may stand there if the
    first one arrived after all. A held change of what is out takes --again or --skip, which leaves it as it is there.

    \b
    contentkit resolve launch
    contentkit resolve launch --published https://mastodon.social/@me/1234
    contentkit resolve launch --again --reason "looked: it is not there"
    """
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import has_journal, journal_for_decision
    from contentkit.cli.output import show_lines
    from contentkit.cli.person import name_of_person
    from contentkit.cli.project import open_project
    from contentkit.cli.resolving.changes import held_changes, settle_changes
    from contentkit.cli.resolving.deciding import Decision, carry_out, found_at, nothing_held
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError

    chosen = [way for way, said in (("again", again), ("not sent", not_sent), ("skip", skip)) if said]
    if len(chosen) + bool(published) > 1 or (as_json and (chosen or published)):
        raise UsageError(
            "say one of --published URL, --again, --not-sent, --skip", hint="or none of them, to see what is known"
        )
    decision = Decision(
        way=chosen[0] if chosen else "published" if published else "",
        found=found_at(published, edited) if published else None,
    )
    project, clock = open_project(), SystemClock()
    refuse_at_desk(project, clock, "what is held is resolved")
    if not has_journal(project):
        raise nothing_held(entry, account)
    if not decision.way:
        decision, account = _shown_and_asked(project, clock, entry, account, as_json=as_json)
    person = by.strip() or name_of_person(project.root)
    with journal_for_decision(project, clock) as journal:
        if changes := held_changes(project, journal, clock, entry, account):
            show_lines(*settle_changes(journal, changes, decision, person, reason))
            return
        show_lines(carry_out(project, journal, clock, entry, account, decision, person, reason))


def _shown_and_asked(
    project: Project, clock: Clock, entry: str, account: str, *, as_json: bool
) -> tuple[Decision, str]:
    """Shows what is known, and asks whoever can be asked. Returns the decision, and the account that it is about.

    No lock is held meanwhile: a person may think for long. Ends with exit 4 when nothing was decided.
    """
    from contentkit.cli.journal import journal_of
    from contentkit.cli.main import PERSON_NEEDED
    from contentkit.cli.output import is_terminal, show_json, show_lines
    from contentkit.cli.person import can_be_asked
    from contentkit.cli.resolving.changes import held_changes
    from contentkit.cli.resolving.deciding import in_question
    from contentkit.cli.resolving.evidence import doubt_about
    from contentkit.views.doubts import doubt_lines

    with journal_of(project, clock) as journal:
        if changes := held_changes(project, journal, clock, entry, account):
            return _asked_about(changes, as_json=as_json), changes.account
        thread, head = in_question(journal, entry, account)
        doubt = doubt_about(project, journal, clock, thread, head)
    if as_json:
        show_json(doubt)
        raise typer.Exit(PERSON_NEEDED)
    show_lines(*doubt_lines(doubt, project.calendar.zone))
    decision = _asked() if doubt.choices and is_terminal() and can_be_asked() else None
    if decision is None:
        raise typer.Exit(PERSON_NEEDED)
    return decision, head.account


def _asked_about(changes: HeldChanges, *, as_json: bool) -> Decision:
    """Shows what is known of held changes, and asks whoever can be asked. Ends with exit 4 when nothing was decided."""
    from contentkit.cli.main import PERSON_NEEDED
    from contentkit.cli.output import is_terminal, show_json, show_lines
    from contentkit.cli.person import can_be_asked
    from contentkit.cli.resolving.changes import change_lines
    from contentkit.cli.resolving.deciding import Decision

    if as_json:
        show_json(changes.held)
        raise typer.Exit(PERSON_NEEDED)
    show_lines(*change_lines(changes))
    answer = ""
    if is_terminal() and can_be_asked():
        question = "again, or skip (nothing: decide later)"
        answer = str(typer.prompt(question, default="", show_default=False, err=True)).strip()
    if answer not in ("again", "skip"):
        raise typer.Exit(PERSON_NEEDED)
    return Decision(way=answer)


def _asked() -> Decision | None:
    """What the person at the terminal decides; None for nothing."""
    from contentkit.cli.resolving.deciding import Decision, found_at

    question = "again, not-sent, skip, or the address where it stands (nothing: decide later)"
    answer = str(typer.prompt(question, default="", show_default=False, err=True)).strip()
    if not answer:
        return None
    if answer in ("again", "not-sent", "skip"):
        return Decision(way=answer.replace("-", " "))
    return Decision(way="published", found=found_at(answer, may_differ=False))
