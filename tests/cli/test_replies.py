"""``contentkit replies``: from answers on real servers to a list, and from the list to a browser."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.published import Published
from tests.cli.shell import Shell
from tests.midnight import stay_away_from_midnight
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer


@pytest.fixture
def place(shell: Shell) -> Iterator[Published]:
    with CompatibleServer() as server, XServer() as x:
        yield Published(shell, server, x)


def allow_reads(shell: Shell, reads: int) -> None:
    path = shell.project / "contentkit.toml"
    path.write_text(f"{path.read_text()}[budget]\nreads = {reads}\n")


def browser(shell: Shell) -> tuple[dict[str, str], Path]:
    """A browser of this test: the variable that names it, and the file that it writes what it opened to."""
    opened, program = shell.home / "opened", shell.home / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {opened}\n')
    program.chmod(0o700)
    return {"BROWSER": f"{program} %s"}, opened


def plain(shown: str) -> str:
    """What a terminal was sent, without the styles that are ours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.replace("\r\n", "\n"))


def change(shell: Shell, statement: str) -> None:
    with closing(sqlite3.connect(shell.project / "contentkit.db")) as connection:
        connection.execute(statement)
        connection.commit()


def test_before_anything_is_known_nothing_is_made_or_asked(shell: Shell) -> None:
    before = shell.files()
    ran = shell.run("replies")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Nobody waits for an answer.\nNo account was asked yet")
    assert shell.run("replies", "--json").json == {"replies": [], "accounts": []}
    assert shell.run("replies", "--done", "3").code == 2
    assert shell.files() == before


def test_words_whose_time_is_over_leave_though_their_network_is_out_of_reach(place: Published) -> None:
    place.publish("ours")
    place.server.mention("@tester Is it on PyPI yet?", by="ana", parent=place.server.statuses[0].id)
    assert place.run("sync").code == 0
    change(place.shell, "UPDATE replies SET words_until = '2020-01-01T00:00:00Z'")
    (place.shell.home / "config/contentkit/secrets.toml").unlink()
    assert place.run("sync", "--all").code == 1
    with closing(sqlite3.connect(place.shell.project / "contentkit.db")) as connection:
        assert connection.execute("SELECT text FROM replies").fetchall() == [(None,)]


def test_sync_hears_and_replies_lists_until_we_answered(place: Published) -> None:
    place.publish("ours")
    first = place.server.statuses[0].id
    answer = place.server.mention("@tester Is it on PyPI yet?", by="ana@far.example", name="Ana", parent=first)
    [ours] = place.run("sync", "--json").json
    assert (ours["account"], ours["heard"]["new"], ours["heard"]["troubles"]) == ("ours", 1, [])
    asked = len(place.server.history)
    ran = place.run("replies")
    assert ran.rows[0] == ["number", "state", "account", "author", "written", "entry", "address", "words"]
    [row] = ran.rows[1:]
    assert row[:4] == ["1", "waiting", "ours", "Ana (@ana@far.example)"]
    assert row[5:] == ["launch", f"{place.server.url}/@ana@far.example/{answer}", "@tester Is it on PyPI yet?"]
    assert "1 waits for an answer" in ran.err
    assert len(place.server.history) == asked, "a look asks nobody"

    place.server.reply_by_hand(answer)
    ran = place.run("replies", "--refresh")
    assert (ran.code, ran.out) == (0, "")
    assert "ours: 1 answered" in ran.err
    assert [row[1] for row in place.run("replies", "--all").rows[1:]] == ["answered"]


def test_a_terminal_shows_each_with_the_post_that_it_answers(place: Published) -> None:
    place.publish("ours")
    words = "@tester A long question about the scheduler that has more words than one line of a terminal has room for."
    place.server.mention(words, by="ana", name="Ana", parent=place.server.statuses[0].id)
    place.server.mention("psst", by="leo", name="Leo", visibility="direct")
    place.run("sync")
    lines = [line.rstrip() for line in plain(place.shell.run_in_terminal("replies").out).splitlines()]
    assert lines[:5] == [
        "1  Ana (@ana) on ours, now",
        '   to "Every team we talked to had written the same scheduler." (launch)',
        "   @tester A long question about the scheduler that has more words than one line",
        "   of a terminal has room for.",
        f"   {place.server.url}/@ana/statuses/{lines[4].rpartition('/')[2]}",
    ]
    assert "   (written to few: the words are not kept here)" in lines
    assert max(map(len, lines)) <= 80


def test_sync_asks_again_only_after_a_while(place: Published) -> None:
    place.publish("ours")
    place.run("sync")
    place.server.mention("hello")
    assert place.run("sync", "--json").json[0]["heard"] is None
    assert place.run("replies", "--json").json["replies"] == []
    change(place.shell, "UPDATE hearings SET asked_at = '2026-01-01T00:00:00Z'")
    place.run("sync")
    [reply] = place.run("replies", "--json").json["replies"]
    assert (reply["text"], reply["state"], reply["is_answer"], reply["author"]) == ("hello", "waiting", False, "ana")


def test_what_is_put_aside_waits_no_more_and_can_be_taken_up(place: Published) -> None:
    place.connect()
    for number in range(3):
        place.server.mention(f"number {number}")
    place.run("replies", "--refresh")
    ran = place.run("replies", "--done", "1", "--done", "3")
    assert (ran.code, ran.out) == (0, "1: put aside\n3: put aside\n")
    assert [row[-1] for row in place.run("replies").rows[1:]] == ["number 1"]
    assert place.run("replies", "--undone", "3").out == "3: waits again\n"
    assert place.run("replies", "--undone", "2").err == "2: nothing to do: it is waiting\n"
    ran = place.run("replies", "--done", "2", "--done", "9")
    assert (ran.code, ran.out) == (2, "")
    assert "nothing here has the number 9" in ran.err
    assert [row[-1] for row in place.run("replies").rows[1:]] == ["number 1", "number 2"]


def test_a_browser_is_shown_the_page_on_our_own_server(place: Published) -> None:
    place.connect()
    answer = place.server.mention("hello", by="ana@far.example")
    place.run("replies", "--refresh")
    variables, opened = browser(place.shell)
    ran = place.shell.run("replies", "--open", "1", variables=variables)
    address = f"{place.server.url}/@ana@far.example/{answer}"
    assert (ran.code, ran.out, opened.read_text()) == (0, f"{address}\n", f"{address}\n")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "address", ["https://evil.example/@ana/1", "javascript:alert(1)", "file:///etc/passwd", "--help", "$(touch x)", ""]
)
def test_no_other_address_is_opened(place: Published, address: str) -> None:
    place.connect()
    place.server.mention("hello")
    place.run("replies", "--refresh")
    change(place.shell, f"UPDATE replies SET url = '{address}'")
    variables, opened = browser(place.shell)
    ran = place.shell.run("replies", "--open", "1", variables=variables)
    assert (ran.code, ran.out) == (1, "")
    assert "nothing was opened" in ran.err
    assert not opened.exists()


def test_hostile_words_cannot_steer_a_terminal_or_a_pipe(place: Published) -> None:
    place.connect()
    hostile = "\x1b[2J\x1b]0;gone\x07 \u202edlrow\u2066 a\tb\n2\twaiting\tours [red]bold[/red] \ud83d\ude00"
    place.server.mention(
        hostile.encode("utf-16", "surrogatepass").decode("utf-16"), name="\x1b[31mAna\n9  Boss (@boss)"
    )
    place.run("replies", "--refresh")
    shown, piped = plain(place.shell.run_in_terminal("replies").out), place.run("replies")
    for out in (shown, piped.out):
        assert not {"\x1b", "\x07", "\u202d", "\u2066"} & set(out)
    assert "[red]bold[/red]" in shown
    assert "\\u{1b}[31mAna" in shown
    assert len(piped.out.splitlines()) == 2
    assert len(piped.rows[1]) == 8
    # Nothing of theirs begins a line: there stand our numbers.
    assert [line[0] for line in shown.splitlines() if line[:1].strip()] == ["1"]


def test_older_ones_are_counted_and_shown_when_asked_for(place: Published) -> None:
    place.connect()
    place.server.mention("yesterday", at=datetime.now(UTC) - timedelta(hours=20))
    place.server.mention("five days ago", at=datetime.now(UTC) - timedelta(days=5))
    place.run("replies", "--refresh")
    ran = place.run("replies", "--days", "2")
    assert [row[-1] for row in ran.rows[1:]] == ["yesterday"]
    assert "1 more was written before: --days shows them." in ran.err


def test_an_account_can_be_named_and_a_wrong_one_is_a_mistake(place: Published) -> None:
    place.connect()
    allow_reads(place.shell, 100)
    place.server.mention("on mastodon")
    place.x.add_post("@contentkit_x on x", author=place.x.add_account("leo"))
    place.run("replies", "--refresh")
    assert [row[-1] for row in place.run("replies", "--account", "ours-x").rows[1:]] == ["@contentkit_x on x"]
    assert len(place.run("replies", "--account", "ours-x", "--account", "ours").rows) == 3
    ran = place.run("replies", "--account", "our-x")
    assert ran.code == 1
    assert "no account 'our-x'" in ran.err
    assert place.run("replies", "--open", "1", "--done", "1").code == 2


def test_an_account_that_was_never_asked_is_named(place: Published) -> None:
    place.publish("ours", "ours-x")
    assert place.run("sync").code == 0
    said = "ours-x: never asked: 'contentkit replies --refresh' says what stands in the way."
    assert place.run("replies").err.splitlines() == ["Nobody waits for an answer.", "ours: asked now", said]
    assert said not in place.run("replies", "--account", "ours").err
    allow_reads(place.shell, 100)
    assert place.run("replies", "--refresh").code == 0
    assert "never asked" not in place.run("replies").err


def test_x_is_not_asked_without_reads_and_no_further_than_they_reach(place: Published) -> None:
    stay_away_from_midnight()
    place.connect()
    place.x.add_post("@contentkit_x hello", author=place.x.add_account("leo"))
    ran = place.run("replies", "--refresh", "--account", "ours-x")
    assert (ran.code, place.x.charges) == (0, ())
    assert "set reads under [budget] first" in ran.err
    allow_reads(place.shell, 5)
    ran = place.run("replies", "--refresh", "--account", "ours-x")
    assert ran.code == 0
    assert "the reads of this month do not reach" in ran.err
    assert place.x.spent == 10


def test_a_network_that_is_away_is_told_and_what_is_known_is_shown(place: Published) -> None:
    place.connect()
    place.server.mention("hello")
    place.run("replies", "--refresh")
    place.connect("http://127.0.0.1:9")
    ran = place.run("replies", "--refresh", "--account", "ours")
    assert ran.code == 1
    assert [row[-1] for row in ran.rows[1:]] == ["hello"]
    assert "ours: " in ran.err


def test_a_token_that_may_not_hear_fails_no_sync(place: Published) -> None:
    place.publish("ours")
    place.server.set_scopes("read:accounts", "read:statuses", "write:statuses")
    ran = place.run("sync")
    assert (ran.code, ran.err) == (0, "")
    assert "'contentkit accounts add ours' signs in anew" in place.run("replies").err


def test_today_names_the_two_who_wait_longest_and_status_does_not_count_them(place: Published) -> None:
    place.publish("ours")
    now = datetime.now(UTC)
    for hours, words in ((3, "three"), (30, "thirty"), (5, "five")):
        place.server.mention(words, by="ana", name="Ana", at=now - timedelta(hours=hours))
    assert place.run("today", "--json").json["unanswered"] is None
    place.run("sync")
    today = place.run("today", "--json").json
    assert (today["unanswered"], [one["words"] for one in today["asked"]]) == (3, ["thirty", "five"])
    lines = place.run("today").out.splitlines()
    begins = lines.index("Waiting for an answer: 3")
    assert lines[begins + 1 : begins + 4] == [
        "  1  Ana (@ana) on ours, 1 day ago: thirty",
        "  2  Ana (@ana) on ours, 5 h ago: five",
        "  and 1 more: contentkit replies",
    ]
    assert place.run("status").code == 0
