"""What X's answers mean for a post: the same status code stands for a rule, a lag, a doubt or a setting of the app.

Told by X's own words and problem types (docs.x.com, and reports of people who met them).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from contentkit.errors import Refused, Unavailable, Uncertain

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange

Fate = Refused | Unavailable | Uncertain

# A parent that was just created is mostly visible after this.
LAG = timedelta(seconds=2)
_DAILY = timedelta(hours=1)
# A signature is good for about five minutes.
_MOST_SKEW = timedelta(minutes=4)
LONGEST_REASON = 300


def created(exchange: Exchange | None, host: str) -> dict[str, Any]:
    """The JSON object with which X says that it created the post. Raises Refused, Unavailable or Uncertain."""
    from contentkit.platforms.session import answer_of

    if exchange is not None and exchange.failure is None and not 200 <= exchange.status < 300:
        raise fate_of(exchange, host)
    return answer_of(exchange, host, within="data")


def deleted(exchange: Exchange | None, host: str, remote_id: str) -> None:
    """Returns when X says that the post is gone, now or already. Raises Refused, Unavailable or Uncertain."""
    from contentkit.platforms.session import answer_of
    from contentkit.platforms.x_posts import missing_in

    if exchange is None or exchange.failure is not None:
        answer_of(exchange, host)  # raises
        return
    answer = exchange.json()
    if exchange.status in (200, 404, 410) and remote_id in missing_in(answer):
        return
    if not 200 <= exchange.status < 300:
        raise fate_of(exchange, host)
    told = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(told, dict) or told.get("deleted") is not True:
        raise Uncertain(f"{host}: does not say that the post is deleted (HTTP {exchange.status})")


def fate_of(exchange: Exchange, host: str) -> Fate:
    """The fate that an answer outside of 2xx tells."""
    from contentkit.platforms.session import failure_of

    words = f"{host}: {reason_of(exchange) or 'no reason given'} (HTTP {exchange.status})"
    if exchange.status == 401:
        return Unavailable(words, hint=_why_unsigned(exchange), pauses_account=True)
    if exchange.status in (403, 429):
        told = _all_words(exchange)
        for marks, fate in _MEANINGS:
            if any(mark in told for mark in marks):
                return fate(words)
    failure = failure_of(exchange, host)
    if isinstance(failure, Unavailable):
        return failure
    return Refused(words) if isinstance(failure, Refused) else Uncertain(words)


def stops_reading(exchange: Exchange, host: str) -> Unavailable | None:
    """The reason when an answer to a read says that nothing works on the account now."""
    if 200 <= exchange.status < 300 or exchange.status in (400, 404):
        return None
    failure = fate_of(exchange, host)
    return failure if isinstance(failure, Unavailable) else None


def reason_of(exchange: Exchange) -> str:
    """What X says is wrong, the most particular words first; empty when it does not say it in its own shape."""
    for problem in reversed(_problems(exchange)):
        for key in ("message", "detail", "error", "title"):
            words = problem.get(key)
            if isinstance(words, str) and words.strip():
                return words.strip()[:LONGEST_REASON]
    return ""


def _why_unsigned(exchange: Exchange) -> str:
    """X says the same of a wrong key and of a signature that was made at another time."""
    there, here = exchange.server_time, exchange.received
    if there and here and abs(there - here) > _MOST_SKEW:
        return f"the clock of this machine says {here:%H:%M} UTC, that of X {there:%H:%M}: set it right"
    return "one of the four keys and tokens is wrong, or was made anew: copy all of them again"


def _problems(exchange: Exchange) -> list[dict[str, Any]]:
    """The answer itself and the first of its ``errors``, where they are objects."""
    answer = exchange.json()
    if not isinstance(answer, dict):
        return []
    listed = answer.get("errors")
    return [answer, *(one for one in (listed if isinstance(listed, list) else [])[:1] if isinstance(one, dict))]


def _all_words(exchange: Exchange) -> str:
    values = [value for problem in _problems(exchange) for value in problem.values() if isinstance(value, str)]
    return " ".join(values).lower()


def _duplicate(words: str) -> Fate:
    return Uncertain(words, hint="X has a post with these very words: probably this one")


def _lag(words: str) -> Fate:
    return Unavailable(words, hint="X does not show the post before it to itself yet", wait=LAG)


def _uninvited(words: str) -> Fate:
    return Refused(words, hint="X lets an app reply only to its own account, and to those who mentioned or quoted it")


def _read_only(words: str) -> Fate:
    hint = "in X's developer console give the app 'Read and write', then make a new access token and secret"
    return Unavailable(words, hint=hint, pauses_account=True)


def _unknown_app(words: str) -> Fate:
    hint = "in X's developer console check the app: its project, its access level, its keys"
    return Unavailable(words, hint=hint, pauses_account=True)


def _spent(words: str) -> Fate:
    hint = "X lets this app do no more before its limit is raised or a new period begins"
    return Unavailable(words, hint=hint, pauses_account=True)


def _locked(words: str) -> Fate:
    return Unavailable(words, hint="sign in to x.com with this account and see what X asks for", pauses_account=True)


def _over_for_today(words: str) -> Fate:
    return Unavailable(words, wait=_DAILY)


_MEANINGS: tuple[tuple[tuple[str, ...], Callable[[str], Fate]], ...] = (
    (("duplicate content",), _duplicate),
    (("deleted or not visible",), _lag),
    (("not been mentioned or otherwise engaged", "reply to this conversation is not allowed"), _uninvited),
    (("oauth1-permissions", "oauth1 app permissions", "oauth1 permissions"), _read_only),
    (("usage-capped", "usage cap", "usagecap"), _spent),
    (("unsupported-authentication", "client-forbidden", "client-not-enrolled", "attached to a project"), _unknown_app),
    (("account is suspended", "account is temporarily locked", "user has been suspended"), _locked),
    (("over daily status update limit", "daily limit for"), _over_for_today),
)
