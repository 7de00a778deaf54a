"""``contentkit check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contentkit.cli.checking.gathering import Checked
    from contentkit.cli.project import Project
    from contentkit.models import Problem


def command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[DRAFT]...", help="Drafts; all of them when left out.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="text, json, github, gitlab or sarif (default: text).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: as --format json.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when there are warnings, too.")] = False,
    waived: Annotated[
        bool, typer.Option("--waived", help="Also show what was waived, and who did (not for github, gitlab).")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what needs no judgement, and show what changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --fix: show it, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --fix: also what is approved already.")] = False,
    links: Annotated[
        bool, typer.Option("--links", help="Also ask whether the pages are there that are linked to (network).")
    ] = False,
    second_opinion: Annotated[
        bool, typer.Option("--second-opinion", help="Also ask the model of [drafter] what the sources do not say.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="With --second-opinion: ask again, whatever was answered before.")
    ] = False,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="With --second-opinion: print what would be sent, and send nothing.")
    ] = False,
    changed: Annotated[
        str, typer.Option(metavar="BASE", help="Only what this branch changes against another, as in origin/main.")
    ] = "",
    page: Annotated[
        str,
        typer.Option("--html", metavar="FILE", help="With --changed: also write a page of the threads that differ."),
    ] = "",
    about: Annotated[str, typer.Option(metavar="ID", help="Say what a check is about, as in CK201.")] = "",
) -> None:
    """Check drafts: evidence, support, lengths, policy.

    Numbers, names, dates, quotations and links that the cited lines do not carry are errors; an error blocks an
    approval until it is mended, or waived by name in the draft. Exit 1 when there are errors.

    A draft on the calendar is checked for the accounts of its entries, any other for its founder's, else for all. What is
    published to the end is passed over, unless it is named.

    --changed is for pull requests: which entries and drafts differ from BASE, their threads, what they cost, what becomes of
    approvals; and of findings those that BASE had not. It reads git's objects, and changes nothing.

    \b
    contentkit check
    contentkit check drafts/launch.md
    contentkit check --about CK201
    contentkit check --links
    contentkit check --second-opinion --show-prompt
    contentkit check --fix --dry-run
    contentkit check --changed origin/main
    contentkit check --changed origin/main --format github
    """
    from contentkit.cli.checking.gathering import check_named
    from contentkit.cli.checking.linked_pages import with_pages
    from contentkit.cli.checking.opinions import tell_opinion_prompts, with_opinions
    from contentkit.cli.output import say
    from contentkit.cli.project import open_project
    from contentkit.models import counted, errors_of

    if about:
        _tell_about(about)
        return
    show = _shown_as(form, as_json)
    _refuse_mixture(form=form, as_json=as_json, fix=fix, dry_run=dry_run, yes=yes)
    asked = [name for name, is_asked in (("--links", links), ("--second-opinion", second_opinion)) if is_asked]
    _refuse_with_changed(changed, page, [*(names or []), *(["--fix"] if fix else []), *asked])
    _refuse_asking(asked if dry_run else [])
    _refuse_unasked(second_opinion=second_opinion, no_cache=no_cache, show_prompt=show_prompt)
    if changed:
        _check_changed(changed, "json" if as_json else form or "text", strict=strict, waived=waived, page=page)
        return
    project = open_project()
    if show_prompt:
        tell_opinion_prompts(project, names or [])
        return
    if dry_run:
        _tell_mends(project, check_named(project, names or []))
        return
    if fix:
        project = _mended(project, check_named(project, names or []), yes=yes)
    if second_opinion:
        project = with_opinions(project, names or [], cache="none" if no_cache else "kept")
    if links:
        project = with_pages(project, names or [])
    checked = check_named(project, names or [])
    show(project, checked, checked.waived if waived else [])
    if checked.drafts and project.said.unread:
        say(f"Nothing was compared with what is out. {project.said.unread}")
    blamed = counted(checked.problems) if strict else errors_of(checked.problems)
    if blamed or checked.unreadable:
        raise typer.Exit(1)


def _check_changed(base: str, form: str, *, strict: bool, waived: bool, page: str) -> None:
    from pathlib import Path

    from contentkit.cli.checking.astray import refuse_strays
    from contentkit.cli.checking.changed import changes_of, touched_since
    from contentkit.cli.checking.telling import tell, write_page
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.config import find_root
    from contentkit.models import counted, errors_of

    if root := find_root(Path.cwd()):
        refuse_strays(root)
    project = open_project()
    with touched_since(project, base) as touched:
        found = changes_of(touched, SystemClock().now())
        tell(project, found, found.checked.waived if waived else [], form)
        if page:
            write_page(project, found, page)
    if counted(found.checked.problems) if strict else errors_of(found.checked.problems):
        raise typer.Exit(1)


def _shown_as(form: str, as_json: bool) -> Callable[[Project, Checked, Sequence[Problem]], None]:
    """How to show findings. Raises UsageError for a form that there is not."""
    from contentkit.cli.checking.reporting import FORMS
    from contentkit.errors import UsageError
    from contentkit.strict_yaml import nearest

    if as_json and form not in ("", "json"):
        raise UsageError(f"--json and --format {form} ask for two things", hint="leave one of them out")
    wanted = "json" if as_json else form or "text"
    if wanted not in FORMS:
        raise UsageError(f"there is no format '{wanted}'", hint=nearest(wanted, FORMS))
    return FORMS[wanted]


def _refuse_mixture(*, form: str, as_json: bool, fix: bool, dry_run: bool, yes: bool) -> None:
    """Raises UsageError for options that do not go together."""
    from contentkit.errors import UsageError

    if (dry_run or yes) and not fix:
        raise UsageError(f"{'--dry-run' if dry_run else '--yes'} goes with --fix", hint="add --fix, or leave it out")
    if fix and (as_json or form not in ("", "text")):
        raise UsageError("--fix shows a patch, and no report for programs", hint="mend first, and report then")


def _refuse_asking(asked: Sequence[str]) -> None:
    """Raises UsageError where somebody is asked, and nothing that they say can be mended."""
    from contentkit.errors import UsageError

    if asked:
        raise UsageError(f"{asked[0]} finds nothing that --fix --dry-run could show", hint="ask without --dry-run")


def _refuse_with_changed(base: str, page: str, others: Sequence[str]) -> None:
    """Raises UsageError for what does not go with --changed, and for a page without it."""
    from contentkit.errors import UsageError

    if page and not base:
        raise UsageError(
            "--html goes with --changed", hint="contentkit preview NAME --html writes a page of one thread"
        )
    if base and others:
        raise UsageError(f"'{others[0]}' does not go with --changed", hint="leave one of them out")


def _refuse_unasked(*, second_opinion: bool, no_cache: bool, show_prompt: bool) -> None:
    """Raises UsageError for options of a second opinion that nobody asked for."""
    from contentkit.errors import UsageError

    if (no_cache or show_prompt) and not second_opinion:
        raise UsageError(f"{'--no-cache' if no_cache else '--show-prompt'} goes with --second-opinion", hint="add that")


def _tell_mends(project: Project, checked: Checked) -> None:
    from contentkit.cli.checking.mending import counted, mends_of, show_mends
    from contentkit.cli.output import say

    mends = list(mends_of(project, checked))
    show_mends(mends)
    say(f"{counted(mends)} can be mended; nothing was written." if mends else "There is nothing to mend.")


def _mended(project: Project, checked: Checked, *, yes: bool) -> Project:
    """Mends what can be; drafts that are approved only with somebody's ``yes``. Returns the project as it is then."""
    from contentkit.cli.checking.mending import counted, mends_of, show_mends, without_approved, write_mends
    from contentkit.cli.output import say

    found = mends_of(project, checked)
    mends = list(found if yes else without_approved(project, found))
    write_mends(project, mends)
    show_mends(mends)
    say(f"{counted(mends)} mended." if mends else "There was nothing to mend.")
    return project.as_it_is_now()


def _tell_about(name: str) -> None:
    """Prints the entry of a check. Raises UsageError that names the nearest one."""
    from contentkit.checks.catalogue import catalogue
    from contentkit.cli.output import show_sentences
    from contentkit.errors import UsageError
    from contentkit.strict_yaml import nearest
    from contentkit.views.checks import entry_lines

    known = catalogue()
    check = known.get(name.upper())
    if check is None:
        raise UsageError(f"there is no check '{name}'", hint=nearest(name.upper(), known))
    show_sentences(*entry_lines(check))
