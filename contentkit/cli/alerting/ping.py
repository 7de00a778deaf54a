"""The ping: a request to an address after each run, so that somebody notices when no more of them come (a dead man's switch)."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

SECONDS = 5.0


def ping(address: str, project: str, code: int) -> str:
    """Reports the exit code of a run. Returns why it did not arrive, or nothing; the address is in no message.

    ``{project}`` and ``{code}`` in the address are filled in. Where there is no ``{code}``, ``/fail`` is put behind the path of
    a run that was not good.
    """
    from contentkit.errors import ContentkitError

    try:
        status = _asked(_filled(address, project, code))
    except (ContentkitError, OSError, ValueError):
        return "no answer"
    return "" if 200 <= status < 300 else f"HTTP {status}"


def _filled(address: str, project: str, code: int) -> str:
    if code and "{code}" not in address:
        parts = urlsplit(address)
        address = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))
    return address.replace("{project}", quote(project, safe="")).replace("{code}", str(code))


def _asked(address: str) -> int:
    """The status of the answer. It is within one time, names, certificates and all, and no redirect is followed."""
    from contentkit import __version__
    from contentkit.web.deadline import Deadline
    from contentkit.web.dialing import connected, reached
    from contentkit.web.exchange import asked
    from contentkit.web.line import line_to
    from contentkit.web.resolving import addresses_of, system_addresses
    from contentkit.web.target import target_of

    deadline, target = Deadline.after(SECONDS), target_of(address)
    found = addresses_of(target, system_addresses, deadline)
    line = line_to(target, reached(found, target.port, connected, deadline), deadline)
    with asked(line, target, {"User-Agent": f"contentkit/{__version__}"}) as answer:
        return answer.status
