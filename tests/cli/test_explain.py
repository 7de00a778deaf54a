"""``contentkit explain``: the whole story of one entry."""

from __future__ import annotations

import re

from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy


def story(shell: Shell, name: str = "launch") -> str:
    ran = shell.run("explain", name)
    assert ran.code == 0, ran.err
    return ran.out


def test_an_entry_that_nobody_approved_says_what_when_and_what_to_type(shell: Shell) -> None:
    shell.enter(
        '{id: launch, draft: drafts/launch.md, at: "2199-06-01 09:30", timezone: Asia/Tokyo, accounts: [try],'
        ' campaign: spring, late: hold, when: {url: "https://example.org/x?key=1", contains: "2.0"}}'
    )
    out = story(shell)
    assert out.startswith("launch: the thread 'The scheduler' in drafts/launch.md, on try, of the campaign spring.\n")
    assert "Time: Sat 1 Jun 09:30 JST in Asia/Tokyo, which is Sat 1 Jun 00:30 UTC: in " in out
    assert "Late: it is held when more than 15 min late.\n" in out
    assert "Condition: it waits for https://example.org/x to say '2.0'.\n" in out
    assert "Approval: none that holds: to approve.\n" in out
    assert out.endswith("On try: not planned: to approve.\n  You act next:\n    contentkit approve launch\n")


def test_the_time_is_told_on_the_entrys_wall_the_calendars_and_in_utc(shell: Shell) -> None:
    one = '{id: launch, draft: drafts/launch.md, at: "2099-06-01 09:30", timezone: Asia/Tokyo, accounts: [try]}'
    shell.write("calendar.yaml", f"version: 1\ntimezone: Europe/Madrid\nentries:\n  - {one}\n")
    assert "JST in Asia/Tokyo, which is Mon 1 Jun 02:30 CEST and Mon 1 Jun 00:30 UTC: in " in story(shell)


def test_what_speaks_against_the_time_is_told(shell: Shell) -> None:
    shell.enter(entry("launch", at="2199-06-01 03:30"), entry("other", at="2199-06-01 03:30"))
    out = story(shell)
    assert "  Mind: goes out in the same minute as other on try.\n" in out
    assert "  Mind: goes out at night in UTC.\n" in out


def test_a_time_that_the_clocks_skip_is_told(shell: Shell) -> None:
    shell.enter(entry("launch", at="2099-03-29 02:30", more="timezone: Europe/Madrid"))
    assert "Mind: the clocks skip 02:30 on this day: it goes out Sun 29 Mar 03:30 CEST." in story(shell)


def test_whose_word_it_has_and_whether_that_holds(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(hours=3)))
    shell.run("approve", "launch", "--yes", "--by", "Ana")
    assert re.search(r"Approval: holds, of Ana\.\n  Ana, \w+ \d+ \w+ \d\d:\d\d UTC: counts\.", story(shell))
    assert "'contentkit post' acts next, from cron." in story(shell)
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    out = story(shell)
    assert "Approval: none that holds: changed since its approval" in out
    assert "On try: planned: edited since its approval.\n  You act next:\n    contentkit approve launch\n" in out


def test_what_happened_is_told_with_times_and_what_to_decide(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        shell.connect(proxy.url)
        shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
        shell.run("approve", "launch", "--yes", "--by", "Ana")
        assert shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token}).code == 4
    out = story(shell)
    told = re.findall(r"^  \w+ \d+ \w+ \d\d:\d\d UTC: (part \d of 3: [a-z: ]+)", out, re.M)
    assert [words.strip() for words in told] == [
        "part 1 of 3: sending",
        "part 1 of 3: sent",
        "part 2 of 3: sending",
        "part 2 of 3: refused: held",
    ]
    assert "On ours: held: 1 of 3 out; refused: " in out
    assert out.count("    The network answered: HTTP 422; date: ") == 1
    assert "    contentkit resolve launch --account ours --again" in out


def test_each_account_has_its_own_part_of_the_story(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '[accounts.b]\nplatform = "console"\n')
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="try, b"))
    shell.run("approve", "launch", "--yes", "--by", "Ana")
    shell.run("post")
    told = shell.run("explain", "launch", "--json").json
    assert [(row["account"], row["state"], row["who"]) for row in told["rows"]] == [
        ("try", "sent", "nobody"),
        ("b", "sent", "nobody"),
    ]
    assert {one["account"] for one in told["happened"]} == {"try", "b"}
    assert told["approval"] is None
    assert story(shell).count("Nothing is left to do.") == 2


def test_queue_status_and_explain_say_the_same_of_an_entry(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes", "--by", "Ana")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")
    [row] = shell.run("queue", "--json").json
    [waiting] = shell.run("status", "--json").json
    assert (row["state"], row["why"], row["next"]) == (waiting["state"], waiting["why"], waiting["next"])
    assert f"On try: {row['state']}: {row['why']}.\n" in story(shell)


def test_a_name_that_is_on_no_calendar_is_refused_with_the_nearest(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(hours=3)))
    ran = shell.run("explain", "lunch")
    assert (ran.code, ran.out, "did you mean 'launch'?" in ran.err) == (1, "", True)


def test_hostile_words_reach_no_terminal(shell: Shell) -> None:
    evil = "\\e]0;owned\\a \\e[2J \\u202E \\u009b31m"
    shell.write("drafts/launch.md", DRAFT.replace("title: The scheduler", f'title: "{evil}"'))
    shell.enter(entry("launch", at=time_in(hours=3), more=f'paused: "{evil}", campaign: "{evil}"'))
    for ran in (shell.run("explain", "launch"), shell.run_in_terminal("explain", "launch")):
        assert not set(ran.out + ran.err) & set("\x1b\x07\x9b\u202e")
