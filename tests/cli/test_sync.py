from __future__ import annotations

import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from contentkit.models import Account
from contentkit.platforms import Figures, Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.mastodon_figures import AT_ONCE
from contentkit.platforms.session import WatchedSession
from contentkit.stats.hooks import HOOKS
from contentkit.stats.publications import tracked
from contentkit.stats.snapshots import store_figures
from contentkit.store.database import database_in
from contentkit.store.published_words import published_words
from contentkit.testing.loopback import Request
from tests.cli.shell import CONFIG, Shell, entry, finished, interrupt, time_in, wait_until
from tests.midnight import stay_away_from_midnight
from tests.servers.compatible_server import MASTODON, CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_server import XServer

# Every file that this Python opens, and every database, as the interpreter itself reports it.
_WATCHED = """
import sys
from contentkit.cli.main import main
opened = []
sys.addaudithook(lambda event, values: event in ("open", "sqlite3.connect") and opened.append(str(values[0])))
sys.argv = ["contentkit", *sys.argv[1:]]
try:
    main()
finally:
    sys.stderr.write("\\n".join(opened))
"""

# The machine's clock as a wrong setting would have it.
_A_DAY_AHEAD = """
import datetime, sys
right = datetime.datetime
class Ahead(right):
    @classmethod
    def now(cls, tz=None):
        return right.now(tz) + datetime.timedelta(days=1)
datetime.datetime = Ahead
from contentkit.cli.main import main
sys.argv = ["contentkit", *sys.argv[1:]]
main()
"""


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def connect(shell: Shell, server: CompatibleServer, url: str = "") -> None:
    """The account ``ours`` on this server, its token where cron finds it."""
    shell.connect(url or server.url)
    keep_secrets(shell, "ours", token=server.token)


def keep_secrets(shell: Shell, account: str, **secrets: str) -> None:
    path = shell.home / "config/contentkit/secrets.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[{account}]\n" + "".join(f'{name} = "{value}"\n' for name, value in secrets.items()))
    path.chmod(0o600)


def pin(shell: Shell, server: CompatibleServer) -> None:
    """A person writes down who ``ours`` is on this server."""
    settings, address = shell.project / "contentkit.toml", f'server = "{server.url}"\n'
    settings.write_text(settings.read_text().replace(address, f'{address}id = "{server.account_id}"\n'))


def publish(shell: Shell, accounts: str = "ours") -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts=accounts))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert shell.run("post").code == 0


def receipt(**values: object) -> str:
    """A line of receipts.jsonl: one part, an hour ago."""
    an_hour_ago = f"{datetime.now(UTC) - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    known = {
        "entry": "launch",
        "account": "ours",
        "part": 0,
        "parts": 1,
        "fingerprint": "f",
        "remote_id": "1",
        "url": "",
    }
    return json.dumps({**known, "at": an_hour_ago, **values}) + "\n"


def receive(shell: Shell, account: str, remote_ids: Sequence[str]) -> None:
    """Another machine published one thread, whose parts have these ids on the network."""
    lines = [
        receipt(account=account, part=part, parts=len(remote_ids), remote_id=one) for part, one in enumerate(remote_ids)
    ]
    shell.write("receipts.jsonl", "".join(lines))


def stored(shell: Shell, query: str) -> list[tuple[object, ...]]:
    """What any other program reads in the database."""
    with closing(sqlite3.connect(shell.project / "contentkit.db")) as connection:
        return connection.execute(query).fetchall()


def outlive(second: object) -> None:
    """Waits for this second to end: a post has one snapshot in a second, whoever asks."""
    wait_until(lambda: datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") != second)


def reads_statuses(request: Request) -> bool:
    return request.method == "GET" and request.path == "/api/v1/statuses"


def posted_by_hand(server: CompatibleServer) -> str:
    """The id of a status that is there."""
    mine = Account(name="ours", platform="mastodon", server=server.url)
    with closing(MastodonConnection(mine, server.token, WatchedSession(server.url))) as connection:
        return connection.publish(Message(text="Words", key="k")).remote_id


def asks_for_figures(server: CompatibleServer) -> list[Request]:
    return [one for one in server.history if one.method == "GET" and "/statuses" in one.path]


# -- what is asked, and what is kept


def test_the_figures_of_what_was_published_are_kept_without_a_word(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    server.engage(server.statuses[0].id, replies=2, reblogs=3, favourites=5)
    server.set_audience(followers=1234, following=8)
    ran = shell.run("sync", "--all")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    rows = stored(shell, "SELECT entry, part, replies, likes, shares, impressions FROM latest_figures ORDER BY part")
    assert rows == [("launch", 0, 2, 5, 3, None), ("launch", 1, 0, 0, 0, None), ("launch", 2, 0, 0, 0, None)]
    assert stored(shell, "SELECT account, followers, following FROM account_snapshots") == [("ours", 1234, 8)]
    assert stored(shell, "SELECT text FROM publications WHERE part = 2") == [
        ("Nothing waits for a stranger's trouble any more.",)
    ]


def test_each_run_adds_and_changes_nothing_of_before(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    shell.run("sync", "--all")
    before = stored(shell, "SELECT * FROM snapshots")
    outlive(stored(shell, "SELECT max(taken_at) FROM snapshots")[0][0])
    server.engage(server.statuses[0].id, favourites=9)
    shell.run("sync", "--all")
    after = stored(shell, "SELECT * FROM snapshots")
    assert len(after) == 6
    assert set(before) < set(after)


def test_a_terminal_is_told_of_each_account(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell, "ours, try")
    server.delete(server.statuses[2].id)
    ran = shell.run_in_terminal("sync", "--all")
    assert ran.out.splitlines() == [
        "try: passed over: console tells no figures",
        "ours: 3 posts asked for, 1 deleted, 0 followers",
    ]


def test_a_program_gets_numbers(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    [ours] = shell.run("sync", "--all", "--json").json
    assert (ours["account"], ours["told"], ours["left_out"], ours["followers"]) == ("ours", 3, 0, 0)
    assert (ours["passed_over"], ours["troubles"]) == ("", [])


def test_where_nothing_was_published_nothing_is_made_or_asked(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    before = shell.files()
    for ran in (shell.run("sync"), shell.run_in_terminal("sync")):
        assert (ran.code, ran.err) == (0, "")
    assert "Nothing was published yet" in ran.out
    assert shell.run("sync", "--json").json == []
    assert (shell.files(), server.history) == (before, ())
    assert not (shell.home / "state").exists()


def test_the_desk_asks_for_what_receipts_tell_without_knowing_the_words(
    shell: Shell, server: CompatibleServer, tmp_path: Path
) -> None:
    connect(shell, server)
    publish(shell)
    desk = Shell(home=tmp_path / "desk", here=tmp_path / "desk/project")
    for name, content in shell.files().items():
        if content and not name.endswith(".db"):
            desk.write(name, content)
    keep_secrets(desk, "ours", token=server.token)
    assert desk.run("sync", "--all").code == 0
    assert stored(desk, "SELECT part, likes, text FROM latest_figures ORDER BY part") == [
        (part, 0, None) for part in range(3)
    ]


def test_receipts_that_cannot_be_true_are_passed_over(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    nonsense: list[dict[str, object]] = [
        {"at": "yesterday"},
        {"parts": 2**70},
        {"remote_id": "\x1b[2J"},
        {"entry": "\ud800"},
        {"account": "whose"},
    ]
    shell.write("receipts.jsonl", "".join(receipt(**one) for one in nonsense))
    ran = shell.run("sync")
    assert (ran.code, ran.err, server.history) == (0, "", ())


def test_only_posts_of_the_days_that_are_named_are_asked_for(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    shell.write("receipts.jsonl", receipt(at=f"{datetime.now(UTC) - timedelta(days=40):%Y-%m-%dT%H:%M:%SZ}"))
    assert shell.run("sync", "--days", "39", "--json").json[0]["told"] == 0
    assert not [one for one in server.history if reads_statuses(one)]
    assert shell.run("sync", "--days", "41", "--json").json[0]["deleted"] == 1


def test_an_account_that_moved_leaves_no_false_deletions(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    shell.run("sync", "--all")
    with CompatibleServer() as new:
        connect(shell, new)
        pin(shell, new)
        new.set_audience(followers=12, following=8)
        assert shell.run("sync", "--all", "--json").json[0]["followers"] == 12
    assert stored(shell, "SELECT DISTINCT state, owner FROM latest_figures") == [("told", server.account_id)]


def test_an_account_that_moved_before_anything_was_asked_leaves_none_either(
    shell: Shell, server: CompatibleServer
) -> None:
    connect(shell, server)
    publish(shell)
    with CompatibleServer() as new:
        connect(shell, new)
        pin(shell, new)
        assert shell.run("sync", "--all").code == 0
    assert stored(shell, "SELECT count(*) FROM snapshots") == [(0,)]


def test_who_takes_over_goes_on_asking_for_what_receipts_tell(
    shell: Shell, server: CompatibleServer, tmp_path: Path
) -> None:
    connect(shell, server)
    publish(shell)
    new = Shell(home=tmp_path / "new", here=tmp_path / "new/project")
    for name, content in shell.files().items():
        if content and not name.endswith(".db"):
            new.write(name, content)
    keep_secrets(new, "ours", token=server.token)
    assert new.run("takeover", "--yes").code == 0
    assert new.run("sync", "--all", "--json").json[0]["told"] == 3


def test_a_part_that_was_learnt_from_a_receipt_has_the_receipts_time(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    receipts = shell.project / "receipts.jsonl"
    dated = [{**json.loads(line), "at": "2026-01-02T03:04:05Z"} for line in receipts.read_text().splitlines()]
    receipts.write_text("".join(f"{json.dumps(one)}\n" for one in dated))
    shutil.rmtree(shell.home / "state")
    assert shell.run("takeover", "--yes").code == 0
    shell.run("approve", "launch", "--yes", "--by", "Ana")
    assert shell.run("sync", "--days", "9999").code == 0
    assert stored(shell, "SELECT DISTINCT published_at FROM publications") == [("2026-01-02T03:04:05Z",)]


def test_a_receipt_of_a_time_to_come_is_passed_over(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    shell.write("receipts.jsonl", receipt(at="2099-01-01T00:00:00Z"))
    assert (shell.run("sync").code, server.history) == (0, ())


# -- what is due


def test_each_age_is_asked_for_once_and_then_nobody_is_asked_anything(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    shell.write("receipts.jsonl", receipt(remote_id=posted_by_hand(server)))
    [first] = shell.run("sync", "--json").json
    assert (first["told"], first["followers"]) == (1, 0)
    assert stored(shell, "SELECT age FROM snapshots") == [(1,)]
    before = asks_for_figures(server)
    assert shell.run("sync").code == 0
    assert "ours: nothing is due" in shell.run_in_terminal("sync").out
    assert asks_for_figures(server) == before


def test_what_is_not_an_hour_old_is_not_asked_for(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    before = asks_for_figures(server)
    [ours] = shell.run("sync", "--json").json
    assert (ours["told"], ours["followers"]) == (0, 0)
    assert asks_for_figures(server) == before


def test_all_and_days_say_two_things(shell: Shell) -> None:
    ran = shell.run("sync", "--all", "--days", "3")
    assert (ran.code, "--all and --days say two things" in ran.err) == (2, True)


def test_what_the_calendar_and_the_draft_say_is_copied(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours", more="campaign: spring"))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert shell.run("post").code == 0
    assert shell.run("sync").code == 0
    [(draft, campaign, hook)] = stored(shell, "SELECT draft, campaign, hook FROM entries")
    assert (draft, campaign) == ("drafts/launch.md", "spring")
    assert hook in HOOKS
    assert stored(shell, "SELECT DISTINCT language FROM publications") == [("en",)]
    parents = stored(shell, "SELECT parent FROM publications ORDER BY part")
    assert parents == [(None,), *((one.id,) for one in server.statuses[:2])]
    shell.enter()
    assert shell.run("sync").code == 0
    assert stored(shell, "SELECT draft, campaign, hook FROM entries") == [(draft, campaign, hook)]


def test_words_that_x_lent_leave_when_it_has_not_shown_them_for_a_day(shell: Shell) -> None:
    with XServer() as x:
        connect_x(shell, x)
        receive(shell, "ours-x", ["11", "12", "13"])
        shell.run("sync")
        now = datetime.now(UTC)
        with database_in(shell.project) as database:
            database.conn.execute("UPDATE published_parts SET origin = 'network', text = 'Words' WHERE part > 0")
            database.conn.execute("UPDATE published_parts SET text = 'Words' WHERE part = 0")
            posts = {one.remote_id: one for one in tracked(database, "ours-x", "x", now - timedelta(days=30))}
            # An hourly run must not miss the end of the day.
            for remote_id, hours in (("12", 23), ("13", 21)):
                told = {remote_id: Figures(likes=1)}
                store_figures(database, [posts[remote_id]], told, now - timedelta(hours=hours))
        (shell.project / "receipts.jsonl").unlink()
        shell.run("sync")
        assert x.history == ()
    assert stored(shell, "SELECT remote_id, text FROM publications ORDER BY part") == [
        ("11", "Words"), ("12", None), ("13", "Words"),
    ]  # fmt: skip


# -- trouble


def test_a_clock_that_is_wrong_leaves_no_figures(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    ran = shell.ran([sys.executable, "-c", _A_DAY_AHEAD, "sync", "--all"])
    assert (ran.code, "ours: this machine's clock is 1440 minutes ahead of the server's" in ran.err) == (1, True)
    assert stored(shell, "SELECT count(*) FROM snapshots") == [(0,)]


def test_trouble_on_one_account_is_told_and_stops_no_other(shell: Shell, server: CompatibleServer) -> None:
    account = '[accounts.{}]\nplatform = "mastodon"\nserver = "{}"\nlanguage = "en"\n'
    nowhere = "http://127.0.0.1:9"
    shell.write("contentkit.toml", CONFIG + account.format("lost", nowhere) + account.format("ours", server.url))
    keep_secrets(shell, "ours", token=server.token)
    lines = [receipt(account=name) for name in ("lost", "ours")]
    shell.write("receipts.jsonl", "".join(lines))
    ran = shell.run("sync")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("lost: account 'lost' has no token\n  ")
    assert "CONTENTKIT_LOST_TOKEN" in ran.err
    assert stored(shell, "SELECT account FROM account_snapshots") == [("ours",)]


def test_who_asks_us_to_slow_down_says_how_long(shell: Shell) -> None:
    with CompatibleServer(requests_allowed=0) as server:
        connect(shell, server)
        receive(shell, "ours", ["1"])
        ran = shell.run("sync")
    assert ran.code == 1
    assert re.match(r"ours: 127.0.0.1:\d+: asks us to slow down \(HTTP 429\); wait 5 min\n", ran.err)


def test_another_accounts_token_leaves_no_false_deletions(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    with CompatibleServer() as other:
        connect(shell, other)
        ran = shell.run("sync", "--all")
    assert ran.code == 1
    assert f"logged in as another account: @tester on {other.url} (id {other.account_id}), not id" in ran.err
    assert stored(shell, "SELECT count(*) FROM snapshots") == [(0,)]


def test_an_interrupted_run_keeps_what_it_has_and_the_next_goes_on(shell: Shell) -> None:
    with (
        CompatibleServer(speaks=MASTODON) as server,
        FaultyProxy(server.url, ["pass", "hold_before"], matches=reads_statuses) as proxy,
    ):
        connect(shell, server, proxy.url)
        receive(shell, "ours", [f"{number:02}" for number in range(AT_ONCE + 5)])
        running = shell.start("sync")
        proxy.wait_until_held(timeout=20)
        interrupt(running)
        assert finished(running).code == 130
        kept = "SELECT count(*) FROM snapshots"
        assert stored(shell, kept) == [(AT_ONCE,)]
        proxy.release()
        assert shell.run("sync").code == 0
        asked = [one.request.query["id[]"] for one in proxy.history if reads_statuses(one.request)]
    assert asked[-1] == ["04", "03", "02", "01", "00"], "those that were not asked for before"
    assert stored(shell, kept) == [(AT_ONCE + 5,)]


def test_a_database_that_cannot_be_used_is_told_once(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    receive(shell, "ours", ["1"])
    shell.write("contentkit.db", "no database at all, but somebody's notes\n" * 40)
    ran = shell.run("sync")
    assert (ran.code, ran.err.count("contentkit.db: cannot be used")) == (1, 1)
    assert server.history == ()


@pytest.mark.parametrize("blocks", [0, 20, 120])
def test_without_room_it_says_so_and_the_next_run_has_a_sound_database(
    shell: Shell, server: CompatibleServer, blocks: int
) -> None:
    connect(shell, server)
    receive(shell, "ours", ["1"])
    ran = shell.run_without_room(blocks, "sync")
    assert (ran.code, ran.err.count("contentkit.db: cannot be used")) == (1, 1), ran
    assert shell.run("sync").code == 0
    assert stored(shell, "PRAGMA integrity_check") == [("ok",)]
    assert stored(shell, "SELECT state FROM snapshots") == [("deleted",)]


# -- where reading costs money


def connect_x(shell: Shell, x: XServer, reads: int | None = None) -> None:
    budget = "" if reads is None else f"[budget]\nreads = {reads}\n"
    shell.write("contentkit.toml", f'{CONFIG}[accounts.ours-x]\nplatform = "x"\nserver = "{x.url}"\n{budget}')
    keep_secrets(shell, "ours-x", **x.keys.as_secrets())


def charged(x: XServer) -> int:
    """The bill in reads of one post."""
    return x.spent // 5


def test_nothing_that_costs_money_is_read_before_a_budget_is_set(shell: Shell) -> None:
    with XServer() as x:
        connect_x(shell, x)
        receive(shell, "ours-x", [x.add_post("Words")])
        assert (shell.run("sync").code, shell.run("sync").err) == (0, "")
        assert (
            shell.run_in_terminal("sync").out
            == "ours-x: passed over: x bills reading: set reads under [budget] first\r\n"
        )
        assert (x.history, x.spent) == ((), 0)


def test_what_the_budget_does_not_reach_is_left_out_and_told(shell: Shell) -> None:
    stay_away_from_midnight()
    with XServer() as x:
        connect_x(shell, x, 12)
        receive(shell, "ours-x", [x.add_post(f"Words {number}") for number in range(30)])
        [ours] = shell.run("sync", "--json").json
        assert ours["followers"] == x.account.followers_count
        assert (ours["told"] + ours["left_out"], charged(x) <= 12) == (30, True)
        newest_first = stored(shell, "SELECT part FROM latest_figures WHERE state = 'told' ORDER BY part DESC")
        assert newest_first == [(29 - place,) for place in range(ours["told"])]
        assert (ours["reads"], ours["cost"]) == (charged(x), str(charged(x) * Decimal("0.005")))
        told = shell.run_in_terminal("sync").out
        assert f"ours-x: {ours['left_out']} left out: the reads of this month do not reach" in told
        assert charged(x) <= 12, "what was read today is free"


def test_the_newest_are_paid_for_first_also_when_they_were_asked_before(shell: Shell) -> None:
    with XServer() as x:
        connect_x(shell, x)
        receive(shell, "ours-x", [x.add_post(f"Words {number}") for number in range(10)])
        shell.run("sync")
        now = datetime.now(UTC)
        with database_in(shell.project) as database:
            posts = tracked(database, "ours-x", "x", now - timedelta(days=30))
            store_figures(database, posts[:5], {}, now - timedelta(days=2))
        connect_x(shell, x, 6)
        shell.run("sync")
    told = [
        part for (part,) in stored(shell, "SELECT part FROM latest_figures WHERE state = 'told' ORDER BY part DESC")
    ]
    assert told
    assert told == [9, 8, 7, 6][: len(told)]


def test_two_commands_at_once_stay_within_the_budget(shell: Shell) -> None:
    with XServer() as x:
        connect_x(shell, x, 50)
        receive(shell, "ours-x", [x.add_post(f"Words {number}") for number in range(120)])
        running = [shell.start("sync") for _ in range(3)]
        ran = [finished(one) for one in running]
        assert [(one.code, one.err) for one in ran] == [(0, "")] * 3
        assert charged(x) <= 50
        assert stored(shell, "SELECT sum(counts_as) FROM reads")[0][0] in range(40, 51)


def test_without_credit_the_account_is_told_and_the_reads_stay_charged(shell: Shell) -> None:
    with XServer(credit=0) as x:
        connect_x(shell, x, 100)
        receive(shell, "ours-x", [x.add_post("Words")])
        ran = shell.run("sync")
    assert ran.code == 1
    assert "(HTTP 402)" in ran.err
    assert "what was asked for stays charged to the budget" in ran.err
    assert stored(shell, "SELECT count(*) FROM reads") != [(0,)]


def test_without_a_network_nothing_is_charged_and_it_is_told_once(shell: Shell) -> None:
    with XServer() as x:
        connect_x(shell, x, 100)
        receive(shell, "ours-x", [x.add_post("Words")])
    ran = shell.run("sync")
    assert (ran.code, ran.err.count("ours-x: "), "charged" in ran.err) == (1, 1, False)
    assert stored(shell, "SELECT sum(counts_as) FROM reads") == [(0,)]


# -- publishing goes first


def test_publishing_never_opens_the_database(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    shell.run("sync")
    shell.enter(entry("again", at=time_in(seconds=-30)))
    assert shell.run("approve", "again", "--yes", "--by", "Ana").code == 0
    ran = shell.ran([sys.executable, "-c", _WATCHED, "post"])
    assert "again 3/3 on try: sent" in ran.out
    assert any(name.endswith("journal.db") for name in ran.err.splitlines())
    assert not [name for name in ran.err.splitlines() if "contentkit.db" in name]


def test_publishing_does_not_wait_for_a_sync_that_waits_for_its_network(shell: Shell, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["hold_before"], matches=reads_statuses) as proxy:
        connect(shell, server, proxy.url)
        publish(shell)
        shell.enter(entry("again", at=time_in(seconds=-30)))
        assert shell.run("approve", "again", "--yes", "--by", "Ana").code == 0
        running = shell.start("sync", "--all")
        proxy.wait_until_held(timeout=20)
        posted = shell.run("post")
        proxy.release()
        assert finished(running).code == 0
    assert (posted.code, posted.out.count("sent")) == (0, 3)


def test_a_command_that_holds_the_database_keeps_no_post_from_going_out(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    shell.run("sync")
    shell.enter(entry("again", at=time_in(seconds=-30)))
    assert shell.run("approve", "again", "--yes", "--by", "Ana").code == 0
    with closing(sqlite3.connect(shell.project / "contentkit.db", isolation_level=None)) as greedy:
        greedy.execute("PRAGMA locking_mode = EXCLUSIVE")
        greedy.execute("BEGIN EXCLUSIVE")
        assert shell.run("post").out.count("sent") == 3


def test_the_journal_is_only_read(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    before = {path.name: path.read_bytes() for path in shell.state.iterdir() if path.is_file()}
    shell.run("sync")
    assert {path.name: path.read_bytes() for path in shell.state.iterdir() if path.is_file()} == before


def test_a_wrong_number_of_days_is_refused(shell: Shell) -> None:
    for days in ("0", "-1", "soon"):
        assert shell.run("sync", "--days", days).code == 2
    assert json.dumps(shell.files().get("contentkit.db")) == "null"


# -- what was taken back


def test_nobody_asks_for_what_was_retracted_and_the_words_that_were_written_here_stay(
    shell: Shell, server: CompatibleServer
) -> None:
    connect(shell, server)
    publish(shell)
    assert shell.run("sync", "--all").code == 0
    retracted = server.statuses[2].id
    assert shell.run("retract", "launch", "--from", "3", "--yes", "--by", "Ana").code == 0
    outlive(stored(shell, "SELECT max(taken_at) FROM snapshots")[0][0])
    asked_before = len(server.history)
    assert shell.run("sync", "--all").code == 0
    assert shell.run("sync", "--all").code == 0
    asked = [request for request in server.history[asked_before:] if retracted in request.path + str(request.query)]
    assert asked == []
    told = stored(shell, "SELECT part, state, text IS NULL FROM latest_figures ORDER BY part")
    assert told == [(0, "told", 0), (1, "told", 0), (2, "deleted", 0)]
    [words] = stored(shell, "SELECT text FROM publications WHERE part = 2")
    assert words[0] not in [one.text for one in published_words(shell.project)], "nobody quotes them any more"


def test_another_machines_retraction_is_heard_from_its_receipts(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    assert shell.run("sync", "--all").code == 0
    first = server.statuses[0]
    shutil.rmtree(shell.home / "state")
    with (shell.project / "receipts.jsonl").open("a") as file:
        file.write(receipt(remote_id=first.id, parts=3, retracted="2026-11-23T12:00:00Z"))
    outlive(stored(shell, "SELECT max(taken_at) FROM snapshots")[0][0])
    shell.run("sync", "--all")
    told = stored(shell, "SELECT part, state, text IS NULL FROM latest_figures ORDER BY part")
    assert told[0] == (0, "deleted", 0)
    assert [state for _, state, _ in told[1:]] == ["told", "told"]


def test_corrected_words_are_those_in_the_database(shell: Shell, server: CompatibleServer) -> None:
    connect(shell, server)
    publish(shell)
    assert shell.run("sync").code == 0
    shell.write(
        "drafts/launch.md", (shell.project / "drafts/launch.md").read_text().replace("stranger's", "neighbour's")
    )
    assert shell.run("correct", "launch", "--yes", "--by", "Ana").code == 0
    assert shell.run("sync").code == 0
    [(words,)] = stored(shell, "SELECT text FROM publications WHERE part = 2")
    assert "neighbour's" in str(words)
