"""What is otherwise in one manifest of an approval than in another, thing by thing, whatever form they were written in."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import Any

from contentkit.patterns import regex
from contentkit.values import dataclass

_ACCOUNT = ("name", "platform", "server", "handle", "id")
_PICTURE = ("path", "sha256", "alt")
_WAIVER = ("check", "words", "by", "reason")
# A time of day to the full minute.
_CLOCK = regex(r"^(\d\d:\d\d):00")
# Of more parts than so many, those at one place are compared, whatever moved.
_MOST_PARTS = 200


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that is otherwise today: ``where`` (``ours 2/3``; empty for what holds for the whole entry), ``what`` (``text``,
    ``visibility``), its words then and now.

    These are None where there was no such thing, or is none any more.
    """

    where: str
    what: str
    before: str | None
    after: str | None

    @property
    def account(self) -> str:
        return self.where.partition(" ")[0]

    @property
    def is_prose(self) -> bool:
        """Whether it is compared word by word; anything else is read as a whole."""
        return self.what.startswith(("text", "alt text", "warning", "waiver"))


def in_one_shape(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest as the newest form has it; what an older form did not say is left out."""
    content = {**manifest, "renditions": [_thread(one) for one in manifest.get("renditions", ())]}
    if isinstance(late := manifest.get("late"), list):
        content |= {"late": late[0], "within": int(late[1]) if late[0] == "post" else None}
    if isinstance(when := manifest.get("when"), list):
        content["when"] = {"url": when[0], "contains": when[1]}
    content["waivers"] = [
        dict(zip(_WAIVER, one, strict=True)) if isinstance(one, list) else one for one in manifest.get("waivers", ())
    ]
    return content


def _thread(rendition: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "account": _named(rendition["account"], _ACCOUNT),
        "warning": rendition["warning"],
        "language": rendition["language"],
        "parts": [
            {
                "text": part["text"],
                "visibility": part["visibility"] if "visibility" in part else rendition["visibility"],
                "media": [_named(one, _PICTURE) for one in part.get("media", ())],
            }
            for part in rendition["parts"]
        ],
    }


def _named(values: Mapping[str, str] | Sequence[str], names: Sequence[str]) -> dict[str, str]:
    return dict(values) if isinstance(values, Mapping) else dict(zip(names, values, strict=True))


def by_account(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The threads by the names of their accounts."""
    return {thread["account"]["name"]: thread for thread in content["renditions"]}


def terms_of(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What holds for the whole entry, each with its name, where there is something to say."""
    yield from ((what, words) for what, said in _TERMS.items() if what != "project" and (words := said(content)))
    yield from (("waiver", words) for words in _waivers(content))


def term_changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    """What is otherwise for the whole entry: when and where it goes out, what it waits for, who vouches for what."""
    before, after = by_account(then), by_account(now)
    yield from (Change(where="", what="account", before=name, after=None) for name in before if name not in after)
    yield from (Change(where="", what="account", before=None, after=name) for name in after if name not in before)
    for what, said in _TERMS.items():
        one, other = said(then), said(now)
        if one != other:
            yield Change(where="", what=what, before=one or None, after=other or None)
    yield from _waiver_changes(_waivers(then), _waivers(now))


def _time(content: Mapping[str, Any]) -> str:
    day, _, clock = content.get("at", "").partition("T")
    return " ".join(filter(None, (day, _CLOCK.sub(r"\1", clock), content.get("timezone"))))


def _lateness(content: Mapping[str, Any]) -> str:
    within = content.get("within")
    if content.get("late") != "post" or within is None:
        return str(content.get("late", ""))
    unit, seconds = next((unit, size) for unit, size in _UNITS if within % size == 0)
    return f"post within {within // seconds}{unit}"


_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def _slots(content: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{name}: {', '.join(rule['days'])} {rule['time']} {rule['timezone']}"
        + (f", spread over {rule['spread'] // 60}m" if rule["spread"] else "")
        for name, rule in sorted(content.get("slots", {}).items())
    )


def _condition(content: Mapping[str, Any]) -> str:
    when = content.get("when")
    if not when:
        return ""
    return f"{when['url']} contains {when['contains']}" if when["contains"] else str(when["url"])


_TERMS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "project": lambda content: str(content.get("project", "")),
    "time": _time,
    "lateness": _lateness,
    "slot": lambda content: str(content.get("slot", "")),
    "slots": _slots,
    "when": _condition,
    "after": lambda content: str(content.get("after", "")),
    "embargo": lambda content: str(content.get("embargo") or ""),
    "founder": lambda content: str(content.get("founder", "")),
    "campaign": lambda content: str(content.get("campaign", "")),
}


def _waivers(content: Mapping[str, Any]) -> list[str]:
    return [
        " ".join(filter(None, [one["check"], f'"{one["words"]}"' if one["words"] else ""]))
        + (f" of post {one['post']}" if "post" in one else "")
        + f" by {one['by']}: {one['reason']}"
        for one in content["waivers"]
    ]


def _waiver_changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    yield from (Change(where="", what="waiver", before=one, after=None) for one in before if one not in after)
    yield from (Change(where="", what="waiver", before=None, after=one) for one in after if one not in before)


def thread_changes(name: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    """What is otherwise in the thread of one account."""
    pairs = list(_pairs([part["text"] for part in then["parts"]], [part["text"] for part in now["parts"]]))
    for old, new in pairs:
        one = then["parts"][old]["text"] if old is not None else None
        other = now["parts"][new]["text"] if new is not None else None
        if one != other:
            yield Change(where=_place(name, old, new, then, now), what="text", before=one, after=other)
    yield from _order_changes(name, pairs)
    yield from _visibility_changes(name, [pair for pair in pairs if None not in pair], then, now)
    for old, new in pairs:
        one, other = (
            [] if place is None else side["parts"][place]["media"] for side, place in ((then, old), (now, new))
        )
        yield from _picture_changes(_place(name, old, new, then, now), one, other)
    for what in ("warning", "language"):
        if then[what] != now[what]:
            yield Change(where=name, what=what, before=then[what] or None, after=now[what] or None)
    accounts = [" ".join(filter(None, list(one["account"].values())[1:])) for one in (then, now)]
    if then["account"] != now["account"]:
        yield Change(where=name, what="account", before=accounts[0], after=accounts[1])


_Pair = tuple[int | None, int | None]


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[_Pair]:
    """Which part of a thread became which: the same words first, wherever they stand now, then those at one place."""
    if list(before) == list(after) or max(len(before), len(after)) > _MOST_PARTS:
        yield from zip_longest(range(len(before)), range(len(after)))
        return
    left = {text: [i for i, one in enumerate(after) if one == text] for text in after}
    same = {}
    from difflib import SequenceMatcher

    for start, to, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for step in range(size):
            same[start + step] = to + step
            left[after[to + step]].remove(to + step)
    for old, text in enumerate(before):
        if old not in same and left.get(text):
            same[old] = left[text].pop(0)
    yield from _with_others(same, len(before), len(after))


def _with_others(same: Mapping[int, int], before: int, after: int) -> Iterator[_Pair]:
    """Between parts that stayed, others are paired in their order; what is left over is gone, or new."""
    olds, news = sorted(same), sorted(same.values())
    free: dict[int, list[int]] = {}
    for place in (one for one in range(after) if one not in set(news)):
        free.setdefault(bisect(news, place), []).append(place)
    pairs: list[_Pair] = [*same.items()]
    for old in (one for one in range(before) if one not in same):
        # As many parts that stayed stand before both.
        there = free.get(bisect(olds, old))
        pairs.append((old, there.pop(0) if there else None))
    pairs += [(None, place) for places in free.values() for place in places]
    yield from sorted(pairs, key=lambda pair: (pair[1] if pair[1] is not None else pair[0] or 0, pair[0] is None))


def _place(name: str, old: int | None, new: int | None, then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if new is None:
        return f"{name} {(old or 0) + 1}/{len(then['parts'])}"
    return f"{name} {new + 1}/{len(now['parts'])}"


def _order_changes(name: str, pairs: Sequence[_Pair]) -> Iterator[Change]:
    """Told once for the thread, where parts that stayed stand in another order."""
    order = [old for old, new in pairs if old is not None and new is not None]
    if order != sorted(order):
        before, after = (", ".join(str(old + 1) for old in each) for each in (sorted(order), order))
        yield Change(where=name, what="order", before=before, after=after)


def _visibility_changes(
    name: str, pairs: Sequence[_Pair], then: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[Change]:
    """Neighbours that change alike are told together."""
    seen = [
        (new, then["parts"][old]["visibility"], now["parts"][new]["visibility"])
        for old, new in pairs
        if old is not None and new is not None
    ]
    for (old, new), parts in groupby(seen, key=lambda one: one[1:]):
        numbers = [number + 1 for number, *_ in parts]
        if old != new:
            which = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
            yield Change(where=f"{name} {which}/{len(now['parts'])}", what="visibility", before=old, after=new)


def _picture_changes(
    where: str, before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]
) -> Iterator[Change]:
    """Pictures are told by their names, and one that was exchanged under its name by its bytes."""
    paths = [[one["path"] for one in each] for each in (before, after)]
    if paths[0] != paths[1]:
        names = [", ".join(each) or None for each in paths]
        yield Change(where=where, what="pictures", before=names[0], after=names[1])
    old = {one["path"]: one for one in before}
    for one in after:
        if (was := old.get(one["path"])) is None:
            continue
        if was["sha256"] != one["sha256"]:
            yield Change(
                where=where, what=f"bytes of {one['path']}", before=was["sha256"][:12], after=one["sha256"][:12]
            )
        if was["alt"] != one["alt"]:
            yield Change(where=where, what=f"alt text of {one['path']}", before=was["alt"], after=one["alt"])
