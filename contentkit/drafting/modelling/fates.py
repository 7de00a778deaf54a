"""What an error of the packages, or of a server, means for a request: ask again, ask otherwise, or give up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from contentkit.drafting.modelling.formats import Ladder
from contentkit.drafting.modelling.server import Server
from contentkit.errors import PlatformError, Refused, Unavailable
from contentkit.patterns import regex

OFFLINE_HINT = "try again later, or draft offline: --drafter extractive"
# Servers without structured output say so in as many ways; llama.cpp's Python server answers 500.
_NO_SUCH_FORM = frozenset((400, 404, 405, 415, 422, 500, 501))
_NO_SUCH_OPTION = frozenset((400, 422))
_LONGEST_COMPLAINT = 2000
_SECONDS = regex(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


class Passing(Unavailable):
    """Worth another attempt, after ``wait`` where the server named a time."""


class BrokenOff(Passing):
    """Worth another attempt; a server that always breaks off may stumble over the form, having begun its answer already."""


class FormRefused(Exception):
    """The server failed on a request that it may answer in a plainer form."""


class OptionRefused(Exception):
    """The server does not want an option that can be left out."""


def fate_of(
    error: Exception, server: Server, request: Mapping[str, Any], form: Mapping[str, object], ladder: Ladder
) -> Exception:
    """The error of the packages as one of ours."""
    import httpx2 as httpx
    import openai

    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return Passing(f"{server.base_url} did not answer within {server.timeout:g} seconds", hint=OFFLINE_HINT)
    if isinstance(error, httpx.HTTPError | openai.APIConnectionError):
        if is_unread(error):
            return Passing(f"{server.base_url} cannot be reached", hint=OFFLINE_HINT)
        return BrokenOff(f"{server.base_url} hung up before its answer was whole", hint=OFFLINE_HINT)
    if not isinstance(error, openai.APIStatusError):
        return Unavailable(f"{server.base_url} gave an answer that cannot be read", hint=OFFLINE_HINT)
    if error.status_code in _NO_SUCH_OPTION and ladder.unwant(error.response.text[:_LONGEST_COMPLAINT], request):
        return OptionRefused()
    if form and error.status_code in _NO_SUCH_FORM:
        return FormRefused()
    return _fate_of_status(server.base_url, error.status_code, error.response.headers.get("retry-after", ""))


def is_unread(error: Exception) -> bool:
    """Whether no model can have read the request: the server answered with an error, or nobody did."""
    import httpx2 as httpx
    import openai

    unheard = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout)
    return unheard or isinstance(error, openai.APIStatusError)


def _when(wait: timedelta | None) -> str:
    """When a server wants to be asked again, as far as it said so."""
    if wait is None:
        return "later"
    minutes = -(-int(wait.total_seconds()) // 60)
    return f"in {max(1, minutes)} min" if minutes < 120 else f"in {-(-minutes // 60)} h"


def _fate_of_status(server: str, status: int, retry_after: str) -> PlatformError:
    if status in (408, 429) or status >= 500:
        wait = timedelta(seconds=float(retry_after)) if _SECONDS.fullmatch(retry_after) else None
        return Passing(f"{server} answered {status}", hint=OFFLINE_HINT.replace("later", _when(wait), 1), wait=wait)
    if status in (401, 403):
        return Refused(
            f"{server} does not accept the key ({status})", hint="check the drafter's key and what it may use"
        )
    if status == 402:
        return Refused(f"{server} wants to be paid first (402)", hint="look at the account there, or draft offline")
    if 300 <= status < 400:
        return Refused(f"{server} redirects elsewhere ({status})", hint="put the final address into base_url")
    return Refused(f"{server} refused the request ({status})", hint="check base_url and model of the drafter")
