"""Times as text: what the database sorts must be what happened first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from contentkit.stamps import latest_of, moment_if_any, moment_of, stamped, stamped_finely

NOON = datetime(2026, 11, 24, 12, 0, 0, 250_000, tzinfo=UTC)


def test_a_stamp_is_in_utc_wherever_the_time_was_read() -> None:
    in_mexico = NOON.astimezone(timezone(timedelta(hours=-6)))
    assert (stamped(in_mexico), stamped_finely(in_mexico)) == ("2026-11-24T12:00:00Z", "2026-11-24T12:00:00.250Z")


@pytest.mark.parametrize("moment", [NOON.replace(microsecond=0), NOON, NOON + timedelta(microseconds=999)])
def test_all_stamps_of_one_kind_have_one_width(moment: datetime) -> None:
    assert (len(stamped(moment)), len(stamped_finely(moment))) == (20, 24)


def test_the_journal_gets_its_times_back_to_the_millisecond() -> None:
    assert moment_of(stamped_finely(NOON)) == NOON
    assert moment_if_any(stamped(NOON)) == NOON.replace(microsecond=0)


@pytest.mark.parametrize("nothing", ["", None])
def test_no_stamp_is_no_time(nothing: str | None) -> None:
    assert moment_if_any(nothing) is None


def test_what_is_no_stamp_is_an_error() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        moment_of("yesterday")


def test_the_latest_time_is_so_in_utc() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = datetime(2026, 10, 25, 2, 45, tzinfo=berlin), datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=berlin)
    assert latest_of([second, first]) == second
    assert latest_of([first, second.astimezone(UTC)]) == second.astimezone(UTC)
    assert latest_of([]) is None
