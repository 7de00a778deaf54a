"""Whether a page is there: its status and where it is now, without reading it. As guarded as reading is."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from contentkit.errors import Refused, Unavailable
from contentkit.values import dataclass
from contentkit.web.answers import redirect_of
from contentkit.web.asking import headers_for
from contentkit.web.deadline import Deadline
from contentkit.web.dialing import reached
from contentkit.web.exchange import asked, translated
from contentkit.web.line import line_to
from contentkit.web.reader import MOST_REDIRECTS, Reader
from contentkit.web.target import redirected, target_of

_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, kw_only=True)
class Knock:
    """The status that an address ended with, and where that was; ``for_good``: every redirect on the way said it is so."""

    status: int
    address: str
    for_good: bool


def knock(reader: Reader, address: str) -> Knock:
    """Asks without the page first; some servers answer only those who want it. No page is read in either case.

    Raises UsageError for what may not be asked, Refused for a redirect to where no page may lead, Unavailable for no answer
    (``Untrusted`` for a certificate).
    """
    with suppress(Unavailable):
        first = _asked(reader, address, "HEAD")
        if first.status < 400:
            return first
    return _asked(reader, address, "GET")


def _asked(reader: Reader, address: str, method: Literal["GET", "HEAD"]) -> Knock:
    deadline = Deadline.after(reader.seconds)
    headers = headers_for("", "")
    target = target_of(address)
    vetted = reader.vetted(target, deadline)
    for_good = True
    for _ in range(MOST_REDIRECTS + 1):
        with translated(target):
            line = line_to(target, reached(vetted, target.port, reader.dial, deadline), deadline, reader.certificates)
        with asked(line, target, headers, method) as answer:
            status, location = answer.status, redirect_of(answer)
        if location is None:
            return Knock(status=status, address=target.address, for_good=for_good)
        for_good = for_good and status in _FOR_GOOD
        led = redirected(target, location)
        vetted = reader.led(target, led, deadline)
        target = led
    raise Refused(f"{target.place}: redirects more than {MOST_REDIRECTS} times", hint="check it in a browser")
