"""The alerts that have still to reach the command of the user's choice, kept in a file of the state folder until they did.

They are no part of the journal: that it cannot be read, or is an old copy, is what an alert may have to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.cli.alerting import ALERTS_NAME
from contentkit.cli.alerting.news import News
from contentkit.errors import StateError
from contentkit.files import make_private_file, replace_file
from contentkit.publishing.lock import Occupied, kernel_lock
from contentkit.stamps import moment_if_any, stamped
from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_NAME = "alerts.lock"
# Whoever delivers has the lock for as long as the command runs, which is less.
_PATIENCE = 20.0
_MOST = 200
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """``news`` that did not go through yet; ``tries`` that failed since one last did, and ``not_before`` when the next is made.

    ``troubled`` are the accounts whose trouble was told and not yet its end; the runs as a whole have an empty name.
    """

    news: tuple[News, ...] = ()
    troubled: tuple[str, ...] = ()
    tries: int = 0
    not_before: datetime | None = None


def alerts_waiting(folder: Path) -> Waiting:
    """What waits in this state folder. A file that cannot be read is as none: a person sees what it told with ``status``, too."""
    try:
        told = json.loads((folder / ALERTS_NAME).read_bytes())
        return Waiting(
            news=tuple(News(**one) for one in told["news"]),
            troubled=tuple(str(name) for name in told["troubled"]),
            tries=int(told["tries"]),
            not_before=moment_if_any(told["not_before"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return Waiting()


def add_alerts(folder: Path, news: Sequence[News]) -> None:
    """Keeps these durably until they went through; what is kept already is not kept twice.

    Raises StateError where they cannot be kept.
    """
    with _alone(folder):
        before = alerts_waiting(folder)
        known = {replace(one, at="") for one in before.news}
        fresh = [one for one in news if replace(one, at="") not in known]
        if fresh:
            _write(
                folder,
                replace(
                    before, news=(*before.news, *fresh)[-_MOST:], troubled=_troubled(before, fresh), not_before=None
                ),
            )


def deliver_alerts(folder: Path, tell: Callable[[Sequence[News]], str], now: datetime) -> str | None:
    """Hands all that waits to ``tell``, which returns why it did not go through, or nothing.

    Returns just that, and None where nothing was to be told now. What fails is tried again after 1, 2, 4 … minutes, then every
    two hours. Raises StateError.
    """
    if not _is_time(alerts_waiting(folder), now):
        return None
    with _alone(folder):
        waiting = alerts_waiting(folder)
        if not _is_time(waiting, now):
            return None
        why = tell(waiting.news)
        if why:
            wait = min(_FIRST_WAIT * 2 ** min(waiting.tries, 10), _LONGEST_WAIT)
            _write(folder, replace(waiting, tries=waiting.tries + 1, not_before=now + wait))
        else:
            _write(folder, Waiting(troubled=waiting.troubled))
        return why


def _is_time(waiting: Waiting, now: datetime) -> bool:
    # A clock that was set back must not keep them for ever.
    early = waiting.not_before is not None and now < waiting.not_before <= now + _LONGEST_WAIT
    return bool(waiting.news) and not early


def _troubled(before: Waiting, fresh: Iterable[News]) -> tuple[str, ...]:
    names = dict.fromkeys(before.troubled)
    for one in fresh:
        if one.kind in ("trouble", "paused", "failed") and not one.entry:
            names[one.account] = None
        elif one.kind == "recovered":
            names.pop(one.account, None)
    return tuple(names)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with kernel_lock(folder / LOCK_NAME, _PATIENCE):
            yield
    except Occupied:
        raise StateError(f"{folder / LOCK_NAME}: another run is at it", hint="see whether it hangs") from None
    except OSError as error:
        raise StateError(f"{folder / LOCK_NAME}: cannot be used: {error.strerror}", hint="make room") from None


def _write(folder: Path, waiting: Waiting) -> None:
    if waiting == Waiting():
        (folder / ALERTS_NAME).unlink(missing_ok=True)
        return
    not_before = stamped(waiting.not_before) if waiting.not_before else None
    make_private_file(folder / ALERTS_NAME)
    words = json.dumps({"version": 1, **asdict(waiting), "not_before": not_before}, indent=1)
    replace_file(folder / ALERTS_NAME, words.encode(), None)
