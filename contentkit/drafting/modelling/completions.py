"""Asking a model server that speaks OpenAI's chat completions, and only the one that was configured.

A completion publishes nothing, so asking again is always safe: an answer that got lost is Unavailable, never Uncertain.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from contentkit.drafting.withheld import Withheld
from contentkit.errors import PlatformError, Refused, Unavailable

if TYPE_CHECKING:
    from openai import OpenAI

Message = Mapping[str, str]
Answer = TypeVar("Answer")

OFFLINE_HINT = "try again later, or draft offline: --drafter extractive"
_LONGEST_WAIT = timedelta(minutes=1)
_FIRST_WAIT = timedelta(seconds=1)
# All that a server needs of us; whatever else a library or an environment variable adds stays here.
_HEADERS = frozenset(
    ("host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent")
)
# Servers without structured output say so in as many ways; llama.cpp's Python server answers 500.
_NO_SUCH_FORMAT = frozenset((400, 404, 415, 422, 500, 501))


@dataclass(frozen=True)
class Prompt:
    """What is said to a model, and what of it was ``quoted`` from a source or a draft; the rest are our own words."""

    messages: Sequence[Message]
    quoted: Sequence[str]


@dataclass
class Completions:
    """One model on one server. ``rung`` is the first format of the ladder that this server is not known to refuse.

    No message that holds any of ``withheld`` is ever sent. ``timeout`` is in seconds, for each attempt; ``retries`` are
    further attempts per request.
    """

    base_url: str
    model: str
    api_key: str = field(repr=False)
    timeout: float
    retries: int
    sleep: Callable[[float], None]
    withheld: Withheld = field(default_factory=Withheld)
    rung: int = 0

    def ask(self, prompt: Prompt, schema: Mapping[str, object], read: Callable[[str], Answer | None]) -> Answer | None:
        """What ``read`` makes of the first answer that it can read, going down the ladder of formats; else None.

        An answer that was cut short counts as unreadable. Raises ContentError for what must not be sent, and
        Refused or Unavailable when the server does not answer.
        """
        ladder = _formats(schema)
        for rung in range(self.rung, len(ladder)):
            try:
                answer = read(self._sent(prompt, ladder[rung]))
            except _FormatRefused:
                continue
            if answer is not None:
                self.rung = rung
                return answer
        return None

    def checked(self, prompt: Prompt) -> Sequence[Message]:
        """The messages, if they may be sent. Raises ContentError."""
        self.withheld.refuse((message["content"] for message in prompt.messages), prompt.quoted)
        return prompt.messages

    def _sent(self, prompt: Prompt, form: Mapping[str, object]) -> str:
        """The only function that sends."""
        messages = self.checked(prompt)
        for attempt in range(self.retries + 1):
            try:
                return self._once(messages, form)
            except _Passing as failure:
                wait = failure.wait or _FIRST_WAIT * 2**attempt
                if attempt == self.retries or wait > _LONGEST_WAIT:
                    raise
                self.sleep(wait.total_seconds())
        raise AssertionError("the last attempt returns or raises")

    def _once(self, messages: Sequence[Message], form: Mapping[str, object]) -> str:
        import openai

        # Importing the package may have turned on its debug log, which would write the source to stderr.
        logging.getLogger("openai").setLevel(logging.WARNING)
        request: dict[str, Any] = {"model": self.model, "messages": list(messages), "temperature": 0.4, **form}
        try:
            with self._client() as client:
                completion = client.chat.completions.create(**request)
        except openai.OpenAIError as error:
            raise self._fate(error, form) from error
        choices = getattr(completion, "choices", None)
        if not choices or choices[0].finish_reason == "length":
            return ""
        return choices[0].message.content or ""

    def _client(self) -> OpenAI:
        from openai import DefaultHttpxClient, OpenAI

        http = DefaultHttpxClient(
            timeout=self.timeout,
            follow_redirects=False,
            trust_env=False,
            event_hooks={"request": [self._only_ours]},
        )
        return OpenAI(
            base_url=self.base_url,
            api_key=self.api_key or "none",
            timeout=self.timeout,
            max_retries=0,
            http_client=http,
        )

    def _only_ours(self, request: Any) -> None:
        """Drops each header that was not ours: the package reads some from the environment."""
        for name in list(request.headers):
            if name.lower() not in _HEADERS:
                del request.headers[name]
        request.headers["user-agent"] = "contentkit"
        if self.api_key:
            request.headers["authorization"] = f"Bearer {self.api_key}"

    def _fate(self, error: Exception, form: Mapping[str, object]) -> Exception:
        """The error of the package as one of ours."""
        import openai

        if isinstance(error, openai.APITimeoutError):
            return _Passing(f"{self.base_url} did not answer within {self.timeout:g} seconds", hint=OFFLINE_HINT)
        if isinstance(error, openai.APIConnectionError):
            return _Passing(f"{self.base_url} cannot be reached", hint=OFFLINE_HINT)
        if not isinstance(error, openai.APIStatusError):
            return Unavailable(f"{self.base_url} gave an answer that cannot be read", hint=OFFLINE_HINT)
        if form and error.status_code in _NO_SUCH_FORMAT:
            return _FormatRefused()
        return _fate_of_status(self.base_url, error.status_code, error.response.headers.get("retry-after", ""))


class _Passing(Unavailable):
    """Worth another attempt, after ``wait`` where the server named a time."""


class _FormatRefused(Exception):
    """The server failed on a request that it may answer in a plainer format."""


def _fate_of_status(server: str, status: int, retry_after: str) -> PlatformError:
    if status == 429 or status >= 500:
        wait = timedelta(seconds=int(retry_after)) if retry_after.isdecimal() else None
        return _Passing(f"{server} answered {status}", hint=OFFLINE_HINT, wait=wait)
    if status in (401, 403):
        return Refused(
            f"{server} does not accept the key ({status})", hint="check the drafter's key and what it may use"
        )
    if 300 <= status < 400:
        return Refused(f"{server} redirects elsewhere ({status})", hint="put the final address into base_url")
    return Refused(f"{server} refused the request ({status})", hint="check base_url and model of the drafter")


def _formats(schema: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The ladder: OpenAI's structured output, then llama.cpp's form of it, then none at all."""
    strict = {"name": "thread", "strict": True, "schema": dict(schema)}
    return [
        {"response_format": {"type": "json_schema", "json_schema": strict}},
        {"response_format": {"type": "json_object", "schema": dict(schema)}},
        {},
    ]
