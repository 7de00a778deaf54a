"""Where hosts stand in a text, as the search expressions of both networks find them, in linear time.

X published one large regular expression for links; Mastodon uses it with other schemes, paths and queries. It goes through a
text from the left: a link begins behind a character that may stand before one, with a scheme or without, and has as many
labels as possible, the last one the end of a domain, then a port, a path and a query. The next begins behind all that. What
is found and then thrown away (on Mastodon, all without a scheme) is passed all the same: ``example.org/https://example.com``
holds no second link. Here each run of characters that a host may have is cut at its dots once, and its labels are looked
through from behind, so that no input makes this look again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from contentkit.counters.domain_ends import Ends
from contentkit.values import dataclass

_NO_EDGE = ("-", "_")


@dataclass(frozen=True)
class Grammar:
    """What differs between networks.

    ``run``: characters of a host and dots; ``next_run``: the next whole one with a dot in it or a scheme at its end;
    ``begin``: the first character of a host, behind what may stand before it; ``halved``: what the network reads as two, so
    that a host may begin within it; ``schemes``: without their ``://``; ``tail``: from where a host ends to where its port,
    path and query end.
    """

    run: re.Pattern[str]
    next_run: re.Pattern[str]
    begin: re.Pattern[str]
    schemes: tuple[str, ...]
    punycode: re.Pattern[str]
    halved: re.Pattern[str]
    tail: Callable[[str, int], int]


@dataclass(frozen=True)
class Found:
    """A host and what belongs to it. ``host`` is ``start`` where there is no scheme.

    ``before`` is what stands before it without a scheme: the first character of the host where that begins within it.
    """

    start: int
    host: int
    host_end: int
    end: int
    before: str = ""


@dataclass(frozen=True)
class _Labels:
    """A run of host characters, cut at its dots.

    ``far[i]``: where a host ends that begins in label i and has another whole one before its end, 0 for nowhere.
    ``near[i]``: where one ends of which label i is all but the end; then label i may have no underscore.
    """

    edges: list[tuple[int, int]]
    far: list[int]
    near: list[int]


def search(text: str, grammar: Grammar, ends: Ends) -> Iterator[Found]:
    """All hosts of the text in order; they do not overlap."""
    position = 0
    while run := grammar.run.match(text, position) or grammar.next_run.search(text, position):
        stop = run.end()
        for found in _in_run(text, run.start(), stop, position, grammar, ends):
            yield found
            position = found.end
        position = max(position, stop)


def _in_run(text: str, start: int, stop: int, passed: int, grammar: Grammar, ends: Ends) -> Iterator[Found]:
    """The hosts that begin in one run: those without a scheme, then the one whose scheme ends the run.

    What stands before a host must not be part of the one before it: it begins behind ``passed``, unless the text begins there.
    """
    if text.find(".", start, stop) >= 0:
        labels = _cut(text, start, stop, grammar, ends)
        for index, (first, last) in enumerate(labels.edges):
            earliest = max(first, _after(text, passed, grammar))
            if last > earliest and (found := _bare(text, labels, index, earliest, passed, grammar)):
                yield found
                passed = found.end
    if text.startswith("://", stop) and (found := _schemed(text, start, stop, passed, grammar, ends)):
        yield found


def _bare(text: str, labels: _Labels, index: int, earliest: int, passed: int, grammar: Grammar) -> Found | None:
    """The host without a scheme that begins in this label."""
    last = labels.edges[index][1]
    end = labels.far[index] or labels.near[index]
    if not end or text[last - 1] in _NO_EDGE:
        return None
    if not labels.far[index]:
        earliest = max(earliest, text.rfind("_", earliest, last) + 1)
    begin = grammar.begin.search(text, earliest, last)
    if begin is None:
        return None
    start = begin.start()
    before = text[start - 1 : start]
    if grammar.halved.match(text, start) and (begin.lastgroup or start in (0, passed)):
        before = text[start]
    elif start == 0 and grammar.begin.match(text, 1, last):
        # The first character of a text is taken for what stands before a link, where it may.
        start, before = 1, text[0]
    return Found(start, start, end, grammar.tail(text, end), before)


def _after(text: str, passed: int, grammar: Grammar) -> int:
    """Where the next host may begin, at the earliest: not behind what belongs to the one before."""
    return passed + 1 if passed and not grammar.halved.match(text, passed) else passed


def _schemed(text: str, start: int, stop: int, passed: int, grammar: Grammar, ends: Ends) -> Found | None:
    """The host behind the scheme that ends this run."""
    tail = text[max(start, stop - 6) : stop].lower()
    scheme = next((one for one in grammar.schemes if tail.endswith(one)), "")
    begin = stop - len(scheme)
    if not scheme or (passed and begin <= passed) or not grammar.begin.match(text, begin):
        return None
    host = stop + len("://")
    run = grammar.run.match(text, host)
    if run is None:
        return None
    labels = _cut(text, host, run.end(), grammar, ends)
    first = text[host : labels.edges[0][1]]
    end = labels.far[0] or (0 if "_" in first else labels.near[0])
    if not end or not first or first.startswith(_NO_EDGE) or first.endswith(_NO_EDGE):
        return None
    return Found(begin, host, end, grammar.tail(text, end))


def _cut(text: str, start: int, stop: int, grammar: Grammar, ends: Ends) -> _Labels:
    """The labels of a run, and where hosts end that begin in each."""
    edges, first = [], start
    while (dot := text.find(".", first, stop)) >= 0:
        edges.append((first, dot))
        first = dot + 1
    edges.append((first, stop))
    count = len(edges)
    far, near = [0] * count, [0] * count
    for index in range(count - 2, -1, -1):
        first, last = edges[index + 1]
        if first == last:
            continue
        near[index] = ends.stop(text, first, last, grammar.punycode)
        if text[first] in _NO_EDGE or text[last - 1] in _NO_EDGE:
            continue
        # The label before the end of a domain has no underscore.
        far[index] = far[index + 1] or (0 if text.find("_", first, last) >= 0 else near[index + 1])
    return _Labels(edges, far, near)
