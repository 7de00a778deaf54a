"""Asking a model server that speaks OpenAI's chat completions, and only the one that was configured.

A completion publishes nothing, so asking again is always safe: an answer that got lost is Unavailable, never Uncertain.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from contentkit.drafting.modelling.allowance import Allowance, tokens_of
from contentkit.drafting.modelling.answers import Answers
from contentkit.drafting.modelling.formats import STREAM, Form, Ladder, request_for
from contentkit.drafting.modelling.replies import Reply, streamed_reply, whole_reply
from contentkit.drafting.withheld import Withheld
from contentkit.drafting.workshop import Nobody, Usage, Watcher
from contentkit.errors import PlatformError, Refused, Unavailable

if TYPE_CHECKING:
    from openai import OpenAI

Message = Mapping[str, str]
Answer = TypeVar("Answer")

OFFLINE_HINT = "try again later, or draft offline: --drafter extractive"
# What an answer may take at most, with the thoughts that some models have before it.
LONGEST_ANSWER = 6000
_LONGEST_WAIT = timedelta(minutes=1)
_MOST_UNREADABLE = 2
_FIRST_WAIT = timedelta(seconds=1)
# Servers without structured output say so in as many ways; llama.cpp's Python server answers 500.
_NO_SUCH_FORM = frozenset((400, 404, 405, 415, 422, 500, 501))
_NO_SUCH_OPTION = frozenset((400, 422))
_SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Prompt:
    """What is said to a model, and what of it was ``quoted`` from a source or a draft; the rest are our own words."""

    messages: Sequence[Message]
    quoted: Sequence[str]
    temperature: float = 0.4


@dataclass(frozen=True, kw_only=True)
class Server:
    """One model on one server. ``timeout`` is in seconds, for each attempt; ``retries`` are further attempts per request."""

    base_url: str
    model: str
    api_key: str = field(repr=False)
    timeout: float
    retries: int
    sleep: Callable[[float], None]


@dataclass
class Completions:
    """What may be asked for one draft. No message that holds any of ``withheld`` is ever sent."""

    server: Server
    ladder: Ladder
    allowance: Allowance
    withheld: Withheld = field(default_factory=Withheld)
    watcher: Watcher = field(default_factory=Nobody)
    answers: Answers | None = None

    def ask(self, prompt: Prompt, schema: Mapping[str, object], read: Callable[[str], Answer | None]) -> Answer | None:
        """What ``read`` makes of the first answer that it can read, going down the ladder of forms; else None.

        An answer that was cut short counts as unreadable. Raises ContentError for what must not be sent, UsedUp where
        it would take more than is allowed, and Refused or Unavailable when the server does not answer.
        """
        if (known := self._known(prompt, schema, read)) is not None:
            return known
        tried: list[Form] = []
        unreadable = 0
        for form in self.ladder.forms():
            try:
                words = self._sent(prompt, request_for(form, schema))
            except _FormRefused:
                tried.append(form)
                continue
            if (answer := read(words)) is not None:
                self.ladder.learn(form, tried)
                if self.answers:
                    self.answers.keep(self.server.base_url, self._request(prompt, request_for(form, schema)), words)
                return answer
            tried.append(form)
            unreadable += 1
            # A server that was understood before has a model that does not want to: it is asked twice, not in every form.
            if self.ladder.proved and unreadable == _MOST_UNREADABLE:
                break
        return None

    def checked(self, prompt: Prompt) -> Sequence[Message]:
        """The messages, if they may be sent. Raises ContentError."""
        self.withheld.refuse((message["content"] for message in prompt.messages), prompt.quoted)
        return prompt.messages

    def _known(
        self, prompt: Prompt, schema: Mapping[str, object], read: Callable[[str], Answer | None]
    ) -> Answer | None:
        """What was answered to the same request before, in whichever form."""
        if self.answers is None:
            return None
        for form in self.ladder.forms():
            words = self.answers.of(self.server.base_url, self._request(prompt, request_for(form, schema)))
            if words is not None and (answer := read(words)) is not None:
                self.checked(prompt)  # what may not be said any more is not drafted from because it was said once
                return answer
        return None

    def _request(self, prompt: Prompt, form: Mapping[str, object]) -> dict[str, Any]:
        options = self.ladder.options(prompt.temperature, LONGEST_ANSWER)
        return {"model": self.server.model, "messages": list(prompt.messages), **options, **form}

    def _sent(self, prompt: Prompt, form: Mapping[str, object]) -> str:
        """The only function that sends."""
        messages = self.checked(prompt)
        attempt = 0
        while True:
            self.allowance.refuse_beyond(tokens_of([message["content"] for message in messages]), LONGEST_ANSWER)
            try:
                return self._once(self._request(prompt, form), form)
            except _OptionRefused:
                continue  # each time with one option less
            except _Passing as failure:
                wait = failure.wait or _FIRST_WAIT * 2**attempt
                if attempt == self.server.retries or wait > _LONGEST_WAIT:
                    if form and isinstance(failure, _BrokenOff):
                        raise _FormRefused from failure
                    raise
                self.server.sleep(wait.total_seconds())
                attempt += 1

    def _once(self, request: dict[str, Any], form: Mapping[str, object]) -> str:
        import httpx2 as httpx
        import openai

        # Importing the package may have turned on its debug log, which would write the source to stderr.
        logging.getLogger("openai").setLevel(logging.WARNING)
        reply, was_read = Reply(""), True
        try:
            with _client(self.server) as client:
                answered = client.chat.completions.create(**request)
                reply = self._reply(answered, request)
        # The package lets pass what Python says of bodies that are no JSON, or one without end.
        except (openai.OpenAIError, httpx.HTTPError, ValueError, RecursionError) as error:
            was_read = not _is_unread(error)
            raise self._fate(error, request, form) from error
        finally:
            self.watcher.used(self._usage(request if was_read else {"messages": ()}, reply))
        return reply.words

    def _reply(self, answered: Any, request: Mapping[str, Any]) -> Reply:
        """Raises _OptionRefused where the server was to answer word by word, and said no word in that way."""
        if not request.get(STREAM):
            return whole_reply(answered)
        reply = streamed_reply(answered, self.watcher.heard)
        if reply is None:
            self.ladder.unwant(STREAM, request)
            raise _OptionRefused
        return reply

    def _usage(self, request: Mapping[str, Any], reply: Reply) -> Usage:
        """What a request took as the server says it, else about so much."""
        if reply.tokens_in is not None and reply.tokens_out is not None:
            return self.allowance.note(self.server.model, reply.tokens_in, reply.tokens_out, estimated=False)
        asked = tokens_of(message["content"] for message in request["messages"])
        answered = tokens_of([reply.words]) if reply.words else 0
        return self.allowance.note(self.server.model, asked, answered, estimated=bool(asked))

    def _fate(self, error: Exception, request: Mapping[str, Any], form: Mapping[str, object]) -> Exception:
        """The error of the packages as one of ours."""
        import httpx2 as httpx
        import openai

        place = self.server.base_url
        if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
            return _Passing(f"{place} did not answer within {self.server.timeout:g} seconds", hint=OFFLINE_HINT)
        if isinstance(error, httpx.HTTPError | openai.APIConnectionError):
            if _is_unread(error):
                return _Passing(f"{place} cannot be reached", hint=OFFLINE_HINT)
            return _BrokenOff(f"{place} hung up before its answer was whole", hint=OFFLINE_HINT)
        if not isinstance(error, openai.APIStatusError):
            return Unavailable(f"{place} gave an answer that cannot be read", hint=OFFLINE_HINT)
        if error.status_code in _NO_SUCH_OPTION and self.ladder.unwant(error.response.text[:2000], request):
            return _OptionRefused()
        if form and error.status_code in _NO_SUCH_FORM:
            return _FormRefused()
        return _fate_of_status(place, error.status_code, error.response.headers.get("retry-after", ""))


class _Passing(Unavailable):
    """Worth another attempt, after ``wait`` where the server named a time."""


class _BrokenOff(_Passing):
    """Worth another attempt; a server that always breaks off may stumble over the form, having begun its answer already."""


class _FormRefused(Exception):
    """The server failed on a request that it may answer in a plainer form."""


class _OptionRefused(Exception):
    """The server does not want an option that can be left out."""


def _client(server: Server) -> OpenAI:
    import httpx2 as httpx
    from openai import OpenAI

    from contentkit.drafting.modelling.transport import Wire

    http = httpx.Client(
        timeout=server.timeout, follow_redirects=False, trust_env=False, transport=Wire(server.timeout, server.api_key)
    )
    return OpenAI(
        base_url=server.base_url,
        api_key=server.api_key or "none",
        timeout=server.timeout,
        max_retries=0,
        http_client=http,
    )


def _is_unread(error: Exception) -> bool:
    """Whether no model can have read the request: the server answered with an error, or nobody did."""
    import httpx2 as httpx
    import openai

    unheard = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout)
    return unheard or isinstance(error, openai.APIStatusError)


def _fate_of_status(server: str, status: int, retry_after: str) -> PlatformError:
    if status in (408, 429) or status >= 500:
        wait = timedelta(seconds=float(retry_after)) if _SECONDS.fullmatch(retry_after) else None
        return _Passing(f"{server} answered {status}", hint=OFFLINE_HINT, wait=wait)
    if status in (401, 403):
        return Refused(
            f"{server} does not accept the key ({status})", hint="check the drafter's key and what it may use"
        )
    if status == 402:
        return Refused(f"{server} wants to be paid first (402)", hint="look at the account there, or draft offline")
    if 300 <= status < 400:
        return Refused(f"{server} redirects elsewhere ({status})", hint="put the final address into base_url")
    return Refused(f"{server} refused the request ({status})", hint="check base_url and model of the drafter")
