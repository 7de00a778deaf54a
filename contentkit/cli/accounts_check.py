"""``contentkit accounts check``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Annotated

import typer

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.errors import ContentkitError
    from contentkit.models import Account


@dataclass(frozen=True, kw_only=True)
class _Checked:
    """What the network said of one account: ``pin`` and ``limits`` are what the settings do not say yet.

    ``void`` are the entries whose approval no longer holds because the id is pinned now; ``error`` is why nothing is known.
    """

    name: str
    who: str = ""
    handle: str = ""
    id: str = ""
    secrets: Mapping[str, str | None] = field(default_factory=dict)
    pin: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    void: tuple[str, ...] = ()
    error: str = ""


def command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Accounts; all of them when left out.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask each network who we are there and what it allows, and write that down.

    Pins the account's id in contentkit.toml when none stands there, and states the limits that differ from what is usual.
    A pinned id is part of what is approved: entries that were approved before are named, and have to be approved again
    (exit 4). Another account than the pinned one is an error. On X each account that is asked costs a cent.

    \b
    contentkit accounts check
    contentkit accounts check our-mastodon --dry-run
    """
    from contentkit.cli.main import FAILED, PERSON_NEEDED
    from contentkit.cli.output import show_json
    from contentkit.cli.project import open_project

    project = open_project()
    accounts = [project.account(name) for name in dict.fromkeys(names or project.config.accounts)]
    look = _looked if dry_run else _looked_and_written
    checked = []
    for one in _each(project, accounts, look):
        checked.append(one)
        if not as_json and not one.error:
            _tell(one)
    if as_json:
        show_json(checked)
    if any(one.error for one in checked):
        raise typer.Exit(FAILED)
    if any(one.void for one in checked):
        raise typer.Exit(PERSON_NEEDED)


def _each(
    project: Project,
    accounts: Sequence[Account],
    look: Callable[[Project, Account, Mapping[str, str], Clock], _Checked],
) -> Iterator[_Checked]:
    """Each account in turn, as soon as it is known: one account's trouble does not stop the others."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.main import report
    from contentkit.clock import SystemClock
    from contentkit.errors import ContentkitError

    clock = SystemClock()
    with journal_if_any(project, clock) as journal:
        seen = {one.name: one.remote_id for one in journal.accounts.all()} if journal else {}
    for account in accounts:
        try:
            yield look(project, account, seen, clock)
        except ContentkitError as error:
            told = _explained(account, error)
            report(told)
            yield _Checked(name=account.name, error=told.message)


def _explained(account: Account, error: ContentkitError) -> ContentkitError:
    """The error for somebody who checks several accounts: networks do not know how theirs are called here."""
    from contentkit.errors import ContentkitError, PlatformError, Unavailable

    told = error.on_occasion("check again later") if isinstance(error, Unavailable) else error
    where = f"{account.name}: " if isinstance(error, PlatformError) else ""
    return ContentkitError(f"{where}{told.message}", hint=told.hint)


def _looked(project: Project, account: Account, seen: Mapping[str, str], clock: Clock) -> _Checked:
    """Meets the account. Raises StateError when the network says that we are another one than before."""
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.cli.spending import tab_of
    from contentkit.platforms.meeting import check_who, meet, named
    from contentkit.settings.settings_edit import new_limits

    with closing(connect(project, account, tab_of(project, account, clock))) as connection:
        meeting = meet(connection, clock.now())
    me = meeting.me
    check_who(account, seen.get(account.name, ""), me)
    renamed = account.handle and account.handle.lower() != me.handle.lower()
    notes = (f"contentkit.toml calls it @{account.handle}",) if renamed else ()
    return _Checked(
        name=account.name,
        who=named(me, account),
        handle=me.handle,
        id=me.remote_id,
        secrets=project.secret_places(account),
        pin="" if account.remote_id else me.remote_id,
        limits=new_limits(account, meeting.limits),
        notes=(*notes, *meeting.notes),
    )


def _looked_and_written(project: Project, account: Account, seen: Mapping[str, str], clock: Clock) -> _Checked:
    """Meets the account, and writes down what the settings do not say yet."""
    from contentkit.cli.accounts_settings import write_down

    one = _looked(project, account, seen, clock)
    return replace(one, void=write_down(project, account, one.pin, one.limits, clock))


def _tell(one: _Checked) -> None:
    """One account for a person: who it is, what is new, what to do."""
    from contentkit.cli.output import show_lines
    from contentkit.views.accounts import places_told

    new = [*([f"id = {one.pin}"] if one.pin else []), *(f"{key} = {value}" for key, value in one.limits.items())]
    show_lines(
        f"{one.name}: {one.who}, secrets: {places_told(one.secrets)}",
        *(f"    {note}" for note in one.notes),
        *([f"    new in contentkit.toml: {', '.join(new)}"] if new else []),
        *(f"    approve again: contentkit approve {entry}" for entry in one.void),
    )
