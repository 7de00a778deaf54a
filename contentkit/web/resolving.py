"""Names into addresses: asked once, within the time that is left, and looked at before anything is connected to."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable, Sequence

from contentkit.errors import Unavailable
from contentkit.web.deadline import Deadline, OutOfTime
from contentkit.web.public import Address, is_public
from contentkit.web.target import Target

# A host and a port into addresses, as numbers. Raises OSError where there are none.
Resolve = Callable[[str, int], Sequence[str]]


def system_addresses(host: str, port: int) -> list[str]:
    """What this machine's resolver says."""
    import socket

    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def addresses_of(target: Target, resolve: Resolve, deadline: Deadline) -> list[Address]:
    """Every address of the target's host, at least one; a number is not asked for. Raises Unavailable, OutOfTime."""
    if number := _number(target.host):
        return [number]
    answers = _asked(target, resolve, deadline)
    try:
        found = [ipaddress.ip_address(answer) for answer in answers]
    except ValueError:
        found = []
    if not found:
        hint = "check how it is written, and that this machine is online"
        raise Unavailable(f"{target.host}: the server's name could not be found", hint=hint, unheard=True)
    return list(dict.fromkeys(found))


def inside(addresses: Sequence[Address]) -> Address | None:
    """The first of them that is no public one.

    One is enough to refuse a name, although the others could be used: a name that leads both outside and inside is what
    an attack looks like, and a person should hear of it.
    """
    return next((address for address in addresses if not is_public(address)), None)


def _number(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _asked(target: Target, resolve: Resolve, deadline: Deadline) -> Sequence[str]:
    """The resolver's answers, none where it has none. It takes no time limit: so it is asked beside, and left alone then."""
    answers: list[str] = []
    trouble: list[Exception] = []

    def ask() -> None:
        try:
            answers.extend(resolve(target.host.strip("[]"), target.port))
        except (OSError, UnicodeError):
            pass
        except Exception as error:  # a fault, which belongs to whoever waits for the answers
            trouble.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if thread.is_alive():
        raise OutOfTime
    if trouble:
        raise trouble[0]
    return answers
