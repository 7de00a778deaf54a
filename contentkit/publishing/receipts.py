"""``receipts.jsonl`` beside the calendar: what was published, without its words. May be committed.

A second memory: the desk reads states from it, and a lost journal learns from it what is already out.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from contentkit.errors import ContentError

RECEIPTS_NAME = "receipts.jsonl"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One part that is on the network. ``fingerprint`` is that of its words; ``at`` is UTC in ISO 8601."""

    entry: str
    account: str
    part: int
    parts: int
    fingerprint: str
    remote_id: str
    url: str
    at: str


def append_receipt(root: Path, receipt: Receipt) -> None:
    """Adds one line, durably. A line that a crash cut short is ended first, so that it spoils nothing but itself."""
    with (root / RECEIPTS_NAME).open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(json.dumps(asdict(receipt), ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_receipts(root: Path) -> dict[tuple[str, str, int], Receipt]:
    """Receipts by entry, account and part. Broken lines are passed over: losing one is safe, believing one is not.

    Raises ContentError when the file cannot be read at all.
    """
    try:
        lines = (root / RECEIPTS_NAME).read_text("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ContentError(f"{RECEIPTS_NAME}: cannot be read: {error.strerror}", hint="check its permissions") from None
    receipts = {}
    for line in lines:
        try:
            receipt = Receipt(**json.loads(line))
        except (ValueError, TypeError, RecursionError):
            continue
        if _is_sound(receipt):
            receipts[receipt.entry, receipt.account, receipt.part] = receipt
    return receipts


def _is_sound(receipt: Receipt) -> bool:
    """The file travels in git: what it claims has the types and ranges of a receipt, or it is none."""
    counts = (receipt.part, receipt.parts)
    texts = (receipt.entry, receipt.account, receipt.fingerprint, receipt.remote_id, receipt.url, receipt.at)
    return (
        all(type(count) is int for count in counts)
        and all(isinstance(text, str) for text in texts)
        and 0 <= receipt.part < receipt.parts
        and bool(receipt.remote_id)
    )


def stamp(moment: datetime) -> str:
    """The time of a receipt."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
