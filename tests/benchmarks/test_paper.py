from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from benchmarks.scale.paper import (
    WHY,
    Assumed,
    Fleet,
    PerPost,
    billed_by_x,
    day_of,
    first_met,
    herd_of,
    measured,
    needs_of,
    tables,
)

COST = PerPost(
    database_cpu=2, worker_cpu=8, commits=2, log=5000, waiting=1000, kept=2000, posts=10, where="here", on="today"
)
ASSUMED = Assumed(
    on_the_hour=0.5, busiest=2, days_ahead=2, days_kept=10, cores=10, cores_used=0.5, largest_log=10, largest_store=100,
    encryption_cpu=2, request=0.5, on_x=0.5, with_link=0.5, app_limit=10_000,
)  # fmt: skip


def test_what_a_fleet_needs_follows_from_what_a_post_costs() -> None:
    needs = needs_of(Fleet(name="", accounts=1, posts_a_day=8_640_000, window=60), COST, ASSUMED)

    assert (needs.mean, needs.herd, needs.peak, needs.in_flight) == (100, 360_000, 6000, 3000)
    # 2,500 posts a second by five cores' worth of CPU, 2,000 by the log.
    assert (needs.cells_by_cpu, needs.cells_by_log) == (3, 3)
    assert needs.store == pytest.approx(190.08)
    assert needs.cells_by_store == 2
    assert (needs.worker_cores, needs.worker_cores_mean, needs.cells) == (60, 1, 3)


def test_the_way_back_from_a_rate_to_a_day_is_the_way_there() -> None:
    assert day_of(herd_of(1e6, ASSUMED) / 60, 60, ASSUMED) == pytest.approx(1e6)


def test_x_bills_a_link_dearer() -> None:
    assert billed_by_x(1000, ASSUMED) == Decimal(500) * (Decimal("0.2") + Decimal("0.015")) / 2


def test_the_nearest_limit_comes_first_and_moves_with_what_it_is_made_of() -> None:
    met = first_met(COST, ASSUMED)

    assert met == sorted(met)
    assert met[0] == (20_000, "one app on X")
    more = first_met(COST, replace(ASSUMED, app_limit=10**12))
    assert more[0][1] != "one app on X"


def test_each_assumption_is_told_with_its_reason_and_each_figure_in_the_tables() -> None:
    assert set(WHY) == {field.name for field in fields(Assumed)}
    told = "\n".join(tables(measured(), Assumed()))

    assert all(what in told for what, _ in WHY.values())
    assert f"{measured().database_cpu:.2f} ms" in told
