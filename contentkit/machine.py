"""``machine.toml`` in the user's settings folder: what this machine allows, whatever a project's files say.

A project comes with git, and anyone who may send a pull request could write into it where texts are sent or pages are
fetched from. So that is allowed here, by the user of the machine, and never in ``contentkit.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contentkit import strict_toml
from contentkit.files import read_text
from contentkit.strict_toml import Table

MACHINE_NAME = "machine.toml"


@dataclass(frozen=True, kw_only=True)
class Machine:
    """``model_hosts`` may be sent sources to, beside this machine itself. ``web_hosts`` (``host:port``) may be read from
    although their addresses are private ones."""

    model_hosts: frozenset[str] = frozenset()
    web_hosts: frozenset[str] = frozenset()


def load_machine(settings: Path) -> Machine:
    """What this machine allows; nothing where there is no such file. Raises ContentError with ``machine.toml:line``."""
    path = settings / MACHINE_NAME
    if not path.exists():
        return Machine()
    top = strict_toml.parse(read_text(path, str(path)), str(path))
    top.refuse_others(("version", "models", "web"))
    if top.values.get("version") != 1 or top.values["version"] is True:
        raise top.error("version", "the version must be 1", "add a first line 'version = 1'")
    models, web = top.table("models"), top.table("web")
    models.refuse_others(("hosts",))
    web.refuse_others(("hosts",))
    return Machine(model_hosts=_hosts(models), web_hosts=_hosts(web))


def _hosts(table: Table) -> frozenset[str]:
    given = table.values.get("hosts", [])
    if not isinstance(given, list) or not all(isinstance(host, str) and host.strip() for host in given):
        raise table.error("hosts", "'hosts' must be a list of names", 'as in hosts = ["models.example.org"]')
    if any("/" in host or "*" in host for host in given):
        raise table.error("hosts", "a host is named without a scheme, a path or stars", 'as in "models.example.org"')
    return frozenset(host.strip().lower() for host in given)
