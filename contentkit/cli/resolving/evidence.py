"""What is known of a part that waits for a person: from the journal, and from the network as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contentkit.cli.resolving.deciding import is_looked_for
from contentkit.views.doubts import Choice, Doubt, Sight

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.platforms import Connection, Status
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, Thread
    from contentkit.views.explain import Happened

# What is listed of the statuses that stand at the part's place.
_MOST_SHOWN = 5


def doubt_about(project: Project, journal: Journal, clock: Clock, thread: Thread, head: Publication) -> Doubt:
    """All that is known of this part. The network is asked; where it cannot be, that is told."""
    there, unseen = _there(project, journal, clock, thread, head)
    return Doubt(
        entry=head.entry,
        account=head.account,
        part=head.part + 1,
        parts=head.parts,
        state=head.state,
        reason=head.reason,
        since=head.changed_at,
        words=head.text,
        warning=head.warning,
        pictures=tuple(f"{one.path}: {one.alt}" for one in head.media),
        before=tuple(row.url for row in thread.rows[: head.part]),
        happened=tuple(_happened(journal, head)),
        there=there,
        unseen=unseen,
        choices=() if is_looked_for(project, clock, head) else tuple(_choices(project, journal, thread, head)),
    )


def _happened(journal: Journal, head: Publication) -> Iterator[Happened]:
    from contentkit.cli.story import happened

    for attempt in journal.history.of_part(head.id):
        if attempt["amendment"] is None:
            yield happened({**attempt, "account": head.account, "part": head.part, "parts": head.parts})


def _there(
    project: Project, journal: Journal, clock: Clock, thread: Thread, head: Publication
) -> tuple[tuple[Sight, ...], str]:
    """What the network shows at the part's place, or why nobody knows."""
    from contentkit.cli.publisher import surroundings_of
    from contentkit.errors import ContentkitError
    from contentkit.platforms.meeting import check_who

    try:
        account = project.account(head.account)
        connection = surroundings_of(project, journal, clock, []).connect(account)
        try:
            check_who(account, journal.accounts.known(account.name).remote_id, connection.identity())
            return tuple(_sights(journal, connection, thread, head)), ""
        finally:
            connection.close()
    except ContentkitError as error:
        return (), error.words


def _sights(journal: Journal, connection: Connection, thread: Thread, head: Publication) -> Iterator[Sight]:
    """The part before where it is gone, and whatever may be this part, the likeliest first."""
    from dataclasses import replace

    from contentkit.publishing.looking import compare

    last = thread.last_sent
    if last is not None and connection.find(last.remote_id) is None:
        yield Sight(url=last.url, words=last.text, what="the part before it is no longer there")
    recent = connection.recent(head.watermark or (last.remote_id if last else ""))
    taken = journal.history.remote_ids(head.account)
    seen = compare(replace(head, parent=last.remote_id if last else ""), recent, connection, taken)
    if seen.found:
        yield _sight(seen.found, "its words, at its place")
    yield from (_sight(one, "its words, at its place, once more") for one in seen.doubles)
    if seen.elsewhere:
        yield _sight(seen.elsewhere, "its words, but not as this reply")
    # Beside a first part, every other thread of the account stands at its place.
    strangers = seen.strangers[:_MOST_SHOWN] if last is not None else ()
    yield from (_sight(one, "other words, at its place") for one in strangers)
    asked = [one for one in head.lookalike.split("\n") if one]
    known = {one.remote_id for one in (seen.found, *seen.doubles) if one}
    for status in (connection.find(one) for one in asked if one not in known):
        if status is not None:
            yield _sight(status, "looked like it when it was held")


def _sight(status: Status, what: str) -> Sight:
    return Sight(url=status.url, words=status.text, what=what)


def _choices(project: Project, journal: Journal, thread: Thread, head: Publication) -> Iterator[Choice]:
    """The ways to decide, in the order of how often they are right."""
    from contentkit.cli.approving.holding import why_void

    resolve = f"contentkit resolve {head.entry} --account {head.account}"
    void, doubted = why_void(project, journal, thread), journal.doubts.may_be_out(head)
    after = "the thread goes on after it" if head.parts > head.part + 1 else "its thread is complete"
    yield Choice(
        typed=f"{resolve} --published URL", does=f"It is there: it counts as sent at this address, and {after}."
    )
    yield Choice(
        typed=f"{resolve} --again",
        does="It is not there: the very same words are sent. If the first attempt arrived after all, they stand there twice.",
        why_not=void,
    )
    if doubted:
        yield Choice(
            typed=f"{resolve} --not-sent",
            does="It certainly is not there, and should not go out like this: nothing is sent, and other words can be approved.",
        )
    elif void:
        yield Choice(
            typed=f"contentkit approve {head.entry}", does="What the draft says now is approved, and goes out instead."
        )
    stays = f" The {head.part} that are out stay." if head.part else ""
    yield Choice(typed=f"{resolve} --skip", does=f"It is left out for good, and what comes after it.{stays}")
