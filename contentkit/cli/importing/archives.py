"""An archive of X or an export of Mastodon, into the figures of the account that it is of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contentkit.cli.importing.summary import Summary, storable, summary_of
from contentkit.cli.importing.watching import shown, with_bar
from contentkit.errors import UsageError
from contentkit.text import in_one_line

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.sources.own_posts import Gathered

# What archives call themselves.
_NAMES = {"x": "an archive of X", "mastodon": "an export of Mastodon"}
_POSTS = ("tweets.js", "tweet.js", "outbox.json")


def archive_in(path: Path, name: str) -> Gathered | None:
    """The archive at this path; None where there is none. Raises ContentError for one that cannot be read."""
    from contentkit.sources.own_posts import own_posts_in

    with shown(f"Reading {in_one_line(name)} …"):
        return own_posts_in(path, name)


def import_archive(project: Project, account: Account, archive: Gathered, path: Path, clock: Clock) -> Summary:
    """Stores the posts of an archive. Raises UsageError where it is of another account."""
    from contentkit.cli.syncing.published import out_on_networks
    from contentkit.stats.imports import import_statuses
    from contentkit.stats.publications import Owner, copy_publications
    from contentkit.store.database import database_in

    refuse_other_account(account, archive, path.name)
    told_at = _told_at(archive, path, clock.now())
    out = out_on_networks(project, clock)
    statuses, left_out = storable(archive.statuses, archive.left_out, out.retracted_from(account.name))
    with database_in(project.root) as database:
        copy_publications(database, out.published)
        imported = import_statuses(
            database,
            statuses,
            account=account.name,
            platform=account.platform,
            owner=Owner(server=account.server, remote_id=account.remote_id or archive.owner_id),
            origin="archive",
            told_at=told_at,
            watch=with_bar,
        )
    return summary_of(account.name, path.name, imported, statuses, left_out, told_at)


def refuse_other_account(account: Account, archive: Gathered, name: str) -> None:
    """Raises UsageError unless the archive is of this account, as far as both say who they are."""
    kind, name = _NAMES[archive.platform], in_one_line(name)
    if account.platform != archive.platform:
        raise UsageError(
            f"{name}: is {kind}, and account '{account.name}' is on {account.platform}",
            hint="name the account that it is of: --account NAME",
        )
    if account.remote_id and archive.owner_id:
        is_same = account.remote_id == archive.owner_id  # whoever renames an account keeps its id
    else:
        is_same = not archive.owner or _is_handle_of(account, archive.owner)
    if is_same:
        return
    whose = in_one_line(f"@{archive.owner}" if archive.owner else f"the account with id {archive.owner_id}")
    if not (account.handle or account.remote_id):
        raise UsageError(
            f"{name}: is of {whose}, and contentkit.toml does not say who account '{account.name}' is",
            hint=f'if it is the same, write its handle = "..." below [accounts.{account.name}]',
        )
    mine = f"@{account.handle}" if account.handle else f"id {account.remote_id}"
    raise UsageError(
        f"{name}: is of {whose}, and account '{account.name}' is {in_one_line(mine)}",
        hint="name the account that it is of: --account NAME",
    )


def _is_handle_of(account: Account, owner: str) -> bool:
    """Whether an archive's owner, with the server on Mastodon, is this account. A server may speak for a shorter domain."""
    name, _, host = owner.casefold().partition("@")
    known, _, domain = account.handle.casefold().lstrip("@").partition("@")
    server = urlsplit(account.server).netloc.casefold()
    return name == known and (not host or host in (domain, server))


def _told_at(archive: Gathered, path: Path, now: datetime) -> datetime:
    """Of when the figures are: when the archive says that it was made, else when its file was; never before its last post."""
    written = archive.exported_at or _written_at(path)
    newest = max((one.published_at for one in archive.statuses if one.published_at), default=written)
    return min(max(written, newest), now).replace(microsecond=0)


def _written_at(path: Path) -> datetime:
    """When a file was written, or the posts of a folder."""
    files = [path] if path.is_file() else [one for one in (*path.glob("*"), *path.glob("*/*")) if one.name in _POSTS]
    return datetime.fromtimestamp(max((one.stat().st_mtime for one in files), default=path.stat().st_mtime), UTC)
