"""The one reader of the web: public pages, and hosts of the own network that the user of this machine allowed.

An address may come from anybody, and so may what it leads to. So each is looked at before anything is connected to, a
redirect like the first; and the number that was looked at is the one that is connected to, whatever the name says later.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from contentkit.errors import Refused, Unavailable, UsageError
from contentkit.settings.machine import MACHINE_NAME, how_to_allow
from contentkit.values import dataclass
from contentkit.web import Fetched
from contentkit.web.asking import READABLE, headers_for
from contentkit.web.deadline import Deadline, OutOfTime
from contentkit.web.dialing import Dial, connected, reached
from contentkit.web.public import Address
from contentkit.web.resolving import Resolve, addresses_of, inside, system_addresses
from contentkit.web.target import Target, redirected, target_of

SECONDS = 20.0
MOST_REDIRECTS = 3
_PUBLIC_PORTS = frozenset({80, 443})
_NAMED_BY_A_PAGE = "that is not the public internet; if you know the address and trust it, name it yourself"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A ``Fetch``. ``hosts`` are ``Machine.web_hosts``, ``allowed_in`` the file that hints name for adding one,
    nothing where none is to be added.

    ``types`` are the content types that are read (by default all that sources can be made of), ``seconds`` the time for
    everything in one call. ``resolve`` turns names into addresses, ``dial`` an address into a connection; ``certificates``
    is a file of trusted ones, certifi's where none is named.
    """

    hosts: frozenset[str] = frozenset()
    allowed_in: str = MACHINE_NAME
    types: frozenset[str] = READABLE
    seconds: float = SECONDS
    resolve: Resolve = system_addresses
    dial: Dial = connected
    certificates: str = ""

    def __call__(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Reads one address; with ``etag`` or ``modified`` of an earlier answer, only if there is something new (else 304).

        Raises UsageError for what is no address, or not a public one; Refused and Unavailable for what came instead of a
        page; ContentError for a page of another type or above 10 MiB.
        """
        deadline = Deadline.after(self.seconds)
        headers = headers_for(etag, modified)
        target = target_of(address)
        vetted = self.vetted(target, deadline)
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._asked(target, vetted, headers, deadline)
            if isinstance(answer, Fetched):
                return answer
            vetted = self.led(target, answer, deadline)
            target = answer
        raise Refused(f"{target.place}: redirects more than {MOST_REDIRECTS} times", hint="check it in a browser")

    def beside(self, address: str) -> Reader:
        """The reader for what a page at this address names: links, redirects, items of a feed.

        Whoever wrote a public page must not choose what is read inside of the own network, also not from allowed hosts.
        """
        return self if self._allows(target_of(address)) else replace(self, hosts=frozenset(), allowed_in="")

    def _allows(self, target: Target) -> bool:
        named = f"{target.host}:{target.port}" in self.hosts
        return named or (target.port in _PUBLIC_PORTS and target.host in self.hosts)

    def vetted(self, target: Target, deadline: Deadline) -> list[Address]:
        """The addresses that may be connected to. Raises UsageError where one of them may not, Unavailable for none."""
        if self._allows(target):
            return _found(target, self.resolve, deadline)
        if target.port not in _PUBLIC_PORTS:
            raise UsageError(f"{target.place}: port {target.port} is none of the web's", hint=self._how(target))
        addresses = _found(target, self.resolve, deadline)
        if private := inside(addresses):
            leads = "is" if str(private) == target.host.strip("[]") else f"leads to {private}, which is"
            raise UsageError(f"{target.place}: {leads} no address of the public internet", hint=self._how(target))
        return addresses

    def _how(self, target: Target) -> str:
        """What to do; a page must not talk its reader into allowing a host."""
        if not self.allowed_in:
            return _NAMED_BY_A_PAGE
        named = target.host if target.port in _PUBLIC_PORTS else f"{target.host}:{target.port}"
        return f"if this machine may read it, {how_to_allow(Path(self.allowed_in), 'web', named)}"

    def led(self, target: Target, led: Target, deadline: Deadline) -> list[Address]:
        """As ``vetted``, for where ``target`` leads to. Raises Refused where it may not."""
        try:
            return self.beside(target.address).vetted(led, deadline)
        except UsageError:
            message = f"{target.place}: redirects to {led.place}, where no page may lead"
            raise Refused(message, hint=_NAMED_BY_A_PAGE) from None

    def _asked(
        self, target: Target, vetted: list[Address], headers: dict[str, str], deadline: Deadline
    ) -> Fetched | Target:
        """What was read, or where to look instead."""
        from contentkit.web import answers
        from contentkit.web.exchange import asked, translated
        from contentkit.web.line import line_to

        with translated(target):
            line = line_to(target, reached(vetted, target.port, self.dial, deadline), deadline, self.certificates)
        with asked(line, target, headers) as answer:
            if answer.status == 304:
                return answers.unchanged(answer, headers)
            location = answers.redirect_of(answer)
            return answers.page_of(answer, self.types) if location is None else redirected(target, location)


def _found(target: Target, resolve: Resolve, deadline: Deadline) -> list[Address]:
    """Raises Unavailable where there is no address, or none in time."""
    try:
        return addresses_of(target, resolve, deadline)
    except OutOfTime:
        message = f"{target.host}: the server's name could not be found in time"
        raise Unavailable(message, hint="try again later", unheard=True) from None
