"""``contentkit worker``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.engines.tickets import Engine

_ENGINES = ("procrastinate", "pgqueuer")


def command(
    at_once: Annotated[
        int, typer.Option("--at-once", metavar="N", min=1, max=200, help="Publish on so many accounts at once.")
    ] = 16,
    health: Annotated[
        int | None, typer.Option("--health", metavar="PORT", min=0, max=65_535, help="Answer on 127.0.0.1, as JSON.")
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="NAME", help="What carries the tickets: procrastinate or pgqueuer.")
    ] = ("procrastinate"),
) -> None:
    """Publish what is due in all workspaces of this host, together with workers on others, until it is told to end.

    The database is the one that machine.toml names. One of all workers looks what is due; if it dies, another one does. What a
    dead worker left on its way is looked for by whoever takes over its accounts, and never sent again unseen. Says what happens
    in lines of JSON. SIGTERM or Ctrl-C ends it after the posts at work, and once more at once. Made for systemd.

    \b
    contentkit worker
    contentkit worker --at-once 32 --health 8080
    """
    import os

    from contentkit.cli.scale.reaching import connected, database_named_here
    from contentkit.places import machine_id

    address = database_named_here()
    with connected(address):
        pass  # the tables are of today from here on
    from contentkit.cli.scale.running import Running, Terms

    terms = Terms(address=address, at_once=at_once, health=health, machine=machine_id())
    Running(terms, _engine(engine, address), os.environ).run()


def _engine(name: str, address: str) -> Engine:
    """Raises UsageError for one that does not exist, StateError for one that is not installed."""
    from contentkit.errors import StateError, UsageError
    from contentkit.packages import version_of
    from contentkit.strict_yaml import nearest

    if name not in _ENGINES:
        raise UsageError(f"there is no engine '{name}'", hint=nearest(name, _ENGINES))
    if not version_of(name):
        extra = "pgqueuer" if name == "pgqueuer" else "scale"
        raise StateError(f"the engine {name} is missing", hint=f"install contentkit[{extra}]")
    if name == "pgqueuer":
        from contentkit.engines.pgqueuer import PgQueuer

        return PgQueuer(address)
    from contentkit.engines.procrastinate import Procrastinate

    return Procrastinate(address)
