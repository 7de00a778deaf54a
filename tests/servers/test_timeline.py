from __future__ import annotations

from datetime import UTC, datetime

from tests.servers.records import StatusRecord
from tests.servers.timeline import Timeline, Ulids


def test_ulids_of_one_millisecond_still_sort_in_the_order_in_which_they_were_made() -> None:
    ulids = Ulids()
    made = [ulids.next() for _ in range(2000)]
    assert made == sorted(set(made))


def test_an_invisible_status_appears_by_itself() -> None:
    moments = iter([100.0, 109.0, 110.0])
    timeline = Timeline(visible_after=10, now=lambda: next(moments))
    timeline.keep(StatusRecord(id=timeline.new_id(), text="one", created_at=datetime(2026, 11, 24, tzinfo=UTC)))
    assert timeline.page(limit=20) == []
    assert [record.text for record in timeline.page(limit=20)] == ["one"]
