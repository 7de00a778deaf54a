from __future__ import annotations

from tests.servers.timeline import Ulids


def test_ulids_of_one_millisecond_still_sort_in_the_order_in_which_they_were_made() -> None:
    ulids = Ulids()
    made = [ulids.next() for _ in range(2000)]
    assert made == sorted(set(made))
