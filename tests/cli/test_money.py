"""What a person learns of the bill before it is paid, and what the budget of a month holds back: by the installed command."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.cli.shell import CONFIG, NOTE, Shell, entry, time_in
from tests.midnight import stay_away_from_midnight
from tests.servers.x_server import XServer

LINK = "https://example.org/lanes"
LINKED = f"We threw the queue away, and made each account a lane of its own: {LINK}"
DRAFT = f"""---
version: 1
title: The scheduler
sources: [notes/call.md]
link: {LINK}
language: en
---
Every team we talked to had written the same scheduler.
<!-- evidence: notes/call.md#L3 -->

---

{LINKED}
<!-- evidence: notes/call.md#L5 -->
"""
# Two posts, of which one has a link; both are looked at, as are we, and what stands on the account, at most.
POSTS, LOOKS = Decimal("0.215"), Decimal("0.01")


@pytest.fixture
def x() -> Iterator[XServer]:
    stay_away_from_midnight()
    with XServer() as server:
        yield server


def connect(shell: Shell, x: XServer, budget: str = "", reads: int = 0, daily: str = "") -> None:
    spans = [f"{span} = {dollars}" for span, dollars in (("month", budget), ("day", daily)) if dollars]
    month = f"budget = {{ {', '.join(spans)} }}\n" if spans else ""
    figures = f"[budget]\nreads = {reads}\n" if reads else ""
    shell.write("contentkit.toml", f'{CONFIG}[accounts.ours]\nplatform = "x"\nserver = "{x.url}"\n{month}{figures}')
    secrets = "".join(f'{name} = "{value}"\n' for name, value in x.keys.as_secrets().items())
    path = shell.home / "config/contentkit/secrets.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[ours]\n{secrets}")
    path.chmod(0o600)


def plan(shell: Shell, *, accounts: str = "ours", **when: int) -> str:
    """A thread that is approved; what was said of it."""
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    shell.enter(entry("launch", at=time_in(**when), accounts=accounts))
    ran = shell.run("approve", "launch", "--yes", "--by", "Ana")
    assert ran.code == 0, ran
    return ran.err


def stored(shell: Shell, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(shell.project / "contentkit.db")) as connection:
        return connection.execute(query).fetchall()


def test_a_dry_run_says_what_each_part_and_all_of_them_would_cost(shell: Shell, x: XServer) -> None:
    connect(shell, x)
    plan(shell, seconds=-60)
    ran = shell.run("post", "--dry-run")
    heads = [line for line in ran.out.splitlines() if line.startswith("---")]
    assert heads == ["--- launch 1/2 on ours (public)  $0.015", "--- launch 2/2 on ours (public)  $0.20"]
    assert "They would cost $0.215, and at most $0.07 to see what is there before and after." in ran.err
    assert [part["cost"] for part in shell.run("post", "--dry-run", "--json").json] == ["0.015", "0.200"]
    assert x.history == ()


def test_where_nothing_is_billed_nothing_is_said_of_money(shell: Shell) -> None:
    plan(shell, accounts="try", seconds=-60)
    ran = shell.run("post", "--dry-run")
    assert "$" not in ran.out + ran.err
    assert [part["cost"] for part in shell.run("post", "--dry-run", "--json").json] == [None, None]
    assert [row["cost"] for row in shell.run("queue", "--json").json] == [None]
    assert "$" not in shell.run("queue").err


def test_the_queue_says_what_is_still_to_be_paid_and_what_was_spent(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="10.00")
    plan(shell, days=1)
    month = f"{datetime.now(UTC):%B}"
    assert [row["cost"] for row in shell.run("queue", "--json").json] == ["0.215"]
    told = shell.run("queue").err
    assert told == f"ours: $0.215 to pay for what is planned; $0.00 of $10.00 spent in {month}\n"
    assert shell.run("queue", "--json").err == told
    plan(shell, seconds=-60)
    assert shell.run("post").code == 0
    told = shell.run("queue").err
    assert f"$0.00 to pay for what is planned; ${Decimal(x.spent) / 1000:f} of $10.00 spent in {month}" in told


def test_an_approval_warns_when_the_money_of_the_month_does_not_reach(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="0.22")
    told = plan(shell, days=1)
    assert "launch on ours: with what is spent and planned for" in told
    # As much as 'post' wants to have left before it begins.
    assert "this makes $0.285 of $0.22, with what is looked at before and after: what the budget does not reach" in told
    connect(shell, x, budget="0.284")
    assert "this makes $0.285 of $0.284" in plan(shell, days=1)
    connect(shell, x, budget="0.285")
    assert "this makes" not in plan(shell, days=1)


def test_a_thread_that_no_day_can_pay_for_is_told_when_it_is_approved(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="10.00", daily="0.284")
    told = plan(shell, days=1)
    assert (
        "launch on ours: it costs $0.285 with what is looked at before and after, and the budget of a day is $0.284"
        in told
    )
    assert shell.run("queue").err.endswith(f"of $10.00 spent in {datetime.now(UTC):%B}, $0.00 of $0.284 today\n")
    assert "$10.00 a month and $0.284 a day (UTC), for publishing and reading together" in shell.run("doctor").out


def test_beyond_the_budget_post_says_so_once_and_status_as_long_as_it_waits(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="0.20")
    plan(shell, seconds=-60)
    first, second = shell.run("post"), shell.run("post")
    assert (first.code, second.code) == (4, 0)
    assert "does not reach: $0.00 of $0.20 are spent, and this needs $0.285" in first.out + first.err
    assert second.out + second.err == ""
    assert (shell.run("status").code, x.history) == (4, ())
    assert [row["state"] for row in shell.run("queue", "--json").json] == ["planned"]
    would = shell.run("post", "--dry-run")
    assert would.out == ""


def test_the_database_has_the_ledger_of_posting_and_of_asking(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="10.00", reads=100)
    plan(shell, seconds=-60)
    assert shell.run("post").code == 0
    assert shell.run("sync", "--all").code == 0
    spent = Decimal(x.spent) / 1000
    [(month, account, dollars, reading)] = stored(shell, "SELECT month, account, dollars, reading FROM spending")
    assert (month, account) == (f"{datetime.now(UTC):%Y-%m}", "ours")
    assert Decimal(str(dollars)) == spent
    assert Decimal(str(reading)) == spent - POSTS
    assert shell.run("sync", "--all").code == 0
    assert stored(shell, "SELECT dollars FROM spending") == [(dollars,)], "what was read today is free, and copied once"


def test_who_takes_over_after_a_lost_journal_knows_what_was_spent_up_to_the_last_sync(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="10.00", reads=100)
    plan(shell, seconds=-60)
    assert (shell.run("post").code, shell.run("sync", "--all").code) == (0, 0)
    for path in shell.state.iterdir():
        if path.is_file():
            path.unlink()
    ran = shell.run("takeover", "--yes")
    assert (ran.code, "is known up to the last 'contentkit sync' here" in ran.err) == (0, True)
    assert f"${Decimal(x.spent) / 1000:f} of $10.00 spent" in shell.run("queue").err


def test_who_takes_over_without_a_database_hears_that_what_was_spent_is_not_known(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="10.00")
    ran = shell.run("takeover", "--yes")
    assert "What was spent this month is not known here: look at the network's own bill, and lower" in ran.err
    assert "[accounts.ours.budget] by the rest" in ran.err


def test_what_sync_spent_is_gone_for_post(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="0.40", reads=100)
    plan(shell, seconds=-60)
    assert shell.run("post").code == 0
    others = [x.add_post(f"Something else, number {number}") for number in range(20)]
    lines = [
        f'{{"entry": "old", "account": "ours", "part": {part}, "parts": 20, "fingerprint": "f", "remote_id": "{one}", '
        f'"url": "", "at": "{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}}\n'
        for part, one in enumerate(others)
    ]
    path = shell.project / "receipts.jsonl"
    path.write_text(path.read_text() + "".join(lines))
    assert shell.run("sync", "--all").code == 0
    assert Decimal("0.30") < Decimal(x.spent) / 1000 <= Decimal("0.40")
    shell.write("drafts/again.md", DRAFT.replace("Every team we talked", "Every team that we talked"))
    shell.enter(entry("again", at=time_in(seconds=-60), accounts="ours", draft="drafts/again.md"))
    assert shell.run("approve", "again", "--yes", "--by", "Ana").code == 0
    asked = len(x.history)
    refused = shell.run("post")
    assert (refused.code, len(x.history)) == (4, asked)
    assert f"${Decimal(x.spent) / 1000:f} of $0.40 are spent" in refused.out


def test_sync_stops_reading_when_the_money_is_used_up_and_says_how_much_it_left_out(shell: Shell, x: XServer) -> None:
    connect(shell, x, budget="0.05", reads=1000)
    lines = [
        f'{{"entry": "old", "account": "ours", "part": {part}, "parts": 30, "fingerprint": "f", "remote_id": '
        f'"{x.add_post(f"Number {part}")}", "url": "", "at": "{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}}\n'
        for part in range(30)
    ]
    shell.write("receipts.jsonl", "".join(lines))
    [ours] = shell.run("sync", "--all", "--json").json
    assert (ours["told"], ours["left_out"], ours["troubles"]) == (8, 22, [])
    assert Decimal(x.spent) / 1000 == Decimal("0.05")
    assert stored(shell, "SELECT dollars FROM spending") == [("0.050000",)], "at a desk, the database is the ledger"


def test_doctor_mentions_an_account_on_which_nothing_limits_the_bill(shell: Shell, x: XServer) -> None:
    connect(shell, x)
    assert "none: nothing limits what publishing and reading may cost" in " ".join(shell.run("doctor").out.split())
    connect(shell, x, budget="10.00")
    assert "$10.00 a month (UTC), for publishing and reading together" in " ".join(shell.run("doctor").out.split())
