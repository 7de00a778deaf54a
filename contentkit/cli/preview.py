"""``contentkit preview``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.project import Project
    from contentkit.cli.subjects import Subject
    from contentkit.models import Draft, Entry, Rendition
    from contentkit.views.threads import Preview

STDOUT = "-"
_PAGES = (".html", ".htm")
# Mail adds a third when it encodes a file, and many servers stop at 25 MB.
_MAILED = 18 * 1024 * 1024


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY|DRAFT...", help="Entries of the calendar, or drafts.")],
    account: Annotated[str, typer.Option(metavar="NAME", help="Only this account.")] = "",
    as_html: Annotated[
        bool,
        typer.Option(
            "--html",
            help="Write one page for others: NAME.preview.html here, or FILE.html or - where that is named, too.",
        ),
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show below each post what it rests on, as 'contentkit evidence' does.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the exact thread of each account.

    What is shown is what an approval is bound to and what is published, letter for letter. Where a network cuts a link, the
    whole address stands below the text.

    A page is one file with pictures, prices and what each post rests on. It needs no network and runs no script, and is
    not written while a draft holds what was off the record or is confidential.

    \b
    contentkit preview launch
    contentkit preview drafts/launch.md --account our-mastodon
    contentkit preview launch --evidence
    contentkit preview launch --html
    contentkit preview launch --html for-odile.html
    """
    from contentkit.cli.output import show_json
    from contentkit.cli.project import open_project
    from contentkit.cli.subjects import subject_named

    named, page = _parted(names)
    _refuse_mixture(as_html=as_html, as_json=as_json, evidence=evidence, named=named, pages=page)
    project = open_project()
    subjects = [subject_named(project, name, account) for name in named]
    if as_json:
        show_json([_plain(subject, preview) for subject in subjects for preview in subject.previews])
    elif as_html:
        _write(project, subjects, page[0] if page else "")
    else:
        _show_all(project, [_with_evidence(project, subject) for subject in subjects] if evidence else subjects)


def _with_evidence(project: Project, subject: Subject) -> Subject:
    """The same with what each post rests on in its previews."""
    from dataclasses import replace

    from contentkit.cli.evidence import beside_in

    beside = tuple(beside_in(project, subject.draft))
    return replace(subject, previews=tuple(replace(preview, beside=beside) for preview in subject.previews))


def show_rendition(project: Project, rendition: Rendition, draft: Draft, entry: Entry | None) -> None:
    """Shows one thread: in frames on a terminal, in plain lines in a pipe."""
    from contentkit.cli.subjects import preview_of
    from contentkit.media import load_each

    pictures = load_each((media.path for part in rendition.parts for media in part.media), project.root)
    _show(preview_of(project, rendition, draft, entry, pictures))


def _parted(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The entries and drafts, and the page's file: told by its ending, so that it may stand anywhere, or be left out."""
    pages = [name for name in names if name == STDOUT or name.lower().endswith(_PAGES)]
    return [name for name in names if name not in pages], pages


def _refuse_mixture(
    *, as_html: bool, as_json: bool, evidence: bool, named: Sequence[str], pages: Sequence[str]
) -> None:
    """Raises UsageError for what cannot be meant together."""
    from contentkit.errors import UsageError

    if as_html and as_json:
        raise UsageError("--html and --json exclude each other", hint="ask for one after the other")
    if evidence and as_html:
        raise UsageError("--evidence is for a terminal; a page shows it anyway", hint="leave --evidence out")
    if evidence and as_json:
        raise UsageError("--evidence and --json exclude each other", hint="contentkit evidence DRAFT --json")
    if pages and not as_html:
        raise UsageError(f"'{pages[0]}' is no entry and no draft", hint="to write a page, add --html")
    if len(pages) > 1:
        raise UsageError(f"one page cannot be both '{pages[0]}' and '{pages[1]}'", hint="name one file")
    if not named:
        raise UsageError("which entry or draft?", hint="contentkit preview NAME --html")


def _plain(subject: Subject, preview: Preview) -> dict[str, Any]:
    """A rendition for programs, with whence it comes and what it costs."""
    from dataclasses import asdict

    cost = preview.cost
    return {
        **asdict(preview.rendition),
        "draft": subject.draft.path,
        "entry": subject.entry.id if subject.entry else None,
        "cost": {"total": cost.total, "parts": [part.total for part in cost.parts]} if cost else None,
    }


def _show_all(project: Project, subjects: Sequence[Subject]) -> None:
    from contentkit.cli.output import say
    from contentkit.config import CONFIG_NAME

    for subject in subjects:
        for preview in subject.previews:
            _show(preview)
        if subject.previews:
            _show_standing(project, subject)
    if not any(subject.previews for subject in subjects):
        say(f"{CONFIG_NAME} has no account: there is nothing to show.")
    for subject in subjects:
        _tell_findings(project, subject)


def _show(preview: Preview) -> None:
    import shutil

    from contentkit.cli.output import is_terminal, show, show_lines
    from contentkit.views.threads import thread_lines, thread_view

    if is_terminal():
        show(thread_view(preview, shutil.get_terminal_size().columns))
    else:
        show_lines(*thread_lines(preview))


def _show_standing(project: Project, subject: Subject) -> None:
    """Whether this is approved, and which version it is: what somebody said of a page was said of that version."""
    from contentkit.cli.output import is_terminal, show_lines
    from contentkit.cli.subjects import approval_of, digest_of
    from contentkit.clock import SystemClock
    from contentkit.views.page import version_of

    digest = digest_of(project, subject)
    standing = approval_of(project, subject.entry, digest, SystemClock())
    words = f"{subject.name}: {standing}" + (f"; version {version_of(digest)}" if digest else "")
    show_lines(words if is_terminal() else f"--- {words}")


def _tell_findings(project: Project, subject: Subject) -> None:
    """What 'check' has to say is told where the thread is looked at: it may look right and rest on nothing."""
    import shlex

    from contentkit.cli.checking.examining import problems_of
    from contentkit.cli.output import say
    from contentkit.errors import ContentkitError
    from contentkit.models import counted
    from contentkit.views.problems import tally

    path = subject.draft.path
    try:
        problems = problems_of(project, subject.draft, *([subject.entry] if subject.entry else []))
    except ContentkitError as error:
        say(f"{path}: cannot be checked: {error.message}")
        return
    if counted(problems):
        say(f"{path}: {tally(problems)}: contentkit check {shlex.quote(path)}")


def _write(project: Project, subjects: Sequence[Subject], name: str) -> None:
    from contentkit.cli.output import say, show_document, show_lines
    from contentkit.cli.page import page_of
    from contentkit.cli.page_file import put
    from contentkit.clock import SystemClock
    from contentkit.config import CONFIG_NAME
    from contentkit.errors import ContentError
    from contentkit.views.page import MARKER
    from contentkit.views.pictures import size_of

    if not any(subject.previews for subject in subjects):
        raise ContentError(
            f"{CONFIG_NAME}: there is no account to show a thread of", hint="contentkit accounts add NAME"
        )
    made = page_of(project, subjects, SystemClock())
    if name == STDOUT:
        show_document(made)
        return
    # Where the user is: a page is made to be found, opened and sent. 'init' has git ignore such names.
    own = len(subjects) == 1 and not project.confidential.is_named_in(subjects[0].name)
    path = Path(name or f"{subjects[0].name if own else 'drafts'}.preview.html")
    data = made.encode()
    put(path, data, MARKER, "--html")
    show_lines(f"{path}: {size_of(len(data))}")
    large = len(data) > _MAILED
    say(
        "It is larger than many mails may be." if large else "One file with all in it: open it, or attach it to a mail."
    )
