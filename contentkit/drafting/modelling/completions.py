"""Asking a model server that speaks OpenAI's chat completions, and only the one that was configured.

A completion publishes nothing, so asking again is always safe: an answer that got lost is Unavailable, never Uncertain.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from contentkit.drafting.modelling.allowance import Allowance, believed, tokens_of
from contentkit.drafting.modelling.answers import Answers
from contentkit.drafting.modelling.fates import BrokenOff, FormRefused, OptionRefused, Passing, fate_of, is_unread
from contentkit.drafting.modelling.formats import FORMS, STREAM, Form, Ladder, request_for
from contentkit.drafting.modelling.replies import Reply, streamed_reply, whole_reply
from contentkit.drafting.modelling.server import Server
from contentkit.drafting.withheld import Withheld
from contentkit.drafting.workshop import Nobody, Usage, Watcher
from contentkit.values import dataclass

if TYPE_CHECKING:
    from openai import OpenAI

Message = Mapping[str, str]
Answer = TypeVar("Answer")

# What an answer may take at most, with the thoughts that some models have before it.
LONGEST_ANSWER = 6000
_LONGEST_WAIT = timedelta(minutes=1)
_MOST_UNREADABLE = 2
_FIRST_WAIT = timedelta(seconds=1)


@dataclass(frozen=True)
class Prompt:
    """What is said to a model, and what of it was ``quoted`` from a source or a draft; the rest are our own words."""

    messages: Sequence[Message]
    quoted: Sequence[str]
    temperature: float = 0.4


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
            except FormRefused:
                tried.append(form)
                continue
            if (answer := read(words)) is not None:
                self.ladder.learn(form, tried)
                if self.answers and not self.withheld.is_in(words):  # a model may guess what nobody may write down
                    self.answers.keep(self.server.base_url, self._wish(prompt, form, schema), words)
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
        for form in FORMS:
            words = self.answers.of(self.server.base_url, self._wish(prompt, form, schema))
            if words is not None and (answer := read(words)) is not None:
                self.checked(prompt)  # what may not be said any more is not drafted from because it was said once
                return answer
        return None

    def _wish(self, prompt: Prompt, form: Form, schema: Mapping[str, object]) -> dict[str, Any]:
        """The request if the server wanted every option: what was learnt of it is forgotten, its answers are not."""
        options = Ladder().options(prompt.temperature, LONGEST_ANSWER)
        return {
            "model": self.server.model,
            "messages": list(prompt.messages),
            **options,
            **request_for(form, schema),
        }

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
            except OptionRefused:
                continue  # each time with one option less
            except Passing as failure:
                wait = failure.wait or _FIRST_WAIT * 2**attempt
                if attempt == self.server.retries or wait > _LONGEST_WAIT:
                    if form and isinstance(failure, BrokenOff):
                        raise FormRefused from failure
                    raise
                self.server.sleep(wait.total_seconds())
                attempt += 1

    def _once(self, request: dict[str, Any], form: Mapping[str, object]) -> str:
        import httpx2 as httpx
        import openai

        # Importing the package may have turned on its debug log, which would write the source to stderr.
        logging.getLogger("openai").setLevel(logging.WARNING)
        reply, was_read, came = Reply(""), True, list[str]()
        try:
            with _client(self.server) as client:
                answered = client.chat.completions.create(**request)
                reply = self._reply(answered, request, came)
        # The package lets pass what Python says of bodies that are no JSON, or one without end.
        except (openai.OpenAIError, httpx.HTTPError, ValueError, RecursionError) as error:
            was_read = not is_unread(error)
            raise fate_of(error, self.server, request, form, self.ladder) from error
        finally:
            self.watcher.used(self._usage(request, reply, "".join(came)) if was_read else self._nothing())
        return reply.words

    def _reply(self, answered: Any, request: Mapping[str, Any], came: list[str]) -> Reply:
        """Raises OptionRefused where the server was to answer word by word, and said no word in that way."""
        if not request.get(STREAM):
            return whole_reply(answered)
        reply = streamed_reply(answered, self.watcher.heard, came)
        if reply is None:
            self.ladder.unwant(STREAM, request)
            raise OptionRefused
        return reply

    def _usage(self, request: Mapping[str, Any], reply: Reply, came: str) -> Usage:
        """What a request took as the server says it, else about so much. Of an answer of which nothing ``came`` nobody knows
        how long it was."""
        asked = tokens_of(message["content"] for message in request["messages"])
        said = reply.came or came
        answered = tokens_of([said]) if said else LONGEST_ANSWER
        told_in, told_out = believed(reply.tokens_in, asked), believed(reply.tokens_out, tokens_of([said]))
        return self.allowance.note(
            self.server.model,
            asked if told_in is None else told_in,
            answered if told_out is None else told_out,
            estimated=told_in is None or told_out is None,
        )

    def _nothing(self) -> Usage:
        return self.allowance.note(self.server.model, 0, 0, estimated=False)


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
