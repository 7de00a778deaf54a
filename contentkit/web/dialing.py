"""Connecting to a vetted number: to it and to nothing else, whatever a name says by now."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from contentkit.web.deadline import Deadline
from contentkit.web.public import Address

# An address and a port into a socket within so many seconds. Raises OSError.
Dial = Callable[[Address, int, float], socket.socket]
# Of a name with many addresses so many are tried, each with its share of the time.
_TRIED = 4


class Unreached(OSError):
    """No connection was made."""


def connected(address: Address, port: int, seconds: float) -> socket.socket:
    """A socket whose other end is this very address. Raises OSError."""
    made = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds)
        made.connect((str(address), port))
        if ipaddress.ip_address(made.getpeername()[0]) != address:
            raise ConnectionError("somebody else answered")
    except BaseException:
        made.close()
        raise
    return made


def reached(addresses: Sequence[Address], port: int, dial: Dial, deadline: Deadline) -> socket.socket:
    """A socket to the first of these addresses that can be reached. Raises Unreached, and TimeoutError when it was silent."""
    trouble: OSError = Unreached("no address")
    for index, address in enumerate(addresses[:_TRIED]):
        share = deadline.left() / (min(len(addresses), _TRIED) - index)
        try:
            return dial(address, port, share)
        except TimeoutError as error:
            trouble = error
        except OSError as error:
            trouble = Unreached(error.strerror or str(error))
    raise trouble
