from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contentkit.platforms import Audience, Figures
from contentkit.stats.publications import Published, copy_publications, tracked
from contentkit.stats.snapshots import store_audience, store_figures
from contentkit.store.database import database_in
from contentkit.views.stats import NO_FIGURES, THREAD_HEADINGS
from tests.cli.shell import Shell
from tests.stats.counting import thread
from tests.stats.measuring import Told, publish

NOW = datetime.now(UTC).replace(microsecond=0)
ASKED = NOW - timedelta(hours=2)


def know(shell: Shell, published: Sequence[Published], told: dict[str, Figures], followers: int | None = None) -> None:
    """What a sync of two hours ago left: figures of those that were told of, and none of the rest."""
    with database_in(shell.project) as database:
        copy_publications(database, published)
        posts = tracked(database, "ours", "counting", NOW - timedelta(days=999))
        store_figures(database, [one for one in posts if one.remote_id in told], told, ASKED)
        if followers is not None:
            store_audience(database, "ours", Audience(followers=followers), ASKED)


def launch(days: float = 1.25, **values: str) -> list[Published]:
    return thread("launch", 3, at=NOW - timedelta(days=days), **values)


FIGURES = {
    "launch-0": Figures(replies=3, likes=1200, shares=4),
    "launch-1": Figures(replies=1, likes=30, shares=0),
    "launch-2": Figures(replies=0, likes=2, shares=0),
}


def plain(words: str) -> list[str]:
    """The lines of a terminal without their colours."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", words).splitlines()]


def test_without_figures_it_says_how_to_get_some_and_makes_nothing(shell: Shell) -> None:
    before = shell.files()
    for arguments in ([], ["launch"], ["--parts"]):
        ran = shell.run("stats", *arguments)
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == f"{NO_FIGURES}\n"
    assert shell.run("stats", "--json").json == {"posts": [], "accounts": [], "more": 0}
    assert shell.run("stats", "--csv", "--by", "hook").out == "hook,threads,n,ratio,low,high\n"
    assert shell.run("stats", "--visits", "--json").json == {"visits": [], "more": 0}
    assert shell.files() == before


def test_a_terminal_of_80_columns_shows_threads_and_accounts(shell: Shell) -> None:
    know(shell, launch(), FIGURES, followers=1234)
    lines = plain(shell.run_in_terminal("stats").out)
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["thread", "replies", "likes", "shares", "seen", "against", "the", "usual"]
    assert re.fullmatch(r"launch on ours +2 +1,232 +4 +- +not enough data \(0 of 5\)", lines[1])
    assert re.fullmatch(r"\w{3} \d+ \w{3} \d\d:\d\d +1,238 at 24 h", lines[2])
    assert lines[3] == "launch on ours: https://social.example/launch-0"
    assert lines[5].split() == [
        "account",
        "followers",
        "7",
        "days",
        "30",
        "days",
        "15",
        "days",
        "threads",
        "at",
        "24",
        "h",
    ]
    assert re.fullmatch(r"ours +1,234 +- +- +[·▁]{15} +█", lines[6])
    # The file may have been read an hour before its tests are run.
    assert re.fullmatch(r"asked [2-5] h ago", lines[7])


def test_a_pipe_gets_one_row_a_line_with_plain_numbers(shell: Shell) -> None:
    know(shell, launch(), FIGURES, followers=1234)
    ran = shell.run("stats")
    heading, row, gap, *accounts = ran.rows
    assert dict(zip(heading, row, strict=True)) == {
        "published": launch()[0].published_at.isoformat(),
        "entry": "launch",
        "account": "ours",
        "part": "",
        "parts": "3",
        "state": "told",
        "replies": "2",
        "likes": "1232",
        "shares": "4",
        "seen": "-",
        "asked": ASKED.isoformat(),
        "url": "https://social.example/launch-0",
        "age": "24",
        "engagement": "1238",
        "usual": "",
        "ratio": "",
        "low": "",
        "high": "",
        "n": "0",
    }
    assert gap == [""]
    assert accounts == [
        ["account", "followers", "7 days", "30 days", "asked"],
        ["ours", "1234", "-", "-", ASKED.isoformat()],
    ]
    assert re.fullmatch(r"The newest figures: [2-5] h ago\.\n", ran.err)


def test_each_part_has_its_figures_and_its_words(shell: Shell) -> None:
    know(shell, launch(text="Words of the part."), FIGURES)
    for arguments in (["--parts"], ["launch", "--parts"]):
        rows = shell.run("stats", *arguments).rows[1:4]
        assert [row[3:9] for row in rows] == [
            ["1", "3", "told", "2", "1200", "4"],
            ["2", "3", "told", "0", "30", "0"],
            ["3", "3", "told", "0", "2", "0"],
        ]
    assert plain(shell.run_in_terminal("stats", "--parts").out).count("Words of the part.") == 3


@pytest.mark.parametrize(
    ("told", "state", "remark"),
    [
        ({}, "never asked", "never asked"),
        ({"launch-0": Figures(likes=1)}, "told", "1 of 3 told"),
        ({**FIGURES, "launch-2": Figures(deleted=True)}, "told", "1 deleted, 2 of 3 told"),
        (dict.fromkeys(FIGURES, Figures(deleted=True)), "deleted", "deleted"),
    ],
)
def test_what_the_figures_do_not_say_stands_beside_them(
    shell: Shell, told: dict[str, Figures], state: str, remark: str
) -> None:
    know(shell, launch(), told)
    [row] = shell.run("stats", "--json").json["posts"]
    assert row["state"] == state
    assert plain(shell.run_in_terminal("stats").out)[3] == remark


def test_what_was_not_told_is_null_and_what_was_counted_as_nothing_is_0(shell: Shell) -> None:
    know(shell, launch(), {"launch-0": Figures(likes=0)})
    [row] = shell.run("stats", "--json").json["posts"]
    assert (row["likes"], row["shares"], row["impressions"]) == (0, None, None)
    assert (row["asked_at"], row["part"], row["entry"]) == (ASKED.isoformat(), None, "launch")


def test_older_threads_are_shown_when_asked_for(shell: Shell) -> None:
    know(shell, launch(days=200), FIGURES)
    ran = shell.run("stats")
    assert ran.err.startswith("No thread was begun in the last 30 days: --days N looks further back.\n")
    assert len(shell.run("stats", "--days", "201", "--json").json["posts"]) == 1
    when = (NOW - timedelta(days=200)).date().isoformat()
    assert when in plain(shell.run_in_terminal("stats", "launch").out)[1], (
        "so long ago, the year says more than the hour"
    )


def test_an_entry_that_was_never_published_is_refused_with_the_nearest(shell: Shell) -> None:
    know(shell, launch(), FIGURES)
    ran = shell.run("stats", "lunch")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "contentkit: nothing that was published is called 'lunch'\n  did you mean 'launch'?\n"


def test_a_copy_of_the_database_is_enough(shell: Shell) -> None:
    know(shell, launch(), FIGURES, followers=7)
    desk = Shell(home=shell.home / "desk", here=shell.home / "desk/project")
    for name in ("contentkit.toml", "calendar.yaml"):
        desk.write(name, (shell.project / name).read_bytes())
    shutil.copy(shell.project / "contentkit.db", desk.project)
    assert desk.run("stats").out == shell.run("stats").out
    assert not (desk.home / "state").exists()


def test_a_calendar_that_cannot_be_read_keeps_no_program_from_the_figures(shell: Shell) -> None:
    know(shell, launch(), FIGURES)
    shell.write("calendar.yaml", "{broken")
    assert shell.run("stats").code == 0
    assert shell.run("stats", "--json").code == 0


def many(shell: Shell, engagements: Sequence[int], **facts: str) -> None:
    """Threads of two parts that were told at 24 h and at 7 d, each a day before the next, the last 9 days ago."""
    with database_in(shell.project) as database:
        for number, likes in enumerate(engagements):
            told: list[Told] = [(24, likes, 0, 0), (168, likes * 2, 0, 0)]
            parts: list[list[Told]] = [told, [(24, 0, 0, None), (168, 0, 0, None)]]
            days = 9 + len(engagements) - number
            publish(database, f"t{number}", parts, begun_at=NOW - timedelta(days=days), facts=facts)


def test_each_thread_stands_beside_the_usual(shell: Shell) -> None:
    many(shell, [10, 20, 30, 40, 50, 90])
    heading, row = shell.run("stats").rows[:2]
    told = dict(zip(heading, row, strict=True))
    assert [told[name] for name in ("entry", "age", "engagement", "usual", "ratio", "low", "high", "n")] == [
        "t5", "168", "180", "60", "3.000", "1.800", "9.000", "5",
    ]  # fmt: skip
    assert plain(shell.run_in_terminal("stats").out)[1].endswith("3.0x (1.8–9.0, n 5)")
    assert shell.run("stats", "--age", "24h").rows[1][12:15] == ["24", "90", "30"]
    compared = shell.run("stats", "--json").json["posts"][0]["compared"]
    assert (compared["ratio"], compared["before"]) == (
        {"value": 3.0, "low": 1.8, "high": 9.0, "n": 5, "is_enough": True},
        5,
    )


def test_an_entry_is_shown_at_every_age_with_its_parts(shell: Shell) -> None:
    many(shell, [10, 20, 30, 40, 50, 90])
    heading, *rows = shell.run("stats", "t5").rows
    ages = [(row[2], row[6], row[heading.index("engagement")], row[heading.index("ratio")]) for row in rows]
    assert ages == [
        ("", "24", "90", "3.000"), ("", "168", "180", "3.000"), ("", "last", "180", ""),
        ("1", "24", "90", ""), ("1", "168", "180", ""), ("1", "last", "180", ""),
        ("2", "24", "0", ""), ("2", "168", "0", ""), ("2", "last", "0", ""),
    ]  # fmt: skip
    lines = plain(shell.run_in_terminal("stats", "t5").out)
    assert max(map(len, lines)) <= 80
    assert lines[0] == "t5 on ours"
    assert re.fullmatch(r"7 d +- +180 +0 +- +- +- +3.0x \(1.8–9.0, n 5\)", lines[5])
    assert [line.split() for line in lines if line.startswith("2/2")] == [["2/2", "0", "0", "0%", "0%", "(n", "5)"]]
    by_address = shell.run("stats", "https://social.example/t5-1")
    assert by_address.out == shell.run("stats", "t5").out


def test_visits_of_the_website_stand_beside_the_thread(shell: Shell) -> None:
    link = "https://site.example/?utm_source=x&utm_medium=social&utm_campaign=launch"
    know(shell, launch(text=link), FIGURES)
    with database_in(shell.project) as database:
        database.conn.execute(
            """INSERT INTO visits (analytics, site, tags, first_day, last_day, utm_source, utm_campaign, visits, imported_at)
               VALUES ('plausible', 'site.example', 'utm_source utm_campaign', ?, ?, 'x', 'launch', 1200, ?)""",
            (f"{NOW:%Y-%m-%d}", f"{NOW:%Y-%m-%d}", NOW.isoformat()),
        )
    [row] = shell.run("stats", "--json").json["posts"]
    assert [(one["analytics"], one["visits"], one["last_day"]) for one in row["visits"]] == [
        ("plausible", 1200, f"{NOW:%Y-%m-%d}")
    ]
    for arguments, said in (
        ([], "1,200 visits (plausible)"),
        (["launch"], "1,200 visits of site.example by its links (plausible)"),
    ):
        shown = " ".join(" ".join(plain(shell.run_in_terminal("stats", *arguments).out)).split())
        assert all(word in shown for word in said.split()), arguments
    assert shell.run("stats", "launch", "--json").json["threads"][0]["visits"] == row["visits"]
    [visits] = shell.run("stats", "--visits", "--json").json["visits"]
    assert {name: visits[name] for name in row["visits"][0]} == row["visits"][0]


def test_visits_are_a_table_of_their_own_because_several_threads_may_share_them(shell: Shell) -> None:
    link = "https://site.example/?utm_source=x&utm_medium=social&utm_campaign=launch"
    other = [replace(one, entry="other", remote_id=f"other-{one.part}") for one in launch(text=link)]
    know(shell, [*launch(text=link), *other], FIGURES)
    with database_in(shell.project) as database:
        database.conn.execute(
            """INSERT INTO visits (analytics, site, tags, first_day, last_day, utm_campaign, visits, imported_at)
               VALUES ('matomo', '', 'utm_campaign', ?, ?, 'launch', 7, ?)""",
            (f"{NOW - timedelta(days=30):%Y-%m-%d}", f"{NOW:%Y-%m-%d}", NOW.isoformat()),
        )
    ran = shell.run("stats", "--visits", "--csv")
    rows = list(csv.DictReader(ran.out.splitlines()))
    told = [(row["entry"], row["visits"], row["visitors"], row["threads"], row["campaign"]) for row in rows]
    assert sorted(told) == [("launch", "7", "-", "2", "launch"), ("other", "7", "-", "2", "launch")]
    assert "do not add them up" in ran.err
    lines = plain(shell.run_in_terminal("stats", "launch", "--visits").out)
    assert [line.split() for line in lines[:2]] == [
        ["thread", "visits", "visitors", "by", "links", "with"],
        ["launch", "on", "ours", "7", "-", "campaign", "launch"],
    ]
    assert max(map(len, lines)) <= 80


def test_visits_of_an_entry_stand_under_the_account_that_they_came_from(shell: Shell) -> None:
    with database_in(shell.project) as database:
        for account, visits in (("ours", 3), ("theirs", 5)):
            link = f"https://site.example/?utm_source={account}&utm_medium=social&utm_campaign=launch"
            copy_publications(database, [replace(launch(text=link)[0], account=account, remote_id=account)])
            database.conn.execute(
                """INSERT INTO visits (analytics, site, tags, first_day, last_day, utm_source, utm_campaign, visits, imported_at)
                   VALUES ('ga4', '', 'utm_source utm_campaign', ?, ?, ?, 'launch', ?, ?)""",
                (f"{NOW:%Y-%m-%d}", f"{NOW:%Y-%m-%d}", account, visits, NOW.isoformat()),
            )
    lines = plain(shell.run_in_terminal("stats", "launch").out)
    said = [line for line in lines if line.startswith("launch on") or "visits" in line]
    assert [line.partition(":")[0] for line in said] == [
        "launch on ours",
        "3 visits by its links (ga4)",
        "launch on theirs",
        "5 visits by its links (ga4)",
    ]


def test_an_address_that_nobody_knows_is_told_from_a_name(shell: Shell) -> None:
    know(shell, launch(), FIGURES)
    ran = shell.run("stats", "https://social.example/other")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "contentkit: no post with the address https://social.example/other is known",
        "  'contentkit import' brings in older posts",
    ]


def test_where_nothing_can_be_compared_another_age_is_named(shell: Shell) -> None:
    with database_in(shell.project) as database:
        for number in range(7):
            publish(database, f"old-{number}", [[(2160, 9, 0, 0)]], begun_at=NOW - timedelta(days=120 + number))
    said = "--age 90d compares what was imported"
    assert said in shell.run("stats", "--by", "account", "--days", "200").err
    ran = shell.run("stats", "--by", "account", "--days", "200", "--age", "90d")
    assert ran.rows[1] == ["ours", "7", "2", "1.000", "1.000", "1.000"]
    assert said not in ran.err


def test_kinds_are_compared_and_the_unknown_is_told(shell: Shell) -> None:
    many(shell, [10] * 5 + [20] * 6, hook="question")
    assert shell.run("stats", "--by", "hook").rows == [
        ["hook", "threads", "n", "ratio", "low", "high"],
        ["question", "11", "6", "2.000", "1.333", "2.000"],
    ]
    assert shell.run("stats", "--by", "campaign").rows[1][0] == "unknown"
    ran = shell.run("stats", "--by", "hook", "--days", "11")
    assert ran.rows[1][:3] == ["question", "1", "1"]
    assert "Of fewer than 5 nothing is concluded" in ran.err
    assert "not enough data (1 of 5)" in shell.run_in_terminal("stats", "--by", "hook", "--days", "11").out


def test_the_best_time_is_told_with_what_chance_would_do(shell: Shell) -> None:
    many(shell, [10] * 20)
    ran = shell.run("stats", "--best-time")
    assert ran.code == 0
    assert ran.rows[0] == ["weekday", "hour", "n", "ratio", "low", "high", "advised"]
    assert {row[-1] for row in ran.rows[1:]} == {"no"}
    assert "not enough data: no hour of the week has 5" in ran.err
    assert shell.run("stats", "--best-time", "--json").json["looked_at"] == 0


def test_csv_keeps_a_number_with_its_sign(shell: Shell) -> None:
    with database_in(shell.project) as database:
        for days, followers in ((7, 120), (0, 100)):
            store_audience(database, "try", Audience(followers=followers), datetime.now(UTC) - timedelta(days=days))
    assert shell.run("stats", "--csv").out.splitlines() == [",".join(THREAD_HEADINGS)]
    [row] = csv.DictReader(shell.run("stats", "--followers", "--csv").out.splitlines())
    assert (row["account"], row["followers"], row["7 days"]) == ("try", "100", "-20")


def test_csv_is_one_table_in_which_nothing_is_worked_out(shell: Shell) -> None:
    many(shell, [10, 20])
    published = replace(launch()[0], entry="=cmd|' /C calc'!A0", account="@SUM(1)", url="https://social.example/a,b")
    know(shell, [published], {})
    rows = list(csv.reader(shell.run("stats", "--csv", "--days", "40").out.splitlines()))
    assert [len(row) for row in rows] == [19] * 4
    assert rows[1][1:3] == ["'=cmd|' /C calc'!A0", "'@SUM(1)"]
    assert rows[1][11] == "https://social.example/a,b"
    assert (rows[1][5:10], rows[2][5:10]) == (["never asked", "", "", "", ""], ["told", "-", "40", "0", "-"])


def test_no_more_than_thirty_threads_are_shown_and_the_rest_is_counted(shell: Shell) -> None:
    many(shell, [1] * 33)
    ran = shell.run("stats", "--days", "60")
    assert len([row for row in ran.rows if row[0].startswith("20")]) == 30
    assert "3 more threads of the last 60 days: --limit N shows them.\n" in ran.err
    assert shell.run("stats", "--days", "60", "--limit", "33", "--json").json["more"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "hok"], "nothing is compared by 'hok'\n  did you mean 'hook'?"),
        (["--age", "2h"], "figures are read at no age '2h'\n  say one of 1h, 6h, 24h, 3d, 7d, 30d, 90d"),
        (["--json", "--csv"], "stats: --json and --csv are two questions\n  ask one of them"),
        (["t1", "--best-time"], "stats: ENTRY and --best-time are two questions\n  ask one of them"),
        (["--account", "theirs"], "there is no account 'theirs'\n  did you mean 'hers'?"),
        (["t1", "--account", "try"], "'t1' was not published on try\n  leave out --account"),
    ],
)
def test_what_cannot_be_asked_is_refused(shell: Shell, arguments: list[str], said: str) -> None:
    many(shell, [1, 2])
    know(shell, thread("other", account="hers"), {})
    ran = shell.run("stats", *arguments)
    assert (ran.code, ran.out, ran.err) == (2, "", f"contentkit: {said}\n")


def test_hostile_words_reach_no_terminal(shell: Shell) -> None:
    evil = "\x1b]0;owned\x07 \x1b[2J [red]x[/] \u202e \x9b31m"
    published = [
        Published(
            entry=f"launch{evil}", account=f"ours{evil}", platform="counting", part=0, parts=1, remote_id="1",
            url=f"https://{evil}", published_at=NOW, text=evil,
        )
    ]  # fmt: skip
    know(shell, published, {})
    for arguments in ([], ["--parts"], ["--json"], ["--csv"], ["--by", "account"], [f"launch{evil}"]):
        for ran in (shell.run("stats", *arguments), shell.run_in_terminal("stats", *arguments)):
            assert ran.code == 0
            assert not set("".join(plain(ran.out + ran.err))) & set("\x1b\x07\x9b\u202e")
    assert "[red]x[/]" in "".join(plain(shell.run_in_terminal("stats").out))


def test_a_database_that_cannot_be_read_is_told(shell: Shell) -> None:
    shell.write("contentkit.db", "no database at all, but somebody's notes\n" * 40)
    ran = shell.run("stats")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("contentkit: contentkit.db: cannot be used: file is not a database\n")
