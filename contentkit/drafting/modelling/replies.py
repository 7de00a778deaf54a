"""What a server answered: a completion in one piece, or one that came word by word. Nothing in it is believed to be there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from contentkit.values import dataclass

_MOST_TOKENS = 10**9
# What servers call the thoughts of a model, where they tell them.
_THOUGHTS = ("reasoning_content", "reasoning")


@dataclass(frozen=True)
class Reply:
    """``words`` are empty where it was cut short; ``came`` is all that came, thoughts before them too, for it is paid for.

    The tokens are None where the server does not count them.
    """

    words: str
    came: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None


def whole_reply(completion: Any) -> Reply:
    """What a completion says, as text or to the one function it was told to call."""
    choice = _first(getattr(completion, "choices", None))
    message = getattr(choice, "message", None)
    words = _text_of(message) or _arguments_of(message)
    is_whole = getattr(choice, "finish_reason", None) != "length"
    came = _thoughts_of(message) + _text_of(message) + _arguments_of(message)
    return Reply(words if is_whole else "", came, *_tokens_of(completion))


def streamed_reply(chunks: Iterable[Any], heard: Callable[[int], None], came: list[str]) -> Reply | None:
    """What the pieces of a completion say together; None where there are none. ``heard`` is told how many letters came so far.

    One without an end was cut short. Each piece is added to ``came``, which holds them where the stream breaks off.
    """
    text: list[str] = []
    called: list[str] = []
    last, size, ended = None, 0, ""
    for last in chunks:
        choice = _first(getattr(last, "choices", None))
        delta = getattr(choice, "delta", None)
        text.append(_text_of(delta))
        called.append(_arguments_of(delta))
        came += (_thoughts_of(delta), text[-1], called[-1])
        ended = getattr(choice, "finish_reason", None) or ended
        size += len(text[-1]) + len(called[-1])
        heard(size)
    if last is None:
        return None
    words = "".join(text) if "".join(text).strip() else "".join(called)
    return Reply(words if ended and ended != "length" else "", "".join(came), *_tokens_of(last))


def _first(many: Any) -> Any:
    return many[0] if isinstance(many, list) and many else None


def _text_of(message: Any) -> str:
    content = getattr(message, "content", None)
    return content if isinstance(content, str) else ""


def _thoughts_of(message: Any) -> str:
    thoughts = (getattr(message, name, None) for name in _THOUGHTS)
    return next((thought for thought in thoughts if isinstance(thought, str)), "")


def _arguments_of(message: Any) -> str:
    function = getattr(_first(getattr(message, "tool_calls", None)), "function", None)
    arguments = getattr(function, "arguments", None)
    return arguments if isinstance(arguments, str) else ""


def _tokens_of(told: Any) -> tuple[int | None, int | None]:
    usage = getattr(told, "usage", None)
    counts = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    if not all(isinstance(count, int) and 0 <= count < _MOST_TOKENS for count in counts):
        return None, None
    return counts[0], counts[1]
