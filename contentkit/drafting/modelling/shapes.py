"""The shapes of a model's answers: as a JSON schema for the server, and read from whatever it answered.

No lengths stand in a schema: servers with a grammar cut there in the middle of a word, or give up. A server may ignore the
schema, and a model puts JSON into fences or between sentences. What cannot be read is None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from contentkit.patterns import regex
from contentkit.values import dataclass

Role = Literal["hook", "problem", "evidence", "turn", "lesson"]
ROLES: tuple[Role, ...] = get_args(Role)
_FENCE = regex(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)
_LONGEST_POINT = 120


@dataclass(frozen=True)
class Proposal:
    """One post as a model wrote it, and the ids of the sentences it says that it rests on."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """What one post of a thread is planned to tell, from which sentences. ``point`` is the model's own word for it."""

    role: str
    ids: tuple[str, ...]
    point: str


@dataclass(frozen=True)
class Written:
    """A thread as a model wrote it: first posts to choose from, and those that follow."""

    hooks: tuple[Proposal, ...]
    posts: tuple[Proposal, ...]


def choice_schema(ids: Sequence[str], most: int) -> dict[str, object]:
    """Nothing but ids can come out."""
    return _object({"ids": {**_ids(ids), "maxItems": most}})


def plan_schema(ids: Sequence[str], posts: int) -> dict[str, object]:
    step = _object(
        {
            "role": {"type": "string", "enum": list(ROLES)},
            "ids": _ids(ids),
            "point": {"type": "string"},
        }
    )
    return _object({"posts": {"type": "array", "items": step, "maxItems": posts}})


def thread_schema(ids: Sequence[str], hooks: int, posts: int) -> dict[str, object]:
    return _object({"hooks": _posts(ids, hooks), "posts": _posts(ids, posts)})


def posts_schema(ids: Sequence[str], posts: int) -> dict[str, object]:
    return _object({"posts": _posts(ids, posts)})


def doubts_schema(most: int) -> dict[str, object]:
    doubt = _object({"words": {"type": "string"}, "reason": {"type": "string"}})
    return _object({"doubts": {"type": "array", "items": doubt, "maxItems": most}})


def doubts_in(answer: str) -> list[tuple[str, str]] | None:
    """Words and reasons, none where the model has no doubt; None where it did not say."""
    doubts = _json_in(answer).get("doubts")
    if not isinstance(doubts, list):
        return None
    pairs = [(one.get("words"), one.get("reason")) for one in doubts if isinstance(one, dict)]
    return [
        (words, reason if isinstance(reason, str) and _is_text(reason) else "")
        for words, reason in pairs
        if isinstance(words, str) and words.strip() and _is_text(words)
    ]


def choice_in(answer: str) -> list[str] | None:
    """The ids in an answer, each once; None when there are none."""
    ids = _json_in(answer).get("ids")
    return list(_ids_in(ids)) or None if isinstance(ids, list) else None


def plan_in(answer: str) -> list[Step] | None:
    posts = _json_in(answer).get("posts")
    if not isinstance(posts, list):
        return None
    return [step for post in posts if (step := _step(post))] or None


def thread_in(answer: str) -> Written | None:
    """A thread with at least one post; where there are no hooks to choose from, its first post is the only one."""
    data = _json_in(answer)
    hooks, posts = _proposals(data.get("hooks")), _proposals(data.get("posts"))
    if hooks:
        return Written(tuple(hooks), tuple(posts))
    return Written(tuple(posts[:1]), tuple(posts[1:])) if posts else None


def proposals_in(answer: str) -> list[Proposal] | None:
    return _proposals(_json_in(answer).get("posts")) or None


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _posts(ids: Sequence[str], most: int) -> dict[str, object]:
    post = _object({"text": {"type": "string"}, "ids": _ids(ids)})
    return {"type": "array", "items": post, "maxItems": most}


def _ids(ids: Sequence[str]) -> dict[str, object]:
    return {"type": "array", "items": {"type": "string", "enum": list(ids)}}


def _json_in(answer: str) -> Mapping[str, Any]:
    """The object in an answer: JSON alone, in a fence, or with prose around it; an empty one when there is none."""
    fenced = _FENCE.search(answer)
    text = fenced.group(1) if fenced else answer
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return {}
    try:
        data = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _proposals(posts: object) -> list[Proposal]:
    return [proposal for post in posts if (proposal := _proposal(post))] if isinstance(posts, list) else []


def _proposal(post: object) -> Proposal | None:
    if not isinstance(post, dict) or not isinstance(post.get("text"), str) or not isinstance(post.get("ids"), list):
        return None
    text = re.sub(r"[ \t]+", " ", post["text"]).strip()
    return Proposal(text, _ids_in(post["ids"])) if text and _is_text(text) else None


def _step(post: object) -> Step | None:
    if not isinstance(post, dict) or not isinstance(post.get("ids"), list) or not (ids := _ids_in(post["ids"])):
        return None
    point, role = post.get("point"), post.get("role")
    words = " ".join(point.split()) if isinstance(point, str) and _is_text(point) else ""
    return Step(str(role) if role in ROLES else "", ids, words if len(words) <= _LONGEST_POINT else "")


def _ids_in(ids: Sequence[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_id(number) for number in ids if isinstance(number, str | int)))


def _id(number: str | int) -> str:
    """Models shorten: 3, "3" and "s3" are S3."""
    word = str(number)[:20].strip().upper()
    return word if word.startswith("S") else f"S{word}"


def _is_text(text: str) -> bool:
    """Whether it can be written into a file: JSON may hold halves of characters."""
    return text.isascii() or not any(0xD800 <= ord(character) < 0xE000 for character in text)
