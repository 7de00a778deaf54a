"""A person's own posts, one a line of JSON: examples for drafters, and what a draft is compared with.

A post that its author deleted has to leave: delete its line, or learn again, which writes the file anew.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from contentkit.drafting.reading.terms import Vector, cosine, stems
from contentkit.drafting.rules import Rules, rules_for
from contentkit.errors import ContentError
from contentkit.files import read_text
from contentkit.models import OwnPost
from contentkit.values import dataclass

_LONGEST_LINE = 100_000
_HINT = "delete the line, or learn the voice again"


def posts_text(posts: Iterable[OwnPost]) -> str:
    """The file for these posts; what was said and not written is left out."""
    return "".join(_line(post) + "\n" for post in posts if not post.spoken)


def _line(post: OwnPost) -> str:
    told = {"written": post.written.isoformat() if post.written else "", "language": post.language, "key": post.key}
    return json.dumps({name: value for name, value in told.items() if value} | {"text": post.text}, ensure_ascii=False)


def read_posts(path: Path, name: str) -> tuple[OwnPost, ...]:
    """The posts in this file, called ``name`` in messages; none where there is no such file. Raises ContentError."""
    if not path.exists():
        return ()
    lines = read_text(path, name).split("\n")
    return tuple(_post(line, f"{name}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _post(line: str, place: str) -> OwnPost:
    try:
        told = json.loads(line) if len(line) <= _LONGEST_LINE else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("text"), str) or not told["text"].strip():
        raise ContentError(f"{place}: is no post", hint=_HINT)
    for key, value in told.items():
        if key not in ("text", "written", "language", "key") or not isinstance(value, str):
            raise ContentError(f"{place}: is no post as contentkit writes one", hint=_HINT)
    return OwnPost(
        text=told["text"], written=_date(told, place), language=told.get("language", ""), key=told.get("key", "")
    )


def _date(told: Mapping[str, Any], place: str) -> date | None:
    try:
        return date.fromisoformat(told["written"]) if "written" in told else None
    except ValueError:
        raise ContentError(f"{place}: has no date as 2026-11-22", hint=_HINT) from None


@dataclass(frozen=True)
class Nearest:
    """The posts by what they are about: TF-IDF vectors, made once."""

    posts: Sequence[OwnPost]
    rules: Rules = field(repr=False)
    rarity: Mapping[str, float] = field(repr=False)
    vectors: Sequence[Vector] = field(repr=False)

    @classmethod
    def of(cls, posts: Sequence[OwnPost], language: str) -> Nearest:
        rules = rules_for(language)
        counted = [Counter(stems(post.text, rules)) for post in posts]
        spread = Counter(term for counts in counted for term in counts)
        rarity = {term: math.log((1 + len(posts)) / (1 + number)) + 1 for term, number in spread.items()}
        vectors = [Vector.of({term: number * rarity[term] for term, number in counts.items()}) for counts in counted]
        return cls(posts, rules, rarity, vectors)

    def to(self, text: str, number: int) -> list[str]:
        """At most ``number`` of the posts, those nearest in subject first; newer ones where two are as near."""
        asked = Vector.of(
            {
                term: count * self.rarity[term]
                for term, count in Counter(stems(text, self.rules)).items()
                if term in self.rarity
            }
        )
        near = [cosine(asked, vector) if asked.length and vector.length else 0.0 for vector in self.vectors]
        best = sorted(range(len(self.posts)), key=lambda one: (-near[one], -_day(self.posts[one]), one))
        return [self.posts[one].text for one in best[:number]]


def _day(post: OwnPost) -> int:
    return post.written.toordinal() if post.written else 0
