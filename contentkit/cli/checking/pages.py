"""``check --links``: every link of the drafts is asked once, a few hosts at a time, each host slowly; answers hold for a day."""

from __future__ import annotations

import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contentkit.checks.links import link_key
from contentkit.checks.liveness import PageFate
from contentkit.errors import ContentkitError, UsageError
from contentkit.web.exchange import Untrusted
from contentkit.web.knocking import Knock, knock

if TYPE_CHECKING:
    from contentkit.cli.checking.kept_pages import KeptPages
    from contentkit.web.reader import Reader

_HOSTS_AT_ONCE = 4
# Between two questions to one host.
_PAUSE = 0.2
_GONE = (404, 410)
_SIGN_IN = (
    "login",
    "log-in",
    "signin",
    "sign-in",
    "sign_in",
    "sso",
    "auth",
    "oauth",
    "wp-login.php",
    "accounts.google.com",
)

Asked = Iterator[tuple[str, PageFate]]


def pages_of(
    addresses: Sequence[str], reader: Reader, kept: KeptPages, now: datetime, watch: Callable[[Asked, int], Asked]
) -> dict[str, PageFate]:
    """What became of each address: as it is kept, if that is fresh, else asked now. ``watch`` shows how far it is.

    What was answered is kept, also when somebody breaks it off.
    """
    known = {address: page for address in addresses if (page := kept.fresh(address, now))}
    unknown = [address for address in addresses if address not in known]
    try:
        for address, page in watch(_asked(unknown, reader), len(unknown)):
            known[address] = page
            kept.keep(address, page, now)
    finally:
        kept.write()
    return known


def _asked(addresses: Sequence[str], reader: Reader) -> Asked:
    """The answers as they come. The threads are nobody's to wait for: a person who breaks it off is obeyed at once."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[_host(address)].append(address)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for ones in by_host.values():
        waiting.put(ones)
    answers: queue.SimpleQueue[tuple[str, PageFate]] = queue.SimpleQueue()
    for _ in range(min(_HOSTS_AT_ONCE, len(by_host))):
        threading.Thread(target=_ask_hosts, args=(waiting, answers, reader), daemon=True).start()
    for _ in addresses:
        yield answers.get()


def _ask_hosts(
    waiting: queue.SimpleQueue[list[str]], answers: queue.SimpleQueue[tuple[str, PageFate]], reader: Reader
) -> None:
    while True:
        try:
            addresses = waiting.get_nowait()
        except queue.Empty:
            return
        for number, address in enumerate(addresses):
            time.sleep(_PAUSE if number else 0)
            answers.put((address, page_at(address, reader)))


def page_at(address: str, reader: Reader) -> PageFate:
    """What became of the page at one address. Raises nothing: whatever happens is an answer."""
    try:
        return _fate_of(address, knock(reader, address))
    except Untrusted:
        return PageFate(fate="untrusted")
    except UsageError as error:
        return PageFate(fate="unclear", told=f"not asked: {error.message}")
    except ContentkitError as error:
        return PageFate(fate="unclear", told=error.message)
    except Exception as error:  # a fault with one page must not leave the others unanswered
        return PageFate(fate="unclear", told=f"asking failed ({type(error).__name__})")


def _fate_of(address: str, answer: Knock) -> PageFate:
    status = f"HTTP {answer.status}"
    if answer.status in _GONE:
        return PageFate(fate="gone", told=status)
    if answer.status == 401 or (signs_in(answer.address) and not signs_in(address)):
        return PageFate(fate="closed", told=status)
    if answer.status >= 300:
        return PageFate(fate="unclear", told=f"{_host(answer.address)} does not show it to programs now ({status})")
    moved = answer.for_good and link_key(answer.address) != link_key(address)
    return PageFate(fate="moved", leads=answer.address) if moved else PageFate(fate="there")


def signs_in(address: str) -> bool:
    """Whether an address looks like one where somebody signs in."""
    parts = urlsplit(address)
    return any(word in _SIGN_IN for word in (parts.netloc.lower(), *parts.path.lower().split("/")))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
