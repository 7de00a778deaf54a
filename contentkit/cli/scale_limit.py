"""``contentkit scale limit``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.publishing.postgres.limits import Bucket

_UNLIMITED = "not limited"


def command(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="What is limited, as the list calls it.")] = "",
    most: Annotated[int | None, typer.Option("--most", metavar="N", min=1, help="Send at most N posts.")] = None,
    seconds: Annotated[
        int,
        typer.Option("--seconds", metavar="S", min=1, max=86_400, help="In any S seconds; a day if you leave it out."),
    ] = 86_400,
    remove: Annotated[bool, typer.Option("--remove", help="Limit it no more.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Limit how many posts all workers together send to one server, or through one app; alone, list what there is.

    What the network itself says to an account is obeyed without this. A fifth of the posts may go out at once, the others follow
    evenly. What is due on one account goes together: where that is more, all wait for longer after it. An app of X is called by
    a digest of its key, because the key is a secret.

    \b
    contentkit scale limit
    contentkit scale limit "host mastodon.social" --most 300 --seconds 60
    contentkit scale limit "host mastodon.social" --remove
    """
    import os

    from contentkit.cli.output import say, show_json, show_lines, show_rows
    from contentkit.cli.scale.admission import names_here
    from contentkit.cli.scale.reaching import database_here
    from contentkit.errors import UsageError
    from contentkit.publishing.postgres.limits import NAME, buckets, remove_bucket, set_window
    from contentkit.text import printable
    from contentkit.views.workspaces import workspaces_table

    if not name and (most or remove):
        raise UsageError("what is to be limited?", hint="see the list: contentkit scale limit")
    if name and bool(most) == remove:
        raise UsageError("say either --most or --remove", hint="as in --most 300 --seconds 60")
    if most and not NAME.fullmatch(name):
        raise UsageError(
            f"'{printable(name)}' is no server and no app",
            hint="as in 'host mastodon.social', or see: contentkit scale limit",
        )
    with database_here() as database:
        if name and remove:
            if not remove_bucket(database, name):
                raise UsageError(f"'{printable(name)}' is not limited", hint="see the list: contentkit scale limit")
            show_lines(f"{printable(name)} is not limited any more.")
            return
        if name and most:
            set_window(database, name, most=most, seconds=seconds)
            show_lines(f"{printable(name)}: at most {most} posts in any {seconds} seconds.")
            return
        there = {one.name: one for one in buckets(database)}
        names = sorted(there.keys() | names_here(database, os.environ))
    if as_json:
        show_json([{"name": one, **_plain(there.get(one))} for one in names])
        return
    rows = [(printable(one), _words(there.get(one))) for one in names]
    if rows:
        show_rows([("name", "limit"), *rows], lambda: workspaces_table(("name", "limit"), rows))
    else:
        say("Nothing is limited, and no account of a workspace here has a server or an app.")


def _plain(bucket: Bucket | None) -> dict[str, float | None]:
    if bucket is None:
        return {"rate": None, "burst": None, "tokens": None}
    return {"rate": bucket.rate, "burst": bucket.burst, "tokens": bucket.tokens}


def _words(bucket: Bucket | None) -> str:
    if bucket is None:
        return _UNLIMITED
    return f"{bucket.burst:g} at once, then {bucket.rate * 60:.3g} a minute; {max(0, int(bucket.tokens))} left"
