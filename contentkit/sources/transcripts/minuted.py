"""Meetings in a chat that a bot minutes (MeetBot and its kin): what it is told, as ``#topic Budget``, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.models import Passage
from contentkit.patterns import regex

_COMMAND = regex(r"[#!](?P<name>[a-z]{2,20})(?:[ \t]{1,4}(?P<words>\S.*))?", re.IGNORECASE | re.DOTALL)
_BEGINS = frozenset({"startmeeting"})
_TOPICS = {"startmeeting": 1, "meetingtopic": 1, "topic": 2, "subtopic": 3}
# What somebody says with it; the others are what the meeting says, or nobody.
_SAID = frozenset({"idea", "info"})
_AGREED = frozenset({"accept", "accepted", "agree", "agreed", "reject", "rejected"})
_TASKS = frozenset({"action", "halp", "help", "link"})
_TOLD_ONLY_THE_BOT = frozenset({
    "chair", "commands", "endmeeting", "endvote", "group", "here", "lurk", "meetingname", "motion", "nick", "restrictlogs",
    "save", "showvote", "startvote", "unchair", "undo", "unlurk", "vote",
})  # fmt: skip
_BOTS = regex(
    r"(?:The )?Meeting (?:started|ended)(?: at)? (?:[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d|\d{4}-\d\d-\d\d)"
    r"|(?:Useful|Available) Commands: #"
)
# What bots of Fedora, Debian and others are asked for.
_ASKED_OF_A_BOT = regex(r"[.!](?:hello\w*|hi|fasinfo|members|ping\w*|whoami)(?:[ \t]\S{1,60})?", re.IGNORECASE)


def minuted(passages: Sequence[Passage]) -> list[Passage]:
    """The messages of a meeting that a bot minutes: topics as headings, what was agreed as nobody's, tasks as asides.

    The words of a bot are left out, and so is what only a bot is told. Where nobody begins such a meeting, nothing changes.
    """
    if not any(_command(passage)[0] in _BEGINS for passage in passages):
        return list(passages)
    bots = {passage.speaker for passage in passages if _BOTS.match(passage.text)}
    return [
        kept
        for passage in passages
        if passage.speaker not in bots and not _ASKED_OF_A_BOT.fullmatch(passage.text)
        for kept in _without_command(passage)
    ]


def _without_command(passage: Passage) -> Iterator[Passage]:
    name, words = _command(passage)
    if name in _TOPICS:
        if words:
            yield replace(passage, kind="heading", text=words, level=_TOPICS[name], speaker="", aside=False)
    elif name in _SAID and words:
        yield replace(passage, text=words)
    elif name in _AGREED | _TASKS and words:
        yield replace(passage, kind="paragraph", text=words, speaker="", aside=name in _TASKS)
    elif name not in _SAID | _AGREED | _TASKS | _TOLD_ONLY_THE_BOT:
        yield passage


def _command(passage: Passage) -> tuple[str, str]:
    """The name of the command that a message is, in small letters, and the words behind it; empty for other words."""
    match = _COMMAND.fullmatch(passage.text) if passage.speaker else None
    return (match["name"].lower(), match["words"] or "") if match else ("", "")
