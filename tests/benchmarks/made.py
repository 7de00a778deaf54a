"""Invented texts, threads and answers for the benchmark of drafts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.drafts.blinding import Made, Pair
from benchmarks.drafts.sheets import CRITERIA
from benchmarks.drafts.tally import Key
from benchmarks.drafts.texts import Text
from benchmarks.drafts.threads import Thread
from contentkit.drafting import Brief
from contentkit.sources import parse_source

POST = """---
title: The queue moved
language: en
---

The queue of Fernhill moved to Postgres in March. The median fell from 40 ms to 25 ms.

Nobody noticed the move, because both queues ran side by side for a week. The team compared every answer of the two.

Rollbacks were rehearsed twice. Each rehearsal took four minutes and found one mistake.

The old queue is switched off. Its three servers now run the tests of the documentation.
"""
CALL = """Ana Ruiz: Why did you leave the old queue?

Bo Lind: The old queue lost nine messages in one night. We found out from a customer, and that is the worst way to find out.

Ana Ruiz: How long did the move take, all in all, from the first idea?

Bo Lind: The move took eleven weeks. Nine of them were spent on a test that compares two queues message by message.
"""


def text(
    body: str = POST, name: str = "queue.md", speaker: str = "", *, group: str = "posts", limit: int = 500
) -> Text:
    """This body as a text to draft from."""
    source = parse_source(body.encode(), name)
    brief = Brief(limit=limit, count=len, speaker=speaker, link="https://example.org/queue")
    return Text(name=name, group=group, language="en", source=source, brief=brief)


def thread(*posts: str, maker: str = "contentkit", closing: str = "") -> Thread:
    return Thread(maker=maker, posts=posts, closing=closing)


def made(name: str, group: str = "posts", rivals: Sequence[str] = ("lead", "tf-idf", "lexrank", "textrank")) -> Made:
    """What all makers made of a text of this name: a post each, which says who made it."""
    threads = {maker: thread(f"{name} by {maker}.", maker=maker) for maker in ("contentkit", *rivals)}
    return Made(text=name, group=group, title="notes", ours="contentkit", threads=threads)


def key(pairs: Mapping[str, tuple[str, str, str, str]]) -> Key:
    """A key: id to text, group, A and B."""
    sides = {number: dict(zip(("text", "group", "A", "B"), each, strict=True)) for number, each in pairs.items()}
    return Key(ours="contentkit", pairs=sides)


def form(path: Path, answers: Mapping[str, tuple[int, int, str]], judge: str = "Ida") -> Path:
    """A form that is filled in: id to the grade of all of A, of all of B, and who is preferred."""
    pairs = {
        number: {"A": dict.fromkeys(CRITERIA, a), "B": dict.fromkeys(CRITERIA, b), "preferred": preferred, "why": ""}
        for number, (a, b, preferred) in answers.items()
    }
    path.write_text(json.dumps({"batch": path.stem, "judge": judge, "pairs": pairs}), encoding="utf-8")
    return path


def of_text(pairs: Sequence[Pair]) -> list[str]:
    return [pair.text for pair in pairs]
