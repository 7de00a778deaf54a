"""A model server on 127.0.0.1 that speaks chat completions from a script and keeps every request."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Reply, Request, Truncated

Script = Sequence[Reply] | Callable[[Mapping[str, Any]], Reply]


def says(content: str, *, finish: str = "stop", took: tuple[int, int] = (100, 20)) -> Answer:
    """A completion with this content, that took so many tokens in and out."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
    return _completion(choice, took)


def calls(arguments: str) -> Answer:
    """A completion that calls the function it was told to call."""
    call = {"id": "t1", "type": "function", "function": {"name": "answer", "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return _completion({"index": 0, "finish_reason": "tool_calls", "message": message})


def _completion(choice: object, took: tuple[int, int] = (100, 20)) -> Answer:
    usage = {"prompt_tokens": took[0], "completion_tokens": took[1], "total_tokens": sum(took)}
    whole = {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return _json(200, whole)


def word_by_word(answer: Answer) -> Answer:
    """The same completion as servers stream it: events with a few letters each, and one with what it took."""
    whole = json.loads(answer.body)
    [choice] = whole["choices"]
    message = choice["message"]
    events: list[dict[str, Any]] = []
    for call in message.get("tool_calls", []):
        words = call["function"]["arguments"]
        events += [{"tool_calls": [call | {"index": 0, "function": {"arguments": piece}}]} for piece in _pieces(words)]
    events += [{"content": piece} for piece in _pieces(message["content"] or "")]
    chunks = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in events]
    chunks += [{"choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]}]
    chunks += [{"choices": [], "usage": whole["usage"]}]
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    lines = [f"data: {json.dumps(head | chunk)}\n\n" for chunk in chunks]
    return Answer(
        status=200,
        headers=(("Content-Type", "text/event-stream"),),
        body="".join((*lines, "data: [DONE]\n\n")).encode(),
    )


def _pieces(words: str) -> list[str]:
    return [words[start : start + 40] for start in range(0, len(words), 40)]


def thread(*pairs: tuple[str, Sequence[str]]) -> str:
    """The JSON of a model's answer: each post's text with the ids it cites."""
    return json.dumps({"posts": [{"text": text, "ids": list(ids)} for text, ids in pairs]}, ensure_ascii=False)


def fails(status: int, **headers: str) -> Answer:
    """An error; the underscores of header names are hyphens."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return _json(status, {"error": {"message": "no"}}, named)


def _as_streamed(answer: Answer) -> Answer:
    is_completion = answer.status == 200 and answer.body.startswith(b'{"id": "c1"')
    return word_by_word(answer) if is_completion else answer


def _form(request: Mapping[str, Any]) -> str:
    form = request.get("response_format", {})
    if "tools" in request:
        return "tool"
    return str(form.get("type", "none")) + (" with schema" if "schema" in form else "")


def _json(status: int, body: object, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(
        status=status, headers=(("Content-Type", "application/json"), *headers), body=json.dumps(body).encode()
    )


@dataclass
class ModelServer:
    """Answers with the script's replies in turn, the last one again and again; a function answers each by itself.

    A completion goes out word by word where that was asked for, unless ``streams`` is false.
    """

    script: Script
    streams: bool = True
    url: str = ""
    received: list[Request] = field(default_factory=list)
    _released: threading.Event = field(default_factory=threading.Event)

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [json.loads(request.body) for request in self.received]

    @property
    def prompts(self) -> list[str]:
        """All that was said to the model, one text per request."""
        return ["\n".join(message["content"] for message in request["messages"]) for request in self.requests]

    @property
    def formats(self) -> list[str]:
        """The form of the answer that each request asked for, ``none`` where it asked for none."""
        return [_form(request) for request in self.requests]

    @contextmanager
    def running(self) -> Iterator[ModelServer]:
        with LoopbackServer(self._respond) as loopback:
            self.url = loopback.url
            try:
                yield self
            finally:
                self._released.set()

    def hang(self) -> Reply:
        """Answers nothing until the test is over."""
        self._released.wait(10)
        return HangUp.FIN

    def _respond(self, request: Request) -> Reply:
        self.received.append(request)
        reply = self._scripted(request)
        if not json.loads(request.body).get("stream") or not self.streams:
            return reply
        if isinstance(reply, Truncated):
            return Truncated(_as_streamed(reply.answer))
        return _as_streamed(reply) if isinstance(reply, Answer) else reply

    def _scripted(self, request: Request) -> Reply:
        if callable(self.script):
            return self.script(json.loads(request.body))
        return self.script[min(len(self.received), len(self.script)) - 1]
