"""What an approval plans: the parts of its renditions, less what is out already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from types import MappingProxyType

from contentkit.errors import ContentError, NeedsPerson
from contentkit.models import Rendition
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import (
    PlannedPart,
    Publication,
    State,
    Thread,
    fingerprint,
    pictures_mark,
)
from contentkit.publishing.receipts import RECEIPTS_NAME, Receipt, read_receipts
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class _Out:
    """A part that is on the network: what its words and pictures were, and where it stands.

    ``pictures`` is their mark, empty where a receipt does not say.
    """

    fingerprint: str
    pictures: str
    remote_id: str
    url: str


def planned_parts(
    root: Path,
    journal: Journal,
    entry: str,
    renditions: Sequence[Rendition],
    differing: Mapping[str, Set[int]] = MappingProxyType({}),
) -> list[PlannedPart]:
    """The parts of an entry, account by account; those that are out say where they stand.

    ``differing`` are, by account, the numbers of parts that are out and of which a person knows that they read otherwise.
    Raises NeedsPerson when a part may be on its way, ContentError when another part that is out would read otherwise now,
    and when nothing is left to publish.
    """
    receipts = read_receipts(root)
    planned = [
        part
        for rendition in renditions
        for part in _parts(
            rendition,
            _parts_out(journal, receipts, entry, rendition, differing.get(rendition.account.name, frozenset())),
        )
    ]
    if all(part.sent for part in planned) and not any(differing.values()):
        hint = "schedule it again as an entry of its own" if planned else "no post of the draft is for these accounts"
        raise ContentError(f"{entry}: nothing is left to publish", hint=hint)
    return planned


def _parts_out(
    journal: Journal,
    receipts: Mapping[tuple[str, str, int], Receipt],
    entry: str,
    rendition: Rendition,
    differing: Set[int],
) -> dict[int, _Out]:
    """What is out by the receipts of any machine and by this one's journal, which knows better."""
    account = rendition.account.name
    thread = journal.threads.find(entry, account)
    rows = thread.rows if thread else ()
    _refuse_open(journal, entry, account, thread)
    gone = {row.remote_id for row in journal.history.ended() if row.account == account}
    told = {
        part: one
        for (of, on, part), one in receipts.items()
        if (of, on) == (entry, account) and one.remote_id not in gone
    }
    _check_senders(f"{entry} on {account}", told.values(), journal, account)
    known: list[tuple[int, Receipt | Publication]] = list(told.items())
    known += [(row.part, row) for row in rows if row.state is State.SENT]
    out = {part: _out_of(one) for part, one in known}
    _check_order(f"{entry} on {account}", out)
    for part in sorted(out.keys() - differing):
        _check_words(entry, rendition, part, out[part])
    _check_ids(f"{entry} on {account}", out, journal.history.remote_ids(account) - {row.remote_id for row in rows})
    return out


def _refuse_open(journal: Journal, entry: str, account: str, thread: Thread | None) -> None:
    """Raises NeedsPerson while nobody knows what of a thread is out, or is to be."""
    rows = thread.rows if thread else ()
    if any(
        row.state in (State.UNKNOWN, State.SENDING) or (row.state is State.HELD and journal.doubts.was_in_doubt(row))
        for row in rows
    ):
        raise NeedsPerson(
            f"{entry} on {account}: a post may be on its way, or out already",
            hint="wait for 'contentkit post', or resolve it first",
        )
    if why := journal.doubts.why_suspected(entry, account):
        is_held = any(row.state is State.HELD for row in rows)
        decide = f"look at the account, and decide first: contentkit resolve {entry} --account {account}"
        hint = decide if is_held else "wait for 'contentkit post', which looks for it"
        raise NeedsPerson(f"{entry} on {account}: {why}", hint=hint)
    if thread and journal.amendments.of_thread(thread):
        raise NeedsPerson(
            f"{entry} on {account}: what is published is being changed",
            hint="wait for 'contentkit post', or resolve it first",
        )


def _check_senders(where: str, receipts: Iterable[Receipt], journal: Journal, account: str) -> None:
    """What this journal sent, it knows: a receipt in its name that it does not know was written by somebody else."""
    own, known = journal.known(Fact.ID), journal.history.remote_ids(account)
    for one in receipts:
        if one.journal and one.journal == own and one.remote_id not in known:
            raise NeedsPerson(
                f"{where}: {RECEIPTS_NAME} says that this machine sent part {one.part + 1}, and its journal does not know of it",
                hint="find out who wrote that line, and take it out",
            )


def _out_of(one: Receipt | Publication) -> _Out:
    pictures = one.pictures if isinstance(one, Receipt) else pictures_mark(one.media)
    return _Out(fingerprint=one.fingerprint, pictures=pictures, remote_id=one.remote_id, url=one.url)


def _check_ids(where: str, out: Mapping[int, _Out], others: Set[str]) -> None:
    """One status is one part: receipts are a file that people merge and rename."""
    ids = [one.remote_id for one in out.values()]
    twice = next((one for one in out.values() if one.remote_id in others or ids.count(one.remote_id) > 1), None)
    if twice:
        raise NeedsPerson(
            f"{where}: receipts.jsonl gives the post {twice.url or twice.remote_id} to two parts",
            hint="look which one it is, and take the other line out",
        )


def _check_order(where: str, out: Mapping[int, _Out]) -> None:
    """What is out must be the beginning of the thread."""
    for number, part in enumerate(sorted(out)):
        if part != number:
            raise NeedsPerson(
                f"{where}: part {part + 1} is published, but not part {number + 1}",
                hint="look at the account, and schedule what is missing as an entry of its own",
            )


def _check_words(entry: str, rendition: Rendition, part: int, out: _Out) -> None:
    """What is out must have the words, pictures and alt texts that it has in the draft."""
    if part >= len(rendition.parts):
        difference = "and is no longer in the draft"
    elif fingerprint(rendition.parts[part].text) != out.fingerprint:
        difference = "with other words"
    elif out.pictures not in ("", pictures_mark(rendition.parts[part].media)):
        difference = "with other pictures or alt texts"
    else:
        return
    raise ContentError(
        f"{entry} on {rendition.account.name}: part {part + 1} is published already, {difference}",
        hint=f"put it back as it was; or 'contentkit correct {entry}' shows what can be done",
    )


def _parts(rendition: Rendition, out: Mapping[int, _Out]) -> list[PlannedPart]:
    return [
        PlannedPart(
            account=rendition.account.name,
            part=number,
            parts=len(rendition.parts),
            post=part.post,
            text=part.text,
            warning=rendition.warning,
            visibility=part.visibility,
            language=rendition.language,
            media=part.media,
            sent=(out[number].remote_id, out[number].url) if number in out else None,
        )
        for number, part in enumerate(rendition.parts)
    ]
