"""How X may answer otherwise than its pages say, drawn from a seed: names of fields, what is left out, errors beside data."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from contentkit.testing.loopback import Answer, Request
from tests.servers.x_problems import not_found
from tests.servers.x_server import XRules, XServer

_NEW_NAMES = {
    "referenced_tweets": "referenced_posts",
    "note_tweet": "note_post",
    "edit_history_tweet_ids": "edit_history_post_ids",
}


@dataclass(frozen=True, kw_only=True)
class XDialect:
    """One way of X. ``renamed``: fields have the names of the newer documentation. ``entities``: links are explained."""

    renamed: bool
    entities: bool
    errors: bool
    quoted: bool
    edited: bool
    bare: bool
    status_code: int
    rules: XRules


def draw(seed: int) -> XDialect:
    """The dialect of this seed."""
    pick = random.Random(f"x {seed}")
    return XDialect(
        renamed=pick.random() < 0.5,
        entities=pick.random() < 0.7,
        errors=pick.random() < 0.4,
        quoted=pick.random() < 0.4,
        edited=pick.random() < 0.4,
        bare=pick.random() < 0.4,
        status_code=pick.choice([200, 201, 201]),
        rules=XRules(
            hidden_reads=pick.choice([0, 0, 1, 3]),
            hidden_as_parent=pick.choice([0, 0, 2]),
            duplicate_window=timedelta(hours=pick.choice([0, 24])),
            missing=pick.choice(["listed", "silent"]),
        ),
    )


class StrangeX(XServer):
    """X in one dialect; all else is as in ``XServer``."""

    def __init__(self, dialect: XDialect) -> None:
        self.dialect = dialect
        super().__init__(rules=dialect.rules)

    def _respond(self, request: Request) -> Answer:
        answer = super()._respond(request)
        value = json.loads(answer.body) if answer.body else None
        if not isinstance(value, dict) or answer.status >= 300:
            return answer
        created = request.method == "POST" and request.path == "/2/tweets"
        told = self._told(value, created=created)
        status = self.dialect.status_code if created else answer.status
        return replace(answer, status=status, body=json.dumps(told).encode())

    def _told(self, value: Mapping[str, Any], *, created: bool) -> dict[str, Any]:
        told = dict(value)
        posts = told.get("data")
        if isinstance(posts, list):
            told["data"] = [self._post(one) for one in posts]
            if self.dialect.errors:
                told["errors"] = [*told.get("errors", ()), not_found("referenced_tweets.id", "1")]
        elif isinstance(posts, dict) and "text" in posts:
            told["data"] = self._post(posts)
            if created and self.dialect.bare:
                told["data"] = {name: told["data"][name] for name in ("id", "text")}
        return told

    def _post(self, post: Mapping[str, Any]) -> dict[str, Any]:
        told = dict(post)
        for use, change in _CHANGES.items():
            if getattr(self.dialect, use):
                change(told)
        if not self.dialect.entities:
            told.pop("entities", None)
        return told


def _quote(post: dict[str, Any]) -> None:
    """Something else that it refers to stands before what it replies to."""
    if "referenced_tweets" in post:
        post["referenced_tweets"] = [{"type": "quoted", "id": "1234567890123456789"}, *post["referenced_tweets"]]


def _edit(post: dict[str, Any]) -> None:
    post["edit_history_tweet_ids"] = ["1234567890123456788", post["id"]]


def _rename(post: dict[str, Any]) -> None:
    for old, new in _NEW_NAMES.items():
        if old in post:
            post[new] = post.pop(old)


# In this order: what is added has the old names.
_CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {"quoted": _quote, "edited": _edit, "renamed": _rename}
