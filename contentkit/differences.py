"""What differs between the threads that were approved and those that the files give today, and whether a person changed it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Any

from contentkit.manifests import ORIGIN
from contentkit.text import one_line, printable

_EXCERPT = 60
# So much of what stays as it was is shown before what changed.
_LEAD = 20
# What people write into the calendar and above a draft that decides when it goes out, and whose word it is.
_TIMES = ("at", "timezone", "slot", "slots")
_WRITTEN = (*_TIMES, "late", "within", "after", "when", "waivers", "founder", "campaign")
_ACCOUNT = ("name", "platform", "server", "handle", "id")
_PICTURE = ("path", "sha256", "alt")
_SAME_HERE = "its words are the same here, not on {}; an approval is of all accounts"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that is otherwise today: ``where`` (``ours 2/3``), ``what`` (``text``, ``visibility``), its words then and now.

    These are None where there was no such thing, or is none any more.
    """

    where: str
    what: str
    before: str | None
    after: str | None

    @property
    def account(self) -> str:
        return self.where.partition(" ")[0]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """``edited``: people changed the draft or its entry. ``causes`` are the versions that are others than they were.

    ``moved``: it is to go out at another time, and nothing else is otherwise. ``withheld`` where nobody may repeat the words that
    changed. ``elsewhere`` are the accounts whose changes are left out.
    """

    edited: bool
    changes: tuple[Change, ...]
    moved: bool = False
    causes: tuple[str, ...] = ()
    withheld: bool = False
    elsewhere: tuple[str, ...] = ()

    def on(self, account: str) -> Difference:
        """The same, telling the changes of this account only."""
        changes = tuple(change for change in self.changes if change.account == account)
        others = (change.account for change in self.changes if change.account != account)
        return replace(self, changes=changes, elsewhere=tuple(dict.fromkeys(others)))

    def without_words(self) -> Difference:
        """The same, telling no word of a draft."""
        return replace(self, changes=(), withheld=True)

    @property
    def words(self) -> str:
        """All words that telling it would repeat."""
        told = [[change.before for change in self.changes], [change.after for change in self.changes]]
        return "\n".join(words for side in told for words in side if words)


def compare(approved: str, today: str, plain: str = "") -> Difference:
    """What differs between two manifests of one form, ``today`` with its origin.

    Manifests of version 2 and before do not say where they came from: their words decide. They are the ones of ``plain``, the
    manifest of the files with nothing split, numbered or tagged, as all were then.
    """
    then, now = json.loads(approved), json.loads(today)
    before, after = _by_account(then), _by_account(now)
    return Difference(
        edited=_is_edited(then, now, json.loads(plain or "{}")),
        changes=tuple(
            change for name in before if name in after for change in _changes(name, before[name], after[name])
        ),
        moved=_is_moved(then, now),
        causes=tuple(_causes(then, now)),
    )


def _by_account(manifest: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {_identity(rendition)[0]: rendition for rendition in manifest.get("renditions", ())}


def _identity(rendition: Mapping[str, Any]) -> list[str]:
    """The name, platform, server, handle and id of an account, in whichever form."""
    account = rendition["account"]
    return [account[key] for key in _ACCOUNT] if isinstance(account, dict) else list(account)


def _is_moved(then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether it is to go out at another time, and nothing else of what is bound differs."""
    if all(then.get(key) == now.get(key) for key in ("at", "timezone")):
        return False
    return all(then.get(key) == now.get(key) for key in {*then, *now} - {*_TIMES, ORIGIN})


def _is_edited(then: Mapping[str, Any], now: Mapping[str, Any], plain: Mapping[str, Any]) -> bool:
    if any((then.get(key) or None) != (now.get(key) or None) for key in _WRITTEN):
        return True
    files = _files(now)
    if any(files.get(path, digest) != digest for path, digest in _files(then).items()):
        return True
    if ORIGIN in then:
        return bool(then[ORIGIN]["written"] != now[ORIGIN]["written"])
    return _words(then) != _words(plain)


def _files(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Each picture by its path, with the digest of what is sent of it."""
    parts = [part for rendition in manifest.get("renditions", ()) for part in rendition["parts"]]
    return {path: digest for part in parts for path, digest, _ in map(_picture, part.get("media", ()))}


def _picture(media: Mapping[str, str] | Sequence[str]) -> Sequence[str]:
    """The path, digest and alt text of a picture, in whichever form."""
    return [media[key] for key in _PICTURE] if isinstance(media, Mapping) else media


def _words(manifest: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [rendition["warning"], *([part["text"], part.get("media", [])] for part in rendition["parts"])]
        for name, rendition in _by_account(manifest).items()
    }


def _causes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if then.get("rendition") != now["rendition"]:
        yield f"contentkit's way of rendering is {now['rendition']}, it was {then.get('rendition')}"
    versions = then.get(ORIGIN, {}).get("with", {})
    for name, version in now[ORIGIN]["with"].items():
        if name in versions and versions[name] != version:
            yield f"{name} is {version}, it was {versions[name]}"


def _changes(name: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    yield from _text_changes(name, [part["text"] for part in then["parts"]], [part["text"] for part in now["parts"]])
    if len(then["parts"]) == len(now["parts"]):
        yield from _visibility_changes(name, _visibilities(then), _visibilities(now))
    for what in ("warning", "language"):
        if then[what] != now[what]:
            yield Change(where=name, what=what, before=then[what] or None, after=now[what] or None)
    accounts = [" ".join(filter(None, _identity(one)[1:])) for one in (then, now)]
    if accounts[0] != accounts[1]:
        yield Change(where=name, what="account", before=accounts[0], after=accounts[1])


def _text_changes(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """The parts that are others, less those that are the same at the beginning and at the end of the thread."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    for number in range(head, max(len(before), len(after)) - tail):
        old = before[number] if number < len(before) - tail else None
        new = after[number] if number < len(after) - tail else None
        where = f"{name} {number + 1}/{len(before) if new is None else len(after)}"
        yield Change(where=where, what="text", before=old, after=new)


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """How many of these are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _visibilities(rendition: Mapping[str, Any]) -> list[str]:
    return [part["visibility"] if "visibility" in part else rendition["visibility"] for part in rendition["parts"]]


def _visibility_changes(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Neighbours that change alike are told together."""
    for (old, new), parts in groupby(enumerate(zip(before, after, strict=True)), key=lambda one: one[1]):
        numbers = [number + 1 for number, _ in parts]
        if old != new:
            which = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
            yield Change(where=f"{name} {which}/{len(before)}", what="visibility", before=old, after=new)


def in_short(difference: Difference) -> str:
    """The first change, how many more there are, and what they come from, on one line."""
    told = [_told(difference.changes[0])] if difference.changes else []
    if difference.withheld:
        told.append("in words that nobody may repeat")
    if len(difference.changes) > 1:
        more = len(difference.changes) - 1
        told.append(f"{more} more {'change' if more == 1 else 'changes'}")
    if not difference.changes and not difference.withheld:
        told.append(
            _SAME_HERE.format(", ".join(difference.elsewhere)) if difference.elsewhere else "its words are the same"
        )
    return one_line("; ".join([*told, *difference.causes]), 400)


def _told(change: Change) -> str:
    if change.what != "text":
        return f"{change.where}: {change.what} {_named(change.before)} is now {_named(change.after)}"
    if change.before is None or change.after is None:
        words, fate = (change.after, "is new") if change.before is None else (change.before, "is gone")
        return f'{change.where}: "{one_line(words or "", _EXCERPT)}" {fate}'
    if change.before.split() == change.after.split():
        return f"{change.where}: other spaces or line breaks"
    return '{}: "{}" is now "{}"'.format(change.where, *_excerpts(change.before, change.after))


def _named(words: str | None) -> str:
    return "nothing" if words is None else f"'{one_line(words, _EXCERPT)}'"


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Where the two begin to differ, from a few words before."""
    same = _alike(before, after)
    start = before.rfind(" ", 0, max(same - _LEAD, 0)) + 1
    start = start if same - start <= 2 * _LEAD else same
    mark = "…" if start else ""
    old, new = (mark + one_line(text[start : start + 4 * _EXCERPT], _EXCERPT) for text in (before, after))
    return old, new


def line_by_line(difference: Difference) -> Iterator[str]:
    """Every change in full, the lines that were approved with a minus, those of today with a plus."""
    for change in difference.changes:
        if change.what != "text":
            yield _told(change)
            continue
        yield f"{change.where}:"
        for mark, words in (("-", change.before), ("+", change.after)):
            yield from (f"  {mark} {printable(line)}" for line in (words.split("\n") if words is not None else ()))
    if difference.withheld:
        yield "in words that nobody may repeat"
    if difference.elsewhere and not difference.changes:
        yield _SAME_HERE.format(", ".join(difference.elsewhere))
    yield from difference.causes
