"""A model drafter in front of a scripted server, and the source that most of these tests draft from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.modelling.drafter import ModelDrafter
from contentkit.drafting.workshop import Usage
from contentkit.models import Draft
from contentkit.testing.loopback import Reply
from tests.drafting.made import post_of
from tests.drafting.model_server import ModelServer, Script, says, thread

SOURCE = post_of(
    "Our database froze on a Monday, and 300 shops could not open their tills.",
    "The restore took eleven hours because the backup lived on another continent.",
    "We now restore a random backup every night and publish how long it took.",
    "A backup that nobody restores is a wish.",
    title="A Monday without tills",
    link="https://shop.example/monday",
)
GOOD = (
    ("300 shops could not open their tills on a Monday.", ["S1"]),
    ("The restore took 11 hours: the backup lived on another continent.", ["S2"]),
    ("We now restore a random backup every night.", ["S3"]),
)
JSON = thread(*GOOD)
# Twenty-four sentences, more than a thread can rest on.
LONG = post_of(
    *(f"On day {day} the team measured queue number {day} and wrote the result on the wall." for day in range(11, 35)),
    title="Queues on a wall",
)


@dataclass
class Naps:
    """A sleep that only remembers."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@dataclass
class Remembers:
    """A watcher that only remembers."""

    steps: list[tuple[str, int, int]] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def progress(self, stage: str, done: int, of: int) -> None:
        self.steps.append((stage, done, of))

    def heard(self, letters: int) -> None:
        self.letters.append(letters)

    def used(self, usage: Usage) -> None:
        self.usages.append(usage)

    def told(self, note: str) -> None:
        self.notes.append(note)


@contextmanager
def served(script: Script, *, streams: bool = True, **options: Any) -> Iterator[tuple[ModelServer, ModelDrafter]]:
    with ModelServer(script, streams=streams).running() as server:
        yield server, drafter(server.base_url, **options)


def drafter(base_url: str, **options: Any) -> ModelDrafter:
    settings: dict[str, Any] = {"timeout": 5.0, "retries": 2, "sleep": Naps(), "fallback": ExtractiveDrafter()}
    return ModelDrafter(base_url=base_url, model="tiny", api_key="sk-test", **(settings | options))


def texts(draft: Draft) -> list[str]:
    return [post.text for post in draft.posts]


def by_stage(
    *,
    select: Callable[[Sequence[str]], Sequence[str]] = lambda ids: ids[:8],
    plan: str = '{"posts": [{"role": "hook", "ids": ["S1"], "point": "It starts here."}]}',
    write: Callable[[Sequence[str]], str] | None = None,
    mend: str = "{}",
) -> Callable[[Mapping[str, Any]], Reply]:
    """A model that answers each kind of request in its own way; it gets the ids that the schema of the request allows."""

    def answer(request: Mapping[str, Any]) -> Reply:
        asked = request["messages"][1]["content"]
        if asked.startswith("Pick the numbers"):
            return says(json.dumps({"ids": list(select(ids_of(request)))}))
        if asked.startswith("Plan a thread"):
            return says(plan)
        if asked.startswith("Write only these"):
            return says(mend)
        return says(write(ids_of(request)) if write else JSON)

    return answer


def stages(server: ModelServer) -> list[str]:
    """What each request was for."""
    words = {"Pick": "select", "Plan": "plan", "Write only": "mend", "Write": "write"}
    asked = [request["messages"][1]["content"] for request in server.requests]
    return [next(name for words_, name in words.items() if text.startswith(words_)) for text in asked]


def ids_of(request: Mapping[str, Any]) -> list[str]:
    """The ids that the schema of a request allows, wherever in it they stand."""
    found: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("enum"), list) and all(str(one).startswith("S") for one in value["enum"]):
                found.extend(value["enum"])
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    look(request.get("response_format", request.get("tools", {})))
    return list(dict.fromkeys(found))
