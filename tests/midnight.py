"""What reads of X cost is not counted around midnight: they are charged on both days on which X may bill them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contentkit.money.ledger import days_of

# A test takes less.
_ENOUGH = timedelta(minutes=2)


def stay_away_from_midnight() -> None:
    """Skips the test if it is, or might become while it runs, so near to midnight (UTC) that a read is charged twice."""
    now = datetime.now(UTC)
    if len({*days_of(now), *days_of(now + _ENOUGH)}) > 1:
        pytest.skip("around midnight what is read is charged on both days")
