"""What differs between the threads that were approved and those that the files give today, and whether a person changed it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from contentkit.manifests import ORIGIN
from contentkit.manifests.changes import Change, by_account, in_one_shape, term_changes, thread_changes
from contentkit.text import one_line, printable
from contentkit.values import dataclass
from contentkit.words.word_changes import Piece, pieces_of

_EXCERPT = 60
# So much of what stays as it was is shown before what changed.
_LEAD = 20
# What people write into the calendar and above a draft that decides when it goes out, and whose word it is.
_TIMES = frozenset(("at", "timezone", "slot", "slots"))
_WRITTEN = _TIMES | {"late", "within", "after", "when", "waivers", "founder", "campaign"}
_SAME_HERE = "its words are the same here, not on {}; an approval is of all accounts"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """``edited``: people changed the draft or its entry. ``causes`` are the versions that are others than they were.

    ``terms`` are the changes that hold for the whole entry, ``changes`` those of threads on accounts; ``keys`` names what of the
    manifest differs. ``withheld`` where nobody may repeat the words that changed. ``elsewhere`` are the accounts whose changes
    are left out.
    """

    edited: bool
    changes: tuple[Change, ...]
    terms: tuple[Change, ...] = ()
    keys: frozenset[str] = frozenset()
    causes: tuple[str, ...] = ()
    withheld: bool = False
    elsewhere: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether it is to go out at another time, and nothing else of what is bound differs."""
        return bool(self.keys & {"at", "timezone"}) and self.keys <= _TIMES

    def on(self, account: str) -> Difference:
        """The same, telling of threads the changes of this account only."""
        changes = tuple(change for change in self.changes if change.account == account)
        others = (change.account for change in self.changes if change.account != account)
        return replace(self, changes=changes, elsewhere=tuple(dict.fromkeys(others)))

    def without_words(self) -> Difference:
        """The same, telling no word of a draft."""
        return replace(self, changes=(), terms=(), withheld=True)

    @property
    def words(self) -> str:
        """All words that telling it would repeat."""
        told = (*self.terms, *self.changes)
        sides = [[change.before for change in told], [change.after for change in told]]
        return "\n".join(words for side in sides for words in side if words)


def compare(approved: str, today: str, plain: str = "") -> Difference:
    """What differs between two manifests of one form, ``today`` with its origin.

    Manifests of rendition 2 and before do not say where they came from: their words decide. They are the ones of ``plain``, the
    manifest of the files with nothing split, numbered or tagged, as all were then.
    """
    then, now = in_one_shape(json.loads(approved)), in_one_shape(json.loads(today))
    before, after = by_account(then), by_account(now)
    keys = frozenset(key for key in {*then, *now} - {ORIGIN} if (then.get(key) or None) != (now.get(key) or None))
    return Difference(
        edited=_is_edited(then, now, in_one_shape(json.loads(plain or "{}")), keys),
        changes=tuple(
            change for name in before if name in after for change in thread_changes(name, before[name], after[name])
        ),
        terms=tuple(term_changes(then, now)),
        keys=keys,
        causes=tuple(_causes(then, now)),
    )


def _is_edited(then: Mapping[str, Any], now: Mapping[str, Any], plain: Mapping[str, Any], keys: frozenset[str]) -> bool:
    if keys & _WRITTEN:
        return True
    files = _files(now)
    if any(files.get(path, digest) != digest for path, digest in _files(then).items()):
        return True
    if ORIGIN in then:
        return bool(then[ORIGIN]["written"] != now[ORIGIN]["written"])
    return _words(then) != _words(plain)


def _files(content: Mapping[str, Any]) -> dict[str, str]:
    """Each picture by its path, with the digest of what is sent of it."""
    parts = [part for thread in content["renditions"] for part in thread["parts"]]
    return {media["path"]: media["sha256"] for part in parts for media in part["media"]}


def _words(content: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [thread["warning"], *([part["text"], part["media"]] for part in thread["parts"])]
        for name, thread in by_account(content).items()
    }


def _causes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if then.get("rendition") != now["rendition"]:
        yield f"contentkit's way of rendering is {now['rendition']}, it was {then.get('rendition')}"
    versions = then.get(ORIGIN, {}).get("with", {})
    for name, version in now[ORIGIN]["with"].items():
        if name in versions and versions[name] != version:
            yield f"{name} is {version}, it was {versions[name]}"


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """How many of these are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def in_short(difference: Difference) -> str:
    """The first change, how many more there are, and what they come from, on one line."""
    changes = (*difference.terms, *difference.changes)
    told = [_told(changes[0])] if changes else []
    if difference.withheld:
        told.append("in words that nobody may repeat")
    if len(changes) > 1:
        more = len(changes) - 1
        told.append(f"{more} more {'change' if more == 1 else 'changes'}")
    if not changes and not difference.withheld:
        told.append(
            _SAME_HERE.format(", ".join(difference.elsewhere)) if difference.elsewhere else "its words are the same"
        )
    return one_line("; ".join([*told, *difference.causes]), 400)


def _told(change: Change) -> str:
    if change.what != "text":
        where = f"{change.where}: " if change.where else ""
        return f"{where}{change.what} {_named(change.before)} is now {_named(change.after)}"
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


def word_by_word(difference: Difference) -> Iterator[tuple[Piece, ...]]:
    """Every change in full, each a line of pieces: what was taken out stands beside what was put in."""
    for change in (*difference.terms, *difference.changes):
        where = f"{change.where}: " if change.where else ""
        sides = change.before or "", change.after or ""
        pieces = pieces_of(*sides) if change.is_prose else (Piece("out", sides[0]), Piece("in", sides[1]))
        yield Piece("stayed", f"{where}{change.what}: "), *(piece for piece in pieces if piece.text)
    for words in (*_withheld(difference), *difference.causes):
        yield (Piece("stayed", words),)


def _withheld(difference: Difference) -> Iterator[str]:
    if difference.withheld:
        yield "in words that nobody may repeat"
    if difference.elsewhere and not difference.changes:
        yield _SAME_HERE.format(", ".join(difference.elsewhere))


def line_by_line(difference: Difference) -> Iterator[str]:
    """Every change in full, the lines that were approved with a minus, those of today with a plus."""
    for change in difference.changes:
        if change.what != "text":
            yield _told(change)
            continue
        yield f"{change.where}:"
        for mark, words in (("-", change.before), ("+", change.after)):
            yield from (f"  {mark} {printable(line)}" for line in (words.split("\n") if words is not None else ()))
    if not difference.changes:
        yield from map(_told, difference.terms)
    yield from (*_withheld(difference), *difference.causes)
