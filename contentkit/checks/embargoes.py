"""Embargoes: what rests on an embargoed passage, or repeats one, cannot be published before its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from contentkit.checks.findings import Finding, error, problem_of, warning
from contentkit.forbidden import Forbidden
from contentkit.models import Draft, Passage, Post, Problem, Rendition, Source
from contentkit.published import Wording, published
from contentkit.stamps import latest_of

# Each time with what may not be repeated before it.
_Embargoed = Mapping[datetime, Forbidden]


def check_embargo(
    draft: Draft, sources: Mapping[str, Source], at: datetime | None, renditions: Iterable[Rendition] = ()
) -> list[Problem]:
    """CK316 for each post of a draft that goes out at this time; a warning for one that is on no calendar (None).

    An error where a post rests on an embargoed passage or repeats its words before the time, or one of its threads on
    accounts does; a warning where it only has a name or number of one.
    """
    own = {name: source for name, source in sources.items() if name in draft.all_sources}
    embargoed = {until: words for until, words in _embargoed(own).items() if _is_before(at, until)}
    shown = published(draft, renditions) if embargoed else []
    return [
        problem_of(finding, draft, index)
        for index, post in enumerate(draft.posts)
        for finding in _check_post(post, [one for one in shown if one.post == index], own, embargoed, at)
    ]


def _is_before(at: datetime | None, until: datetime) -> bool:
    return at is None or at.astimezone(UTC) < until.astimezone(UTC)


def _check_post(
    post: Post, shown: Iterable[Wording], sources: Mapping[str, Source], embargoed: _Embargoed, at: datetime | None
) -> Iterator[Finding]:
    cited = latest_of(until for source in sources.values() if (until := source.embargo_on(post.evidence)))
    times = {cited: "rests on lines"} if cited and _is_before(at, cited) else {}
    hints: set[datetime] = set()
    for until, words in embargoed.items():
        kinds = {kind for wording in shown for kind in _kinds_in(wording, words)}
        if "words" in kinds:
            times.setdefault(until, "repeats words")
        elif kinds:
            hints.add(until)
    if until := latest_of(times):
        yield _finding(times[until], until, at)
    elif until := latest_of(hints):
        yield warning("CK316", f"this post has a name or number under embargo until {_shown(until)}", remedy=_REMEDY)


def _kinds_in(wording: Wording, words: Forbidden) -> set[str]:
    found = wording.found(lambda text: ((leak.start, leak.end, leak.kind) for leak in words.leaks_in(text)))
    return {kind for _, _, kind in found}


_REMEDY = "schedule it for then or later"


def _finding(what: str, until: datetime, at: datetime | None) -> Finding:
    if at is None:
        return warning("CK316", f"this post {what} under embargo until {_shown(until)}", remedy=_REMEDY)
    message = f"this post {what} under embargo until {_shown(until)}, and is to go out {_shown(at)}"
    return error("CK316", message, remedy="move the entry to then or later; nobody can waive it")


def _shown(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} {time.tzname()}"


def _embargoed(sources: Mapping[str, Source]) -> _Embargoed:
    """What is said under embargo and nowhere else, by its time."""
    passages = [passage for source in sources.values() for passage in source.passages]
    times = {passage.embargo for passage in passages if passage.embargo}
    public = "\n".join(passage.text for passage in passages if not passage.embargo) if times else ""
    return {until: Forbidden.of(_said_until(until, passages), public) for until in sorted(times)}


def _said_until(until: datetime, passages: list[Passage]) -> list[str]:
    return [passage.text for passage in passages if passage.embargo == until]
