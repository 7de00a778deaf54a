"""What a model server understands: the ways to ask for an answer in a certain shape, and the options it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from typing import Any, Literal

from contentkit.values import dataclass

Form = Literal["json_schema", "json_object with schema", "json_object", "tool", "none"]
FORMS: tuple[Form, ...] = ("json_schema", "json_object with schema", "json_object", "tool", "none")
# What servers and models differ in; each can be left out. The newer name of the longest answer replaces the older one.
LONGEST, LONGEST_TOO = "max_tokens", "max_completion_tokens"
STREAM = "stream"
_COUNT = "stream_options"
_OPTIONS = ("temperature", "seed", LONGEST, LONGEST_TOO, _COUNT, STREAM)
_TOOL = "answer"
# The same number each time: servers that can will answer the same again.
_SEED = 7


@dataclass
class Ladder:
    """What is known of one model on one server, learnt from its answers: forms that it refuses or ignores, options too."""

    refused: set[Form] = field(default_factory=set)
    proved: set[Form] = field(default_factory=set)
    unwanted: set[str] = field(default_factory=set)

    def forms(self) -> list[Form]:
        """The forms that are worth a try, the strictest first; plain words always are."""
        return [form for form in FORMS if form == "none" or form not in self.refused]

    def learn(self, good: Form, tried: Iterable[Form]) -> None:
        """One form brought what was wanted; those tried before it did not, and are not tried again unless they once did."""
        self.proved.add(good)
        self.refused |= set(tried) - self.proved

    def options(self, temperature: float, longest: int) -> dict[str, Any]:
        """The options of a request, without those that this model does not want."""
        wanted: dict[str, Any] = {"temperature": temperature, "seed": _SEED, LONGEST: longest, STREAM: True}
        if LONGEST in self.unwanted:
            wanted[LONGEST_TOO] = longest
        if STREAM not in self.unwanted:
            wanted[_COUNT] = {"include_usage": True}
        return {name: value for name, value in wanted.items() if name not in self.unwanted}

    def unwant(self, complaint: str, sent: Iterable[str]) -> bool:
        """Whether a refusal speaks of options that were sent; they are not sent again."""
        named = {option for option in _OPTIONS if option in sent and re.search(rf"\b{option}\b", complaint)}
        self.unwanted |= named
        return bool(named)


@cache
def ladder_of(base_url: str, model: str) -> Ladder:  # noqa: ARG001 - they are the key
    """What this process learnt of this model on this server."""
    return Ladder()


def request_for(form: Form, schema: Mapping[str, object]) -> dict[str, Any]:
    """The part of a request that asks for an answer of this shape. A server may ignore it: answers are checked here."""
    strict = {"name": _TOOL, "strict": True, "schema": dict(schema)}
    function = {"name": _TOOL, "description": "Gives the answer.", "parameters": dict(schema)}
    forms: dict[Form, dict[str, Any]] = {
        "json_schema": {"response_format": {"type": "json_schema", "json_schema": strict}},
        "json_object with schema": {"response_format": {"type": "json_object", "schema": dict(schema)}},
        "json_object": {"response_format": {"type": "json_object"}},
        "tool": {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": _TOOL}},
        },
        "none": {},
    }
    return forms[form]
