"""What was posted before contentkit, and visits of the website: by the installed command."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from contentkit.testing.loopback import Request
from tests.cli.shell import CONFIG, PARTS, Shell, entry, finished, interrupt, time_in
from tests.drafting.voice.invented import dry
from tests.midnight import stay_away_from_midnight
from tests.servers.compatible_server import MASTODON, CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_server import XServer
from tests.sources.own_posts.archives import (
    manifest,
    note,
    outbox,
    part,
    tarred,
    tweet,
    whole_note,
    whole_tweet,
    x_parts,
    zipped,
)

ACCOUNTS = """
[accounts.ours]
platform = "mastodon"
server = "https://social.grebe.example"
handle = "@odile"
language = "en"

[accounts.ours-x]
platform = "x"
handle = "Odile"
language = "en"
"""


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """The project with an account on each network."""
    shell.write("contentkit.toml", CONFIG + ACCOUNTS)
    return shell


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer(speaks=MASTODON) as server:
        yield server


@pytest.fixture
def x() -> Iterator[XServer]:
    stay_away_from_midnight()
    with XServer() as server:
        yield server


def stored(shell: Shell, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(shell.project / "contentkit.db")) as connection:
        return connection.execute(query).fetchall()


def archive(shell: Shell, *tweets: dict[str, Any], name: str = "x.zip") -> Path:
    told = tweets or (whole_tweet(1, PARTS[0]), whole_tweet(2, "And then?", answers=1), tweet(3, "@tomas no"))
    return zipped(shell.home / name, x_parts(*told) | {"data/manifest.js": manifest()})


def keep_secrets(shell: Shell, account: str, **secrets: str) -> None:
    path = shell.home / "config/contentkit/secrets.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[{account}]\n" + "".join(f'{name} = "{value}"\n' for name, value in secrets.items()))
    path.chmod(0o600)


# -- archives


def test_an_archive_of_x_comes_in_once(desk: Shell) -> None:
    archive(desk)
    ran = desk.run("import", "../x.zip", "--account", "ours-x")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "ours-x: 2 posts from 2026-11-18 to 2026-11-18 in x.zip",
        "  2 new",
        "  1 thread of several posts",
        "  figures of 2 posts as of 2026-11-20 14:02 UTC",
        "  Left out: 1 begins with a mention.",
    ]
    assert stored(
        desk, "SELECT account, owner, origin, thread, part, parts, likes, shares FROM latest_figures ORDER BY part"
    ) == [
        ("ours-x", "77", "archive", "post 1", 0, 2, 12, 3),
        ("ours-x", "77", "archive", "post 1", 1, 2, 12, 3),
    ]
    again = desk.run("import", "../x.zip", "--account", "ours-x", "--json")
    assert again.json["imported"] == {"new": 0, "changed": 0, "known": 2, "ours": 0, "threads": 1, "readings": 0}
    assert stored(desk, "SELECT count(*) FROM snapshots") == [(2,)]


def test_an_export_of_mastodon_is_of_when_its_file_was_written(desk: Shell) -> None:
    path = tarred(desk.home / "m.tar.gz", {"outbox.json": outbox(whole_note(1, "<p>One</p>"), note(2, "<p>Two</p>"))})
    ran = desk.run("import", "../m.tar.gz", "--account", "ours")
    assert ran.code == 0, ran.err
    assert stored(desk, "SELECT text, server, likes, shares, replies FROM latest_figures ORDER BY remote_id") == [
        ("One", "https://social.grebe.example", 5, 2, None),
        ("Two", "https://social.grebe.example", None, None, None),
    ]
    # What tells no figures adds none: never asked is not the same as not told.
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert stored(desk, "SELECT publication, taken_at FROM snapshots") == [(1, written)]


def test_a_file_with_posts_alone_is_taken_for_the_account_that_is_named(desk: Shell) -> None:
    (desk.home / "tweets.js").write_bytes(part("tweets", [whole_tweet(1, "One")]))
    assert desk.run("import", "../tweets.js", "--account", "ours-x").code == 0
    assert stored(desk, "SELECT url, owner FROM publications") == [("https://x.com/i/status/1", "")]


@pytest.mark.parametrize(
    ("handle", "words"),
    [
        ('handle = "@tomas"', "x.zip: is of @odile, and account 'ours-x' is @tomas"),
        ("", "x.zip: is of @odile, and contentkit.toml does not say who account 'ours-x' is"),
        ('handle = "odile"\nid = "78"', "x.zip: is of @odile, and account 'ours-x' is @odile"),
        ('id = "78"', "x.zip: is of @odile, and account 'ours-x' is id 78"),
    ],
)
def test_an_archive_of_somebody_else_is_refused(handle: str, words: str, desk: Shell) -> None:
    desk.write("contentkit.toml", CONFIG + ACCOUNTS.replace('handle = "Odile"', handle))
    archive(desk)
    ran = desk.run("import", "../x.zip", "--account", "ours-x")
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"contentkit: {words}")
    assert not (desk.project / "contentkit.db").exists()


def test_who_renamed_the_account_keeps_its_id(desk: Shell) -> None:
    desk.write("contentkit.toml", CONFIG + ACCOUNTS.replace('handle = "Odile"', 'handle = "grebe"\nid = "77"'))
    archive(desk)
    assert desk.run("import", "../x.zip", "--account", "ours-x").code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["../x.zip", "--account", "ours"], "is an archive of X, and account 'ours' is on mastodon"),
        (["../x.zip"], "whose posts are these?"),
        (["../x.zip", "--account", "ours-x", "--site", "docs"], "is an archive of posts"),
        (["../x.zip", "--since", "2026-01-01"], "--since goes with --timeline"),
        (["../x.zip", "--until", "2026-01-01"], "--until goes with --timeline"),
        (["--timeline", "--account", "ours", "--since", "2026-02-01", "--until", "2026-01-01"], "is after --until"),
        ([], "name a file or a folder"),
        (["../x.zip", "--timeline"], "name a file or a folder"),
        (["../note.md", "--account", "ours"], "is no archive of posts"),
        (["../note.md"], "is neither an archive of X or Mastodon, nor visits"),
        (["../v.csv", "--from", "2026-11-01"], "--from and --to go together"),
        (["../v.csv", "--from", "soon", "--to", "2026-11-02"], "'soon' is no date"),
        (["../v.csv", "--tag", "term"], "'term' is no tag of links"),
        (["--timeline", "--account", "ours", "--since", "soon"], "'soon' is no date"),
        (["--timeline", "--account", "ours", "--since", "2026-11-30T00:00-08:00"], "is no date"),
    ],
)
def test_what_cannot_be_meant_is_said(words: list[str], says: str, desk: Shell) -> None:
    archive(desk)
    (desk.home / "note.md").write_text("We broke it.\n")
    (desk.home / "v.csv").write_text("name,visitors\nlaunch,1\n")
    ran = desk.run("import", *words)
    assert (ran.code, says in ran.err) == (2, True), ran.err


def test_a_hostile_name_or_text_steers_no_terminal(desk: Shell) -> None:
    (desk.home / "a\x1b[31m.zip").write_bytes(
        archive(desk, whole_tweet(1, "\x1b]0;boo\x07 x"), name="b.zip").read_bytes()
    )
    ran = desk.run("import", "../a\x1b[31m.zip", "--account", "ours-x")
    assert (ran.code, "\x1b" in ran.out + ran.err) == (0, False)


# -- what it is for


def test_what_was_said_before_contentkit_is_told_with_date_figures_and_address(desk: Shell) -> None:
    archive(desk)
    desk.run("import", "../x.zip", "--account", "ours-x")
    found = [one for one in desk.run("check", "--json").json if one["check"] == "CK360"]
    assert [one["message"] for one in found] == [
        "the same words as https://x.com/Odile/status/1, published on 2026-11-18 on ours-x (12 likes, 3 shares)".replace(
            "Odile", "odile"
        )
    ]


def test_a_voice_is_learnt_from_what_was_imported(desk: Shell) -> None:
    desk.write("people.yaml", "version: 1\npeople:\n  odile: {name: Odile Varga, founder: {accounts: [ours-x]}}\n")
    archive(desk, *(whole_tweet(number, post.text) for number, post in enumerate(dry(30), 1)))
    early = desk.run("voice", "learn", "odile")
    assert (early.code, "0 posts are too few" in early.err) == (2, True)
    desk.run("import", "../x.zip", "--account", "ours-x")
    ran = desk.run("voice", "learn", "odile", "--json")
    assert (ran.code, ran.json["learnt"]["posts"]) == (0, 30), ran.err
    lines = (desk.project / "voices/odile.posts.jsonl").read_text().splitlines()
    assert json.loads(lines[0])["key"].startswith("x:")
    assert desk.run("voice", "learn", "odile", "--account", "ours").code == 2


def test_what_contentkit_published_is_none_of_what_a_voice_is_learnt_from(
    desk: Shell, server: CompatibleServer
) -> None:
    desk.write("people.yaml", "version: 1\npeople:\n  odile: {name: Odile Varga}\n")
    desk.connect(server.url, settle="0s")
    keep_secrets(desk, "ours", token=server.token)
    desk.enter(entry("launch", at=time_in(minutes=-1), accounts="ours"))
    assert desk.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert desk.run("post").code == 0
    ran = desk.run("import", "--timeline", "--account", "ours")
    assert "3 published by contentkit, and left as they are" in ran.out
    assert "0 posts are too few" in desk.run("voice", "learn", "odile", "--account", "ours").err


def test_what_was_retracted_since_an_export_stays_out(desk: Shell, server: CompatibleServer) -> None:
    desk.connect(server.url, settle="0s")
    settings = desk.project / "contentkit.toml"
    settings.write_text(
        settings.read_text().replace("[accounts.ours]", '[accounts.ours]\nhandle = "odile@social.grebe.example"')
    )
    keep_secrets(desk, "ours", token=server.token)
    desk.enter(entry("launch", at=time_in(minutes=-1), accounts="ours"))
    assert desk.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert desk.run("post").code == 0
    ids = [one.id for one in server.statuses]
    assert desk.run("retract", "launch", "--yes").code == 0
    notes = [whole_note(number, f"<p>{words}</p>") for number, words in zip(ids, PARTS, strict=True)]
    tarred(desk.home / "m.tar.gz", {"outbox.json": outbox(*notes)})
    ran = desk.run("import", "../m.tar.gz", "--account", "ours")
    assert ran.code == 0, ran.err
    assert "Left out: 3 retracted since." in ran.out
    assert [one for one in desk.run("check", "--json").json if one["check"] == "CK360"] == []


# -- timelines


def toot(server: CompatibleServer, text: str, **form: str) -> str:
    """A status that somebody wrote by hand."""
    told = requests.post(
        f"{server.url}/api/v1/statuses",
        json={"status": text, **form},
        headers={"Authorization": f"Bearer {server.token}"},
        timeout=10,
    )
    return str(told.json()["id"])


def test_the_past_of_a_mastodon_account_is_asked_for(desk: Shell, server: CompatibleServer) -> None:
    desk.connect(server.url)
    keep_secrets(desk, "ours", token=server.token)
    opening = toot(server, "One")
    toot(server, "Two", in_reply_to_id=opening, visibility="unlisted")
    toot(server, "Psst", visibility="private")
    toot(server, "@tomas look")
    server.engage(opening, favourites=7, reblogs=2, replies=1)
    ran = desk.run("import", "--timeline", "--account", "ours")
    assert ran.code == 0, ran.err
    assert "Left out: 1 begins with a mention, 1 not public." in ran.out
    assert stored(
        desk,
        "SELECT text, origin, thread, part, language, likes, shares, replies, owner FROM latest_figures ORDER BY part",
    ) == [
        ("One", "network", f"post {opening}", 0, "en", 7, 2, 1, server.account_id),
        ("Two", "network", f"post {opening}", 1, "en", 0, 0, 0, server.account_id),
    ]


def test_a_network_that_asks_to_wait_keeps_what_it_told(desk: Shell) -> None:
    with CompatibleServer(speaks=MASTODON, requests_allowed=2) as server:
        desk.connect(server.url)
        keep_secrets(desk, "ours", token=server.token)
        for number in range(41):
            server.reply_by_hand("", f"Post {number}")
        ran = desk.run("import", "--timeline", "--account", "ours")
    assert (ran.code, "What was told before that is stored." in ran.err) == (1, True), ran
    assert stored(desk, "SELECT count(*) FROM publications") == [(40,)]


def lists_statuses(request: Request) -> bool:
    return request.method == "GET" and request.path.endswith("/statuses")


def test_ctrl_c_keeps_what_was_told(desk: Shell) -> None:
    with (
        CompatibleServer(speaks=MASTODON) as server,
        FaultyProxy(server.url, ["pass", "hold_before"], matches=lists_statuses) as proxy,
    ):
        desk.connect(proxy.url)
        keep_secrets(desk, "ours", token=server.token)
        for number in range(41):
            server.reply_by_hand("", f"Post {number}")
        running = desk.start("import", "--timeline", "--account", "ours")
        proxy.wait_until_held(timeout=20)
        interrupt(running)
        ran = finished(running)
    assert (ran.code, "interrupted: what was told before that is stored." in ran.err) == (130, True), ran
    assert stored(desk, "SELECT count(*) FROM publications") == [(40,)]


def connect_x(shell: Shell, x: XServer, reads: int) -> None:
    budget = f"[budget]\nreads = {reads}\n" if reads else ""
    shell.write(
        "contentkit.toml", f'{CONFIG}[accounts.ours]\nplatform = "x"\nserver = "{x.url}"\nlanguage = "en"\n{budget}'
    )
    keep_secrets(shell, "ours", **x.keys.as_secrets())


def reads(shell: Shell, kind: str = "status") -> list[tuple[Any, ...]]:
    query = f"SELECT remote_id FROM reads WHERE kind = '{kind}' GROUP BY remote_id HAVING sum(counts_as) > 0 ORDER BY 1"
    return stored(shell, query)


def test_the_past_of_an_account_of_x_costs_what_was_said_and_is_charged(desk: Shell, x: XServer) -> None:
    connect_x(desk, x, reads=500)
    mine = x.add_post("One")
    theirs = x.add_post("What?", author=x.add_account("tomas"), parent=mine)
    posts = [mine, x.add_post("Two", parent=mine), x.add_post("No.", parent=theirs)]
    x.set_metrics(mine, like_count=9, retweet_count=2)
    asked = desk.run("import", "--timeline", "--account", "ours")
    assert (asked.code, x.charges) == (2, ())
    assert not (desk.project / "contentkit.db").exists()
    assert "x bills each post that is read: up to 500 posts, $2.50 at most" in asked.err
    ran = desk.run("import", "--timeline", "--account", "ours", "--yes")
    assert ran.code == 0, ran.err
    assert "3 posts were read, against [budget] reads." in ran.err
    assert stored(desk, "SELECT text, part, parts, likes, replies FROM latest_figures ORDER BY part") == [
        ("One", 0, 2, 9, 1), ("Two", 1, 2, 0, 0),
    ]  # fmt: skip
    assert reads(desk) == sorted((one,) for one in posts)
    assert reads(desk, "account") == [("ours",)]


def test_no_more_of_x_is_read_than_the_budget_has_left(desk: Shell, x: XServer) -> None:
    connect_x(desk, x, reads=20)
    for number in range(30):
        x.add_post(f"Post {number}")
    ran = desk.run("import", "--timeline", "--account", "ours", "--yes")
    assert ran.code == 0, ran.err
    assert "older posts may be missing" in ran.err
    # The question who we are costs as two posts.
    assert 15 <= len(reads(desk)) <= 18
    assert stored(desk, "SELECT sum(counts_as) <= 20 FROM reads") == [(1,)]
    spent = desk.run("import", "--timeline", "--account", "ours", "--yes")
    assert (spent.code, "[budget] reads leaves" in spent.err) == (2, True)


def test_without_a_budget_nothing_of_x_is_read(desk: Shell, x: XServer) -> None:
    connect_x(desk, x, reads=0)
    ran = desk.run("import", "--timeline", "--account", "ours", "--yes")
    assert (ran.code, x.history) == (2, ())
    assert "set reads under [budget]" in ran.err


def test_posts_before_a_day_are_left(desk: Shell, x: XServer) -> None:
    connect_x(desk, x, reads=100)
    x.add_post("Now")
    since = f"{datetime.now(UTC):%Y-%m-%d}"
    ran = desk.run("import", "--timeline", "--account", "ours", "--since", since, "--yes")
    assert (ran.code, "ours: 1 post from" in ran.out) == (0, True), ran.err
    assert x.history[-1].query["start_time"] == [f"{since}T00:00:00Z"]


def test_posts_after_a_day_are_neither_read_nor_paid_for(desk: Shell, x: XServer) -> None:
    connect_x(desk, x, reads=100)
    x.add_post("Now")
    yesterday = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    ran = desk.run("import", "--timeline", "--account", "ours", "--until", yesterday, "--yes", "--json")
    assert (ran.code, ran.json["imported"]["new"]) == (0, 0), ran.err
    assert x.history[-1].query["end_time"] == [f"{yesterday}T23:59:59Z"]
    assert reads(desk) == []


def test_what_a_mastodon_server_tells_of_other_days_is_left(desk: Shell, server: CompatibleServer) -> None:
    desk.connect(server.url)
    keep_secrets(desk, "ours", token=server.token)
    toot(server, "Now")
    today, yesterday = (f"{datetime.now(UTC) - timedelta(days=days):%Y-%m-%d}" for days in (0, 1))
    ran = desk.run("import", "--timeline", "--account", "ours", "--until", yesterday)
    assert (ran.code, ran.out) == (0, "ours: 0 posts in mastodon\n"), ran.err
    ran = desk.run("import", "--timeline", "--account", "ours", "--since", today, "--until", today)
    assert (ran.code, ran.out.splitlines()[1]) == (0, "  1 new"), ran.err


# -- visits


def test_visits_come_in_once_and_overlap_nothing(desk: Shell) -> None:
    (desk.home / "utm_campaigns.csv").write_text("name,visitors\nlaunch,12\n=cmd,3\n")
    november = ("--from", "2026-11-01", "--to", "2026-11-30")
    ran = desk.run("import", "../utm_campaigns.csv", *november)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "../utm_campaigns.csv: Plausible: 15 visitors (visits are not told) from 2026-11-01 to 2026-11-30 by utm_campaign",
        "  2 rows: 2 new",
    ]
    assert desk.run("import", "../utm_campaigns.csv", *november, "--json").json[0]["same"] == 2
    longer = desk.run("import", "../utm_campaigns.csv", "--from", "2026-11-01", "--to", "2026-12-10")
    assert (longer.code, "2026-11-01 to 2026-11-30 by utm_campaign are stored already" in longer.err) == (1, True)
    replaced = desk.run("import", "../utm_campaigns.csv", "--from", "2026-11-01", "--to", "2026-12-10", "--replace")
    assert "instead of 2 rows of days that overlap" in replaced.out
    assert stored(desk, "SELECT DISTINCT last_day FROM visits") == [("2026-12-10",)]
