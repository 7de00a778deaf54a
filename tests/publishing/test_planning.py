"""What an approval plans of a thread of which something is out, is being changed, or was taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import NeedsPerson
from contentkit.models import Account, Part, Rendition
from contentkit.publishing.planning import planned_parts
from contentkit.publishing.receipts import append_receipt, receipt_of
from tests.publishing.changes import corrected, published, retracted
from tests.publishing.stage import Stage


def _rendition(*texts: str) -> Rendition:
    parts = tuple(Part(text=text, post=number, length=len(text)) for number, text in enumerate(texts))
    account = Account(name="mine", platform="console")
    return Rendition(account=account, parts=parts, visibility="public", warning="", language="en")


def _with_receipts(stage: Stage, root: Path) -> None:
    for row in stage.rows():
        receipt = receipt_of(row, row.remote_id, row.url, row.changed_at, journal="j", clone="c")
        append_receipt(root, receipt)


def test_while_something_that_is_out_is_being_changed_nothing_is_planned(stage: Stage, tmp_path: Path) -> None:
    published(stage, "one")
    corrected(stage, {0: "uno"})
    with pytest.raises(NeedsPerson, match="is being changed"):
        planned_parts(tmp_path, stage.journal, "launch", [_rendition("uno", "two")])
    stage.run()
    planned = planned_parts(tmp_path, stage.journal, "launch", [_rendition("uno", "two")])
    assert [(part.text, part.sent is not None) for part in planned] == [("uno", True), ("two", False)]


def test_what_was_retracted_is_planned_anew_whatever_old_receipts_say(stage: Stage, tmp_path: Path) -> None:
    published(stage, "one", "two")
    _with_receipts(stage, tmp_path)
    stage.clock.wind(timedelta(hours=1))
    retracted(stage, 1)
    stage.run()
    planned = planned_parts(tmp_path, stage.journal, "launch", [_rendition("one", "zwei")])
    assert [(part.text, part.sent is not None) for part in planned] == [("one", True), ("zwei", False)]
