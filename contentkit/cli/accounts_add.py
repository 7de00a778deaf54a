"""``contentkit accounts add``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contentkit.cli.accounts_secrets import Given
    from contentkit.cli.project import Project
    from contentkit.models import Account
    from contentkit.platforms.meeting import Meeting


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What this project calls it, as in our-mastodon.")],
    platform: Annotated[
        str, typer.Option(metavar="NETWORK", help="mastodon, x, console, or another that is installed.")
    ] = "",
    server: Annotated[str, typer.Option(metavar="ADDRESS", help="Where the account lives: mastodon.social.")] = "",
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Keep its secrets in the system's keyring, not in secrets.toml.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether it is the right account.")] = False,
) -> None:
    """Connect an account: signs in, or asks for its secrets, and looks who it is.

    Asks for what is not given, shows the account, and writes it into contentkit.toml. Its secrets go into secrets.toml
    in your own settings folder, never into the project. Those in the environment are used, and stay there alone.
    For an account that is there already it takes new secrets. On X, to look who it is costs a cent.

    \b
    contentkit accounts add our-mastodon
    contentkit accounts add ours --platform mastodon --server mastodon.social
    """
    from contentkit.cli.accounts_secrets import keeper_of
    from contentkit.cli.output import say, show_lines
    from contentkit.cli.person import can_be_asked
    from contentkit.cli.project import open_project
    from contentkit.errors import UsageError
    from contentkit.secrets.credentials import SECRETS_NAME

    project = open_project()
    if not yes and not can_be_asked():
        raise UsageError(
            "a new account needs somebody to ask", hint="add --yes; then its secrets must be found already"
        )
    join, write = (_known, _renewed) if name in project.config.accounts else (_new, _added)
    account = join(project, name, platform, server)
    keeper = keeper_of(project, account, "keyring" if keyring else SECRETS_NAME)
    meeting, given = _met(project, account)
    _refuse_other(project, account, meeting)
    _show(account, meeting)
    if not yes:
        _ask(name)
    kept = keeper(given.secrets)
    try:
        if kept:
            _note_end(project, account, given)
        done = write(project, account, meeting)
    except BaseException:
        # The secrets came first: an account whose secrets are missing would be in everybody's way.
        if kept:
            say(f"The secrets of '{name}' are kept, contentkit.toml is as it was. The same command goes on from there.")
        raise
    show_lines(f"{name}: {done}")


def _note_end(project: Project, account: Account, given: Given) -> None:
    """Keeps until when the new secrets work, and tells it where the server said an end."""
    from contentkit.cli.expiries import note_expiry, shown
    from contentkit.cli.output import say

    note_expiry(project, account, given.secrets, given.until)
    if given.until:
        say(f"This sign-in ends {shown(given.until)}. 'contentkit status' warns a week ahead.")


def _known(project: Project, name: str, platform: str, server: str) -> Account:
    """The account of this name. Raises UsageError when another one is meant."""
    from contentkit.addresses import is_same_server
    from contentkit.cli.output import say
    from contentkit.errors import UsageError

    account = project.account(name)
    if platform not in ("", account.platform) or (server and not is_same_server(_address(server), account.server)):
        where = f" on {account.server}" if account.server else ""
        hint = f"choose another name; 'contentkit accounts check {name}' looks at this one"
        raise UsageError(f"'{name}' is a {account.platform} account{where} already", hint=hint)
    say(f"'{name}' is in contentkit.toml already: it gets new secrets.")
    return account


def _new(project: Project, name: str, platform: str, server: str) -> Account:
    """The account as it is asked for. Raises UsageError for what no account can be."""
    from contentkit.models import Account
    from contentkit.platforms.loading import load_platform, platform_names

    _refuse(project, name, {"platform": platform or "console"})
    installed = platform_names()
    chosen = platform or _asked(f"Network ({', '.join(installed)})", "--platform", installed)
    if chosen not in installed:
        raise _no_platform(chosen, installed)
    network = load_platform(Account(name=name, platform=chosen))
    if not server and network.server_example:
        server = _asked(f"Server (such as {network.server_example})", "--server")
    address = _address(server) if server else ""
    _refuse(project, name, {"platform": chosen, **({"server": address} if address else {})})
    return Account(name=name, platform=chosen, server=address).where_usual(network.limits)


def _address(words: str) -> str:
    """The address of the server that these words mean. Raises UsageError."""
    from contentkit.addresses import server_address
    from contentkit.errors import ContentError, UsageError

    try:
        return server_address(words)
    except ContentError as error:
        raise UsageError(error.message, hint=error.hint) from None


def _asked(question: str, option: str, answers: list[str] | None = None) -> str:
    """The answer to a question. Raises UsageError when nobody can be asked."""
    from contentkit.cli.output import say
    from contentkit.cli.person import can_be_asked
    from contentkit.errors import UsageError

    if not can_be_asked():
        hint = f"add {option}" + (f": {', '.join(answers)}" if answers else "")
        raise UsageError(f"nobody can be asked for the {question.partition(' (')[0].lower()}", hint=hint)
    while True:
        answer = str(typer.prompt(question, err=True)).strip()
        if answers is None or answer in answers:
            return answer
        say(f"  {_no_platform(answer, answers).hint}")


def _no_platform(name: str, installed: list[str]) -> Any:
    from contentkit.errors import UsageError
    from contentkit.platforms.loading import nearest_platform

    return UsageError(f"no platform '{name}' is installed", hint=nearest_platform(name, installed))


def _refuse(project: Project, name: str, values: Mapping[str, str]) -> None:
    """Raises UsageError for values with which contentkit.toml could not be read again."""
    from contentkit.config import CONFIG_NAME
    from contentkit.errors import ContentError, UsageError
    from contentkit.files import decoded, read_bytes
    from contentkit.settings.settings_edit import with_account

    text = decoded(read_bytes(project.root / CONFIG_NAME, CONFIG_NAME), CONFIG_NAME)
    try:
        with_account(text, name, values)
    except ContentError as error:
        # The file could be read before: what cannot be read now are the words of this command.
        raise UsageError(error.message.partition(": ")[2], hint=error.hint) from None


def _met(project: Project, account: Account) -> tuple[Meeting, Given]:
    """Who the account is, and the secrets that are to be kept. Old ones that the network no longer takes are asked for anew."""
    from contentkit.cli.accounts_secrets import ask_missing, found_secrets, tell_places
    from contentkit.cli.main import report
    from contentkit.clock import SystemClock
    from contentkit.errors import Unavailable
    from contentkit.secrets.credentials import SECRETS_NAME

    network = project.platform(account)
    exported = found_secrets(project, account, ("environment",))
    known = account.name in project.config.accounts
    found = exported if known else found_secrets(project, account, ("environment", SECRETS_NAME, "keyring"))
    tell_places(project, account, found)
    given = ask_missing(network, project.reached(account), found, SystemClock())
    try:
        return _meeting(project, account, {**found, **given.secrets}), given
    except Unavailable as error:
        if not error.pauses_account or found == exported:
            raise
        report(error)
    given = ask_missing(network, project.reached(account), exported, SystemClock())
    return _meeting(project, account, {**exported, **given.secrets}), given


def _meeting(project: Project, account: Account, secrets: Mapping[str, str]) -> Meeting:
    from contextlib import closing

    from contentkit.cli.spending import tab_of
    from contentkit.clock import SystemClock
    from contentkit.errors import Unavailable
    from contentkit.places import make_private_folder
    from contentkit.platforms.meeting import meet

    folder = make_private_folder(project.state)
    with closing(project.connected(account, secrets, folder)) as connection:
        connection.bill_to(tab_of(project, account, SystemClock()))
        try:
            return meet(connection, SystemClock().now())
        except Unavailable as error:
            hint = "nothing was written; see whether the address is right and you are online, and try again"
            raise error.on_occasion(hint) from error


def _refuse_other(project: Project, account: Account, meeting: Meeting) -> None:
    """Raises StateError when we are logged in as another account than before, ContentError as one that has another name here."""
    from contentkit.addresses import is_same_server
    from contentkit.cli.journal import journal_if_any
    from contentkit.clock import SystemClock
    from contentkit.errors import ContentError
    from contentkit.platforms.meeting import check_who, named

    with journal_if_any(project, SystemClock()) as journal:
        seen = {one.name: one.remote_id for one in journal.accounts.all()} if journal else {}
        if account.name in project.config.accounts:
            check_who(account, seen.get(account.name, ""), meeting.me)
    for other in project.config.accounts.values():
        pinned = other.remote_id or seen.get(other.name, "")
        same = (other.platform, pinned) == (account.platform, meeting.me.remote_id)
        if same and other.name != account.name and is_same_server(other.server, account.server):
            hint = f"use '{other.name}', or sign in as another account"
            raise ContentError(f"'{other.name}' is this account already: {named(meeting.me, account)}", hint=hint)


def _show(account: Account, meeting: Meeting) -> None:
    from contentkit.cli.output import show_lines
    from contentkit.platforms.meeting import named
    from contentkit.text import counted

    limits = meeting.limits
    show_lines(
        named(meeting.me, account),
        f"  up to {limits.characters} characters and {counted(limits.media, 'picture')} in a post",
        *(f"  {note}" for note in meeting.notes),
    )


def _ask(name: str) -> None:
    from contentkit.errors import NeedsPerson

    if not typer.confirm(f"Is this '{name}'?", default=True, err=True):
        raise NeedsPerson(
            "nothing was written", hint=f"run 'contentkit accounts add {name}' again as the right account"
        )


def _added(project: Project, account: Account, meeting: Meeting) -> str:
    """Writes the account into the settings, and tells that."""
    from contentkit.settings.settings_edit import add_account, new_limits

    texts = {"platform": account.platform, "server": account.server, "handle": meeting.me.handle}
    values: dict[str, Any] = {key: text for key, text in (*texts.items(), ("id", meeting.me.remote_id)) if text}
    if limits := new_limits(account, meeting.limits):
        values["limits"] = limits
    add_account(project.root, account.name, values)
    return "connected, and written into contentkit.toml"


def _renewed(project: Project, account: Account, meeting: Meeting) -> str:
    """Writes down what is new of an account that was there, and tells that."""
    from contentkit.cli.accounts_settings import write_down
    from contentkit.clock import SystemClock
    from contentkit.settings.settings_edit import new_limits

    pin = "" if account.remote_id else meeting.me.remote_id
    void = write_down(project, account, pin, new_limits(account, meeting.limits), SystemClock())
    again = f"; its id is pinned now, so approve again: {', '.join(void)}" if void else ""
    return f"connected anew{again}"
