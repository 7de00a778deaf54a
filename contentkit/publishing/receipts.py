"""``receipts.jsonl`` beside the calendar: what was published, without its words. May be committed.

A second memory: the desk reads states from it, and a lost journal learns from it what is already out.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from contentkit.errors import ContentError
from contentkit.files import plain_file, settle_folder
from contentkit.publishing.publications import Publication, State, Thread, pictures_mark
from contentkit.stamps import moment_of, stamped
from contentkit.values import dataclass

RECEIPTS_NAME = "receipts.jsonl"
# Some 200,000 receipts; nothing larger is read.
LARGEST = 64 * 1024 * 1024
# A thread that is longer than this is no thread, whatever a line says.
_MOST_PARTS = 10_000


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One part that is on the network. ``fingerprint`` is that of its words; ``at`` is UTC in ISO 8601.

    ``journal`` is the id of the journal that sent it, ``clone`` names the folder that it was sent from, ``pictures`` is the
    mark of its pictures and alt texts; they are empty in lines from before they were kept. ``retracted`` is when it was taken
    off the network again, empty while it is there.
    """

    entry: str
    account: str
    part: int
    parts: int
    fingerprint: str
    remote_id: str
    url: str
    at: str
    journal: str = ""
    clone: str = ""
    pictures: str = ""
    retracted: str = ""

    @cached_property
    def moment(self) -> datetime | None:
        """When it was sent; None where the line says no such time."""
        try:
            moment = moment_of(self.at)
            return moment.astimezone(UTC) if moment.tzinfo else None
        except (ValueError, OverflowError):
            return None


def append_receipt(root: Path, receipt: Receipt) -> None:
    """Adds one line, in one piece; ``settle_receipts`` makes it durable: what is lost before that, the journal knows.

    A line that a crash cut short is ended first, so that it spoils nothing but itself.
    """
    with (root / RECEIPTS_NAME).open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(json.dumps(_values(receipt), ensure_ascii=False).encode() + b"\n")


def settle_receipts(root: Path) -> None:
    """Comes back when the receipts are on the disk, where there are any. Raises OSError."""
    try:
        with plain_file(root / RECEIPTS_NAME) as (handle, _):
            os.fsync(handle)
    except FileNotFoundError:
        return
    settle_folder(root)


def _values(receipt: Receipt) -> dict[str, Any]:
    """What an older contentkit does not know is told only where there is something to tell: it passes over such a line."""
    values = asdict(receipt)
    if not receipt.retracted:
        del values["retracted"]
    return values


def receipt_of(
    row: Publication,
    remote_id: str,
    url: str,
    at: datetime,
    *,
    journal: str,
    clone: str,
    retracted: datetime | None = None,
) -> Receipt:
    """The receipt of a part that went out as this status at this time, from this journal and this folder."""
    return Receipt(
        entry=row.entry,
        account=row.account,
        part=row.part,
        parts=row.parts,
        fingerprint=row.fingerprint,
        remote_id=remote_id,
        url=url,
        at=stamped(at),
        journal=journal,
        clone=clone,
        pictures=pictures_mark(row.media),
        retracted=stamped(retracted) if retracted else "",
    )


def without_receipt(root: Path, threads: Iterable[Thread], ended: Iterable[Publication] = ()) -> list[Publication]:
    """The parts that are out and of which no receipt tells with the words they have now; and of those that were ``ended`` what
    receipts still take for published. Raises ContentError as ``all_receipts``."""
    known = read_receipts(root)
    rows = [row for thread in threads for row in thread.rows if row.state is State.SENT]
    out = [row for row in rows if _is_untold(row, known.get((row.entry, row.account, row.part)))]
    gone = {(one.account, one.remote_id): one for one in ended}
    return out + [row for one in known.values() if (row := gone.get((one.account, one.remote_id)))]


def _is_untold(row: Publication, told: Receipt | None) -> bool:
    return told is None or (told.remote_id == row.remote_id and told.fingerprint != row.fingerprint)


def receipts_mark(root: Path) -> str:
    """What tells one state of the receipts from another without reading them; empty when there are none."""
    try:
        status = (root / RECEIPTS_NAME).stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns}:{status.st_size}"


def _content(path: Path) -> bytes:
    """The bytes of a plain file. It comes with git: a link to somewhere endless, or a pipe, must not hold up anybody."""
    with plain_file(path) as (handle, known):
        if known.st_size > LARGEST:
            raise OSError(errno.EFBIG, "is larger than any such file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(LARGEST)


def read_receipts(root: Path) -> dict[tuple[str, str, int], Receipt]:
    """Receipts of what is out, by entry, account and part; of two for the same part, the later line. What was retracted is left
    out, wherever the line stands that says so. Raises ContentError as ``all_receipts``."""
    return out_by(all_receipts(root))


def out_by(receipts: Sequence[Receipt]) -> dict[tuple[str, str, int], Receipt]:
    """What is out by these receipts, as ``read_receipts`` has it."""
    gone = {(one.account, one.remote_id) for one in receipts if one.retracted}
    there = (one for one in receipts if (one.account, one.remote_id) not in gone)
    return {(one.entry, one.account, one.part): one for one in there}


def ever_out(receipts: Sequence[Receipt]) -> dict[tuple[str, str, int], Receipt]:
    """What was out at some time by these receipts, whatever became of it; of two for the same part, the later line."""
    return {(one.entry, one.account, one.part): one for one in receipts}


def all_receipts(root: Path) -> list[Receipt]:
    """Every receipt, in the order of the file. Broken lines and the marks of a merge conflict are passed over.

    Losing a receipt is safe, believing what is none is not. Raises ContentError when the file cannot be read at all.
    """
    try:
        lines = _content(root / RECEIPTS_NAME).decode("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ContentError(f"{RECEIPTS_NAME}: cannot be read: {error.strerror}", hint="check its permissions") from None
    receipts = []
    for line in lines:
        try:
            receipt = Receipt(**json.loads(line))
        except (ValueError, TypeError, RecursionError):
            continue
        if _is_sound(receipt):
            receipts.append(receipt)
    return receipts


def newest(receipts: Iterable[Receipt]) -> Receipt | None:
    """The receipt that was written last, by the time it says: lines that were merged stand in any order."""
    dated = [(moment, number, one) for number, one in enumerate(receipts) if (moment := one.moment)]
    return max(dated)[2] if dated else None


def sent_by_another(receipts: Iterable[Receipt], journal: str, since: datetime | None) -> Receipt | None:
    """The newest receipt of another journal than this one, if it is newer than ``since``: a second publisher is at work."""
    other = newest(one for one in receipts if one.journal not in ("", journal))
    moment = other and other.moment
    return other if moment and (since is None or moment > since) else None


def _is_sound(receipt: Receipt) -> bool:
    """The file travels in git: what it claims has the types and ranges of a receipt, or it is none."""
    texts = (
        receipt.entry, receipt.account, receipt.fingerprint, receipt.remote_id, receipt.url, receipt.at, receipt.journal,
        receipt.clone, receipt.pictures, receipt.retracted,
    )  # fmt: skip
    return (
        type(receipt.part) is type(receipt.parts) is int
        and set(map(type, texts)) == {str}
        and 0 <= receipt.part < receipt.parts
        and bool(receipt.remote_id)
    )


def is_credible(receipt: Receipt) -> bool:
    """Whether more may rest on it than that the part is out: it has a time, a length and words as a thread has them."""
    words = receipt.entry + receipt.remote_id + receipt.url
    return receipt.moment is not None and receipt.parts <= _MOST_PARTS and words.isprintable()
