"""``machine.toml`` in the user's settings folder: what this machine allows, whatever a project's files say.

A project comes with git, and anyone who may send a pull request could write into it where texts are sent, pages are fetched
from, or which command runs here. So that is allowed here, by the user of the machine, and never in ``contentkit.toml``.
"""

from __future__ import annotations

import os
import stat
from dataclasses import field
from pathlib import Path
from typing import Literal

from contentkit.addresses import is_guarded, is_proxy, secrets_of_proxy
from contentkit.errors import StateError
from contentkit.files import NotPlain, decoded, plain_file
from contentkit.hosts import place_of
from contentkit.patterns import regex
from contentkit.settings import strict_toml
from contentkit.settings.approval_rules import ApprovalPolicy, read_policy
from contentkit.settings.strict_toml import Table
from contentkit.text import printable
from contentkit.values import dataclass

MACHINE_NAME = "machine.toml"
# A password in a connection string of libpq: by its key, or before the host of an address.
_PASSWORD = regex(r"(?i)password\s*=|://[^/?#@]*:[^/?#]*@")


@dataclass(frozen=True, kw_only=True)
class Machine:
    """``model_hosts`` may be sent sources to, beside this machine itself: ``host`` on any port, ``host:port`` on that one.

    ``web_hosts`` may be read from although their addresses are private ones: ``host`` on ports 80 and 443, ``host:port``
    on that one. ``approval`` says whose approvals count here. ``alert`` is the command that is told what needs a person,
    ``ping`` the address that runs report to, which is nobody else's business, ``log`` the file that they add to,
    ``proxy`` the address of the HTTP proxy that leads to the networks, with its password perhaps. ``database`` is where the
    journals of many teams are, in libpq's words and without a password; empty where a journal lies on this machine.
    """

    model_hosts: frozenset[str] = frozenset()
    web_hosts: frozenset[str] = frozenset()
    approval: ApprovalPolicy = field(default_factory=ApprovalPolicy)
    alert: tuple[str, ...] = ()
    ping: str = field(default="", repr=False)
    log: Path | None = None
    proxy: str = field(default="", repr=False)
    database: str = ""


def load_machine(settings: Path) -> Machine:
    """What this machine allows; nothing where there is no such file. Raises ContentError with ``machine.toml:line``.

    Raises StateError for a file that others could have written.
    """
    path = settings / MACHINE_NAME
    content = own_bytes(path)
    if content is None:
        return Machine()
    text = decoded(content, str(path)).removeprefix("\ufeff").replace("\r\n", "\n")
    top = strict_toml.parse(text, str(path))
    top.refuse_others(("version", "models", "web", "approval", "alerts", "log", "network", "scale"))
    if top.values.get("version") != 1 or top.values["version"] is True:
        raise top.error("version", "the version must be 1", "add a first line 'version = 1'")
    models, web, alerts, log, network, scale = (
        top.table(name) for name in ("models", "web", "alerts", "log", "network", "scale")
    )
    models.refuse_others(("hosts",))
    web.refuse_others(("hosts",))
    alerts.refuse_others(("command", "ping"))
    log.refuse_others(("file",))
    network.refuse_others(("proxy",))
    scale.refuse_others(("database",))
    return Machine(
        model_hosts=_spelled(models),
        web_hosts=_spelled(web),
        approval=read_policy(top, text, settings),
        alert=_command(alerts),
        ping=_ping(alerts),
        log=_log(log),
        proxy=_proxy(network, path),
        database=_database(scale),
    )


def how_to_allow(place: Path, table: Literal["models", "web"], host: str) -> str:
    """What to do in this ``machine.toml`` so that it allows a host, with lines to paste."""
    version = "" if place.exists() else "version = 1\n  "
    return f'write into {printable(str(place))}:\n  {version}[{table}]\n  hosts = ["{host}"]'


def own_bytes(path: Path) -> bytes | None:
    """The bytes of a file of this machine's own, looked at and read in one opening; None where there is none. A link is followed.

    Raises StateError for one that others could have written.
    """
    try:
        with plain_file(path.resolve()) as (handle, known):
            if os.name == "posix" and stat.S_IMODE(known.st_mode) & 0o022:
                raise StateError(f"{path}: others could have written it", hint=f"look into it, then: chmod go-w {path}")
            return os.read(handle, known.st_size)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (NotPlain, RuntimeError):  # the latter for links in a circle
        raise StateError(f"{path}: is not a plain file", hint="make it a plain file of yours") from None
    except OSError as error:
        raise StateError(f"{path}: cannot be read: {error.strerror}", hint="check its permissions") from None


def _hosts(table: Table) -> frozenset[str]:
    given = table.values.get("hosts", [])
    if not isinstance(given, list) or not all(isinstance(host, str) and host.strip() for host in given):
        raise table.error("hosts", "'hosts' must be a list of names", 'as in hosts = ["models.example.org"]')
    if any("/" in host or "*" in host for host in given):
        raise table.error("hosts", "a host is named without a scheme, a path or stars", 'as in "models.example.org"')
    return frozenset(host.strip().lower() for host in given)


def _spelled(table: Table) -> frozenset[str]:
    """In the spelling in which addresses are compared with them."""
    spelled = set()
    for words in _hosts(table):
        try:
            host, port = place_of(words)
        except ValueError:
            raise table.error(
                "hosts", f"'{words}' is no host", 'as in "wiki.example.org" or "127.0.0.1:8080"'
            ) from None
        spelled.add(host if port is None else f"{host}:{port}")
    return frozenset(spelled)


def _command(table: Table) -> tuple[str, ...]:
    """A program and its arguments; it is looked for in PATH, or named from the root or the home folder."""
    words = table.values.get("command", [])
    if not isinstance(words, list) or not all(isinstance(word, str) and "\0" not in word for word in words):
        raise table.error("command", "'command' must be a list of words", 'as in command = ["~/bin/alert", "--urgent"]')
    if not words:
        return ()
    program = str(_from_home(table, "command", words[0])) if words[0].startswith("~") else words[0]
    # Cron, a timer and a person start in different folders.
    if not program.strip() or ("/" in program and not Path(program).is_absolute()):
        raise table.error(
            "command", "the program must be named from the root", 'as in command = ["/usr/local/bin/alert"]'
        )
    return (program, *words[1:])


def _ping(table: Table) -> str:
    words = table.text("ping")
    if words and not is_guarded(words):
        # Whoever knows the address can report in our name: it is not repeated.
        raise table.error("ping", "'ping' must be a whole https address", 'as in ping = "https://hc-ping.com/…"')
    return words


def _proxy(table: Table, path: Path) -> str:
    words = table.text("proxy")
    # What is wrong may be a password: it is not repeated.
    if words and not is_proxy(words):
        raise table.error("proxy", "'proxy' must be the address of an HTTP proxy", 'as in proxy = "http://proxy:3128"')
    if secrets_of_proxy(words) and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise StateError(f"{path}: holds the password of a proxy, and others can read it", hint=f"chmod 600 {path}")
    return words


def _database(table: Table) -> str:
    words = table.text("database").strip()
    # libpq shows the words by which it reached a server to whoever asks: a password among them would be in logs.
    if _PASSWORD.search(words):
        raise table.error(
            "database",
            "'database' must hold no password",
            "put it into ~/.pgpass, or name a service: service=contentkit",
        )
    if words and "=" not in words and "://" not in words:
        raise table.error(
            "database", f"'{words}' is no connection string", 'as in database = "host=db.example dbname=contentkit"'
        )
    return words


def _log(table: Table) -> Path | None:
    words = table.text("file")
    path = _from_home(table, "file", words) if words else None
    if path and not path.is_absolute():
        raise table.error("file", "the log must be named from the root", 'as in file = "~/contentkit.jsonl"')
    return path


def _from_home(table: Table, key: str, words: str) -> Path:
    try:
        return Path(words).expanduser()
    except RuntimeError:
        raise table.error(key, f"'{words}': there is no such home folder", "name it from the root") from None
