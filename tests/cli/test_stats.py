from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from contentkit.platforms import Audience, Figures
from contentkit.stats.publications import Published, copy_publications, tracked
from contentkit.stats.snapshots import store_audience, store_figures
from contentkit.store.database import database_in
from tests.cli.shell import Shell
from tests.stats.counting import thread

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


def launch(days: float = 1, **values: str) -> list[Published]:
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
        assert ran.err == "There are no figures yet. When something was published: contentkit sync\n"
    assert shell.run("stats", "--json").json == {"posts": [], "accounts": []}
    assert shell.files() == before


def test_a_terminal_of_80_columns_shows_threads_and_accounts(shell: Shell) -> None:
    know(shell, launch(), FIGURES, followers=1234)
    lines = plain(shell.run_in_terminal("stats").out)
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["post", "replies", "likes", "shares", "seen"]
    assert re.fullmatch(r"launch on ours +2 +1,232 +4 +-", lines[1])
    assert re.fullmatch(r"\w{3} \d+ \w{3} \d\d:\d\d", lines[2])
    assert lines[3:5] == ["launch on ours:", "https://social.example/launch-0"]
    assert lines[6].split() == ["account", "followers", "7", "days", "30", "days", "asked"]
    assert re.fullmatch(r"ours +1,234 +- +- +2 h ago", lines[7])


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
    }
    assert gap == [""]
    assert accounts == [
        ["account", "followers", "7 days", "30 days", "asked"],
        ["ours", "1234", "-", "-", ASKED.isoformat()],
    ]
    assert ran.err == "The newest figures: 2 h ago.\n"


def test_each_part_has_its_figures_and_its_words(shell: Shell) -> None:
    know(shell, launch(text="Words of the part."), FIGURES)
    for arguments in (["--parts"], ["launch"]):
        rows = shell.run("stats", *arguments).rows[1:4]
        assert [row[3:9] for row in rows] == [
            ["1", "3", "told", "2", "1200", "4"],
            ["2", "3", "told", "0", "30", "0"],
            ["3", "3", "told", "0", "2", "0"],
        ]
    assert plain(shell.run_in_terminal("stats", "launch").out).count("Words of the part.") == 3


@pytest.mark.parametrize(
    ("told", "state", "remark"),
    [
        ({}, "never asked", ", never asked"),
        ({"launch-0": Figures(likes=1)}, "told", ", 1 of 3 told"),
        ({**FIGURES, "launch-2": Figures(deleted=True)}, "told", ", 1 deleted"),
        (dict.fromkeys(FIGURES, Figures(deleted=True)), "deleted", ", deleted"),
    ],
)
def test_what_the_figures_do_not_say_stands_beside_them(
    shell: Shell, told: dict[str, Figures], state: str, remark: str
) -> None:
    know(shell, launch(), told)
    [row] = shell.run("stats", "--json").json["posts"]
    assert row["state"] == state
    assert remark in plain(shell.run_in_terminal("stats").out)[2]


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
    assert when in plain(shell.run_in_terminal("stats", "launch").out)[2], (
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


def test_hostile_words_reach_no_terminal(shell: Shell) -> None:
    evil = "\x1b]0;owned\x07 \x1b[2J [red]x[/] \u202e \x9b31m"
    published = [
        Published(
            entry=f"launch{evil}", account=f"ours{evil}", platform="counting", part=0, parts=1, remote_id="1",
            url=f"https://{evil}", published_at=NOW, text=evil,
        )
    ]  # fmt: skip
    know(shell, published, {})
    for arguments in ([], ["--parts"], ["--json"]):
        for ran in (shell.run("stats", *arguments), shell.run_in_terminal("stats", *arguments)):
            assert ran.code == 0
            assert not set("".join(plain(ran.out + ran.err))) & set("\x1b\x07\x9b\u202e")
    assert "[red]x[/]" in "".join(plain(shell.run_in_terminal("stats").out))


def test_a_database_that_cannot_be_read_is_told(shell: Shell) -> None:
    shell.write("contentkit.db", "no database at all, but somebody's notes\n" * 40)
    ran = shell.run("stats")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("contentkit: contentkit.db: cannot be used: file is not a database\n")
